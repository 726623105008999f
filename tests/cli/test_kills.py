"""Processes that write are killed at moments nobody chose; the seed makes them the same again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest

from gongji.cli.main import main
from gongji.ledger.books import Books
from gongji.ledger.verify import verify
from tests.cli.conftest import Gongji
from tests.cli.test_commands import ON

ROUNDS = 40
SEEDS = range(max(int(os.environ.get("GONGJI_KILLS", "0")) // ROUNDS, 1))
"""How many processes are killed: GONGJI_KILLS asks for more."""
LONGEST = 0.05
"""Seconds; what a process has to do takes about as long."""
LINES: tuple[dict[str, object], ...] = (
    {"do": "credit", "person": "我", "amount": "20.00"},
    {"do": "pay-for", "beneficiary": "妈妈", "purpose": "pharmacy", "amount": "5.00"},
    {"do": "person-set", "person": "妈妈", "group": ["newborn"]},
)
RECORDS = 2 + len(LINES)
"""What a round adds."""


@pytest.fixture
def ledger(ledger: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands of a test keep their ledger: in memory, where a write takes no time."""
    path = memory / "books" / ledger.name
    monkeypatch.setenv("GONGJI_LEDGER", str(path))
    return path


def commands(number: int, lines: Path) -> list[tuple[str, ...]]:
    """Return what a round does, under keys of its own."""
    keyed = ({**line, "on": ON[1], "key": f"{number}-{at}"} for at, line in enumerate(LINES))
    lines.write_text("".join(json.dumps(line) + "\n" for line in keyed), "utf-8")
    pay = ("pay-for", "妈妈", "5", "--purpose", "pharmacy")
    return [
        ("credit", "我", "10", *ON, "--key", f"{number}-credit", "--json"),
        ("ledger", "apply", str(lines)),
        (*pay, *ON, "--key", f"{number}-pay", "--json"),
    ]


def killed(round_: list[tuple[str, ...]], out: Path, number: int, seconds: float) -> list[Any]:
    """Let a process do the commands, send it the signal, and return what it was answered."""
    child = os.fork()
    if child == 0:
        try:
            sys.stdout = out.open("w", encoding="utf-8")
            sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
            while round_ and main(list(round_.pop(0))) == 0:
                pass
        finally:
            os._exit(0)
    sleep(seconds)
    os.kill(child, number)
    os.waitpid(child, 0)
    whole = out.read_text("utf-8").rpartition("\n")[0] if out.exists() else ""
    return [json.loads(line) for line in whole.splitlines()]


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_a_process_killed_at_any_moment_loses_nothing_acknowledged(
    family: Gongji, ledger: Path, memory: Path, seed: int
) -> None:
    """By kill -9 or by Ctrl-C: what was left is done when the commands are repeated, once."""
    chance = Random(seed)

    for number in range(ROUNDS):
        before = ledger.read_bytes()
        round_ = commands(number, memory / "lines")
        how = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGINT))
        told = killed(round_, memory / f"out-{number}", how, chance.uniform(0, LONGEST))

        content = ledger.read_bytes()
        assert content.startswith(before)
        tail = content[content.rfind(b"\n") + 1 :]
        assert [each.cause for each in verify(ledger).problems] == ["torn"] * bool(tail)
        assert all(answer["hash"].encode() in content for answer in told)
        for command in commands(number, memory / "lines"):
            assert family(*command).code == 0
        assert len(ledger.read_bytes().splitlines()) == 8 + RECORDS * (number + 1)
        assert verify(ledger).sound
    with Books.open(ledger) as books:
        assert books.balance("provider") == ROUNDS * 1000
        assert books.balance("credit") == -(107500 + ROUNDS * 3000)


@pytest.mark.long
def test_the_program_itself_may_be_killed_while_it_starts_and_writes(
    family: Gongji, ledger: Path, memory: Path
) -> None:
    """A process of its own, from its first moment on."""
    chance = Random(1)

    for number in range(ROUNDS // 10):
        lines = memory / "lines"
        commands(number, lines)
        with subprocess.Popen(
            [sys.executable, "-m", "gongji", "ledger", "apply", str(lines)], stdout=subprocess.PIPE
        ) as process:
            sleep(chance.uniform(0.1, 0.6))
            process.kill()
            told = process.communicate()[0].rpartition(b"\n")[0].splitlines()

        content = ledger.read_bytes()
        assert all(json.loads(line)["hash"].encode() in content for line in told)
        assert family("ledger", "apply", str(lines)).code == 0
        assert len(ledger.read_bytes().splitlines()) == 8 + len(LINES) * (number + 1)
        assert verify(ledger).sound

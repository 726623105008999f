"""Every command that writes, stopped at every step of the disk: nothing lost, nothing half."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gongji.acts.forms import FORMS
from gongji.cli.main import main
from gongji.ledger import index
from gongji.ledger.books import Books
from gongji.ledger.verify import verify
from tests.cli.conftest import Gongji
from tests.cli.test_commands import MOVING, ON, WRITING, prepared
from tests.cli.test_safety import EMPLOYEE, ID_NUMBER
from tests.seam import (
    KILLED,
    Act,
    Platter,
    act_at,
    die,
    die_after,
    fail,
    in_child,
    interrupt,
    interrupt_after,
    stay_broken,
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A way to be stopped: `arrange` lets it come at the Nth step and lists those taken.

    `kills`: the process ends with it.
    """

    arrange: Callable[[pytest.MonkeyPatch, int], list[str]]
    kills: bool = False


def at(act: Act, *, onwards: bool = False, kills: bool = False) -> Stop:
    """Stop at a step of the disk."""
    return Stop(lambda patch, step: act_at(patch, step, act, onwards=onwards), kills)


def power(*, mangled: bool) -> Stop:
    """Lose power right after a step of the disk."""

    def arrange(patch: pytest.MonkeyPatch, step: int) -> list[str]:
        platter = Platter(patch)

        def lose(name: str, args: tuple[Any, ...]) -> None:
            platter.steps[name](*args)
            platter.lose(mangled=mangled)
            os._exit(KILLED)

        return act_at(patch, step, lose)

    return Stop(arrange, kills=True)


STOPS: dict[str, Stop] = {
    "fails": at(fail),
    "stays broken": at(stay_broken, onwards=True),
    "is killed before": at(die, kills=True),
    "is killed after": at(die_after, kills=True),
    "is interrupted before": at(interrupt),
    "is interrupted after": at(interrupt_after),
    "loses power": power(mangled=False),
    "loses power, half written": power(mangled=True),
}
LEFT = "what was written of it could not be taken back"
TORN = b'{"seq":9,"do":"cre'
"""What a write that was stopped before left behind."""

AFTER_TORN = ("pay-for", "settle", "apply")
CASES = (
    *WRITING,
    *("settle", "apply", "first person", "person with an ID number"),
    *(f"{title} after a torn line" for title in AFTER_TORN),
)
LINES = (
    {"do": "credit", "person": "我", "amount": "20.00", "key": "a"},
    {"do": "pay-for", "beneficiary": "妈妈", "purpose": "pharmacy", "amount": "30.00", "key": "b"},
    {"do": "unbind", "holder": "我", "beneficiary": "妈妈", "key": "c"},
)


@dataclass(frozen=True, slots=True)
class Case:
    """A ledger as it lies ready, and a command that can be repeated until it is done."""

    base: Path
    arguments: tuple[str, ...]

    @property
    def before(self) -> bytes:
        path = self.base / "ledger.jsonl"
        return path.read_bytes() if path.exists() else b""


@pytest.fixture
def ledger(ledger: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands of a test keep their ledger: in memory, because they sync so often."""
    path = memory / "books" / ledger.name
    monkeypatch.setenv("GONGJI_LEDGER", str(path))
    return path


@pytest.fixture
def house(family: Gongji) -> Gongji:
    """The family, and an uncle bound to nobody."""
    assert (
        family("person", "add", "舅舅", "--area", "420100", "--insurance", "resident", *ON).code
        == 0
    )
    return family


_ready: dict[str, Case] = {}


@pytest.fixture
def case(
    title: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Case:
    """The case of a title, made ready once."""
    if title not in _ready:
        house, ledger = (request.getfixturevalue(name) for name in ("house", "ledger"))
        folder = tmp_path_factory.mktemp("case")
        arguments = made_ready(title, house, ledger, folder)
        base = folder / "books"
        if ledger.exists():
            shutil.copytree(ledger.parent, base)
        _ready[title] = Case(base, arguments)
    return _ready[title]


def made_ready(title: str, house: Gongji, ledger: Path, folder: Path) -> tuple[str, ...]:
    """Do what must come before the command of the title, and return its arguments."""
    name, _, torn = title.partition(" after ")
    keyed = ("--key", "k", "--json")
    arguments: tuple[str, ...]
    if name == "settle":
        assert house(*prepared(house, "transfer")).code == 0
        arguments = ("settle", *MOVING, "--on", "2026-01-01", "--json")
    elif name == "apply":
        lines = folder / "lines.ndjson"
        days = ({**line, "on": "2025-01-02"} for line in LINES)
        lines.write_text("".join(json.dumps(line) + "\n" for line in days))
        arguments = ("ledger", "apply", str(lines))
    elif name == "first person":
        ledger.unlink()
        arguments = ("person", "add", "我", *EMPLOYEE, "--balance", "500", *keyed)
    elif name == "person with an ID number":
        arguments = ("person", "add", "妹妹", *EMPLOYEE, "--id-number", ID_NUMBER, *keyed)
    else:
        arguments = (*prepared(house, name), *keyed)
    if torn:
        with ledger.open("ab") as file:
            file.write(TORN)
    return arguments


def test_every_command_that_writes_is_stopped_here() -> None:
    """A new one cannot be forgotten."""
    tried = {title.replace(" ", "-") for title in CASES}

    assert set(FORMS) <= tried


@pytest.mark.parametrize("title", CASES)
@pytest.mark.parametrize("stop", STOPS)
def test_a_command_stopped_at_any_step_loses_nothing_and_can_be_repeated(
    small: Gongji, case: Case, memory: Path, stop: str
) -> None:
    """What was acknowledged is there, nothing is half there, and repeated it is done once."""
    whole = Run(small, case, memory / "whole")
    assert whole.ended(STOPS[stop], 0) == 0
    expected = whole.said_new()
    assert expected

    for step in range(1, 100):
        run = Run(small, case, memory / str(step))
        code = run.ended(STOPS[stop], step)
        if run.taken < step:
            assert code == 0
            break
        run.check_stopped(code, expected)
        with pytest.MonkeyPatch.context() as patch:
            if "power" in stop:
                run.restart(patch)
            run.check_repeated(whole)
    assert step > 2


def index_at(act: Callable[[], None], *, onwards: bool = False, kills: bool = False) -> Stop:
    """Call `act` in place of the Nth step of the index's file, `onwards` of all later ones too."""

    def arrange(patch: pytest.MonkeyPatch, step: int) -> list[str]:
        taken: list[str] = []

        def take(name: str) -> None:
            taken.append(name)
            if len(taken) == step or (onwards and len(taken) > step > 0):
                act()

        class Connection(sqlite3.Connection):
            def execute(self, *args: Any) -> sqlite3.Cursor:
                take(args[0])
                return super().execute(*args)

            def executemany(self, *args: Any) -> sqlite3.Cursor:
                take(args[0])
                return super().executemany(*args)

        real: Callable[..., sqlite3.Connection] = sqlite3.connect

        def connect(place: str, **options: Any) -> sqlite3.Connection:
            if place == ":memory:":
                return real(place, **options)
            take("connect")
            return real(place, factory=Connection, **options)

        patch.setattr(sqlite3, "connect", connect)
        return taken

    return Stop(arrange, kills)


def no_index() -> None:
    raise sqlite3.OperationalError("disk I/O error")


INDEX_STOPS: dict[str, Stop] = {
    "fails once": index_at(no_index),
    "fails from then on": index_at(no_index, onwards=True),
    "is killed": index_at(lambda: os._exit(KILLED), kills=True),
}


@pytest.mark.long
@pytest.mark.parametrize("title", ["first person", "pay-for", "reverse", "apply"])
@pytest.mark.parametrize("stop", INDEX_STOPS)
def test_a_step_of_the_index_may_fail_without_harm(
    small: Gongji, case: Case, memory: Path, stop: str
) -> None:
    """The command does what it does without an index, and the next builds it anew."""
    whole = Run(small, case, memory / "whole")
    assert whole.ended(INDEX_STOPS[stop], 0) == 0
    expected = whole.said_new()

    for step in range(1, 1000):
        run = Run(small, case, memory / str(step))
        if case.before:
            Books.open(run.path).close()
        code = run.ended(INDEX_STOPS[stop], step)
        if run.taken < step:
            break
        if code == KILLED:
            run.check_stopped(code, expected)
        else:
            assert (code, run.said_new()) == (0, expected), run.error
        run.check_repeated(whole)
    assert step > 10


class Run:
    """One run of a case's command on a ledger of its own."""

    def __init__(self, gongji: Gongji, case: Case, folder: Path) -> None:
        self.gongji, self.case = gongji, case
        self.path = folder / "books" / "ledger.jsonl"
        self.report = folder
        folder.mkdir()
        if case.base.exists():
            shutil.copytree(case.base, folder / "books")
        self.arguments = (*case.arguments, "--ledger", str(self.path))

    def ended(self, stop: Stop, step: int) -> int:
        """Run the command, stopped at the step; return its exit code."""
        if not stop.kills:
            with pytest.MonkeyPatch.context() as patch:
                taken = stop.arrange(patch, step)
                answer = self.gongji(*self.arguments)
            self.taken, self.out, self.error = len(taken), answer.out, answer.err
            return answer.code
        code = in_child(lambda: self._killed(stop, step))
        self.taken = step if code == KILLED else 0
        self.out = (self.report / "out").read_text("utf-8")
        self.error = (self.report / "err").read_text("utf-8")
        return code

    def _killed(self, stop: Stop, step: int) -> int:
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(self.report / name, os.O_WRONLY | os.O_CREAT), number)
        sys.stdout, sys.stderr = (open(n, "w", closefd=False) for n in (1, 2))  # noqa: SIM115
        with pytest.MonkeyPatch.context() as patch:
            stop.arrange(patch, step)
            return main(list(self.arguments))

    @property
    def content(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    @property
    def tail(self) -> bytes:
        """What stands behind the last whole line."""
        return self.content[self.content.rfind(b"\n") + 1 :]

    @property
    def lines(self) -> list[bytes]:
        """The lines that are whole, the header first."""
        return self.content[: len(self.content) - len(self.tail)].splitlines()

    def said_new(self) -> list[Any]:
        """Return what the records say that stand behind those of the case."""
        return [said(line) for line in self.lines[self.case.before.count(b"\n") or 1 :]]

    def check_stopped(self, code: int, expected: list[Any]) -> None:
        """Check what stands there after the stop."""
        new, kept = self.said_new(), self.case.before
        assert self.content.startswith(kept[: kept.rfind(b"\n") + 1])
        assert new == expected[: len(new)]
        acknowledged = [row for row in map(json.loads, self.out.splitlines()) if row["ok"]]
        hashes = {json.loads(line)["hash"] for line in self.lines[1:]}
        assert {row["hash"] for row in acknowledged} <= hashes
        if code not in (0, 130, KILLED):
            assert code in (1, 6), self.error
            assert "Traceback" not in self.error
            if self.case.arguments[0] != "settle" and LEFT not in self.error:
                assert len(new) == len(acknowledged)
        if self.path.exists():
            problems = verify(self.path).problems
            assert [problem.cause for problem in problems] == ["torn"] * bool(self.tail)

    def restart(self, patch: pytest.MonkeyPatch) -> None:
        """Start the machine again, whose index holds whatever the disk got of it."""
        (self.report / "boot").write_text("another")
        patch.setattr(index, "_RESTARTS", self.report / "boot")
        beside = index.index_path(self.path)
        if beside.exists():
            content = bytearray(beside.read_bytes())
            content[4096:8192] = b"\0" * 4096
            beside.write_bytes(content)

    def check_repeated(self, whole: Run) -> None:
        """Check that the same command again does what was left, and the next one works."""
        torn = self.tail
        again = self.gongji(*self.arguments)
        assert again.code == 0, again.err
        assert self.said_new() == whole.said_new()
        if self.case.arguments[0] != "settle":
            assert list(map(answered, again.rows)) == list(map(answered, whole.rows))
        if torn:
            beside = {each.name: each.read_bytes() for each in self.path.parent.glob("*.torn-*")}
            assert torn in beside.values()
            assert any(f"those bytes are kept in {name}" in again.err for name in beside)
        found = verify(self.path)
        assert (found.problems, found.index) == ((), "agrees")
        next_one = self.gongji("credit", "我", "1", *ON, "--ledger", str(self.path))
        assert next_one.code == 0
        assert len(self.said_new()) == len(whole.said_new()) + 1

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def said(line: bytes) -> Any:
    """Return what a record says, without what differs from one ledger to another."""
    record = json.loads(re.sub(rb'("digest": ?)"[0-9a-f]{64}"', rb'\1""', line))
    return {name: value for name, value in record.items() if name not in ("hash", "prev")}


def answered(row: Any) -> Any:
    """Return an answer without what tells the first time from the second."""
    told = {name: value for name, value in row.items() if name not in ("written", "repeated")}
    return said(json.dumps(told).encode())

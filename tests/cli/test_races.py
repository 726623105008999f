"""Sixteen processes at once pay one beneficiary's bills from three holders' accounts."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongji.cli.main import main
from gongji.ledger.books import Books
from gongji.ledger.verify import verify
from tests.cli.conftest import Gongji
from tests.cli.test_commands import ON

PROCESSES, TIMES = 16, 6
HOLDERS = {"我": "400.00", "哥哥": "300.00", "姐姐": "211.11"}
"""What each has. A hundred yuan of it must remain, so that 611.11 can be drawn in all."""
PAY = ("pay-for", "妈妈", "10.00", "--purpose", "pharmacy", *ON, "--json")
LINE = {"do": "pay-for", "beneficiary": "妈妈", "amount": "10.00", "purpose": "pharmacy"}


@pytest.fixture
def path(small: Gongji, memory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger in which three have bound one: records 1 to 7."""
    path = memory / "books" / "ledger.jsonl"
    monkeypatch.setenv("GONGJI_LEDGER", str(path))
    area = ("--area", "420100", *ON, "--insurance")
    assert small("person", "add", "妈妈", *area, "resident").code == 0
    for name, balance in HOLDERS.items():
        assert small("person", "add", name, *area, "employee", "--balance", balance).code == 0
        assert small("bind", name, "妈妈", "--relation", "parent", *ON).code == 0
    return path


def race(folder: Path, run: Callable[[int], None]) -> list[list[Any]]:
    """Let that many processes go at once, each with its number; return what each was answered."""
    ready, go = os.pipe()
    children = {}
    for me in range(PROCESSES):
        child = os.fork()
        if child == 0:
            try:
                os.close(go)
                sys.stdout = (folder / f"out-{me}").open("w", encoding="utf-8")
                os.read(ready, 1)
                run(me)
                sys.stdout.close()
                os._exit(0)
            except BaseException:
                os._exit(99)
        children[child] = me
    os.close(ready)
    os.close(go)
    codes = {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children}
    assert codes == {0}
    outputs = ((folder / f"out-{me}").read_text("utf-8") for me in range(PROCESSES))
    return [[json.loads(line) for line in output.splitlines()] for output in outputs]


def drawn_from(records: list[Any]) -> Counter[str]:
    """Return the fen that each holder paid."""
    drawn = Counter[str]()
    for record in records:
        for draw in record["draws"]:
            drawn[draw["holder"]] += int(draw["amount"].replace(".", ""))
    return drawn


def test_sixteen_processes_never_overspend_three_accounts(path: Path, memory: Path) -> None:
    """96 bills of ten yuan: 62 find something left, in all exactly what may be drawn."""

    def pay(me: int) -> None:
        for time in range(TIMES):
            assert main([*PAY, "--key", f"{me}-{time}"]) in (0, 3)

    told = [answer for answers in race(memory, pay) for answer in answers]

    paid = [answer for answer in told if answer["schema"] == "gongji.record/1"]
    assert (len(told), len(paid)) == (PROCESSES * TIMES, 62)
    assert sorted(record["seq"] for record in paid) == list(range(8, 70))
    assert len({record["key"] for record in paid}) == 62
    assert drawn_from(paid) == {"我": 30000, "哥哥": 20000, "姐姐": 11111}
    with Books.open(path) as books:
        assert [record.hash for record in books.records()][7:] == [
            record["hash"] for record in sorted(paid, key=lambda record: int(record["seq"]))
        ]
        assert {books.balance(f"{name}:current") for name in HOLDERS} == {10000}
        assert books.balance("provider") == 62000
    assert verify(path).sound


def test_sixteen_processes_with_the_same_keys_pay_each_bill_once(path: Path, memory: Path) -> None:
    """By commands and by lines: all are told of the same six records, one of them as written."""
    lines = memory / "lines.ndjson"
    keyed = ({**LINE, "on": "2025-01-02", "key": f"bill-{time}"} for time in range(TIMES))
    lines.write_text("".join(json.dumps(line) + "\n" for line in keyed), "utf-8")

    def pay(me: int) -> None:
        if me % 2:
            assert main(["ledger", "apply", str(lines)]) == 0
            return
        for time in range(TIMES):
            assert main([*PAY, "--key", f"bill-{time}"]) == 0

    told = race(memory, pay)

    records = [{answer["key"]: answer["hash"] for answer in answers} for answers in told]
    assert records == [records[0]] * PROCESSES
    written = [answer for answers in told for answer in answers if answer["written"]]
    assert len(written) == len(set(records[0].values())) == TIMES
    with Books.open(path) as books:
        assert (books.head.seq, books.balance("provider")) == (7 + TIMES, TIMES * 1000)
    assert sum(drawn_from(written).values()) == TIMES * 1000
    assert verify(path).sound

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

import gongji.ledger
from gongji.ledger.books import Books, Draft
from gongji.ledger.verify import verify

Make = Callable[..., Draft]
Write = Callable[..., None]

PAY = """
import sys
from datetime import date
from gongji.ledger.books import Books, Draft, Posting

path, me, times, keyed = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "keyed"
paid = (Posting("我:current", -10), Posting("provider", 10))
print("ready", flush=True)
sys.stdin.readline()
for n in range(times):
    with Books.open(path, create=True) as books, books.writing():
        key = str(n) if keyed else f"{me}-{n}"
        if books.balance("我:current") >= 10 or books.by_key(key):
            print(books.append(Draft("pay", date(2025, 6, 1), {}, paid, key)).record.seq)
"""


def race(path: Path, processes: int, times: int, keyed: str = "own") -> list[list[int]]:
    """Start the processes, let them go at once, and return the records that each was told."""
    source = str(Path(gongji.ledger.__file__).parents[2])
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PAY, str(path), str(me), str(times), keyed],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": source},
        )
        for me in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    told = []
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        told.append([int(line) for line in output.split()])
    return told


@pytest.fixture
def funded(path: Path, write: Write, credit: Make) -> Path:
    """A ledger with 300 fen in one account."""
    write(credit("我", 300))
    return path


def test_two_processes_lose_nothing(funded: Path) -> None:
    """Every record that either was told of is there, once."""
    told = race(funded, 2, 15)

    assert sorted(told[0] + told[1]) == list(range(2, 32))
    with Books.open(funded) as books:
        assert books.balance("我:current") == 0
        assert books.head.seq == 31
    assert verify(funded).sound


def test_processes_paying_from_one_account_never_overspend_it(funded: Path) -> None:
    """Forty payments are tried, thirty can be paid."""
    told = race(funded, 4, 10)

    assert sorted(chain(*told)) == list(range(2, 32))
    assert verify(funded).sound


def test_one_key_in_many_processes_is_one_record(funded: Path) -> None:
    """All are told of the same records."""
    told = race(funded, 3, 6, "keyed")

    assert told == [[2, 3, 4, 5, 6, 7]] * 3
    with Books.open(funded) as books:
        assert (books.head.seq, books.balance("我:current")) == (7, 240)


def test_processes_creating_one_ledger_agree_on_it(path: Path) -> None:
    """The first header wins; nobody writes over it."""
    race(path, 3, 1)

    found = verify(path)
    assert (found.sound, found.records) == (True, 0)
    assert not [each for each in path.parent.iterdir() if each.name.startswith(".")]

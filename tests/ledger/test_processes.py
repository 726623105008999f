from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

import gongji.ledger
from gongji.ledger import disk, lock
from gongji.ledger.books import Books, Draft
from gongji.ledger.errors import ChangedUnderneath, DamagedLedger
from gongji.ledger.repair import repair
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


def test_many_readers_beside_a_writer_see_whole_records_only(funded: Path, credit: Make) -> None:
    """Each view is one state, and never an older one than before; nobody waits for a reader."""
    last = 61

    def read() -> int:
        seen = 1
        while seen < last:
            with Books.open(funded) as books:
                assert books.head.seq >= seen
                seen = books.head.seq
                assert books.balance("我:current") == 299 + seen
                assert sum(books.balances("").values()) == 0
        return 0

    def write() -> int:
        for _ in range(1, last):
            with Books.open(funded) as books, books.writing():
                books.append(credit("我", 1))
        return 0

    children = [in_background(run) for run in (read, read, read, read, read, write)]

    assert [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children] == [0] * 6
    assert verify(funded).sound


def test_a_writer_whom_no_lock_held_back_is_found(
    funded: Path, credit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a network folder grants a lock to two at once: nobody writes on behind what they did.

    Mostly the second sees that the file has grown; between that look and its write it cannot.
    """
    monkeypatch.setattr(lock.fcntl, "flock", lambda *_: None)  # type: ignore[attr-defined]

    def also() -> None:
        with Books.open(funded) as other, other.writing():
            other.append(credit("mum", 1))

    with Books.open(funded) as books, books.writing():
        also()
        with pytest.raises(ChangedUnderneath):
            books.append(credit("我", 1))
    real = disk.write_all

    def late(descriptor: int, data: bytes) -> None:
        monkeypatch.setattr(disk, "write_all", real)
        also()
        real(descriptor, data)

    monkeypatch.setattr(disk, "write_all", late)
    with Books.open(funded) as books, books.writing():
        books.append(credit("我", 1))

    (problem,) = verify(funded).problems
    assert (problem.line, problem.cause) == (5, "seq-gap")
    with Books.open(funded) as books, pytest.raises(DamagedLedger), books.writing():
        pass
    assert [line.line for line in repair(funded).dropped] == [5]
    assert verify(funded).sound


def in_background(run: Callable[[], int]) -> int:
    """Return the number of a child process that runs `run` and ends with what it returns."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(run())
        except BaseException:
            os._exit(99)
    return child


def test_processes_creating_one_ledger_agree_on_it(path: Path) -> None:
    """The first header wins; nobody writes over it."""
    race(path, 3, 1)

    found = verify(path)
    assert (found.sound, found.records) == (True, 0)
    assert not [each for each in path.parent.iterdir() if each.name.startswith(".")]

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gongji.ledger import lock
from gongji.ledger import repair as repairing
from gongji.ledger.books import Books, Draft
from gongji.ledger.errors import (
    DamagedLedger,
    LedgerBusy,
    LedgerError,
    NewerLedger,
    NoLedger,
    UnsuitableLedger,
    UnwritableLedger,
)
from gongji.ledger.index import index_path
from gongji.ledger.repair import Dropped, repair
from gongji.ledger.verify import verify
from tests.ledger.test_index import as_nobody
from tests.ledger.test_verify import IN, LITTLE, OUT, sealed
from tests.seam import KILLED, Act, act_at, die, die_after, fail, in_child, interrupt, steps_of

Make = Callable[..., Draft]
Write = Callable[..., None]

JUNE = date(2025, 6, 1)


@pytest.fixture
def path(memory: Path) -> Path:
    """Where a test's ledger is to be: in memory, because a repair syncs often."""
    return memory / "books" / "family.jsonl"


@pytest.fixture
def damaged(path: Path, write: Write, credit: Make, bind: Make) -> Path:
    """A ledger of five records, of which the third has one byte changed."""
    write(credit("我", 100), credit("mum", 200), bind("我", "mum"), credit("我", 400))
    write(credit("我", 800))
    content = path.read_bytes()
    at = content.index(b'"bind"')
    path.write_bytes(content[:at] + b'"bond"' + content[at + 6 :])
    return path


def copies(path: Path) -> list[bytes]:
    """Return what the copies beside the ledger hold, in the order of their names."""
    return [each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}.backup*"))]


def names(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir() if not each.name.endswith(".lock")}


def test_a_sound_ledger_is_left_alone(path: Path, write: Write, credit: Make) -> None:
    """Not a byte of it changes, and no copy is made."""
    write(credit("我", 100))
    before, beside = path.read_bytes(), names(path)

    done = repair(path)

    assert (done.head.seq, done.cause, done.dropped, done.backup) == (1, None, (), None)
    assert (path.read_bytes(), names(path)) == (before, beside)


def test_a_damaged_ledger_is_copied_and_then_cut_back_to_its_last_good_record(
    damaged: Path, write: Write, credit: Make
) -> None:
    """What goes is told line by line; what stays is sound and can be written on."""
    before = damaged.read_bytes()
    lines = before.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]

    done = repair(damaged)

    assert done.cause is not None
    assert (done.cause.line, done.cause.field, done.cause.cause) == (4, "hash", "hash-mismatch")
    assert done.dropped == (
        Dropped(4, starts[3], ("bond", JUNE), whole=False),
        Dropped(5, starts[4], ("credit", JUNE), whole=True),
        Dropped(6, starts[5], ("credit", JUNE), whole=True),
    )
    assert damaged.read_bytes() == b"".join(lines[:3])
    assert copies(damaged) == [before]
    assert done.backup == damaged.with_name(f"{damaged.name}.backup")
    assert done.backup.stat().st_mode & 0o777 == 0o600
    found = verify(damaged)
    assert (found.sound, found.head) == (True, done.head)
    with Books.open(damaged) as books:
        assert books.notices == []
    write(credit("我", 1))
    assert verify(damaged).sound


def test_what_a_repair_would_drop_is_told_without_dropping_it(damaged: Path) -> None:
    """A dry run finds the same, and changes and adds nothing but the derived index."""
    before, beside = damaged.read_bytes(), names(damaged)

    tried = repair(damaged, dry_run=True)

    assert tried.backup is None
    assert damaged.read_bytes() == before
    assert names(damaged) <= beside
    done = repair(damaged)
    assert (tried.head, tried.cause, tried.dropped) == (done.head, done.cause, done.dropped)


def test_an_older_copy_is_never_written_over(damaged: Path, write: Write, credit: Make) -> None:
    """Each repair has a copy of its own."""
    first = damaged.read_bytes()
    repair(damaged)
    with damaged.open("ab") as file:
        file.write(b"junk\n{}\n")
    second = damaged.read_bytes()

    repair(damaged)

    assert copies(damaged) == [first, second]
    assert repair(damaged).cause is None


def test_a_torn_tail_is_dropped_too(path: Path, write: Write, credit: Make) -> None:
    """Nothing of it can be read."""
    write(credit("我", 100))
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b'{"seq":2,"do":')

    done = repair(path)

    assert done.dropped == (Dropped(3, size, None, whole=False),)
    assert (path.stat().st_size, len(copies(path))) == (size, 1)


def test_a_record_that_breaks_a_law_goes_with_all_behind_it(path: Path) -> None:
    """Its hash is right, and what is left is what `verify` calls sound."""
    sealed(path, IN, LITTLE, OUT, OUT, LITTLE)

    done = repair(path)

    assert done.cause is not None
    assert (done.cause.line, done.cause.cause) == (5, "overdrawn")
    assert [(line.line, line.whole) for line in done.dropped] == [(5, True), (6, True)]
    assert verify(path).sound


def test_an_index_that_differs_is_no_damage_of_the_ledger(path: Path, write: Write) -> None:
    """It is thrown away, and nothing else is touched."""
    write(IN)
    before = path.read_bytes()
    with closing(sqlite3.connect(index_path(path))) as file, file:
        file.execute("UPDATE balances SET fen = 7")

    done = repair(path)

    assert (done.cause, path.read_bytes(), copies(path)) == (None, before, [])
    assert not index_path(path).exists()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", DamagedLedger),
        (b"hello\n{}\n", DamagedLedger),
        (b'{"format":"gongji.ledger/2"}\nwhatever\n', NewerLedger),
    ],
)
def test_a_file_without_a_header_of_ours_is_not_repaired(
    path: Path, content: bytes, error: type[LedgerError]
) -> None:
    """It may be no ledger at all: nothing is cut and nothing copied."""
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(error):
        repair(path)

    assert (path.read_bytes(), names(path)) == (content, {path.name})


def test_what_is_no_ledger_is_not_repaired(path: Path, tmp_path: Path) -> None:
    """Neither what is not there nor what a link points to; no lock is left behind."""
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(NoLedger):
        repair(path)
    with pytest.raises(UnsuitableLedger):
        repair(tmp_path / "link")
    assert not path.parent.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["link"]


def test_a_ledger_that_is_being_written_is_not_repaired(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repair waits for the lock like any writer; a dry run does not."""
    before = damaged.read_bytes()
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0)

    with lock.held(damaged):
        with pytest.raises(LedgerBusy):
            repair(damaged)
        assert repair(damaged, dry_run=True).cause is not None

    assert (damaged.read_bytes(), copies(damaged)) == (before, [])


def test_more_lines_than_anybody_reads_are_counted(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first are listed."""
    monkeypatch.setattr(repairing, "PROBLEM_LIMIT", 2)

    done = repair(damaged, dry_run=True)

    assert ([line.line for line in done.dropped], done.unlisted) == ([4, 5], 1)


def test_a_file_of_many_blocks_is_copied_whole(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last byte."""
    before = damaged.read_bytes()
    monkeypatch.setattr(repairing, "_BLOCK", 100)

    repair(damaged)

    assert copies(damaged) == [before]


def test_whatever_byte_is_changed_a_repair_ends_in_a_sound_ledger(
    path: Path, write: Write, credit: Make, bind: Make
) -> None:
    """Or refuses, where it is one of the header's; what the file held is in the copy."""
    write(credit("我", 100, key="k"), bind("我", "mum"))
    good = path.read_bytes()
    header = good.index(b"\n") + 1

    for at in range(0, len(good), 3):
        for copy in path.parent.glob(f"{path.name}.backup*"):
            copy.unlink()
        spoilt = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        path.write_bytes(spoilt)
        try:
            repair(path)
        except LedgerError:
            assert at < header
            assert (path.read_bytes(), copies(path)) == (spoilt, [])
            continue
        assert verify(path).sound, at
        assert good.startswith(path.read_bytes())
        assert copies(path) == [spoilt]


@pytest.mark.parametrize("how", [fail, interrupt, die, die_after])
def test_a_repair_that_stops_at_any_step_has_lost_nothing(
    damaged: Path, monkeypatch: pytest.MonkeyPatch, how: Act
) -> None:
    """The ledger is cut only when a whole copy of it is on the disk; the next repair ends it."""
    before = damaged.read_bytes()
    good = b"".join(before.splitlines(keepends=True)[:3])

    def run(step: int) -> list[str]:
        damaged.write_bytes(before)
        for beside in damaged.parent.glob(f"{damaged.name}.backup*"):
            beside.unlink()
        reached = damaged.with_name("steps")

        def stopped() -> int:
            taken = act_at(monkeypatch, step, how)
            try:
                repair(damaged)
            except (LedgerError, KeyboardInterrupt):
                return 1
            finally:
                reached.write_text(" ".join(taken))
            return 0

        code = in_child(stopped)

        assert damaged.read_bytes() in (before, good)
        assert copies(damaged) in ([], [before])
        if damaged.read_bytes() == good:
            assert copies(damaged) == [before]
        repair(damaged)
        assert damaged.read_bytes() == good
        assert before in copies(damaged)
        return [*reached.read_text().split()] if code != KILLED else ["killed"] * step

    assert list(steps_of(run)) == [1, 2, 3, 4, 5, 6]


def test_a_ledger_that_can_only_be_read_is_not_repaired(damaged: Path, memory: Path) -> None:
    """Where no copy can be made nothing is cut; what would be dropped is told all the same."""
    for each, mode in ((memory, 0o755), (damaged.parent, 0o555), (damaged, 0o444)):
        each.chmod(mode)

    def look() -> bool:
        tried = repair(damaged, dry_run=True)
        with pytest.raises(UnwritableLedger):
            repair(damaged)
        return tried.cause is not None

    assert as_nobody(look)

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gongji.ledger import index, lock
from gongji.ledger.books import Books, Draft, IndexRebuilt
from gongji.ledger.errors import LedgerBusy, UnwritableLedger
from gongji.ledger.verify import verify

Make = Callable[..., Draft]
Write = Callable[..., None]


@pytest.fixture
def beside(path: Path) -> Path:
    """Where the index of the test's ledger is."""
    return index.index_path(path)


@pytest.fixture
def written(path: Path, write: Write, credit: Make, bind: Make, pay: Make) -> Path:
    """A ledger of forty records."""
    write(*(credit("我", 100 + n, key=f"k{n}") for n in range(38)))
    write(bind("我", "mum"), pay("mum", {"我": 50}))
    return path


def answers(path: Path) -> list[object]:
    with Books.open(path) as books:
        return [
            books.head,
            books.balances(""),
            books.bindings(),
            list(books.history(person="mum")),
            books.by_key("k3"),
        ]


def test_a_deleted_index_is_built_anew_without_a_word(written: Path, beside: Path) -> None:
    """Deleting it is allowed at any time; so is one for which there was no room."""
    before = answers(written)

    for remove in (Path.unlink, lambda path: os.truncate(path, 0)):
        remove(beside)
        with Books.open(written) as books:
            assert books.notices == []
        assert answers(written) == before
        assert beside.stat().st_mode & 0o777 == 0o600


def test_an_index_that_lags_is_built_anew_without_a_word(
    written: Path, beside: Path, write: Write, credit: Make
) -> None:
    """Nobody knows whether only the end of the journal is new."""
    old = beside.read_bytes()
    write(credit("mum", 5), credit("mum", 6))
    before = answers(written)
    beside.write_bytes(old)

    assert verify(written).index == "unfit"
    assert answers(written) == before
    assert verify(written).index == "agrees"


def test_the_index_of_another_ledger_is_thrown_away(
    written: Path, beside: Path, tmp_path: Path, credit: Make
) -> None:
    """The journal's id and the hash at the place decide, not the name."""
    before = answers(written)
    other = tmp_path / "other.jsonl"
    with Books.open(other, create=True) as books, books.writing():
        books.append(credit("我", 1))
    beside.write_bytes(index.index_path(other).read_bytes())

    with Books.open(written) as books:
        assert books.notices == [IndexRebuilt("foreign")]
    assert answers(written) == before


def test_an_index_of_records_that_are_gone_is_thrown_away(written: Path) -> None:
    """A journal that was cut is told by the index that knew more."""
    lines = written.read_bytes().splitlines(keepends=True)
    written.write_bytes(b"".join(lines[:11]))

    with Books.open(written) as books:
        assert books.notices == [IndexRebuilt("stale")]
        assert books.head.seq == 10
        assert books.balance("我:current") == sum(range(100, 110))


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\0" + b"\7" * 5000])
def test_an_unreadable_index_is_thrown_away(written: Path, beside: Path, content: bytes) -> None:
    """Also where it breaks only once it is read."""
    before = answers(written)
    beside.write_bytes(content)

    with Books.open(written) as books:
        assert books.notices == [IndexRebuilt("unreadable")]
    assert answers(written) == before


def test_a_page_that_breaks_while_reading_is_survived(written: Path, beside: Path) -> None:
    """Each page in turn is overwritten with junk; every answer stays right."""
    before, good = answers(written), beside.read_bytes()
    pages = range(0, len(good), 4096)

    for page in pages:
        beside.write_bytes(good[:page] + b"\xa5" * 4096 + good[page + 4096 :])
        assert answers(written) == before
    assert len(pages) > 10


def test_an_index_from_before_a_restart_is_not_believed(
    written: Path, beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is never synced, so a power loss may have kept any part of it."""
    with closing(sqlite3.connect(beside)) as file, file:
        file.execute("UPDATE balances SET fen = 7")
    (tmp_path / "restart").write_text("another\n")

    with Books.open(written) as books:
        assert books.balance("我:current") == 7
    monkeypatch.setattr(index, "_RESTARTS", tmp_path / "restart")
    with Books.open(written) as books:
        assert books.balance("我:current") == sum(range(100, 138)) - 50
        assert books.notices == []


def test_a_folder_in_place_of_the_index_is_worked_around(
    written: Path, beside: Path, credit: Make
) -> None:
    """The index is in memory then, for reading and for writing."""
    before = answers(written)
    beside.unlink()
    beside.mkdir()

    assert answers(written) == before
    with Books.open(written) as books, books.writing():
        books.append(credit("我", 1))
        books.append(credit("我", 2))
        assert books.head.seq == 42
    with Books.open(written) as books:
        assert books.head.seq == 42


def test_a_link_in_place_of_the_index_is_not_followed(
    written: Path, beside: Path, tmp_path: Path, credit: Make
) -> None:
    """The file that it points to keeps its bytes."""
    target = tmp_path / "precious"
    beside.rename(target)
    beside.symlink_to(target)
    before = target.read_bytes()

    with Books.open(written) as books, books.writing():
        books.append(credit("我", 1))
        assert books.head.seq == 41
    assert target.read_bytes() == before
    assert not beside.is_symlink()


@pytest.mark.parametrize("indexed", [True, False])
def test_a_read_only_folder_can_be_read(written: Path, beside: Path, indexed: bool) -> None:
    """With and without an index; writing is refused by name."""
    before = answers(written)
    if not indexed:
        beside.unlink()

    def look(path: Path) -> bool:
        same = answers(path) == before and verify(path).sound
        with Books.open(path) as books, pytest.raises(UnwritableLedger), books.writing():
            pass
        return same and index.index_path(path).exists() is indexed

    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copied = Path(shutil.copytree(written.parent, Path(folder) / "copied"))
        for each in (*copied.iterdir(), copied):
            each.chmod(0o555)
        assert as_nobody(lambda: look(copied / written.name))
        copied.chmod(0o755)


def as_nobody(look: Callable[[], bool]) -> bool:
    """Run `look` in a child that file permissions bind, and say whether it returned True."""
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setuid(65534)
            os._exit(0 if look() else 1)
        except BaseException:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_reader_keeps_its_view_while_another_writes(
    written: Path, write: Write, credit: Make
) -> None:
    """Neither waits for the other, and the next to open sees everything."""
    with Books.open(written) as reader:
        before = reader.balances("")
        write(credit("我", 1000), credit("mum", 1))
        assert reader.balances("") == before
        assert reader.head.seq == 40
        with Books.open(written) as late:
            assert late.head.seq == 42
            assert late.balance("mum:current") == 1
    assert verify(written).sound


def test_a_reader_that_caught_up_keeps_its_view_too(
    written: Path, beside: Path, write: Write, credit: Make
) -> None:
    """Whether the index was current or not makes no difference to what is seen."""
    beside.unlink()

    with Books.open(written) as reader:
        write(credit("mum", 1))
        assert reader.head.seq == 40
        assert reader.balance("mum:current") == 0


def test_two_writers_in_turn_see_each_other(written: Path, credit: Make) -> None:
    """What was open before the other wrote catches up when it writes itself."""
    with Books.open(written) as one, Books.open(written) as two:
        with one.writing():
            one.append(credit("one", 1))
        with two.writing():
            assert two.balance("one:current") == 1
            two.append(credit("two", 1))
        with one.writing():
            assert one.balance("two:current") == 1
            assert one.head.seq == 42


def test_a_held_lock_is_busy_for_writers_and_no_obstacle_to_readers(
    written: Path, beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader whose index lags works in memory rather than fail."""
    before = answers(written)
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0)

    with lock.held(written):
        assert answers(written) == before
        with Books.open(written) as books, pytest.raises(LedgerBusy), books.writing():
            pass
        beside.unlink()
        assert answers(written) == before
        assert not beside.exists()


def test_an_index_that_cannot_be_written_costs_no_record(
    written: Path, credit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in the journal is acknowledged, whatever becomes of the index."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with Books.open(written) as books:
        with monkeypatch.context() as patch, books.writing():
            patch.setattr(index, "settle", full)
            patch.setattr(index, "add", full)
            assert books.append(credit("mum", 1)).record.seq == 41
            assert books.append(credit("mum", 2)).record.seq == 42
            assert books.balance("mum:current") == 3
        assert books.balance("mum:current") == 3
    assert verify(written).sound


def test_an_act_that_fails_midway_leaves_what_it_appended_and_no_more(
    written: Path, credit: Make
) -> None:
    """The index forgets the session; the journal's record is read again."""
    with Books.open(written) as books:
        with pytest.raises(KeyboardInterrupt), books.writing():
            books.append(credit("mum", 1))
            raise KeyboardInterrupt
        assert books.balance("mum:current") == 1
        with books.writing():
            books.append(credit("mum", 1))
            assert books.balance("mum:current") == 2
    assert verify(written).sound

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from gongji.ledger.books import Books, Draft, TornTail
from gongji.ledger.errors import (
    ChangedUnderneath,
    DamagedLedger,
    NewerLedger,
    NoLedger,
    UnsuitableLedger,
)
from gongji.ledger.verify import verify

Make = Callable[..., Draft]
Write = Callable[..., None]


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_ledger_is_created_for_its_owner_alone(path: Path, write: Write, credit: Make) -> None:
    """Files are 0600 and made folders 0700, and nothing temporary stays."""
    write(credit("我", 100))

    beside = {each.name: mode_of(each) for each in path.parent.iterdir()}
    assert mode_of(path.parent) == 0o700
    assert beside == {path.name + end: 0o600 for end in ("", ".index", ".lock")}


def test_records_read_back_in_order_and_chained(path: Path, write: Write, credit: Make) -> None:
    """Each record carries the hash of the one before."""
    write(credit("我", 100), credit("mum", 200))
    write(credit("我", 300))

    with Books.open(path) as books:
        first, second, third = books.history()
        assert [first.seq, second.seq, third.seq] == [1, 2, 3]
        assert [second.prev, third.prev] == [first.hash, second.hash]
        assert books.head.hash == third.hash
        assert books.head.ledger == "0" * 32


def test_nothing_is_created_without_being_asked(path: Path) -> None:
    """Reading what is not there is a named error and leaves no trace."""
    with pytest.raises(NoLedger):
        Books.open(path)

    assert not path.parent.exists()


def test_create_opens_what_is_there(path: Path, write: Write, credit: Make) -> None:
    """A second `create` keeps the ledger that it finds."""
    write(credit("我", 100))

    with Books.open(path, create=True, new_id=lambda: "f" * 32) as books:
        assert books.head.ledger == "0" * 32
        assert books.balance("我:current") == 100


def test_a_link_a_folder_a_device_and_a_pipe_are_refused(
    path: Path, write: Write, credit: Make, tmp_path: Path
) -> None:
    """Only a regular file can be a ledger, whether it is to be made or not."""
    write(credit("我", 100))
    link, dangling, pipe = tmp_path / "link", tmp_path / "dangling", tmp_path / "pipe"
    link.symlink_to(path)
    dangling.symlink_to(tmp_path / "nowhere")
    os.mkfifo(pipe)

    for unsuitable in (link, dangling, tmp_path, Path("/dev/null"), pipe):
        for create in (False, True):
            with pytest.raises(UnsuitableLedger):
                Books.open(unsuitable, create=create)
        with pytest.raises(UnsuitableLedger):
            verify(unsuitable)
    assert not (tmp_path / "nowhere").exists()


def test_a_tail_torn_at_any_byte_is_set_aside(path: Path, write: Write, credit: Make) -> None:
    """Whatever part of the last line was written, the rest stands and the next append works."""
    write(credit("我", 100), credit("我", 200))
    kept = path.stat().st_size
    write(credit("我", 400))
    whole = path.read_bytes()

    for size in range(kept + 1, len(whole)):
        path.write_bytes(whole[:size])
        path.with_name(path.name + ".index").unlink()
        with Books.open(path) as books:
            (notice,) = books.notices
            assert notice == TornTail(kept, size - kept)
            assert books.balance("我:current") == 300
            with books.writing():
                (notice,) = books.notices
                books.append(credit("我", 800))
        assert isinstance(notice, TornTail)
        assert notice.set_aside is not None
        sidecar = path.with_name(notice.set_aside)
        assert sidecar.name.startswith(f"{path.name}.torn-{kept}")
        assert (sidecar.read_bytes(), mode_of(sidecar)) == (whole[kept:size], 0o600)
        assert verify(path).sound
        with Books.open(path) as books:
            assert (books.balance("我:current"), books.notices) == (1100, [])


def test_readers_leave_a_torn_tail_where_it_is(path: Path, write: Write, credit: Make) -> None:
    """Reading changes no byte of the journal."""
    write(credit("我", 100))
    with path.open("ab") as file:
        file.write(b'{"seq":2,"do":')
    before = path.read_bytes()

    with Books.open(path) as books:
        assert books.head.seq == 1

    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.torn-*"))


@pytest.mark.parametrize(
    ("spoil", "line", "field", "cause"),
    [
        (lambda lines: [lines[0], lines[1], b"junk\n", lines[3]], 3, "hash", "not-sealed"),
        (lambda lines: [*lines[:2], lines[2].replace(b"2.00", b"3.00"), lines[3]], 3, "hash", None),
        (lambda lines: [*lines[:2], lines[3]], 3, "seq", "seq-gap"),
        (lambda lines: [*lines, lines[3]], 5, "seq", "seq-gap"),
        (lambda lines: [*lines[:3], lines[3].replace(b"4.00", b"5.00")], 4, "hash", None),
    ],
)
def test_damage_refuses_writes_and_leaves_the_good_part_readable(
    path: Path,
    write: Write,
    credit: Make,
    spoil: Callable[[list[bytes]], list[bytes]],
    line: int,
    field: str,
    cause: str | None,
) -> None:
    """Damage is named by line, place and field; nothing is set aside."""
    write(credit("我", 100), credit("我", 200), credit("我", 400))
    lines = path.read_bytes().splitlines(keepends=True)
    spoilt = spoil(lines)
    path.write_bytes(b"".join(spoilt))
    path.with_name(path.name + ".index").unlink()
    before = path.read_bytes()

    with Books.open(path) as books:
        found = books.damage
        assert found is not None
        assert (found.line, found.field) == (line, field)
        assert found.cause == (cause or "hash-mismatch")
        assert found.offset == sum(map(len, spoilt[: line - 1]))
        assert len(list(books.history())) == line - 2
        with pytest.raises(DamagedLedger), books.writing():
            pass

    assert path.read_bytes() == before


def test_a_record_edited_under_the_index_is_found_by_the_next_to_open(
    path: Path, write: Write, credit: Make
) -> None:
    """An index that was right before the edit is not believed after it; nothing more is written."""
    write(credit("我", 100), credit("我", 200))
    path.write_bytes(path.read_bytes().replace(b'"1.00"', b'"9.00"'))

    with Books.open(path) as books:
        assert books.damage is not None
        assert (books.damage.line, books.damage.field) == (2, "hash")
        with pytest.raises(DamagedLedger), books.writing():
            pass


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf{}\n", b"{}\n", b"\0" * 9000])
def test_a_file_without_a_header_is_no_ledger(path: Path, content: bytes) -> None:
    """An empty or foreign file is damage of line 1, also where a ledger was to be made."""
    path.parent.mkdir()
    path.write_bytes(content)

    for create in (False, True):
        with pytest.raises(DamagedLedger) as caught:
            Books.open(path, create=create)
        assert (caught.value.line, caught.value.field) == (1, "format")
    assert path.read_bytes() == content


def test_a_newer_format_is_named(path: Path) -> None:
    """A file of a later version is neither damaged nor read."""
    path.parent.mkdir()
    path.write_bytes(b'{"format":"gongji.ledger/2"}\n')

    with pytest.raises(NewerLedger):
        Books.open(path)


def test_a_file_that_grew_or_was_replaced_is_not_appended_to(
    path: Path, write: Write, credit: Make, tmp_path: Path
) -> None:
    """An append goes only where the last read record ended, in the very file that was read."""
    write(credit("我", 100))
    original = path.read_bytes()

    with Books.open(path) as books, books.writing():
        path.write_bytes(original + b"x")
        with pytest.raises(ChangedUnderneath):
            books.append(credit("我", 1))
        path.write_bytes(original[:-5] + b"xxxx\n")
        with pytest.raises(ChangedUnderneath):
            books.append(credit("我", 1))
        path.write_bytes(original)
        other = tmp_path / "other"
        other.write_bytes(original)
        other.replace(path)
        with pytest.raises(ChangedUnderneath):
            books.append(credit("我", 1))
        path.unlink()
        with pytest.raises(ChangedUnderneath):
            books.append(credit("我", 1))

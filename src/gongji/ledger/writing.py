"""The journal as it is written: created whole, appended to line by line, its torn tail set aside.

The caller holds the lock, except to create: the first to publish a header wins.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from gongji.ledger import disk
from gongji.ledger.errors import AppendFailed, ChangedUnderneath, unwritable
from gongji.ledger.journal import Journal, Place, TornTail
from gongji.ledger.records import encode_header


def create_journal(path: Path, ledger: str) -> None:
    """Write a journal of nothing but its header, at once whole or not at all.

    Raises as `create_whole` does.
    """
    create_whole(path, [encode_header(ledger)])


def create_whole(path: Path, blocks: Iterable[bytes]) -> None:
    """Make a file for its owner alone that is there whole, and on the disk, or not there at all.

    Missing folders are made. Raises FileExistsError where something has the name, and
    UnwritableLedger.
    """
    try:
        _make_folders(path.parent)
        put_whole(path, blocks, disk.publish)
    except FileExistsError:
        raise
    except OSError as error:
        raise unwritable(error) from error


def put_whole(path: Path, blocks: Iterable[bytes], put: Callable[[Path, Path], None]) -> None:
    """Write the blocks to a new file and, when they are on the disk, `put` it where it belongs.

    Whatever goes wrong, nothing else stays. Raises OSError.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with _opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as descriptor:
            for block in blocks:
                disk.write_all(descriptor, block)
            disk.sync_file(descriptor)
        put(temporary, path)
        disk.sync_folder(path.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()


def append(journal: Journal, place: Place, line: bytes, *, wait: bool = True) -> None:
    """Write the line at the end of the journal, which must be `place`, and wait for the disk.

    Without `wait` it is safe only after `sync`. If writing fails the file is cut back to where it
    ended. Raises ChangedUnderneath, AppendFailed and UnwritableLedger.
    """
    with _opened_again(journal, place.seq) as descriptor:
        if journal.size() != place.offset or not journal.ends_at(place):
            raise ChangedUnderneath(place.seq)
        try:
            disk.write_all(descriptor, line)
            if wait:
                disk.sync_file(descriptor)
        except OSError as error:
            undone = _cut_back(descriptor, place.offset)
            raise AppendFailed(_reason(error), undone) from error
        except BaseException:
            _cut_back(descriptor, place.offset)
            raise


def sync(journal: Journal, start: Place) -> None:
    """Wait for the disk with all that was appended after `start`.

    If that fails the file is cut back to there. Raises AppendFailed and UnwritableLedger.
    """
    with _opened_again(journal, start.seq) as descriptor:
        try:
            disk.sync_file(descriptor)
        except OSError as error:
            undone = _cut_back(descriptor, start.offset)
            raise AppendFailed(_reason(error), undone) from error


def set_aside(journal: Journal, place: Place, torn: TornTail) -> TornTail:
    """Move the torn tail after `place` into a file of its own beside the journal, and say which.

    The journal is cut only when the bytes are safe there. Raises UnwritableLedger and
    ChangedUnderneath.
    """
    tail = os.pread(journal.descriptor, torn.bytes, torn.offset)
    sidecar = create_beside(journal, f"torn-{torn.offset}", [tail])
    cut(journal, place)
    return replace(torn, set_aside=sidecar.name)


def create_beside(journal: Journal, end: str, blocks: Iterable[bytes]) -> Path:
    """Make a file beside the journal whose name ends so, with a number where that is taken.

    Raises UnwritableLedger.
    """
    name, number = f"{journal.path.name}.{end}", 1
    while os.path.lexists(journal.path.with_name(name)):
        number += 1
        name = f"{journal.path.name}.{end}-{number}"
    path = journal.path.with_name(name)
    create_whole(path, blocks)
    return path


def cut(journal: Journal, place: Place) -> None:
    """Cut the journal to where `place` ends. Raises UnwritableLedger and ChangedUnderneath."""
    with _opened_again(journal, place.seq) as descriptor:
        try:
            disk.truncate(descriptor, place.offset)
            disk.sync_file(descriptor)
        except OSError as error:
            raise unwritable(error) from error


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _opened_again(journal: Journal, seq: int) -> Iterator[int]:
    try:
        descriptor = os.open(journal.path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        raise ChangedUnderneath(seq) from None
    except OSError as error:
        raise unwritable(error) from error
    try:
        if not os.path.samestat(os.fstat(descriptor), os.fstat(journal.descriptor)):
            raise ChangedUnderneath(seq)
        yield descriptor
    finally:
        os.close(descriptor)


def _make_folders(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(0o700, exist_ok=True)
        disk.sync_folder(each.parent)


def _cut_back(descriptor: int, size: int) -> bool:
    try:
        disk.truncate(descriptor, size)
    except OSError:
        return False
    with suppress(OSError):  # else a loss of power could bring back what was said to be undone
        disk.sync_file(descriptor)
    return True


def _reason(error: OSError) -> str:
    return error.strerror or str(error)

"""The journal as it is read: one JSON Lines file, header first, never edited."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gongji.ledger.errors import (
    DamagedLedger,
    NoLedger,
    UnsuitableLedger,
)
from gongji.ledger.records import (
    LINE_LIMIT,
    SEAL_LENGTH,
    Record,
    decode_header,
    decode_record,
    is_torn,
    stated_hash,
)
from gongji.ledger.shapes import Fault

_HEADER_LIMIT: Final = 4096


@dataclass(frozen=True, slots=True)
class Place:
    """The end of a line: the next byte, the line's number as a record (0: header), its hash."""

    offset: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the place of its line in the file, in bytes."""

    record: Record
    offset: int
    length: int

    @property
    def end(self) -> Place:
        """Where the next line begins."""
        return Place(self.offset + self.length, self.record.seq, self.record.hash)


@dataclass(frozen=True, slots=True)
class TornTail:
    """A last line never wholly written: `bytes` of them from `offset` on.

    `set_aside` is the name of the file beside the journal that keeps them, None while they are
    still where they were.
    """

    offset: int
    bytes: int
    set_aside: str | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal: `descriptor` is for reading, `start` is where its first record begins."""

    path: Path
    descriptor: int
    ledger: str
    start: Place

    def touched(self) -> str:
        """Return a text that differs once anything has written or replaced the file."""
        state = os.fstat(self.descriptor)
        return f"{state.st_ino}:{state.st_mtime_ns}"

    def close(self) -> None:
        """Close the file."""
        os.close(self.descriptor)

    def size(self) -> int:
        """Return the bytes of the file now."""
        return os.fstat(self.descriptor).st_size

    def ends_at(self, place: Place) -> bool:
        """Return whether a line of the place's hash ends at the place."""
        length = min(place.offset, SEAL_LENGTH)
        return stated_hash(os.pread(self.descriptor, length, place.offset - length)) == place.hash

    def read(self, seq: int, offset: int, length: int) -> Record:
        """Return the record of the line at `offset`. Raises DamagedLedger."""
        try:
            return decode_record(os.pread(self.descriptor, length, offset), seq, None)
        except Fault as fault:
            raise DamagedLedger(seq + 1, offset, fault.field, fault.cause) from None


class Scan:
    """Reads the records on from a place to the first line that is none.

    Afterwards `place` is the end of the last good line, and `torn` or `damage` says why the
    reading ended before the end of the file, if it did.
    """

    def __init__(self, journal: Journal, place: Place) -> None:
        self.journal = journal
        self.place = place
        self.torn: TornTail | None = None
        self.damage: DamagedLedger | None = None

    def __iter__(self) -> Iterator[Entry]:
        """Yield each record with its place."""
        size = self.journal.size()
        if self.place.offset == size:
            return
        for offset, line in lines(self.journal, self.place.offset, size):
            seq = self.place.seq + 1
            try:
                record = decode_record(line, seq, self.place.hash)
            except Fault as fault:
                self._stop(offset, line, size, fault)
                return
            entry = Entry(record, offset, len(line))
            yield entry
            self.place = entry.end

    def _stop(self, offset: int, line: bytes, size: int, fault: Fault) -> None:
        if offset + len(line) >= size and is_torn(line):
            self.torn = TornTail(offset, len(line))
        else:
            self.damage = DamagedLedger(self.place.seq + 2, offset, fault.field, fault.cause)


def open_journal(path: Path) -> Journal:
    """Return the journal at `path`, open for reading.

    Raises NoLedger, UnsuitableLedger, NewerLedger, and DamagedLedger for a bad header.
    """
    descriptor = _open_regular(path)
    try:
        beginning = os.pread(descriptor, _HEADER_LIMIT, 0)
        header = beginning[: beginning.find(b"\n") + 1]
        ledger = decode_header(header)
    except Fault as fault:
        os.close(descriptor)
        raise DamagedLedger(1, 0, fault.field, fault.cause) from None
    except BaseException:
        os.close(descriptor)
        raise
    return Journal(path, descriptor, ledger, Place(len(header), 0, stated_hash(header) or ""))


def lines(journal: Journal, offset: int, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines from `offset` to the byte `size`, each with its offset.

    Of a line longer than LINE_LIMIT only the beginning is given.
    """
    with os.fdopen(os.dup(journal.descriptor), "rb") as file:
        file.seek(offset)
        while offset < size and (line := file.readline(LINE_LIMIT + 1)):
            yield offset, line
            if len(line) > LINE_LIMIT:
                while not line.endswith(b"\n") and (line := file.readline(LINE_LIMIT)):
                    pass
            offset = file.tell()


def _open_regular(path: Path) -> int:
    try:
        # Without O_NONBLOCK a pipe would make the program wait for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise NoLedger(str(path)) from None
    except OSError as error:
        link = error.errno == errno.ELOOP
        reason = "it is a symbolic link" if link else error.strerror or str(error)
        raise UnsuitableLedger(reason) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnsuitableLedger("it is not a regular file")
    return descriptor

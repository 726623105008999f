"""Verification: the whole journal read again, and the index compared with what it should be."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final, Literal

from gongji.ledger import index, reads
from gongji.ledger.books import Head
from gongji.ledger.errors import (
    CAUSES,
    DamagedLedger,
    LedgerBusy,
    NewerLedger,
    UnwritableLedger,
)
from gongji.ledger.journal import Entry, Journal, Place, lines, open_journal
from gongji.ledger.laws import broken_laws
from gongji.ledger.lock import held
from gongji.ledger.records import Record, decode_record, is_torn, stated_hash, stated_seq
from gongji.ledger.shapes import Fault

PROBLEM_LIMIT: Final = 1000
"""So many problems are listed; the rest is counted."""

IndexState = Literal["agrees", "differs", "absent", "unfit", "unchecked"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be.

    `line` counts from 1, the header, and is 0 for the index; `offset` is the line's first byte;
    `cause` is a key of errors.CAUSES or the code of a BrokenLaw; `message` says it in English.
    """

    line: int
    offset: int
    field: str
    cause: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found.

    `records` counts the good ones and `head` is the last line if all are good. Money is checked up
    to the first line that cannot be trusted. `index` is `agrees` (it may lag), `differs` (a
    problem), `absent`, `unfit` (the next command will build it anew) or `unchecked` (the journal is
    damaged before the place that it has read to).
    """

    ledger: str | None
    records: int
    head: Head | None
    index: IndexState
    problems: tuple[Problem, ...]
    unlisted: int

    @property
    def sound(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


def verify(path: str | Path) -> Verification:
    """Read the ledger at `path` from its first byte and return what was found, whatever it holds.

    Raises NoLedger and UnsuitableLedger alone.
    """
    try:
        journal = open_journal(Path(path))
    except DamagedLedger as damage:
        return _headless(damage.field, damage.cause, str(damage))
    except NewerLedger as newer:
        return _headless("format", newer.code, str(newer))
    with closing(journal):
        return audit(journal)


def audit(journal: Journal, *, alone: bool = False) -> Verification:
    """Return what was found in an open journal; `alone`: the caller holds the ledger's lock."""
    with closing(_Audit(journal, alone)) as auditing:
        found = auditing.run()
    if not found.sound:
        # The index has read past the damage and would let the next command write behind it.
        with suppress(OSError):
            index.index_path(journal.path).unlink(missing_ok=True)
    return found


def _headless(field: str, cause: str, message: str) -> Verification:
    problem = Problem(1, 0, field, cause, message)
    return Verification(None, 0, None, "unchecked", (problem,), 0)


class _Audit:
    """One verification under way: the books as the good lines so far make them."""

    def __init__(self, journal: Journal, alone: bool) -> None:
        self.journal = journal
        look = _look if alone else _snapshot
        self.size, self.beside, self.index_state = look(journal)
        self.rebuilt = index.create_in_memory(journal)
        self.beside_place = None if self.beside is None else index.place_of(self.beside)
        self.place: Place | None = journal.start
        self.problems: list[Problem] = []
        self.unlisted = self.records = 0

    def close(self) -> None:
        self.rebuilt.close()
        if self.beside is not None:
            self.beside.close()

    def run(self) -> Verification:
        self.compare_index()
        seq = 0
        prev: str | None = self.journal.start.hash
        numbered = enumerate(lines(self.journal, self.journal.start.offset, self.size), 2)
        for number, (offset, line) in numbered:
            self.take(number, offset, line, seq + 1, prev)
            seq, prev = stated_seq(line) or seq + 1, stated_hash(line)
        place = self.place
        head = Head(place.seq, place.hash, self.journal.ledger) if place else None
        return Verification(
            self.journal.ledger,
            self.records,
            head,
            self.index_state,
            tuple(self.problems),
            self.unlisted,
        )

    def take(self, number: int, offset: int, line: bytes, seq: int, prev: str | None) -> None:
        """Check one line and, while all before it were good, what it does to the books."""
        try:
            record = decode_record(line, seq, prev)
        except Fault as fault:
            torn = offset + len(line) >= self.size and is_torn(line)
            cause = "torn" if torn else fault.cause
            self.note(Problem(number, offset, fault.field, cause, CAUSES[cause]))
            self.place = None
            return
        self.records += 1
        if self.place is not None:
            for law in broken_laws(record, self):
                self.note(Problem(number, offset, law.field, law.code, str(law)))
            entry = Entry(record, offset, len(line))
            index.add(self.rebuilt, self.journal, entry)
            self.place = entry.end
            self.compare_index()

    def compare_index(self) -> None:
        """Compare the index beside the journal when the books stand where it has read to."""
        if self.beside is None or self.place != self.beside_place:
            return
        differing = _differing_table(self.beside, self.rebuilt)
        self.index_state = "differs" if differing else "agrees"
        if differing:
            self.note(Problem(0, 0, differing, "index-differs", CAUSES["index-differs"]))

    def note(self, problem: Problem) -> None:
        if len(self.problems) < PROBLEM_LIMIT:
            self.problems.append(problem)
        else:
            self.unlisted += 1

    def balance(self, account: str) -> int:
        return reads.balance(self.rebuilt, account)

    def record(self, seq: int) -> Record | None:
        return index.record_at(self.rebuilt, self.journal, seq)

    def reversed_by(self, seq: int) -> int | None:
        return reads.reversed_by(self.rebuilt, seq)


def _snapshot(journal: Journal) -> tuple[int, sqlite3.Connection | None, IndexState]:
    """Return size and index as no half-written line or transaction shows them."""
    with suppress(LedgerBusy, UnwritableLedger), held(journal.path):
        return _look(journal)
    return _look(journal)


def _look(journal: Journal) -> tuple[int, sqlite3.Connection | None, IndexState]:
    try:
        return journal.size(), index.connect(journal, "ro"), "unchecked"
    except index.UnfitIndex as unfit:
        return journal.size(), None, "absent" if unfit.cause == "absent" else "unfit"


def _differing_table(beside: sqlite3.Connection, rebuilt: sqlite3.Connection) -> str | None:
    tables = rebuilt.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    try:
        for (table,) in tables:
            rows = f"SELECT * FROM {table}"
            pairs = zip_longest(beside.execute(rows), rebuilt.execute(rows))
            if any(one != other for one, other in pairs):
                return str(table)
        checked = beside.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error:
        return "index"
    return None if checked == ("ok",) else "index"

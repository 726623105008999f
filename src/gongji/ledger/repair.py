"""Repair: a journal is cut back to its last good record, after all of it is copied.

Lines behind the damage go too, though they may be whole: each is chained to the one before it, and
a chain mended by hand would prove nothing. The copy keeps them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from gongji.ledger import writing
from gongji.ledger.books import Head
from gongji.ledger.journal import Journal, Place, lines, open_journal
from gongji.ledger.lock import held
from gongji.ledger.records import (
    SEAL_LENGTH,
    decode_record,
    stated_act,
    stated_hash,
    stated_seq,
)
from gongji.ledger.shapes import Fault
from gongji.ledger.verify import PROBLEM_LIMIT, Problem, audit

_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that goes: its number from 1, the header, its first byte, what it says was done when.

    `act` is None where that cannot be read; `whole` tells that the line has the hash that it
    states, and goes only because of those before it or of what it says.
    """

    line: int
    offset: int
    act: tuple[str, date] | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair does, or did: `head` ends what stays, `cause` is the first problem behind it.

    Of the lines that go PROBLEM_LIMIT are listed and the rest is counted. `cause` is None and
    nothing goes if the ledger is sound; `backup` is the copy of all of it, None if none was made.
    """

    head: Head
    cause: Problem | None
    dropped: tuple[Dropped, ...] = ()
    unlisted: int = 0
    backup: Path | None = None


def repair(path: str | Path, *, dry_run: bool = False) -> Repair:
    """Cut the ledger at `path` back to the end of its last good record; return what that drops.

    The whole file is copied first, beside it and for its owner alone. A sound ledger is left alone.
    Raises NoLedger, UnsuitableLedger, NewerLedger, LedgerBusy, ChangedUnderneath, UnwritableLedger,
    and DamagedLedger where not even the header can be read.
    """
    with closing(open_journal(Path(path))) as journal:
        if dry_run:
            return _found(journal, alone=False)
        with held(journal.path):
            found = _found(journal, alone=True)
            if found.cause is None:
                return found
            backup = writing.create_beside(journal, "backup", _blocks(journal))
            end = Place(found.cause.offset, found.head.seq, found.head.hash)
            writing.cut(journal, end)
            return replace(found, backup=backup)


def _found(journal: Journal, *, alone: bool) -> Repair:
    found = audit(journal, alone=alone)
    cause = next((problem for problem in found.problems if problem.line), None)
    if cause is None:
        assert found.head is not None  # no line is bad
        return Repair(found.head, None)
    dropped = _dropped(journal, cause)
    listed = tuple(islice(dropped, PROBLEM_LIMIT))
    return Repair(_head_before(journal, cause), cause, listed, sum(1 for _ in dropped))


def _head_before(journal: Journal, first: Problem) -> Head:
    seal = os.pread(journal.descriptor, SEAL_LENGTH, first.offset - SEAL_LENGTH)
    return Head(first.line - 2, stated_hash(seal) or "", journal.ledger)


def _dropped(journal: Journal, first: Problem) -> Iterator[Dropped]:
    behind = lines(journal, first.offset, journal.size())
    for number, (offset, line) in enumerate(behind, first.line):
        yield Dropped(number, offset, stated_act(line), _is_whole(line))


def _is_whole(line: bytes) -> bool:
    try:
        decode_record(line, stated_seq(line) or 0, None)
    except Fault:
        return False
    return True


def _blocks(journal: Journal) -> Iterator[bytes]:
    offset = 0
    while block := os.pread(journal.descriptor, _BLOCK, offset):
        yield block
        offset += len(block)

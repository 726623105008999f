"""The derived index: an SQLite file beside the journal that makes every read cost the same.

It is never the truth. It states the journal's id, the place that it has read to, the hash there
and when the journal was last written; if the journal does not have that hash at that place, or was
written by something else since, or the file cannot be read, it is thrown away and built anew: so
an edit of an old record is found by whoever opens the ledger next. It is written under the
ledger's lock, in one transaction a session, and never synced: after a kill SQLite's own journal
takes an unfinished transaction back. A restart of the machine can lose more than that, so an index
written before it is not believed either; where the machine does not tell its restarts, the index
is synced.

Readers open the file read-only: they neither wait for a writer nor play back what one left.
Where it cannot be written it is built in memory for the session.
"""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from gongji.ledger.effects import TABLES, absorb
from gongji.ledger.errors import DamagedLedger, LedgerBusy, UnwritableLedger
from gongji.ledger.journal import Entry, Journal, Place, Scan, TornTail
from gongji.ledger.lock import held
from gongji.ledger.records import Record

FORMAT: Final = 4
_BUSY_SECONDS: Final = 0.25
_RESTARTS: Final = Path("/proc/sys/kernel/random/boot_id")

Unfitness = Literal["absent", "restarted", "touched", "unreadable", "foreign", "stale"]


class UnfitIndex(Exception):
    """The index file cannot be believed; `cause` says why."""

    def __init__(self, cause: Unfitness) -> None:
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class IndexRebuilt:
    """The index file was thrown away and built anew from the journal.

    `cause` is unreadable, foreign (of another ledger) or stale: the journal is not the one that
    it was built from, having been cut or edited since.
    """

    cause: Unfitness


@dataclass(frozen=True, slots=True)
class Opened:
    """An index up to date with the journal's good part, and what was met on the way there."""

    index: sqlite3.Connection
    torn: TornTail | None = None
    damage: DamagedLedger | None = None
    rebuilt: IndexRebuilt | None = None


def index_path(journal: Path) -> Path:
    """Return the path of the index of the journal at `journal`."""
    return journal.with_name(f"{journal.name}.index")


def open_to_read(journal: Journal, anew: bool = False) -> Opened:
    """Return the index with one unchanging view of it, brought up to date first where need be.

    `anew` throws the file away first: reading it failed.
    """
    if not anew and (index := _current(journal)):
        return Opened(index)
    try:
        with held(journal.path):
            opened = open_to_write(journal, anew)
            settle(opened.index)
            _hold_view(opened.index)
            return opened
    except (LedgerBusy, UnwritableLedger, sqlite3.Error):
        return _in_memory(journal)


def open_to_write(
    journal: Journal, anew: bool = False, kept: sqlite3.Connection | None = None
) -> Opened:
    """Return the up-to-date index inside a transaction, for the holder of the lock to `settle`.

    `anew` throws the file away first: reading or writing it failed. `kept` is the index of a
    session that was settled; taking it up again spares SQLite reading its tables' names.
    """
    if kept is not None:
        try:
            return _taken_up(kept, journal)
        except (UnfitIndex, sqlite3.Error):
            kept.close()
    try:
        return _open_file(journal, anew)
    except (OSError, sqlite3.Error):
        return _in_memory(journal)


def connect(journal: Journal, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
    """Return the index file of the journal, holding one view of it if to be read only.

    Raises UnfitIndex if it is not there or cannot be believed. It may lag behind.
    """
    path = index_path(journal.path)
    if path.is_symlink():
        raise UnfitIndex("unreadable")
    if not path.exists() or not path.stat().st_size:  # empty: for a new one there was no room
        raise UnfitIndex("absent")
    index = None
    try:
        index = _connected(f"{path.absolute().as_uri()}?mode={mode}")
        if mode == "ro":
            _hold_view(index)
        _check_fits(index, journal)
    except (UnfitIndex, sqlite3.Error) as error:
        if index is not None:
            index.close()
        raise error if isinstance(error, UnfitIndex) else UnfitIndex("unreadable") from error
    return index


def create_in_memory(journal: Journal) -> sqlite3.Connection:
    """Return a new index of nothing, inside a transaction, that has no file."""
    return _created(":memory:", journal)


def place_of(index: sqlite3.Connection) -> Place:
    """Return how far the index has read the journal."""
    return Place(*index.execute("SELECT offset, seq, hash FROM place").fetchone())


def add(index: sqlite3.Connection, journal: Journal, entry: Entry) -> None:
    """Bring the index, inside a transaction, past one more entry of the journal."""
    absorb(index, entry, lambda seq: record_at(index, journal, seq))
    _note_place(index, journal, entry.end)


def record_at(index: sqlite3.Connection, journal: Journal, seq: int) -> Record | None:
    """Return record `seq` as the journal has it, None if there is none. Raises DamagedLedger."""
    found = index.execute("SELECT offset, length FROM records WHERE seq = ?", (seq,)).fetchone()
    return None if found is None else journal.read(seq, *found)


def settle(index: sqlite3.Connection) -> None:
    """Keep what the transaction wrote. Raises sqlite3.Error; then the index lags, no more."""
    index.execute("COMMIT")


def _current(journal: Journal) -> sqlite3.Connection | None:
    try:
        index = connect(journal, "ro")
        if place_of(index).offset == journal.size():
            return index
    except (UnfitIndex, sqlite3.Error):
        return None
    index.close()
    return None


def _open_file(journal: Journal, anew: bool) -> Opened:
    rebuilt = None
    try:
        if anew:
            raise UnfitIndex("unreadable")
        index = connect(journal, "rw")
        index.execute("BEGIN IMMEDIATE")
    except UnfitIndex as unfit:
        if unfit.cause not in ("absent", "restarted", "touched"):
            rebuilt = IndexRebuilt(unfit.cause)
        index = _created(_new_file(index_path(journal.path)), journal)
    return _caught_up(index, journal, rebuilt)


def _taken_up(index: sqlite3.Connection, journal: Journal) -> Opened:
    index.execute("BEGIN IMMEDIATE")
    _check_fits(index, journal)
    return _caught_up(index, journal, None)


def _in_memory(journal: Journal) -> Opened:
    return _caught_up(create_in_memory(journal), journal, None)


def _caught_up(index: sqlite3.Connection, journal: Journal, rebuilt: IndexRebuilt | None) -> Opened:
    scan = Scan(journal, place_of(index))
    damage = None
    try:
        for entry in scan:
            absorb(index, entry, lambda seq: record_at(index, journal, seq))
    except DamagedLedger as found:  # in an earlier record, which this one reverses
        damage = found
    _note_place(index, journal, scan.place)
    return Opened(index, scan.torn, damage or scan.damage, rebuilt)


def _connected(place: str) -> sqlite3.Connection:
    index = sqlite3.connect(place, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    index.execute(f"PRAGMA synchronous = {'OFF' if _restart() else 'FULL'}")
    return index


def _hold_view(index: sqlite3.Connection) -> None:
    index.execute("BEGIN")
    place_of(index)


def _check_fits(index: sqlite3.Connection, journal: Journal) -> None:
    match index.execute(
        "SELECT format, ledger, restart, offset, seq, hash, touched FROM place"
    ).fetchone():
        case (
            int(form),
            str(ledger),
            str(restart),
            int(offset),
            int(seq),
            str(stated),
            str(touched),
        ):
            pass
        case _:
            raise UnfitIndex("unreadable")
    if form != FORMAT:
        raise UnfitIndex("absent")
    if ledger != journal.ledger:
        raise UnfitIndex("foreign")
    if restart != _restart():
        raise UnfitIndex("restarted")
    place = Place(offset, seq, stated)
    if offset < journal.start.offset or not journal.ends_at(place):
        raise UnfitIndex("stale")
    if touched != journal.touched():
        raise UnfitIndex("touched")


def _new_file(path: Path) -> str:
    # The database goes before its own journal: that order never leaves a database that misses
    # what its journal would have taken back.
    for stale in (path, path.with_name(f"{path.name}-journal")):
        stale.unlink(missing_ok=True)
    path.touch(0o600, exist_ok=False)
    return f"{path.absolute().as_uri()}?mode=rw"


def _created(place: str, journal: Journal) -> sqlite3.Connection:
    index = _connected(place)
    for statement in ("BEGIN IMMEDIATE", *filter(str.strip, TABLES.split(";"))):
        index.execute(statement)
    index.execute(
        "CREATE TABLE place"
        " (format INTEGER, ledger TEXT, restart TEXT, offset INTEGER, seq INTEGER, hash TEXT,"
        " touched TEXT)"
    )
    start = journal.start
    index.execute(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)",
        (FORMAT, journal.ledger, _restart(), *astuple(start), journal.touched()),
    )
    return index


def _note_place(index: sqlite3.Connection, journal: Journal, place: Place) -> None:
    index.execute(
        "UPDATE place SET offset = ?, seq = ?, hash = ?, touched = ?",
        (place.offset, place.seq, place.hash, journal.touched()),
    )


def _restart() -> str:
    return _read_restart(_RESTARTS)


@cache
def _read_restart(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""

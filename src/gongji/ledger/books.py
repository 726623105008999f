"""The books: the one door through which acts and commands read and write a ledger."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from gongji.ledger import index, reads, writing
from gongji.ledger.errors import (
    AppendFailed,
    DamagedLedger,
    KeyConflict,
    Overfull,
    RecordTooLong,
    UnfitDraft,
)
from gongji.ledger.index import IndexRebuilt
from gongji.ledger.journal import Entry, Journal, Place, Scan, TornTail, open_journal
from gongji.ledger.laws import broken_laws
from gongji.ledger.lock import held
from gongji.ledger.reads import Binding
from gongji.ledger.records import (
    LINE_LIMIT,
    Draft,
    Posting,
    Record,
    content,
    decode_record,
    encode_record,
    plain,
)
from gongji.ledger.shapes import Fault
from gongji.words.money import FEN_MAX

__all__ = [
    "Appended",
    "Binding",
    "Books",
    "Draft",
    "Head",
    "IndexRebuilt",
    "Notice",
    "Posting",
    "Record",
    "TornTail",
]

Notice = TornTail | IndexRebuilt
"""Something met on opening that does no harm and that the user should hear of."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _random_id() -> str:
    import uuid  # only a new ledger needs it

    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Head:
    """The last good record: its number (0: none yet), its hash, and the ledger's id."""

    seq: int
    hash: str
    ledger: str


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append led to: `repeated` if the record was there before, under the same key."""

    record: Record
    repeated: bool


class Books:
    """A ledger, open. Use `open`, in a `with`; inside `writing()` records can be appended.

    Outside `writing()` all reads see one unchanging state. `notices` tells what was met; `damage`
    where the good part of the journal ends before the file does.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._index: sqlite3.Connection | None = None
        self._settled: sqlite3.Connection | None = None
        self._may_append = False
        self._waits = True
        self.notices: list[Notice] = []
        self.damage: DamagedLedger | None = None

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = False,
        new_id: Callable[[], str] = _random_id,
    ) -> Books:
        """Return the books at `path`; with `create`, begin them if nothing is there.

        `new_id` gives the id of a new ledger, 32 hex digits. Raises NoLedger, UnsuitableLedger,
        NewerLedger, UnwritableLedger, and DamagedLedger if the header is bad; other damage is left
        to `damage`.
        """
        path = Path(path)
        if create and not os.path.lexists(path):
            with suppress(FileExistsError):  # another process was first, and its ledger is as good
                writing.create_journal(path, new_id())
        books = cls(open_journal(path))
        try:
            books._adopt(index.open_to_read(books._journal))
        except BaseException:
            books.close()
            raise
        return books

    def close(self) -> None:
        """Close the files."""
        self._drop_index()
        if self._settled is not None:
            self._settled.close()
        self._journal.close()

    def __enter__(self) -> Books:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[Books]:
        """Hold the ledger's lock; inside, `append` may be called and reads see what it wrote.

        A torn tail is set aside first. Raises DamagedLedger, LedgerBusy, UnwritableLedger.
        """
        self._drop_index()  # a view held while waiting would keep the other writer from settling
        with held(self._journal.path):
            try:
                self._begin_writing()
                yield self
                with suppress(sqlite3.Error):  # the index lags then; the journal has it all
                    index.settle(self._current_index())
                    self._settled, self._index = self._index, None
            finally:
                self._may_append = False
                self._drop_index()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Inside `writing()`: wait for the disk once for all that is appended inside.

        None of it is safe before the end. If the disk fails then, all of it is taken back and
        AppendFailed raised; what was written before an exception inside stays.
        """
        start, self._waits = self._ask(index.place_of), False
        try:
            yield
        finally:
            self._waits = True
            if self._ask(index.place_of) != start:
                self._sync(start)

    def append(self, draft: Draft) -> Appended:
        """Write the draft as the next record and return when it is safe on the disk.

        A draft whose key was used before, for the same content, leads to that first record, and
        nothing is written. Raises KeyConflict, UnfitDraft, RecordTooLong, a BrokenLaw,
        ChangedUnderneath, AppendFailed, UnwritableLedger.
        """
        if not self._may_append:
            raise RuntimeError("append is for the inside of writing()")
        place = self._ask(index.place_of)
        line, record = _composed(draft, self.head)
        if first := self._first_of_key(draft):
            return Appended(first, repeated=True)
        self._keep_laws(draft)
        writing.append(self._journal, place, line, wait=self._waits)
        self._note(Entry(record, place.offset, len(line)))
        return Appended(record, repeated=False)

    def preview(self, draft: Draft) -> Record:
        """Return the record that `append` would write now, writing nothing. Raises as it does."""
        _, record = _composed(draft, self.head)
        if first := self._first_of_key(draft):
            return first
        self._keep_laws(draft)
        return record

    def find_repeat(self, key: str, request: Mapping[str, Any]) -> Record | None:
        """Return the record written under `key` for the same `request`, None if the key is new.

        `request` is what the command was asked, as its record keeps it in fields["request"]. Raises
        KeyConflict naming the first argument that differs.
        """
        first = self.by_key(key)
        if first is not None:
            _compare(key, first.fields.get("request", {}), plain(dict(request)))
        return first

    @property
    def head(self) -> Head:
        """The last good record."""
        place = self._ask(index.place_of)
        return Head(place.seq, place.hash, self._journal.ledger)

    def person(self, name: str) -> dict[str, Any] | None:
        """Return the person's latest attributes, None if absent or removed."""
        return self._ask(reads.person, name)

    def people(self) -> list[tuple[str, dict[str, Any]]]:
        """Return everybody with their attributes, in the order of their first appearance."""
        return self._ask(reads.people)

    def balance(self, account: str) -> int:
        """Return the fen of an account, 0 if it was never used."""
        return self._ask(reads.balance, account)

    def balances(self, prefix: str) -> dict[str, int]:
        """Return the fen of every account ever used whose name begins so ("PERSON:").

        The one that was used first comes first.
        """
        return self._ask(reads.balances, prefix)

    def binding(self, holder: str, beneficiary: str) -> Binding | None:
        """Return the pair's open binding, the last opened if there are several, None if none is."""
        opened = self.bindings(holder=holder, beneficiary=beneficiary)
        return opened[-1] if opened else None

    def bindings(
        self,
        *,
        holder: str | None = None,
        beneficiary: str | None = None,
        on: date | None = None,
        open_only: bool = True,
    ) -> list[Binding]:
        """Return the bindings of the holder, the beneficiary or both, by the day of their opening.

        With a day: those in force on it (or opened by it, if not `open_only`). Without one: those
        that nothing has closed (or all).
        """
        return self._ask(reads.bindings, holder, beneficiary, on, open_only)

    def bound_ever(self, holder: str) -> frozenset[str]:
        """Return the beneficiaries whom the holder has ever bound."""
        return self._ask(reads.bound_ever, holder)

    def spent(
        self,
        *,
        holder: str | None = None,
        beneficiary: str | None = None,
        purpose: str | None = None,
        since: date,
        until: date,
    ) -> int:
        """Return the fen that `pay-for` drew on the days from `since` to `until`, both included.

        From the holder's account, for the beneficiary, for the purpose; None leaves one open. A
        payment reversed since, on whatever day, does not count.
        """
        return self._ask(reads.spent, holder, beneficiary, purpose, since, until)

    def open_items(
        self, kind: str, *, holder: str | None = None, due: date | None = None
    ) -> list[int]:
        """Return the numbers of the records that opened something that nothing has closed.

        Of the holder, due on the day or before; None leaves one open.
        """
        return self._ask(reads.open_items, kind, holder, due)

    def premiums(self, person: str, purpose: str, year: int) -> list[int]:
        """Return the numbers of the premium payments for them that are not reversed."""
        return self._ask(reads.premiums, person, purpose, year)

    def accrued_by(self, person: str, month: str) -> int | None:
        """Return the number of the record that credited what the rules accrue for a month.

        `month` is YYYY-MM. None where there is none, or it is reversed.
        """
        return self._ask(reads.accrued_by, person, month)

    def record(self, seq: int) -> Record | None:
        """Return record `seq`, None if there is none. Raises DamagedLedger if it was edited."""
        return self._ask(index.record_at, self._journal, seq) if 0 < seq < 1 << 63 else None

    def records(self) -> Iterator[Record]:
        """Yield every record, oldest first, read again from the journal one by one.

        Raises DamagedLedger at a line that is not as it was written, after those before it.
        """
        scan = Scan(self._journal, self._journal.start)
        yield from (entry.record for entry in scan)
        if scan.damage is not None:
            raise scan.damage

    def by_key(self, key: str) -> Record | None:
        """Return the record written under the key, None if there is none."""
        seq = self._ask(reads.seq_of_key, key)
        return None if seq is None else self.record(seq)

    def reversed_by(self, seq: int) -> int | None:
        """Return the number of the record that reversed record `seq`, None if none did."""
        return self._ask(reads.reversed_by, seq)

    def history(
        self,
        *,
        person: str | None = None,
        since: date | None = None,
        until: date | None = None,
        purpose: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Record]:
        """Return the records that match, the newest `limit` of them, newest last.

        Those naming the person, of the days from `since` to `until`, both included, of the purpose;
        a reversal matches where the record that it takes back does. Raises DamagedLedger at a
        record that was edited.
        """
        rows = self._ask(reads.history, person, since, until, purpose, limit)
        return (self._journal.read(*row) for row in rows)

    def _begin_writing(self) -> None:
        settled, self._settled = self._settled, None
        opened = self._adopt(index.open_to_write(self._journal, kept=settled))
        if opened.damage:
            raise opened.damage
        if opened.torn:
            place = index.place_of(opened.index)
            self._notice(writing.set_aside(self._journal, place, opened.torn))
        self._may_append = True

    def _first_of_key(self, draft: Draft) -> Record | None:
        first = self.by_key(draft.key) if draft.key is not None else None
        if first is not None and draft.key is not None:
            _compare(draft.key, content(first), content(draft), draft.volatile)
        return first

    def _keep_laws(self, draft: Draft) -> None:
        for broken in broken_laws(draft, self):
            raise broken

    def _sync(self, start: Place) -> None:
        try:
            writing.sync(self._journal, start)
        except AppendFailed:
            self._drop_index()
            self._adopt(index.open_to_write(self._journal, anew=True))
            raise

    def _note(self, entry: Entry) -> None:
        try:
            index.add(self._current_index(), self._journal, entry)
        except sqlite3.Error:  # what is written is written: only the index must begin anew
            self._drop_index()
            self._adopt(index.open_to_write(self._journal, anew=True))

    def _ask(
        self,
        question: Callable[Concatenate[sqlite3.Connection, _P], _T],
        *args: _P.args,
        **kwargs: _P.kwargs,
    ) -> _T:
        try:
            return question(self._current_index(), *args, **kwargs)
        except sqlite3.Error:
            self._drop_index()
            ready = index.open_to_write if self._may_append else index.open_to_read
            return question(self._adopt(ready(self._journal, anew=True)).index, *args, **kwargs)

    def _current_index(self) -> sqlite3.Connection:
        if self._index is None:
            return self._adopt(index.open_to_read(self._journal)).index
        return self._index

    def _adopt(self, opened: index.Opened) -> index.Opened:
        self._index, self.damage = opened.index, opened.damage
        for notice in (opened.torn, opened.rebuilt):
            if notice is not None:
                self._notice(notice)
        return opened

    def _notice(self, notice: Notice) -> None:
        self.notices = [*(old for old in self.notices if type(old) is not type(notice)), notice]

    def _drop_index(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None


def _composed(draft: Draft, head: Head) -> tuple[bytes, Record]:
    for posting in draft.postings:
        if abs(posting.fen) > FEN_MAX:
            raise Overfull(posting.account, posting.fen)
    try:
        line = encode_record(draft, head.seq + 1, head.hash)
        return line, decode_record(line, head.seq + 1, head.hash)
    except Fault as fault:
        if fault.cause == "too-long":
            raise RecordTooLong(LINE_LIMIT) from None
        raise UnfitDraft(fault.field, fault.cause) from None


def _compare(
    key: str, first: Mapping[str, Any], again: Mapping[str, Any], volatile: tuple[str, ...] = ()
) -> None:
    for field in (*again, *first):
        if field in volatile:
            continue
        if (field in first) != (field in again) or first.get(field) != again.get(field):
            raise KeyConflict(key, field)

"""settle: what falls due up to a day, once: returns, terms, ordered premiums, turns of the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gongji.acts.account_year import turns_of_year
from gongji.acts.coming_back import diverted
from gongji.acts.deferred import is_over, lapsed, month_end, ordered_anew
from gongji.acts.ending import term_over
from gongji.acts.pay import debit
from gongji.acts.transfer import returned_at
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Record, negated, netted
from gongji.policy.pack import Pack

KINDS = ("transfer", "term", "debit")
"""What can fall due, in the order of one day; the account year turns before all of them."""


def due_drafts(books: Books, pack: Pack, on: date, at: str) -> Iterator[Draft]:
    """Yield what falls due up to the day and the time of day, one record each, oldest first.

    Each is worked out when the one before it is recorded. What has been settled is closed by its
    record, so that settling again yields nothing.
    """
    later: dict[int, date] = {}
    while due := _first_due(books, on, later):
        day, kind, record = due
        turn = next(turns_of_year(books, pack, day), None)
        if turn is not None:
            yield turn
            continue
        match kind:
            case "transfer":
                draft, again = _returned(books, pack, record, (day, at if day == on else "24:00"))
            case "term":
                draft, again = term_over(books, pack, record), date.max
            case _:
                draft, again = _debited(books, pack, record, day, on)
        if draft is None:
            later[record.seq] = again
        else:
            yield draft
    yield from turns_of_year(books, pack, on)


def _first_due(
    books: Books, on: date, later: Mapping[int, date]
) -> tuple[date, str, Record] | None:
    """Return the day, the kind and the record of what falls due first, up to the day."""
    found = [
        (later.get(seq) or date.fromisoformat(record.fields["opens"]["due"]), kind, record)
        for kind in KINDS
        for seq in books.open_items(kind, due=on)
        if (record := books.record(seq)) is not None
    ]
    due = [one for one in found if one[0] <= on]
    return min(due, key=lambda one: (one[0], KINDS.index(one[1]), one[2].seq), default=None)


def _returned(
    books: Books, pack: Pack, record: Record, moment: tuple[date, str]
) -> tuple[Draft | None, date]:
    """Return what goes back, None before its hour."""
    day, at = moment
    holder = record.fields["holder"]
    if at < returned_at(books, pack, holder, day):
        return None, date.max
    fields = {
        "record": record.seq,
        "holder": holder,
        "beneficiary": record.fields["beneficiary"],
        "closes": [record.seq],
    }
    back = (*negated(record.postings), *diverted(books, pack, record, day))
    return Draft("return", day, fields, netted(back)), date.max


def _debited(
    books: Books, pack: Pack, order: Record, run: date, on: date
) -> tuple[Draft | None, date]:
    """Return the payment by this run, or the day of the next run that finds enough perhaps.

    Where there is nothing left to pay the order lapses; where no further run is due by `on` it is
    recorded once more for the next.
    """
    if is_over(books, order, run):
        return lapsed(order, run), date.max
    following = month_end(run + timedelta(days=1))
    draft = debit(books, pack, order, run)
    if draft is None and following > on:
        draft = ordered_anew(order, run, following)
    return draft, following

"""settle: what falls due up to a day, once: returns, terms, ordered premiums, turns of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gongji.acts.deferred import is_over, lapsed, month_end, ordered_anew
from gongji.acts.ending import term_over
from gongji.acts.pay import debit
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting, Record, negated
from gongji.policy.pack import Pack
from gongji.policy.resolve import resolve

NEW_YEAR = "01-01"
RETURNED_AT = "06:00"
"""When a transfer that nobody accepted goes back; the wallet is one platform for the country."""


def due_drafts(books: Books, pack: Pack, on: date, at: str) -> Iterator[Draft]:
    """Yield what falls due up to the day and the time of day, one record each, oldest first.

    What has been settled is closed by its record, so that settling again yields nothing.
    """
    yield from _returns(books, on, at)
    yield from _terms(books, pack, on)
    yield from _debits(books, pack, on)
    yield from _turns_of_year(books, pack, on)


def _returns(books: Books, on: date, at: str) -> Iterator[Draft]:
    for seq in books.open_items("transfer", due=on):
        record = books.record(seq)
        if record is None or (record.fields["opens"]["due"] == str(on) and at < RETURNED_AT):
            continue
        fields = {
            "record": seq,
            "holder": record.fields["holder"],
            "beneficiary": record.fields["beneficiary"],
            "closes": [seq],
        }
        day = date.fromisoformat(record.fields["opens"]["due"])
        yield Draft("return", day, fields, negated(record.postings))


def _terms(books: Books, pack: Pack, on: date) -> Iterator[Draft]:
    """Yield the end of every binding whose term is over, on the day after its last."""
    bound = [books.record(seq) for seq in books.open_items("term", due=on)]
    for record in sorted(filter(None, bound), key=lambda record: record.fields["opens"]["due"]):
        draft = term_over(books, pack, record)
        if draft is not None:
            yield draft


def _debits(books: Books, pack: Pack, on: date) -> Iterator[Draft]:
    for seq in books.open_items("debit", due=on):
        order = books.record(seq)
        if order is not None:
            yield _debited(books, pack, order, on)


def _debited(books: Books, pack: Pack, order: Record, on: date) -> Draft:
    """Return the payment by the first run that finds enough, or the order for the next run.

    Where there is nothing left to pay the order lapses.
    """
    run = date.fromisoformat(order.fields["opens"]["due"])
    while run <= on:
        if is_over(books, order, run):
            return lapsed(order, run)
        draft = debit(books, pack, order, run)
        if draft is not None:
            return draft
        missed, run = run, month_end(run + timedelta(days=1))
    return ordered_anew(order, missed, run)


def _turns_of_year(books: Books, pack: Pack, on: date) -> Iterator[Draft]:
    for name, attributes in books.people():
        if attributes["insurance"] != "employee":
            continue
        start = _last_start(pack, attributes["area"], on)
        key = f"turn-of-year:{name}:{start}"
        fen = _current_before(books, name, start)
        if books.by_key(key) is None and fen > 0:
            postings = (Posting(f"{name}:current", -fen), Posting(f"{name}:carryover", fen))
            yield Draft("turn-of-year", start, {"person": name}, postings, key)


def _last_start(pack: Pack, area: str, on: date) -> date:
    ruling = resolve(pack, "account_year.starts", area, {}, on)
    month_day = ruling.value if ruling.known else NEW_YEAR
    start = date.fromisoformat(f"{on.year}-{month_day}")
    return start if start <= on else date.fromisoformat(f"{on.year - 1}-{month_day}")


def _current_before(books: Books, name: str, start: date) -> int:
    """Return the fen that stood in the current pool before the day, and still stand there."""
    account = f"{name}:current"
    came_since = sum(
        posting.fen
        for record in books.history(person=name, since=start)
        for posting in record.postings
        if posting.account == account and posting.fen > 0
    )
    return books.balance(account) - came_since

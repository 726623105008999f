"""The account year: on its first day money of the year before becomes carry-over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting, Record
from gongji.policy.pack import Pack
from gongji.policy.resolve import resolve

NEW_YEAR = "01-01"


def last_start(pack: Pack, area: str, on: date) -> date:
    """Return the last day, `on` included, on which an account year of the area began."""
    ruling = resolve(pack, "account_year.starts", area, {}, on)
    month_day = ruling.value if ruling.known else NEW_YEAR
    start = date.fromisoformat(f"{on.year}-{month_day}")
    return start if start <= on else date.fromisoformat(f"{on.year - 1}-{month_day}")


def turns_of_year(books: Books, pack: Pack, on: date) -> Iterator[Draft]:
    """Yield the turn of the last account year of everybody, once."""
    for name, attributes in books.people():
        if attributes["insurance"] != "employee":
            continue
        start = last_start(pack, attributes["area"], on)
        fen = _of_earlier_years(books, name, start)
        if fen > 0 and not has_turned(books, name, start):
            postings = (Posting(f"{name}:current", -fen), Posting(f"{name}:carryover", fen))
            yield Draft("turn-of-year", start, {"person": name}, postings, _key(name, start))


def has_turned(books: Books, name: str, start: date) -> bool:
    """Return whether the turn on the day `start` is recorded for the person."""
    return books.by_key(_key(name, start)) is not None


def _key(name: str, start: date) -> str:
    return f"turn-of-year:{name}:{start}"


def _of_earlier_years(books: Books, name: str, start: date) -> int:
    """Return the fen in the current pool that did not come since `start`: the oldest go first."""
    account = f"{name}:current"
    since = books.history(person=name, since=start)
    return books.balance(account) - sum(_new_fen(books, record, account) for record in since)


def _new_fen(books: Books, record: Record, account: str) -> int:
    """Return the fen that the record credits to the account; what comes back is not new."""
    if books.reversed_by(record.seq) is not None:
        return 0
    came, credited = (
        sum(posting.fen for posting in record.postings if posting.account == name)
        for name in (account, "credit")
    )
    return max(0, min(came, -credited))

"""credit: money comes into a personal account."""

from __future__ import annotations

from datetime import date

from gongji.acts.outcome import Misfit, Plan
from gongji.acts.people import person
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting


def credit(books: Books, name: str, fen: int, pool: str, on: date) -> Plan:
    """Plan a credit of `fen` to the pool `current` or `carryover`. Raises Misfit."""
    attributes = person(books, name)
    if attributes["insurance"] != "employee":
        raise Misfit("person.no-account", name=name)
    if fen == 0:
        raise Misfit("amount.zero")
    postings = (Posting(f"{name}:{pool}", fen), Posting("credit", -fen))
    return Plan(Draft("credit", on, {"person": name, "to": pool}, postings))

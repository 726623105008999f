"""credit: money comes into a personal account, as said or as the rules accrue it each month."""

from __future__ import annotations

from datetime import date

from gongji.acts.facts import account_holder, age_on
from gongji.acts.outcome import Misfit, Plan, Refused
from gongji.acts.people import person
from gongji.engine.accrual import monthly
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan


def credit(books: Books, name: str, fen: int, pool: str, on: date) -> Plan:
    """Plan a credit of `fen` to the pool `current` or `carryover`. Raises Misfit."""
    attributes = person(books, name)
    if attributes["insurance"] != "employee":
        raise Misfit("person.no-account", name=name)
    if fen == 0:
        raise Misfit("amount.zero")
    postings = (Posting(f"{name}:{pool}", fen), Posting("credit", -fen))
    return Plan(Draft("credit", on, {"person": name, "to": pool}, postings))


def accrue(
    books: Books, pack: Pack, name: str, month: date, base_fen: int | None, on: date
) -> Plan:
    """Plan what the rules put into the account for a month (`month` is its first day).

    Raises Misfit where the month has accrued or the base is missing, Refused where the rules
    do not say the amount or put nothing in.
    """
    attributes = person(books, name)
    if attributes["insurance"] != "employee":
        raise Misfit("person.no-account", name=name)
    earlier = books.accrued_by(name, f"{month:%Y-%m}")
    if earlier is not None:
        raise Misfit("credit.accrued", name=name, month=f"{month:%Y-%m}", record=str(earlier))
    age = age_on(attributes.get("born"), month)
    due = monthly(pack, account_holder(attributes), month, base_fen, age)
    if due.why == "base":
        raise Misfit("credit.base-missing")
    if not due.fen:
        verdict = Verdict.UNKNOWN if due.fen is None else Verdict.INELIGIBLE
        raise Refused(f"credit.{due.why}", verdict, rulings=(due.ruling,))
    postings = (Posting(f"{name}:current", due.fen), Posting("credit", -due.fen))
    fields = {
        "person": name,
        "to": "current",
        "month": f"{month:%Y-%m}",
        "base": None if base_fen is None else format_yuan(base_fen),
        "clauses": [clause.id for clause in due.ruling.clauses],
        "rules": pack.digest,
    }
    return Plan(Draft("credit", on, fields, postings))

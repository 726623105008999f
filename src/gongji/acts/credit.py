"""credit: money comes into a personal account, as said or as the rules accrue it each month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from gongji.acts.facts import age_on
from gongji.acts.outcome import Misfit, Plan
from gongji.acts.people import person
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting
from gongji.policy.pack import Accrual, Pack
from gongji.policy.resolve import resolve
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

    A share of the base is rounded half up to the fen. Raises Misfit where the base is missing or
    the rules do not say the amount.
    """
    attributes = person(books, name)
    if attributes["insurance"] != "employee":
        raise Misfit("person.no-account", name=name)
    kind = attributes.get("type") or "employed"
    ruling = resolve(pack, f"accrual.{kind}", attributes["area"], {}, month)
    accrual = ruling.value if ruling.known else None
    age = age_on(attributes.get("born"), month)
    fen = None if accrual is None else _monthly_fen(accrual, base_fen, age)
    if fen is None:
        raise Misfit("credit.not-known", name=name, kind=kind)
    postings = (Posting(f"{name}:current", fen), Posting("credit", -fen))
    fields = {
        "person": name,
        "to": "current",
        "month": f"{month:%Y-%m}",
        "base": None if base_fen is None else format_yuan(base_fen),
        "clauses": [clause.id for clause in ruling.clauses],
        "rules": pack.digest,
    }
    return Plan(Draft("credit", on, fields, postings))


def _monthly_fen(accrual: Accrual, base_fen: int | None, age: int | None) -> int | None:
    """Return the fen of a month, None where they are not known (a share of an average pension)."""
    if accrual.rate is not None:
        if base_fen is None:
            raise Misfit("credit.base-missing")
        share = Fraction(accrual.rate) * base_fen
        return int(share + Fraction(1, 2))
    if accrual.bands:
        reached = [fen for from_age, fen in accrual.bands if age is not None and age >= from_age]
        return reached[-1] if reached else None
    return None if accrual.fen is None else accrual.fen - (accrual.deduction_fen or 0)

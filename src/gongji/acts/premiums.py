"""What the books tell of a person's premiums, and what a record keeps of the terms of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongji.engine.checks import OWNER
from gongji.engine.decision import PremiumAnswer
from gongji.engine.premiums import benefit_from
from gongji.ledger.books import Binding, Books, Record
from gongji.words.purposes import PREMIUMS


def with_premium_facts(
    books: Books, holder: str, beneficiary: str, on: date, known: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the fields of Request that are `known`, and those that a premium needs beside them.

    The year that counts may be named by the rules only, so its neighbours are looked up too.
    """
    purpose = known.get("purpose")
    if purpose not in PREMIUMS:
        return dict(known)
    years = {on.year, on.year + 1, known.get("year") or on.year}
    looked_up = years | {year - 1 for year in years}
    others = books.bound_ever(holder) - {beneficiary}
    return {
        "paid_years": frozenset(y for y in looked_up if books.premiums(beneficiary, purpose, y)),
        "orders": _orders(books, beneficiary, purpose),
        "persons_paid": sum(_pays(books, holder, other, purpose, years, on) for other in others),
        **known,
    }


def taking_back_facts(books: Books, payment: Record, on: date) -> dict[str, Any]:
    """Return what taking the payment back may hang on, as fields of Request.

    A bill shows that a benefit was used; that there is none shows nothing, so it is not known then.
    """
    fields = payment.fields
    begin = fields.get("benefit_from")
    first = date.fromisoformat(begin) if begin else max(payment.on, date(fields["year"], 1, 1))
    bills = (
        record
        for record in books.history(person=fields["beneficiary"], since=first, until=on)
        if record.do == "pay-for"
        and record.fields["beneficiary"] == fields["beneficiary"]
        and record.fields["purpose"] not in PREMIUMS
        and books.reversed_by(record.seq) is None
    )
    return {
        "benefit_from": date.fromisoformat(begin) if begin else None,
        "benefit_used": True if any(True for _bill in bills) else None,
        "cleared": True if fields.get("mode") == "scheduled" else None,
    }


def terms_on_record(premium: PremiumAnswer, paid: date | None) -> dict[str, Any]:
    """Return the terms of a premium as its record keeps them.

    `benefit_from` is known where the phase of the window makes wait and the premium is `paid`.
    """
    waits = premium.wait_months > 0 or premium.wait_days > 0
    begin = (
        benefit_from(premium.year, paid, premium.wait_months, premium.wait_days)
        if waits and paid
        else None
    )
    return {
        "mode": premium.mode,
        "wait_months": premium.wait_months,
        "wait_days": premium.wait_days,
        "benefit_from": None if begin is None else str(begin),
    }


def own_money(name: str, mechanism: str, on: date) -> Binding:
    """Return what stands for a binding where somebody pays a premium of their own.

    Out of the account, where a clause counts its owner, or out of a wallet, which nobody else
    spends. Nobody is bound to themselves: no record has opened it.
    """
    return Binding(0, name, name, OWNER, mechanism, on, None, {})


def payers_of(payment: Record) -> list[str]:
    """Return whose accounts have paid a premium, or are to pay it back, each once."""
    fields = payment.fields
    drawn_on = [draw["holder"] for draw in fields["draws"]]
    return list(dict.fromkeys(drawn_on or [fields.get("holder", fields["beneficiary"])]))


def _pays(books: Books, holder: str, person: str, purpose: str, years: set[int], on: date) -> bool:
    """Return whether the holder has paid the person's premium in the calendar year of the day."""
    payments = (
        books.record(seq) for year in years for seq in books.premiums(person, purpose, year)
    )
    return any(
        payment is not None and payment.on.year == on.year and holder in payers_of(payment)
        for payment in payments
    )


def _orders(books: Books, beneficiary: str, purpose: str) -> Mapping[int, int]:
    found = (books.record(seq) for seq in books.open_items("debit"))
    return {
        order.fields["year"]: order.seq
        for order in found
        if order is not None
        and (order.fields["beneficiary"], order.fields["purpose"]) == (beneficiary, purpose)
    }

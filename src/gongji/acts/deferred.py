"""Premiums that the account pays later: ordered for a month-end run, or in cash and claimed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from gongji.acts.bill import Bill
from gongji.acts.holders import Payer
from gongji.acts.outcome import Asked, reasons_on_record
from gongji.acts.premiums import terms_on_record
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting, Record
from gongji.words.money import format_yuan


def paid_in_cash(bill: Bill, fen: int, payer: Payer, asked: tuple[Asked, ...]) -> Draft:
    """Return the payment of a premium by the relative, which `payer` gives back on a claim."""
    fields = {
        **_fields(bill, fen, payer, asked),
        "cash": format_yuan(fen),
        "opens": {"kind": "claim", "due": None},
    }
    postings = (Posting(f"cash:{bill.beneficiary}", -fen), Posting("premium", fen))
    return Draft("pay-for", bill.on, fields, postings, bill.key)


def order(bill: Bill, fen: int, payer: Payer, asked: tuple[Asked, ...]) -> Draft:
    """Return the order of a premium, which moves nothing yet."""
    fields = {
        **_fields(bill, fen, payer, asked),
        "benefit_from": None,
        "from": list(bill.holders),
        "cash": "0.00",
        "opens": {"kind": "debit", "due": str(month_end(bill.on))},
    }
    return Draft("order", bill.on, fields, (), bill.key)


def ordered_anew(old: Record, missed: date, due: date) -> Draft:
    """Return the order once more, for the run after the one that found too little."""
    fields = {name: value for name, value in old.fields.items() if name != "request"}
    opens = {**fields["opens"], "due": str(due)}
    return Draft("order", missed, {**fields, "opens": opens, "closes": [old.seq]})


def lapsed(old: Record, run: date) -> Draft:
    """Return the end of an order that no later run can carry out."""
    named = {name: old.fields[name] for name in ("holder", "beneficiary", "purpose", "year")}
    return Draft("lapse", run, {"record": old.seq, **named, "closes": [old.seq]})


def is_over(books: Books, order: Record, run: date) -> bool:
    """Return whether nothing is left: the year is over, it is paid, or no payer is bound."""
    person, purpose, year = (order.fields[name] for name in ("beneficiary", "purpose", "year"))
    paid = bool(books.premiums(person, purpose, year))
    return run.year > year or paid or not payers_left(books, order, run)


def payers_left(books: Books, order: Record, run: date) -> tuple[str, ...]:
    """Return who may be asked on the day of the run: of those named with the order, if any were."""
    named = order.fields.get("from")
    bound = books.bindings(beneficiary=order.fields["beneficiary"], on=run)
    return tuple(
        binding.holder
        for binding in bound
        if binding.mechanism != "wallet_transfer" and (not named or binding.holder in named)
    )


def month_end(day: date) -> date:
    """Return the last day of the month: that of the run."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _fields(bill: Bill, fen: int, payer: Payer, asked: tuple[Asked, ...]) -> dict[str, Any]:
    premium = payer.asked.decision.premium
    terms = terms_on_record(premium, bill.on) if premium else {}
    return {
        "holder": payer.name,
        "beneficiary": bill.beneficiary,
        "purpose": bill.purpose,
        "year": premium.year if premium else None,
        "amount": format_yuan(fen),
        "own": "0.00",
        "draws": [],
        "wallet": "0.00",
        **terms,
        "decisions": [reasons_on_record(one) for one in asked],
        "rules": payer.asked.decision.rules,
    }

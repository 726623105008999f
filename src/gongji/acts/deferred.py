"""Premiums that the account pays later: ordered for a month-end run, or in cash and claimed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from gongji.acts.bill import Bill
from gongji.acts.holders import Payer
from gongji.acts.outcome import Asked, Misfit, reasons_on_record
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


def order(books: Books, bill: Bill, fen: int, payer: Payer, asked: tuple[Asked, ...]) -> Draft:
    """Return the order of a premium, which moves nothing yet. Raises Misfit if it is ordered."""
    fields = {
        **_fields(bill, fen, payer, asked),
        "cash": "0.00",
        "opens": {"kind": "debit", "due": str(month_end(bill.on))},
    }
    _check_not_ordered(books, fields)
    return Draft("order", bill.on, fields, (), bill.key)


def ordered_anew(old: Record, missed: date, due: date) -> Draft:
    """Return the order once more, for the run after the one that found too little."""
    fields = {name: value for name, value in old.fields.items() if name != "request"}
    opens = {**fields["opens"], "due": str(due)}
    return Draft("order", missed, {**fields, "opens": opens, "closes": [old.seq]})


def month_end(day: date) -> date:
    """Return the last day of the month: that of the run."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _check_not_ordered(books: Books, fields: dict[str, Any]) -> None:
    what = ("beneficiary", "purpose", "year")
    for seq in books.open_items("debit"):
        record = books.record(seq)
        if record and all(record.fields[name] == fields[name] for name in what):
            raise Misfit("pay.ordered", record=str(seq))


def _fields(bill: Bill, fen: int, payer: Payer, asked: tuple[Asked, ...]) -> dict[str, Any]:
    premium = payer.asked.decision.premium
    return {
        "holder": payer.name,
        "beneficiary": bill.beneficiary,
        "purpose": bill.purpose,
        "year": premium.year if premium else None,
        "amount": format_yuan(fen),
        "own": "0.00",
        "draws": [],
        "wallet": "0.00",
        "decisions": [reasons_on_record(one) for one in asked],
        "rules": payer.asked.decision.rules,
    }

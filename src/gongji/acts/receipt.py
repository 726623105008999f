"""A receipt: what one record did, on what ground, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongji.acts.outcome import Misfit
from gongji.acts.paid import CASH, OWN, WALLET, Paid, paid_by, relatives_of
from gongji.ledger.books import Books
from gongji.ledger.records import Record
from gongji.words.purposes import PREMIUMS

RECEIPTED: Final = ("pay-for", "claim", "transfer")
"""The acts that have a receipt."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A record with all that a receipt says of it.

    `payment` is the payment that a claim pays back, otherwise the record itself. `awaits` is what
    it waits for: `claim` or `transfer` (to be accepted), else None; `closed_by` is the record that
    ended the waiting, `reversed_by` the number of the one that took it back.
    """

    record: Record
    payment: Record
    paid: Paid
    clauses: tuple[str, ...]
    awaits: str | None
    closed_by: Record | None
    reversed_by: int | None

    @property
    def platform(self) -> Mapping[str, int | None] | None:
        """The amounts of a bill in fen, by the national platform's field names; None for others.

        `psn_part_amt` = `acct_pay` + `psn_cash_pay`; `acct_pay` holds the relatives' money too,
        and `acct_mulaid_pay` is that part of it. How money of a wallet or a quota is reported no
        public source says: then all but the whole is None.
        """
        if self.record.do != "pay-for" or self.record.fields["purpose"] in PREMIUMS:
            return None
        pooled = relatives_of(self.paid)
        by_wallet = self.paid[WALLET] + sum(
            fen for source, fen in pooled.items() if source.kind == "wallet_quota"
        )
        split = {
            "acct_pay": self.paid[OWN] + pooled.total(),
            "acct_mulaid_pay": pooled.total(),
            "psn_cash_pay": self.paid[CASH],
        }
        told = {name: None if by_wallet else fen for name, fen in split.items()}
        return {"psn_part_amt": self.paid.total(), **told}


def receipt_of(books: Books, seq: int) -> Receipt:
    """Return the receipt of record `seq`. Raises Misfit if there is no such record or receipt."""
    record = books.record(seq)
    if record is None:
        raise Misfit("record.unknown", record=str(seq))
    if record.do not in RECEIPTED:
        raise Misfit("receipt.none", record=str(seq), do=record.do)
    claimed = books.record(record.fields["record"]) if record.do == "claim" else None
    reversed_by = books.reversed_by(seq)
    awaits = _awaits(books, record)
    return Receipt(
        record=record,
        payment=claimed or record,
        paid=paid_by(record),
        clauses=_clauses(record),
        awaits=awaits,
        closed_by=None if awaits or reversed_by else _closed_by(books, record),
        reversed_by=reversed_by,
    )


def _awaits(books: Books, record: Record) -> str | None:
    opens = record.fields.get("opens")
    kind: str | None = opens["kind"] if opens else None
    return kind if kind and record.seq in books.open_items(kind) else None


def _closed_by(books: Books, record: Record) -> Record | None:
    if "opens" not in record.fields:
        return None
    later = books.history(person=record.fields["holder"], since=record.on)
    return next((one for one in later if record.seq in one.fields.get("closes", ())), None)


def _clauses(record: Record) -> tuple[str, ...]:
    """Return the clauses relied on: in a payment those of the holders who pay."""
    fields = record.fields
    if record.do != "pay-for":
        return tuple(fields["decision"]["clauses"])
    payers = {draw["holder"] for draw in fields["draws"]} | {fields.get("holder")}
    decisions: list[dict[str, Any]] = fields["decisions"]
    relied_on = [one["clauses"] for one in decisions if one["holder"] in payers]
    return tuple(sorted({clause for clauses in relied_on for clause in clauses}))

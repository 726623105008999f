"""reverse: takes back what a record did, by adding another."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongji.acts.coming_back import diverted
from gongji.acts.facts import request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused
from gongji.acts.premiums import own_money, payers_of, taking_back_facts
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Record, negated, netted, postings_out
from gongji.policy.pack import Pack
from gongji.words.purposes import PREMIUMS

REVERSIBLE = ("pay-for", "order", "credit")


def reverse(
    books: Books, pack: Pack, seq: int, reason: str, on: date, assume: frozenset[str] = frozenset()
) -> Plan:
    """Plan to take back record `seq`, once. A premium only as the rules allow.

    What comes back goes where it came from, or elsewhere if that has changed since (`diverted`).

    Raises Misfit if there is no such record or it cannot be taken back, Refused by the rules.
    """
    record = books.record(seq)
    if record is None:
        raise Misfit("record.unknown", record=str(seq))
    by = books.reversed_by(seq)
    if by is not None:
        raise Misfit("record.reversed", record=str(seq), by=str(by))
    if record.do not in REVERSIBLE or _is_settled(books, record):
        raise Misfit("record.not-reversible", record=str(seq), do=record.do)
    if on < record.on:
        raise Misfit("record.later", record=str(seq), day=str(record.on))
    asked = _asked(books, pack, record, on, assume)
    for one in asked:
        if one.decision.verdict is not Verdict.ELIGIBLE:
            raise Refused("reverse.refused", one.decision.verdict, asked)
    beside = diverted(books, pack, record, on)
    fields: dict[str, Any] = {"record": seq, "reason": reason}
    if beside:
        fields["diverted"] = postings_out(beside)
    postings = netted((*negated(record.postings), *beside))
    return Plan(Draft("reverse", on, fields, postings), asked)


def _is_settled(books: Books, record: Record) -> bool:
    """Return whether it is a premium that an account has paid or refunded since."""
    opens = record.fields.get("opens")
    return opens is not None and record.seq not in books.open_items(opens["kind"])


def _asked(
    books: Books, pack: Pack, record: Record, on: date, assume: frozenset[str]
) -> tuple[Asked, ...]:
    """Ask the rules of every holder who paid, or was to, if the record is a premium."""
    if record.do != "pay-for" or record.fields["purpose"] not in PREMIUMS:
        return ()
    beneficiary = record.fields["beneficiary"]
    asked = []
    for holder in payers_of(record):
        bound = books.bindings(holder=holder, beneficiary=beneficiary, open_only=False)
        binding = bound[-1] if bound else own_money(holder, _own_mechanism(record), on)
        request = request_of(
            books,
            holder,
            beneficiary,
            on,
            binding.relation,
            action="reverse",
            purpose=record.fields["purpose"],
            year=record.fields["year"],
            mechanism=binding.mechanism,
            hours_since_payment=_full_hours(record.on, on),
            bound=True,
            from_wallet=binding.mechanism == "wallet_transfer",
            assume=assume,
            **taking_back_facts(books, record, on),
        )
        asked.append(Asked(holder, request, decide(request, pack)))
    return tuple(asked)


def _own_mechanism(payment: Record) -> str:
    return "authorisation" if payment.fields["wallet"] == "0.00" else "wallet_transfer"


def _full_hours(paid: date, on: date) -> int | None:
    """Return the hours that have surely passed, None on the first two days: the books keep days."""
    days = (on - paid).days
    return 24 * (days - 1) if days > 1 else None

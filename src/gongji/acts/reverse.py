"""reverse: takes back what a record did, by adding another."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
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
    books: Books,
    pack: Pack,
    seq: int,
    reason: str,
    on: date,
    assume: frozenset[str] = frozenset(),
    at: str | None = None,
) -> Plan:
    """Plan to take back record `seq`, once, at the time of day `at` (HH:MM).

    A premium only as the rules allow. What comes back goes where it came from, or elsewhere if
    that has changed since (`diverted`). Raises Misfit if there is no such record or it cannot be
    taken back, and Refused by the rules.
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
    asked = _asked(books, pack, record, (on, at), assume)
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
    books: Books,
    pack: Pack,
    record: Record,
    moment: tuple[date, str | None],
    assume: frozenset[str],
) -> tuple[Asked, ...]:
    """Ask the rules of every holder who paid, or was to, if the record is a premium."""
    if record.do != "pay-for" or record.fields["purpose"] not in PREMIUMS:
        return ()
    beneficiary, on = record.fields["beneficiary"], moment[0]
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
            hours_since_payment=_full_hours(record, *moment),
            bound=True,
            from_wallet=binding.mechanism == "wallet_transfer",
            assume=assume,
            **taking_back_facts(books, record, on),
        )
        asked.append(Asked(holder, request, decide(request, pack)))
    return tuple(asked)


def _own_mechanism(payment: Record) -> str:
    return "authorisation" if payment.fields["wallet"] == "0.00" else "wallet_transfer"


def _full_hours(payment: Record, on: date, at: str | None) -> int | None:
    """Return the full hours since the payment, where both times of day are known.

    Else those that have surely passed, None on the first two days.
    """
    paid_at = payment.fields.get("at")
    if at is not None and paid_at is not None:
        since = _moment(on, at) - _moment(payment.on, paid_at)
        return max(0, since // timedelta(hours=1))
    days = (on - payment.on).days
    return 24 * (days - 1) if days > 1 else None


def _moment(day: date, at: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(at))

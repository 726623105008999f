"""A payment, for people: who pays how much, under which clause, and who was left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongji.acts.outcome import Asked, Plan
from gongji.engine.decision import Verdict
from gongji.ledger.records import Record
from gongji.render.household_text import split_of
from gongji.render.language import _
from gongji.render.values import wait_of
from gongji.render.wording import beside, sentence, word
from gongji.words.text import clean


def payment_lines(record: Record, plan: Plan | None) -> list[str]:
    """Return the split of a payment, and why each holder pays or does not."""
    fields = record.fields
    told = _("record {record}, {on}: {amount} yuan for {beneficiary}, {purpose}")
    lines = [
        told.format(
            record=record.seq,
            on=record.on,
            amount=fields["amount"],
            beneficiary=clean(fields["beneficiary"]),
            purpose=word("purpose", fields["purpose"]),
        )
    ]
    lines += [f"  {part}" for part in split_of(fields)]
    lines += _next_step(record)
    lines += _terms(record)
    for asked in plan.asked if plan else ():
        lines.append(_reason(asked))
    return lines


def claim_lines(record: Record) -> list[str]:
    """Return where the money of a claim goes, and when it should be there."""
    fields = record.fields
    told = _("{amount} yuan go to the bank card of {holder}")
    lines = [told.format(amount=fields["amount"], holder=clean(fields["paid_to"]))]
    if fields["payee"] is None:
        lines.append("  " + _("whose card it must be is not known"))
    if fields["payout_days"] is not None:
        lines.append(
            "  " + _("it takes up to {count} working days").format(count=fields["payout_days"])
        )
    return lines


def _terms(record: Record) -> list[str]:
    """Return the year of a premium, how it is paid, and whether benefits wait."""
    fields = record.fields
    if fields.get("year") is None or "mode" not in fields:
        return []
    mode = fields["mode"]
    parts = [
        _("year {year}").format(year=fields["year"]),
        _("way of payment not known: here at once") if mode is None else word("mode", mode),
        *_wait(fields),
    ]
    return ["  " + beside(parts)]


def _wait(fields: Mapping[str, Any]) -> list[str]:
    waits = wait_of(fields["wait_months"], fields["wait_days"])
    begin = fields["benefit_from"]
    if begin is None:
        return waits
    return [_("{said} ({remark})").format(said=said, remark=begin) for said in waits]


def _next_step(record: Record) -> list[str]:
    """Return what must follow, where the account pays later than the premium falls due."""
    opens = record.fields.get("opens")
    if opens is None:
        return []
    told = (
        _("{holder} pays it from the account on {due}: `gongji settle --on {due}`")
        if opens["kind"] == "debit"
        else _("{holder} pays it back from the account: `gongji claim {record}`")
    )
    holder = clean(record.fields["holder"])
    return ["  " + told.format(holder=holder, due=opens["due"], record=record.seq)]


def _reason(asked: Asked) -> str:
    decision, holder = asked.decision, clean(asked.holder)
    clauses = sorted(
        {
            clause.id
            for _finding, check in decision.reasons
            for ruling in check.rulings
            for clause in ruling.clauses
        }
    )
    if decision.verdict is Verdict.ELIGIBLE:
        return _("{holder} may pay under {clauses}").format(
            holder=holder, clauses=", ".join(clauses)
        )
    why = "; ".join(sentence(check) for _finding, check in decision.reasons)
    return _("{holder} does not pay: {why}").format(holder=holder, why=why)

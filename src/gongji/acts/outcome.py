"""How an act ends: with a plan, or refused by the rules, or not fitting the books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongji.engine.decision import Decision, Verdict
from gongji.engine.facts import Request
from gongji.ledger.records import Draft
from gongji.policy.resolve import Ruling


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision, with the request that it answers and the holder whom it is about."""

    holder: str
    request: Request
    decision: Decision


@dataclass(frozen=True, slots=True)
class Plan:
    """The record to write, and every decision on the way, those of holders left out included."""

    draft: Draft
    asked: tuple[Asked, ...] = ()


class Refused(Exception):
    """The rules say no (`ineligible`) or do not know (`unknown`); nothing is to be written.

    `code` names the sentence, `values` fill it; `asked` holds the decisions behind it, `rulings`
    what the rules said where nobody was asked.
    """

    def __init__(
        self,
        code: str,
        verdict: Verdict,
        asked: tuple[Asked, ...] = (),
        rulings: tuple[Ruling, ...] = (),
        values: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.verdict = verdict
        self.asked = asked
        self.rulings = rulings
        self.values = values or {}


class Misfit(Exception):
    """What was asked does not fit the books: `code` names the sentence, `values` fill it."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def reasons_on_record(asked: Asked) -> dict[str, Any]:
    """Return what a record keeps of a decision: verdict, mechanism, clauses, what was assumed."""
    decision = asked.decision
    clauses = {
        clause.id
        for _, check in decision.reasons
        for ruling in check.rulings
        for clause in ruling.clauses
    }
    return {
        "holder": asked.holder,
        "verdict": str(decision.verdict),
        "mechanism": decision.mechanism,
        "confidence": None if decision.confidence is None else str(decision.confidence),
        "failing": [
            {"check": check.name, "reason": check.reason, "mechanism": finding.mechanism}
            for finding, check in decision.reasons
            if check.outcome != "pass"
        ],
        "clauses": sorted(clauses),
        "assumed": list(decision.assumed),
    }

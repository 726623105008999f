"""What the check `binding` asks of a binding that is to be made, or to be ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.facts import BindingFacts
from gongji.engine.life import last_day

NAME = "binding"
PROVES: Final[Mapping[str, frozenset[str]]] = {
    "none": frozenset({"none", "commitment", "documents"}),
    "commitment": frozenset({"commitment", "documents"}),
    "documents": frozenset({"documents"}),
    "commitment_or_documents": frozenset({"commitment", "documents"}),
}
"""The evidence that is enough, by the proof that the rule asks for."""


def binding_made(case: Case) -> Check:
    """Of what is told of the wish all must be allowed; what is not told stands in no one's way."""
    wish = case.request.binding or BindingFacts()
    looks = (_starter, _proof, _term, _switches, _again)
    found = [check for look in looks if (check := look(case, wish)) is not None]
    for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
        for check in found:
            if check.outcome is outcome:
                return check
    rulings = tuple(ruling for check in found for ruling in check.rulings)
    return Check(NAME, Outcome.PASS, "binding.can-be-made", {}, rulings)


def binding_ended(case: Case) -> Check:
    """The holder may always end it; the relative where the rules say so."""
    wish = case.request.binding or BindingFacts()
    if wish.by != "beneficiary":
        return Check(NAME, Outcome.PASS, "binding.can-be-ended")
    ruling = case.ask("binding.ended_by")
    if not ruling.known:
        return Check(NAME, Outcome.UNKNOWN, "binding.ender-not-known", {}, (ruling,))
    if ruling.value == "holder":
        return Check(NAME, Outcome.FAIL, "binding.holder-ends", {}, (ruling,))
    return Check(NAME, Outcome.PASS, "binding.can-be-ended", {}, (ruling,))


def _starter(case: Case, wish: BindingFacts) -> Check | None:
    if wish.by != "beneficiary":
        return None
    ruling = case.ask("binding.started_by")
    if not ruling.known:
        return Check(NAME, Outcome.UNKNOWN, "binding.starter-not-known", {}, (ruling,))
    if ruling.value == "holder":
        return Check(NAME, Outcome.FAIL, "binding.holder-starts", {}, (ruling,))
    return Check(NAME, Outcome.PASS, "binding.can-be-made", {}, (ruling,))


def _proof(case: Case, wish: BindingFacts) -> Check | None:
    if wish.evidence is None:
        return None
    ruling = case.ask("binding.proof")
    if ruling.known and wish.evidence not in PROVES[ruling.value]:
        values = {"evidence": wish.evidence, "proof": ruling.value}
        return Check(NAME, Outcome.FAIL, "binding.proof-missing", values, (ruling,))
    return Check(NAME, Outcome.PASS, "binding.can-be-made", {}, (ruling,))


def _term(case: Case, wish: BindingFacts) -> Check | None:
    if wish.until is None:
        return None
    term, years = case.ask("binding.term"), case.ask("binding.term_years")
    values = {"until": str(wish.until)}
    if term.value == "open":
        return Check(NAME, Outcome.FAIL, "binding.no-term", values, (term,))
    last = last_day(case.request.on, years.value) if years.known else wish.until
    if wish.until > last:
        values["last"] = str(last)
        return Check(NAME, Outcome.FAIL, "binding.term-too-long", values, (years,))
    rulings = (term, years) if years.known else (term,)
    return Check(NAME, Outcome.PASS, "binding.can-be-made", {}, rulings)


def _switches(case: Case, wish: BindingFacts) -> Check | None:
    if wish.switches is None:
        return None
    ruling = case.ask("binding.switches")
    if not ruling.known or not wish.switches <= frozenset(ruling.value):
        return Check(NAME, Outcome.FAIL, "binding.no-switches", {}, (ruling,))
    return Check(NAME, Outcome.PASS, "binding.can-be-made", {}, (ruling,))


def _again(case: Case, wish: BindingFacts) -> Check | None:
    if wish.last_ended is None:
        return None
    ruling = case.ask("binding.rebind_wait_days")
    if ruling.known:
        first = wish.last_ended + timedelta(days=ruling.value)
        if case.request.on < first:
            values = {"ended": str(wish.last_ended), "days": str(ruling.value), "day": str(first)}
            return Check(NAME, Outcome.FAIL, "binding.too-soon", values, (ruling,))
    return Check(NAME, Outcome.PASS, "binding.can-be-made", {}, (ruling,))

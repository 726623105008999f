"""binding: money due now needs a binding in force; one to be made or ended keeps its own rules."""

from __future__ import annotations

from datetime import datetime, time

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.checks.binding_made import binding_ended, binding_made
from gongji.engine.facts import BindingFacts
from gongji.policy.resolve import Ruling
from gongji.words.purposes import PREMIUMS

NAME = "binding"


def binding(case: Case) -> Check:
    """Not bound is a no; not said is taken as a binding that could be made.

    One of which the books tell must be in force at that time, and switched on for the purpose.
    """
    match case.action:
        case "bind":
            return binding_made(case)
        case "unbind":
            return binding_ended(case)
    match case.request.bound:
        case True:
            return _in_force(case, case.request.binding or BindingFacts())
        case False:
            return Check(NAME, Outcome.FAIL, "binding.none")
        case _:
            return Check(NAME, Outcome.PASS, "binding.could-be", assumed=("bound",))


def _in_force(case: Case, known: BindingFacts) -> Check:
    for look in (_over, _not_yet, _switched_off):
        found = look(case, known)
        if found is not None:
            return found
    return Check(NAME, Outcome.PASS, "binding.exists")


def _over(case: Case, known: BindingFacts) -> Check | None:
    if known.until is None or case.request.on <= known.until:
        return None
    then = _when_made(case, known)
    rulings = _known(then.ask("binding.term_years"), then.ask("binding.term"))
    return Check(NAME, Outcome.FAIL, "binding.over", {"until": str(known.until)}, rulings)


def _not_yet(case: Case, known: BindingFacts) -> Check | None:
    """Without a time of day the whole day must lie before or after the moment."""
    if known.effective is None:
        return None
    on, at = case.request.on, case.request.at
    begin = datetime.combine(on, time.fromisoformat(at) if at else time.min)
    end = begin if at else datetime.combine(on, time.max)
    if begin >= known.effective:
        return None
    then = _when_made(case, known)
    rulings = _known(then.ask("binding.review_days"), then.ask("binding.effective_hours"))
    first = known.maybe_from or known.effective
    if end < first:
        values = {"effective": _told(first)}
        return Check(NAME, Outcome.FAIL, "binding.not-yet", values, rulings)
    values = {"effective": _told(known.effective)}
    missing = () if at else ("at",)
    return Check(NAME, Outcome.UNKNOWN, "binding.maybe-not-yet", values, rulings, missing)


def _told(moment: datetime) -> str:
    """Return the day, and the time of day unless it is the beginning of the day."""
    return f"{moment:%Y-%m-%d}" if moment.time() == time.min else f"{moment:%Y-%m-%d %H:%M}"


def _switched_off(case: Case, known: BindingFacts) -> Check | None:
    purpose = case.request.purpose
    if known.switches is None or purpose is None:
        return None
    switch = "premium" if purpose in PREMIUMS else "pay"
    if switch in known.switches:
        return None
    rulings = (case.ask("binding.switches"),)
    return Check(NAME, Outcome.FAIL, "binding.switched-off", {"switches": switch}, rulings)


def _when_made(case: Case, known: BindingFacts) -> Case:
    """Return the case under the rules of the day of the binding, which made it what it is."""
    return case if known.since is None else case.as_of(known.since)


def _known(*rulings: Ruling) -> tuple[Ruling, ...]:
    return tuple(ruling for ruling in rulings if ruling.known)

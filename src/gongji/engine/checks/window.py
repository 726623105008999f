"""window: may accounts pay this premium on this day? For a claim: has the wait passed?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import Terms, holds, terms
from gongji.policy.pack import PremiumPhase
from gongji.policy.resolve import Ruling

NAME = "window"


def window(case: Case) -> Check:
    """A window that is not known passes with a doubt; nobody pays for a year that is over."""
    asked = terms(case)
    for limit in (_year_over, _accounts_shut, _year_shut, _way_not_offered):
        failed = limit(case, asked)
        if failed is not None:
            return failed
    return _within(case, asked)


def _year_over(case: Case, asked: Terms) -> Check | None:
    """What a premium buys ends with its year, whatever a clause leaves open."""
    if case.request.on.year <= asked.year:
        return None
    return Check(NAME, Outcome.FAIL, "window.year-over", _values(case, asked))


def _accounts_shut(case: Case, asked: Terms) -> Check | None:
    on = case.request.on
    for ruling, over in ((asked.accounts_from, False), (asked.accounts_until, True)):
        if ruling.known and (on > ruling.value if over else on < ruling.value):
            reason = "window.accounts-over" if over else "window.accounts-not-open"
            values = {**_values(case, asked), "day": str(ruling.value)}
            return Check(NAME, Outcome.FAIL, reason, values, (ruling,))
    return None


def _year_shut(case: Case, asked: Terms) -> Check | None:
    """Where only some years may be paid: is this one of them?

    The year being collected is this one or the next; which of the two, the window tells.
    """
    ruling, this = case.ask("premium_payment.years"), case.request.on.year
    if ruling.value not in ("collected_now", "this_and_next") or this <= asked.year <= this + 1:
        return None
    values = {**_values(case, asked), "years": str(ruling.value)}
    return Check(NAME, Outcome.FAIL, "window.year-not-paid", values, (ruling,))


def _way_not_offered(case: Case, asked: Terms) -> Check | None:
    """A way of paying that the payer asks for must be one that a clause offers."""
    mode = case.request.mode
    offered = [case.ask(f"premium_payment.{name}") for name in ("mode", "also")]
    said = tuple(ruling for ruling in offered if ruling.known)
    if mode is None or not said or any(ruling.value == mode for ruling in said):
        return None
    values = {**_values(case, asked), "mode": mode}
    return Check(NAME, Outcome.FAIL, "window.way-not-offered", values, said)


def _within(case: Case, asked: Terms) -> Check:
    on, values, rulings = case.request.on, _values(case, asked), (asked.phases,)
    if not asked.phases.known:
        return Check(NAME, Outcome.PASS, "window.not-ruled", values, rulings)
    phase = asked.phase_on(on)
    if phase is None:
        if None in [holds(each, on) for each in asked.phases.value]:
            return Check(NAME, Outcome.PASS, "window.end-not-known", values, rulings)
        reason, more = _closed(asked.phases.value, on)
        return Check(NAME, Outcome.FAIL, reason, {**values, **more}, rulings)
    only = case.ask("premium_payment.window_only")
    if only.value is True and asked.is_collected_on(on) is False:
        return Check(NAME, Outcome.FAIL, "window.late", values, (only, *rulings))
    reason, more = _open(phase)
    return Check(NAME, Outcome.PASS, reason, {**values, **more}, rulings)


def _open(phase: PremiumPhase) -> tuple[str, dict[str, str]]:
    if phase.wait_months:
        return "window.open-wait-months", {"months": str(phase.wait_months)}
    if phase.wait_days:
        return "window.open-wait-days", {"days": str(phase.wait_days)}
    return "window.open", {}


def _closed(phases: tuple[PremiumPhase, ...], on: date) -> tuple[str, dict[str, str]]:
    """Return why the window is shut, and when it opens where it still does."""
    for phase in phases:
        if phase.days is not None and holds(replace(phase, days=None), on) is True:
            return "window.day-of-month", {"first": str(phase.days[0]), "last": str(phase.days[1])}
    to_come = [phase.opens for phase in phases if phase.opens is not None and on < phase.opens]
    if to_come:
        return "window.not-open", {"opens": str(min(to_come))}
    return "window.closed", {"opens": str(phases[0].opens), "closes": str(phases[-1].closes)}


def _values(case: Case, asked: Terms) -> dict[str, str]:
    return {"year": str(asked.year), "on": str(case.request.on)}


def claim_window(case: Case) -> Check:
    """A premium paid in cash can be claimed only where the mode allows it, and after the wait.

    Where accounts pay in the collection window only, or only for some years, so is it with a claim.
    """
    modes = [case.ask(f"premium_payment.{name}") for name in ("mode", "also")]
    said = tuple(ruling for ruling in modes if ruling.known)
    if not said:
        return Check(NAME, Outcome.UNKNOWN, "window.claim-not-known", {}, (modes[0],))
    if all(ruling.value != "reimburse" for ruling in said):
        return Check(NAME, Outcome.FAIL, "window.claim-not-the-mode", {"mode": said[0].value}, said)
    asked = terms(case)
    return _year_shut(case, asked) or _claim_late(case, asked) or _waited(case, said)


def _claim_late(case: Case, asked: Terms) -> Check | None:
    only = case.ask("premium_payment.window_only")
    if only.value is not True or asked.is_collected_on(case.request.on) is not False:
        return None
    values = _values(case, asked)
    return Check(NAME, Outcome.FAIL, "window.claim-late", values, (only, asked.phases))


def _waited(case: Case, said: tuple[Ruling, ...]) -> Check:
    wait = case.ask("premium_payment.wait_days")
    paid_on = case.request.paid_on
    if not wait.known or paid_on is None:
        assumed = ("paid_on",) if wait.known else ()
        return Check(NAME, Outcome.PASS, "window.claim-open", {}, said, (), assumed)
    first = paid_on + timedelta(days=wait.value)
    values = {"day": str(first), "days": str(wait.value)}
    outcome = Outcome.PASS if case.request.on >= first else Outcome.FAIL
    return Check(NAME, outcome, f"window.claim-{outcome}", values, (wait,))

"""window: may accounts pay this premium on this day? For a claim: has the wait passed?"""

from __future__ import annotations

from datetime import timedelta

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import Terms, holds, terms

NAME = "window"


def window(case: Case) -> Check:
    """A window that is not known passes with a doubt."""
    asked = terms(case)
    on = case.request.on
    values = {"year": str(asked.year), "on": str(on)}
    for ruling, over in ((asked.accounts_from, False), (asked.accounts_until, True)):
        if ruling.known and (on > ruling.value if over else on < ruling.value):
            reason = "window.accounts-over" if over else "window.accounts-not-open"
            return Check(
                NAME, Outcome.FAIL, reason, {**values, "day": str(ruling.value)}, (ruling,)
            )
    if not asked.phases.known:
        return Check(NAME, Outcome.PASS, "window.not-ruled", values, (asked.phases,))
    states = [holds(phase, on) for phase in asked.phases.value]
    if True in states:
        return Check(NAME, Outcome.PASS, "window.open", values, (asked.phases,))
    if None in states:
        return Check(NAME, Outcome.PASS, "window.end-not-known", values, (asked.phases,))
    return Check(NAME, Outcome.FAIL, "window.closed", {**values, **_bounds(asked)}, (asked.phases,))


def _bounds(asked: Terms) -> dict[str, str]:
    phases = asked.phases.value
    return {"opens": str(phases[0].opens), "closes": str(phases[-1].closes)}


def claim_window(case: Case) -> Check:
    """A premium paid in cash can be claimed only where the mode allows it, and after the wait."""
    modes = [case.ask(f"premium_payment.{name}") for name in ("mode", "also")]
    said = tuple(ruling for ruling in modes if ruling.known)
    if not said:
        return Check(NAME, Outcome.UNKNOWN, "window.claim-not-known", {}, (modes[0],))
    if all(ruling.value != "reimburse" for ruling in said):
        return Check(NAME, Outcome.FAIL, "window.claim-not-the-mode", {"mode": said[0].value}, said)
    wait = case.ask("premium_payment.wait_days")
    paid_on = case.request.paid_on
    if not wait.known or paid_on is None:
        assumed = ("paid_on",) if wait.known else ()
        return Check(NAME, Outcome.PASS, "window.claim-open", {}, said, (), assumed)
    first = paid_on + timedelta(days=wait.value)
    values = {"day": str(first), "days": str(wait.value)}
    outcome = Outcome.PASS if case.request.on >= first else Outcome.FAIL
    return Check(NAME, outcome, f"window.claim-{outcome}", values, (wait,))

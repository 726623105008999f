"""reversal: may a premium paid from an account still be taken back?"""

from __future__ import annotations

from datetime import date

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import terms
from gongji.policy.resolve import Ruling

NAME = "reversal"


def reversal(case: Case) -> Check:
    """Not known where no clause says whether it is allowed; every limit that is known must hold."""
    allowed = case.ask("reversal.allowed")
    if not allowed.known:
        return Check(NAME, Outcome.UNKNOWN, "reversal.not-known", {}, (allowed,))
    if allowed.value is False:
        return Check(NAME, Outcome.FAIL, "reversal.never", {}, (allowed,))
    for limit in (_too_early, _window_over, _year_over, _too_late):
        failed = limit(case)
        if failed is not None:
            return failed
    return _may(case, allowed)


def _may(case: Case, allowed: Ruling) -> Check:
    """What no book shows (clearing, a benefit elsewhere, the reason) is told with the yes."""
    assumed = _not_said(case)
    before, reasons = case.ask("reversal.before"), case.ask("reversal.reasons")
    if reasons.known:
        values = {"reasons": ", ".join(reasons.value)}
        rulings = (allowed, reasons)
        return Check(NAME, Outcome.PASS, "reversal.for-reasons", values, rulings, (), assumed)
    if before.known:
        values, rulings = {"before": ", ".join(before.value)}, (allowed, before)
        return Check(NAME, Outcome.PASS, "reversal.before", values, rulings, (), assumed)
    return Check(NAME, Outcome.PASS, "reversal.pass", {}, (allowed,), (), assumed)


def _not_said(case: Case) -> tuple[str, ...]:
    needed = case.ask("reversal.after_hours").known
    return ("hours_since_payment",) if needed and case.request.hours_since_payment is None else ()


def _too_early(case: Case) -> Check | None:
    ruling, hours = case.ask("reversal.after_hours"), case.request.hours_since_payment
    if not ruling.known or hours is None or hours >= ruling.value:
        return None
    values = {"hours": str(hours), "after": str(ruling.value)}
    return Check(NAME, Outcome.FAIL, "reversal.too-early", values, (ruling,))


def _window_over(case: Case) -> Check | None:
    ruling, asked = case.ask("reversal.window_only"), terms(case)
    if ruling.value is not True or asked.is_collected_on(case.request.on) is not False:
        return None
    values = {"year": str(asked.year), "on": str(case.request.on)}
    return Check(NAME, Outcome.FAIL, "reversal.window-over", values, (ruling, asked.phases))


def _year_over(case: Case) -> Check | None:
    ruling = case.ask("reversal.until_day")
    if not ruling.known:
        return None
    last = f"{terms(case).year}-{ruling.value}"
    if case.request.on.isoformat() <= last:
        return None
    return Check(NAME, Outcome.FAIL, "reversal.year-over", {"day": last}, (ruling,))


def _too_late(case: Case) -> Check | None:
    """Where it is taken back only before something that has happened."""
    ruling, request = case.ask("reversal.before"), case.request
    named = ruling.value if ruling.known else ()
    if "clearing" in named and request.cleared:
        return Check(NAME, Outcome.FAIL, "reversal.cleared", {}, (ruling,))
    if "benefit_used" in named and request.benefit_used:
        return Check(NAME, Outcome.FAIL, "reversal.benefit-used", {}, (ruling,))
    begin = request.benefit_from or date(terms(case).year, 1, 1)
    if "benefit_begins" in named and request.on >= begin:
        values = {"day": str(begin)}
        return Check(NAME, Outcome.FAIL, "reversal.benefit-begun", values, (ruling,))
    return None

"""due: is anything owed at all?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import terms, told_apart_by
from gongji.words.money import format_yuan


def due(case: Case) -> Check:
    """A premium of zero is not owed; an unknown price does not stand in the way."""
    asked = terms(case)
    fen = asked.fen_on(case.request.on)
    values = {"year": str(asked.year)}
    ruling = asked.price if asked.phase_on(case.request.on) is None else asked.phases
    rulings = (asked.price if asked.price.known else ruling,)
    if fen is None:
        reason, more = _why_not_known(case, asked.year)
        return Check("due", Outcome.PASS, reason, {**values, **more}, rulings)
    values["price"] = format_yuan(fen)
    outcome = Outcome.PASS if fen > 0 else Outcome.FAIL
    return Check("due", outcome, f"due.{outcome}", values, rulings)


def _why_not_known(case: Case, year: int) -> tuple[str, dict[str, str]]:
    """Return whether a price hangs on what was not said of the relative."""
    groups, tiers = told_apart_by(case, year)
    beneficiary = case.request.beneficiary
    if groups and not groups & beneficiary.group:
        return "due.price-by-group", {"group": ", ".join(sorted(groups))}
    if tiers and beneficiary.tier not in tiers:
        return "due.price-by-tier", {"tiers": ", ".join(sorted(tiers))}
    return "due.price-not-known", {}

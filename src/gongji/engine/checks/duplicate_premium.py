"""duplicate-premium: nobody's premium is paid twice for one year."""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import terms

NAME = "duplicate-premium"


def duplicate_premium(case: Case) -> Check:
    """Whoever paid it: a premium paid once for a year is paid. This holds everywhere."""
    values = {"year": str(terms(case).year)}
    paid = case.request.beneficiary.premium_paid
    if paid:
        return Check(NAME, Outcome.FAIL, "duplicate.paid", values)
    assumed = ("beneficiary.premium_paid",) if paid is None else ()
    return Check(NAME, Outcome.PASS, "duplicate.none", values, assumed=assumed)

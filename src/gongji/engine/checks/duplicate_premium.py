"""duplicate-premium: nobody's premium is paid twice for one year."""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import terms

NAME = "duplicate-premium"
PAID_BY_THE_MONTH = "employee_premium"
"""What a flexible worker pays month by month, or for some months at once: it is no year's sum."""


def duplicate_premium(case: Case) -> Check:
    """Whoever paid it: a premium paid once for a year is paid. This holds everywhere.

    What a run has been ordered to take counts too; an employee's premium is paid by the month.
    """
    request, year = case.request, terms(case).year
    values = {"year": str(year)}
    if request.purpose == PAID_BY_THE_MONTH:
        return Check(NAME, Outcome.PASS, "duplicate.by-the-month", values)
    order = (request.orders or {}).get(year)
    if order is not None:
        values["record"] = str(order)
        return Check(NAME, Outcome.FAIL, "duplicate.ordered", values)
    paid = request.beneficiary.premium_paid
    if paid is None and request.paid_years is not None:
        paid = year in request.paid_years
    if paid:
        return Check(NAME, Outcome.FAIL, "duplicate.paid", values)
    assumed = ("beneficiary.premium_paid",) if paid is None else ()
    return Check(NAME, Outcome.PASS, "duplicate.none", values, assumed=assumed)

"""prior-cover: where the rule asks for it, was the relative insured here the year before?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import terms

NAME = "prior-cover"


def prior_cover(case: Case) -> Check:
    """A restriction: where the rule is silent, or nothing is said, it passes.

    Who paid a premium for the year before was insured in it.
    """
    ruling = case.ask("premium_payment.prior_year")
    if ruling.value is not True:
        return Check(NAME, Outcome.PASS, "prior.not-ruled", {}, (ruling,))
    insured = case.request.beneficiary.prior_year_insured
    if insured is None and terms(case).year - 1 in (case.request.paid_years or ()):
        insured = True
    if insured is False:
        return Check(NAME, Outcome.FAIL, "prior.fail", {}, (ruling,))
    assumed = () if insured else ("beneficiary.prior_year_insured",)
    return Check(NAME, Outcome.PASS, "prior.pass", {}, (ruling,), (), assumed)

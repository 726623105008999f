"""consent: has a relative who is old enough agreed in person?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome

NAME = "consent"


def consent(case: Case) -> Check:
    """From the age that the rule names the relative must agree; consent not spoken of is given."""
    ruling = case.ask("consent.from_age")
    beneficiary = case.request.beneficiary
    if not ruling.known:
        return Check(NAME, Outcome.PASS, "consent.not-ruled", {}, (ruling,))
    values = {"from_age": str(ruling.value)}
    if beneficiary.accepted is not False:
        assumed = () if beneficiary.accepted else ("beneficiary.accepted",)
        return Check(NAME, Outcome.PASS, "consent.given", values, (ruling,), (), assumed)
    if beneficiary.age is None and ruling.value > 0:
        missing = ("beneficiary.age",)
        return Check(NAME, Outcome.UNKNOWN, "consent.age-not-known", values, (ruling,), missing)
    if beneficiary.age is not None and beneficiary.age < ruling.value:
        return Check(NAME, Outcome.PASS, "consent.not-needed", values, (ruling,))
    return Check(NAME, Outcome.FAIL, "consent.withheld", values, (ruling,))

"""roles: where nobody may be holder and beneficiary at once, is neither both?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome


def roles(case: Case) -> Check:
    """A holder whom somebody has bound, or a relative who has bound somebody, plays both parts."""
    ruling = case.ask("roles.exclusive")
    if ruling.value is not True:
        reason = "roles.free" if ruling.known else "roles.not-ruled"
        return Check("roles", Outcome.PASS, reason, {}, (ruling,))
    facts = {
        "holder.is_beneficiary": case.request.holder.is_beneficiary,
        "beneficiary.is_holder": case.request.beneficiary.is_holder,
    }
    for fact, holds in facts.items():
        if holds:
            return Check("roles", Outcome.FAIL, "roles.both", {"fact": fact}, (ruling,))
    assumed = tuple(fact for fact, holds in facts.items() if holds is None)
    return Check("roles", Outcome.PASS, "roles.one", {}, (ruling,), (), assumed)

"""scope: may the two be insured so far apart?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.checks.reach import covers, unknown_city
from gongji.engine.distance import distance


def scope(case: Case) -> Check:
    """A clause at either end that covers the pair is enough; else the holder's area rules."""
    holder, beneficiary = case.request.holder.area, case.request.beneficiary.area
    apart = distance(case.pack, holder, beneficiary)
    values = {"holder_area": holder, "beneficiary_area": beneficiary, "apart": apart or "unknown"}
    mine = case.ask("scope.reach")
    theirs = case.ask("scope.reach", of="beneficiary")
    for ruling in (mine, theirs):
        if covers(ruling, apart) is Outcome.PASS:
            return Check("scope", Outcome.PASS, "scope.pass", values, (ruling,))
    if covers(mine, apart) is Outcome.FAIL:
        return Check("scope", Outcome.FAIL, "scope.fail", values, (mine,))
    missing = unknown_city(holder, "holder.area") + unknown_city(beneficiary, "beneficiary.area")
    reason = "scope.city-not-known" if mine.known and missing else "scope.not-known"
    return Check("scope", Outcome.UNKNOWN, reason, values, (mine,), missing if mine.known else ())

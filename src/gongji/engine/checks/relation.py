"""relation: does the beneficiary count as a relative there and then?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome


def relation(case: Case) -> Check:
    """The holder's area lists who counts; who is not on the list may not be bound."""
    ruling = case.ask("relatives.include")
    asked = case.request.relation
    values = {"relation": asked}
    if not ruling.known or asked in ruling.doubtful:
        return Check("relation", Outcome.UNKNOWN, "relation.not-known", values, (ruling,))
    values["relations"] = ", ".join(sorted(ruling.value))
    outcome = Outcome.PASS if asked in ruling.value else Outcome.FAIL
    return Check("relation", outcome, f"relation.{outcome}", values, (ruling,))

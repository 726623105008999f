"""holder-status and beneficiary-status: in good standing, and in no excluded group?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome


def holder_status(case: Case) -> Check:
    """The holder's insurance is in a state, and the holder in no group, that shuts them out."""
    holder = case.request.holder
    return _standing(case, "holder", holder.status, holder.group)


def beneficiary_status(case: Case) -> Check:
    """The same for the relative, by the rules of the relative's own area."""
    beneficiary = case.request.beneficiary
    return _standing(case, "beneficiary", beneficiary.status, beneficiary.group)


def _standing(case: Case, side: str, status: str | None, groups: frozenset[str]) -> Check:
    name = f"{side}-status"
    excluded = case.ask(f"exclusion.{side}", of=side)
    shut_out = groups & excluded.value if excluded.known else frozenset()
    if shut_out:
        values = {"group": ", ".join(sorted(shut_out))}
        return Check(name, Outcome.FAIL, "status.group-excluded", values, (excluded,))
    checks = [_state(case.acting(action), side, status) for action in _actions(case)]
    # The fail, else the one with a clause behind it: what that one assumes must not be lost.
    return min(
        checks, key=lambda check: (check.outcome is not Outcome.FAIL, not check.rests_on_clause)
    )


def _actions(case: Case) -> tuple[str, ...]:
    """A use that is not bound yet must also pass what binding asks for."""
    return ("use", "bind") if case.action == "use" and case.binds else (case.action,)


def _state(case: Case, side: str, status: str | None) -> Check:
    name = f"{side}-status"
    ruling = case.ask(f"status.{side}", of=side)
    if not ruling.known:
        return Check(
            name, Outcome.PASS, "status.not-ruled", {"status": status or "active"}, (ruling,)
        )
    values = {"status": status or "active", "wanted": ", ".join(sorted(ruling.value))}
    assumed = () if status else (f"{side}.status",)
    fits = values["status"] in ruling.value | ruling.doubtful
    outcome = Outcome.PASS if fits else Outcome.FAIL
    return Check(name, outcome, f"status.{outcome}", values, (ruling,), (), assumed)

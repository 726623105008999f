"""purpose: may the account pay for that?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome


def purpose(case: Case) -> Check:
    """A purpose that no clause allows or denies is not known."""
    asked = case.request.purpose or ""
    ruling = case.ask(f"purposes.{asked}")
    values = {"purpose": asked}
    if not ruling.known:
        return Check("purpose", Outcome.UNKNOWN, "purpose.not-known", values, (ruling,))
    outcome = Outcome.PASS if ruling.value else Outcome.FAIL
    return Check("purpose", outcome, f"purpose.{outcome}", values, (ruling,))

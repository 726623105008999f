"""binding: money due now needs a binding that exists."""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome


def binding(case: Case) -> Check:
    """Not bound is a no; not said is taken as a binding that could be made."""
    match case.request.bound:
        case True:
            return Check("binding", Outcome.PASS, "binding.exists")
        case False:
            return Check("binding", Outcome.FAIL, "binding.none")
        case _:
            return Check("binding", Outcome.PASS, "binding.could-be", assumed=("bound",))

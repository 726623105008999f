"""due: is anything owed at all?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import terms
from gongji.words.money import format_yuan


def due(case: Case) -> Check:
    """A premium of zero is not owed; an unknown price does not stand in the way."""
    asked = terms(case)
    fen = asked.fen_on(case.request.on)
    values = {"year": str(asked.year)}
    ruling = asked.price if asked.phase_on(case.request.on) is None else asked.phases
    rulings = (asked.price if asked.price.known else ruling,)
    if fen is None:
        return Check("due", Outcome.PASS, "due.price-not-known", values, rulings)
    values["price"] = format_yuan(fen)
    outcome = Outcome.PASS if fen > 0 else Outcome.FAIL
    return Check("due", outcome, f"due.{outcome}", values, rulings)

"""cap: does a limit per payment, period or authorisation leave anything to pay with?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import is_premium, terms
from gongji.policy.resolve import Ruling
from gongji.words.money import format_yuan

NAME = "cap"


def cap(case: Case) -> Check:
    """Less than the amount is a yes, the rest being cash, unless the full amount is demanded."""
    rulings = tuple(case.ask(f"caps.{period}") for period in ("payment", "authorisation"))
    least = min((fen for fen in _amounts(case, rulings) if fen is not None), default=None)
    said = tuple(ruling for ruling in rulings if ruling.known)
    if least is None:
        return Check(NAME, Outcome.PASS, "cap.set-by-holder" if said else "cap.not-ruled", {}, said)
    values = {"cap": format_yuan(least)}
    if least == 0:
        return Check(NAME, Outcome.FAIL, "cap.zero", values, said)
    wanted = _wanted(case)
    if wanted is not None and least < wanted:
        values["wanted"] = format_yuan(wanted)
        return Check(NAME, Outcome.FAIL, "cap.not-in-full", values, said)
    return Check(NAME, Outcome.PASS, "cap.pass", values, said)


def _amounts(case: Case, rulings: tuple[Ruling, ...]) -> list[int | None]:
    holder = case.request.holder
    ruled = [ruling.value.fen for ruling in rulings if ruling.known]
    return [*ruled, holder.cap_per_payment, holder.authorised]


def _wanted(case: Case) -> int | None:
    """Return the amount that must be paid whole, None where part of it will do."""
    if not is_premium(case) or case.ask("premium_payment.full_amount").value is not True:
        return None
    return case.request.amount or terms(case).fen_on(case.request.on)

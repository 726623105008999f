"""cap: does a limit per payment, period or authorisation leave anything to pay with?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.premiums import is_premium, terms
from gongji.policy.resolve import Ruling
from gongji.words.money import format_yuan

NAME = "cap"


def cap(case: Case) -> Check:
    """Less than the amount is a yes, the rest being cash, unless the full amount is demanded.

    For a premium the people whom the holder pays for in a calendar year may be capped too.
    """
    too_many = _too_many_people(case)
    if too_many is not None:
        return too_many
    used_up = _used_up(case)
    if used_up is not None:
        return used_up
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


def _too_many_people(case: Case) -> Check | None:
    """It caps what a year's payments may reach, not whom the holder may bind."""
    paid_for = case.request.persons_paid
    if not is_premium(case) or paid_for is None:
        return None
    ruling = case.ask("premium_payment.persons_per_year")
    if not ruling.known or paid_for < ruling.value:
        return None
    values = {"count": str(paid_for), "limit": str(ruling.value)}
    return Check(NAME, Outcome.FAIL, "cap.people", values, (ruling,))


def _used_up(case: Case) -> Check | None:
    """What was paid in the period counts, where the books know of it."""
    for period, fen in (case.request.spent or {}).items():
        ruling = case.ask(f"caps.{period}")
        if ruling.known and ruling.value.fen is not None and fen >= ruling.value.fen:
            values = {"cap": format_yuan(ruling.value.fen), "per": period}
            return Check(NAME, Outcome.FAIL, "cap.used-up", values, (ruling,))
    return None


def _amounts(case: Case, rulings: tuple[Ruling, ...]) -> list[int | None]:
    holder = case.request.holder
    ruled = [ruling.value.fen for ruling in rulings if ruling.known]
    return [*ruled, holder.cap_per_payment, holder.authorised]


def _wanted(case: Case) -> int | None:
    """Return the amount that must be paid whole, None where part of it will do."""
    if not is_premium(case) or case.ask("premium_payment.full_amount").value is not True:
        return None
    return case.request.amount or terms(case).fen_on(case.request.on)

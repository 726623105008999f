"""What the rules put into a personal account each month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gongji.engine.checks.insurance import NO_ACCOUNT
from gongji.engine.facts import Holder
from gongji.policy.pack import Accrual, Pack
from gongji.policy.resolve import Ruling, resolve


@dataclass(frozen=True, slots=True)
class Monthly:
    """What comes in for one month, and the ruling that says so.

    `fen` is None where it is not known, and `why` then says so in a word: not-said,
    average-pension (a share of a figure that no source gives), by-age (the age is missing),
    base (the base of contribution is missing). Where nothing comes in, `fen` is 0 and `why` is
    no-account (the tier has none) or nothing.
    """

    fen: int | None
    why: str | None
    ruling: Ruling


def monthly(
    pack: Pack, holder: Holder, month: date, base_fen: int | None, age: int | None
) -> Monthly:
    """Return what comes in for the month of which `month` is the first day, `age` reached then.

    Who is of no known type is employed. A share of the base is rounded half up to the fen.
    """
    query = _query(holder)
    tiers = resolve(pack, "insurance.holder_tier", holder.area, query, month)
    if _has_no_account(holder, tiers):
        return Monthly(0, "no-account", tiers)
    kind = holder.type or "employed"
    ruling = resolve(pack, f"accrual.{kind}", holder.area, query, month)
    if not ruling.known:
        return Monthly(None, "not-said", ruling)
    fen, why = _fen(ruling.value, base_fen, age)
    return Monthly(fen, "nothing" if fen == 0 else why, ruling)


def _query(holder: Holder) -> Mapping[str, frozenset[str]]:
    single = {"holder_type": holder.type, "holder_tier": holder.tier}
    query = {name: frozenset({word}) for name, word in single.items() if word is not None}
    return query | {"holder_group": holder.group}


def _has_no_account(holder: Holder, tiers: Ruling) -> bool:
    if holder.tier is None:
        return False
    return holder.tier == NO_ACCOUNT or (tiers.known and holder.tier not in tiers.value)


def _fen(accrual: Accrual, base_fen: int | None, age: int | None) -> tuple[int | None, str | None]:
    """Return the fen, or None and why not."""
    if accrual.rate is not None:
        rate = Fraction(accrual.rate)
        if rate and base_fen is None:
            return None, "base"
        return int(rate * (base_fen or 0) + Fraction(1, 2)), None
    if accrual.bands:
        reached = [fen for from_age, fen in accrual.bands if age is not None and age >= from_age]
        return (reached[-1], None) if reached else (None, "by-age")
    if accrual.fen is not None:
        return accrual.fen - (accrual.deduction_fen or 0), None
    return None, "not-said" if accrual.pension_share is None else "average-pension"

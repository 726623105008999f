"""How far the rule files reach: what each region says itself, inherits, or leaves unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongji.policy.pack import Clause, Pack, Qualifiers, Region
from gongji.policy.resolve import Ruling, qualifiers_of, resolve

CORE: Final[tuple[tuple[str, ...], ...]] = (
    ("mechanism.authorisation", "mechanism.family_pool"),
    ("mechanism.wallet_transfer",),
    ("relatives.include",),
    ("insurance.holder",),
    ("insurance.beneficiary",),
    ("scope.reach",),
    ("limits.beneficiaries",),
    ("limits.holders",),
    ("purposes.outpatient",),
    ("purposes.inpatient",),
    ("purposes.pharmacy",),
    ("purposes.resident_premium",),
    ("funds.use",),
    ("order.own",),
    ("order.holders",),
    ("premium.price", "premium.phases"),
    ("premium_payment.mode",),
    ("reversal.allowed",),
    ("binding.started_by",),
    ("binding.proof",),
)
"""What a family asks first. Any parameter of an entry answers it; the first names it."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the rule files hold of one region on one day.

    `cited`, `inherited` and `unknown` part the names of CORE: answered by a clause of the region's
    own file, by the nation's file alone, or by nobody. `newest` is the newest source's day, None
    where no source has one.
    """

    region: Region
    clauses: int
    newest: date | None
    cited: tuple[str, ...]
    inherited: tuple[str, ...]
    unknown: tuple[str, ...]


def regions_of(pack: Pack) -> list[Region]:
    """Return the regions of all layers by code, each as the last layer has it."""
    codes = sorted({code for layer in pack.layers for code in layer.regions})
    return [region for code in codes if (region := pack.region(code)) is not None]


def survey(pack: Pack, on: date) -> list[Survey]:
    """Return what the rule files hold of every region on the day, by code."""
    return [_surveyed(pack, region, on) for region in regions_of(pack)]


def stale(pack: Pack, on: date, older_than: timedelta) -> list[Region]:
    """Return the regions whose sources were last read longer before the day, oldest first."""
    old = [region for region in regions_of(pack) if on - region.reviewed > older_than]
    return sorted(old, key=lambda region: (region.reviewed, region.code))


def _surveyed(pack: Pack, region: Region, on: date) -> Survey:
    own = [clause for clause in _clauses(pack) if clause.region == region.code]
    days = [source.published for clause in own for source in clause.sources if source.published]
    found: dict[str, list[str]] = {"cited": [], "inherited": [], "unknown": []}
    for names in CORE:
        rulings = [ruling for name in names for ruling in _rulings(pack, name, region, on)]
        found[_answered(rulings, region)].append(names[0])
    parted = {answer: tuple(names) for answer, names in found.items()}
    return Survey(region, len(own), max(days, default=None), **parted)


def _clauses(pack: Pack) -> list[Clause]:
    return [clause for layer in pack.layers for clause in layer.clauses]


def _rulings(pack: Pack, parameter: str, region: Region, on: date) -> list[Ruling]:
    return [
        resolve(pack, parameter, region.code, dict(when), on)
        for when in qualifiers_of(pack, parameter, region.code)
        if _may_be_of(when, on.year)
    ]


def _may_be_of(when: Qualifiers, year: int) -> bool:
    return str(year) in dict(when).get("year", {str(year)})


def _answered(rulings: list[Ruling], region: Region) -> str:
    known = [ruling for ruling in rulings if ruling.known]
    if any(clause.region == region.code for ruling in known for clause in ruling.clauses):
        return "cited"
    return "inherited" if known else "unknown"

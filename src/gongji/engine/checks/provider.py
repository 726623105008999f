"""provider: is the hospital or pharmacy near enough to the holder's area of insurance?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.checks.reach import covers, unknown_city
from gongji.engine.distance import distance

NAME = "provider"


def provider(case: Case) -> Check:
    """A restriction: where the rule is silent, or the place not said, it passes."""
    ruling = case.ask("provider.reach")
    if not ruling.known:
        return Check(NAME, Outcome.PASS, "provider.not-ruled", {}, (ruling,))
    place = case.request.provider_area
    if place is None:
        return Check(NAME, Outcome.PASS, "provider.assumed", {}, (ruling,), (), ("provider_area",))
    area = case.request.holder.area
    values = {"provider_area": place, "holder_area": area}
    outcome = covers(ruling, distance(case.pack, area, place))
    missing: tuple[str, ...] = ()
    if outcome is Outcome.UNKNOWN:
        missing = unknown_city(area, "holder.area") + unknown_city(place, "provider_area")
        if not missing:
            return Check(NAME, Outcome.PASS, "provider.not-ruled", {}, (ruling,))
    return Check(NAME, outcome, f"provider.{outcome}", values, (ruling,), missing)

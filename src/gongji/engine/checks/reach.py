"""Whether a reach that was ruled covers the distance between two areas."""

from __future__ import annotations

from gongji.engine.case import Outcome
from gongji.policy.resolve import Ruling


def covers(ruling: Ruling, apart: str | None) -> Outcome:
    """Return whether the reach covers the distance; None is a city not known, in one province."""
    if not ruling.known:
        return Outcome.UNKNOWN
    needed = apart or "province"
    if needed in ruling.value:
        return Outcome.PASS
    if needed in ruling.doubtful or (apart is None and "pooling_area" in ruling.value):
        return Outcome.UNKNOWN
    return Outcome.FAIL


def unknown_city(area: str, fact: str) -> tuple[str, ...]:
    """Return the fact that would name the city of an area, empty where the code names one."""
    return (fact,) if area.endswith("0000") else ()

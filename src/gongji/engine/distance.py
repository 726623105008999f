"""How far apart two areas of insurance are, in the words of a reach."""

from __future__ import annotations

from gongji.policy.pack import NATION, Pack
from gongji.words.areas import city_of, province_of


def distance(pack: Pack, area: str, other: str) -> str | None:
    """Return the narrowest reach that holds both areas: pooling_area, province or nation.

    None where both lie in one province and a city that matters is not known.
    """
    if province_of(area) != province_of(other):
        return "nation"
    region = pack.region(province_of(area))
    if area == other == NATION or (region is not None and region.pooling == "region"):
        return "pooling_area"
    city, other_city = city_of(area), city_of(other)
    if city is None or other_city is None:
        own_level = area == other and area.endswith("9900")
        return "pooling_area" if own_level else None
    return "pooling_area" if city == other_city else "province"

"""Regions side by side: what each says of a topic on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongji.policy.pack import Pack, Qualifiers, Region
from gongji.policy.questions import questions_of
from gongji.policy.resolve import Ruling, parameters_of, resolve
from gongji.policy.survey import regions_of

WALLET: Final = "wallet"
"""A topic of the matrix alone: the two mechanisms that cross provinces."""
_WALLET_PARAMETERS = ["mechanism.wallet_transfer", "mechanism.wallet_quota"]


@dataclass(frozen=True, slots=True)
class Row:
    """What a region says under one set of qualifiers.

    `rulings` holds the parameters that are spoken of under just these qualifiers; the row without
    any holds those of which nobody speaks too, as unknown.
    """

    region: Region
    when: Qualifiers
    rulings: Mapping[str, Ruling]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The regions by code, each in one row or several, under the same parameters."""

    topic: str
    on: date
    parameters: tuple[str, ...]
    rows: tuple[Row, ...]


def matrix(pack: Pack, topic: str, on: date) -> Matrix:
    """Return what every region says of the topic on the day.

    Of premiums, those of past years of benefit are left out.
    """
    regions = regions_of(pack)
    if topic == WALLET:
        parameters = _WALLET_PARAMETERS
    else:
        spoken = {name for region in regions for name in parameters_of(pack, region.code)}
        parameters = sorted(name for name in spoken if name.partition(".")[0] == topic)
    rows = [row for region in regions for row in _rows(pack, region, parameters, on)]
    return Matrix(topic, on, tuple(parameters), tuple(rows))


def _rows(pack: Pack, region: Region, parameters: list[str], on: date) -> list[Row]:
    spoken: dict[Qualifiers, list[str]] = {(): []}
    for parameter in parameters:
        sets = questions_of(pack, parameter, region.code)
        for when in [when for when in sets if not _is_past(when, on.year)] or [()]:
            spoken.setdefault(when, []).append(parameter)
    return [
        Row(
            region, when, {name: resolve(pack, name, region.code, dict(when), on) for name in names}
        )
        for when, names in spoken.items()
        if names
    ]


def _is_past(when: Qualifiers, year: int) -> bool:
    return max(dict(when).get("year", {str(year)})) < str(year)

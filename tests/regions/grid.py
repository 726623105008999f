"""The grid of a region: what its rules answer to every relation and purpose on four days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.engine.facts import Beneficiary, Holder, Request
from gongji.policy.pack import NATION, Pack, Region
from gongji.words.areas import short_name
from gongji.words.purposes import PURPOSES

GRIDS: Final = Path(__file__).parent / "grids"
DAYS: Final = (date(2023, 6, 1), date(2024, 12, 31), date(2025, 9, 22), date(2026, 7, 1))
RELATIONS: Final = (
    "spouse",
    "parent",
    "child",
    "sibling",
    "grandparent",
    "grandchild",
    "parent_in_law",
    "child_in_law",
)
LETTERS: Final = {Verdict.ELIGIBLE: "Y", Verdict.INELIGIBLE: "n", Verdict.UNKNOWN: "?"}
HEADS: Final = {
    "outpatient": "op",
    "inpatient": "ip",
    "pharmacy": "ph",
    "resident_premium": "rp",
    "long_term_care_premium": "lp",
    "large_sum_premium": "ls",
    "employee_premium": "ep",
    "commercial_supplement": "cs",
    "vaccine": "va",
    "checkup": "ck",
    "other": "ot",
}
"""What stands over the column of each purpose."""


def grid_of(pack: Pack, region: Region) -> str:
    """Return the grid of the region, as it is kept in its file."""
    area = area_of(region)
    lines = [
        f"{region.name}: an employee insured in {area} {short_name(area)} pays for a resident "
        "insured there,",
        "with nothing else said. " + ", ".join(f"{LETTERS[said]} {said}" for said in Verdict),
        "",
        *_legend(),
    ]
    for day in DAYS:
        lines += ["", *_table(pack, area, day)]
    return "\n".join(lines) + "\n"


def area_of(region: Region) -> str:
    """Return the area asked about: the capital, or the region where it is one pooling area."""
    if region.pooling == "region" or region.code == NATION:
        return region.code
    return region.code[:2] + "0100"


def _legend() -> Iterator[str]:
    named = [f"{HEADS[purpose]} {purpose}" for purpose in PURPOSES.codes]
    for start in range(0, len(named), 4):
        yield ", ".join(named[start : start + 4])


def _table(pack: Pack, area: str, day: date) -> Iterator[str]:
    yield _row(str(day), (HEADS[purpose] for purpose in PURPOSES.codes))
    for relation in RELATIONS:
        letters = (_letter(pack, area, day, relation, purpose) for purpose in PURPOSES.codes)
        yield _row(relation, letters)


def _row(head: str, cells: Iterator[str]) -> str:
    return f"{head:<13}" + "".join(f" {cell:<2}" for cell in cells).rstrip()


def _letter(pack: Pack, area: str, day: date, relation: str, purpose: str) -> str:
    request = Request(
        on=day,
        relation=relation,
        purpose=purpose,
        holder=Holder(area, "employee"),
        beneficiary=Beneficiary(area, "resident"),
    )
    return LETTERS[decide(request, pack).verdict]

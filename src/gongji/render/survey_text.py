"""The regions of the rule files: how far each is covered, and when its sources were last read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from gongji.policy.pack import Region
from gongji.policy.survey import CORE, Survey
from gongji.render.language import _
from gongji.render.tables import table_lines
from gongji.render.wording import area_word

REGION: Final = "gongji.region/1"
STALE: Final = "gongji.stale-region/1"


def survey_data(found: Survey, on: date, digest: str) -> dict[str, Any]:
    """Return what the files hold of a region as plain JSON; shares are text, 1 being all."""
    return {
        "schema": REGION,
        "code": found.region.code,
        "name": found.region.name,
        "pinyin": found.region.pinyin,
        "on": str(on),
        "reviewed": str(found.region.reviewed),
        "clauses": found.clauses,
        "newest_source": None if found.newest is None else str(found.newest),
        "share_cited": _share(found.cited),
        "share_inherited": _share(found.inherited),
        "share_unknown": _share(found.unknown),
        "cited": list(found.cited),
        "inherited": list(found.inherited),
        "unknown": list(found.unknown),
        "rules": digest,
    }


def survey_lines(surveys: Iterable[Survey], width: int) -> list[str]:
    """Return a row for every region, and what the shares are shares of."""
    head = (
        *(_("code"), _("region"), _("reviewed"), _("clauses")),
        *(_("cited"), _("inherited"), _("unknown"), _("newest")),
    )
    rows = [
        (
            *(found.region.code, area_word(found.region.code), str(found.region.reviewed)),
            str(found.clauses),
            *(_percent(names) for names in (found.cited, found.inherited, found.unknown)),
            "–" if found.newest is None else str(found.newest),
        )
        for found in surveys
    ]
    told = _("of {count} core values: cited by the region's own clauses, inherited, unknown")
    return [*table_lines(head, rows, width), "", told.format(count=len(CORE))]


def stale_data(region: Region, on: date) -> dict[str, Any]:
    """Return a region whose sources were read long ago, as plain JSON; the age is in days."""
    return {
        "schema": STALE,
        "code": region.code,
        "name": region.name,
        "on": str(on),
        "reviewed": str(region.reviewed),
        "age_days": (on - region.reviewed).days,
    }


def stale_lines(regions: Iterable[Region], on: date, width: int) -> list[str]:
    """Return a row for every such region."""
    rows = [
        (
            region.code,
            area_word(region.code),
            str(region.reviewed),
            str((on - region.reviewed).days),
        )
        for region in regions
    ]
    return table_lines((_("code"), _("region"), _("reviewed"), _("days ago")), rows, width)


def _share(names: tuple[str, ...]) -> str:
    return f"{len(names) / len(CORE):.2f}"


def _percent(names: tuple[str, ...]) -> str:
    return f"{len(names) / len(CORE):.0%}"

"""Totals of what was paid, as data and for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongji.acts.totals import Group, Total, by_year
from gongji.render.language import _
from gongji.render.paid_text import paid_data, paid_parts
from gongji.render.tables import table_lines
from gongji.render.wording import word
from gongji.words.money import format_yuan


def totals_data(
    totals: Mapping[Group, Total],
    *,
    person: str | None,
    since: date | None,
    until: date | None,
    purpose: str | None,
) -> dict[str, Any]:
    """Return the totals as plain JSON, and which records were asked for."""
    return {
        "schema": "gongji.totals/1",
        "person": person,
        "from": since and str(since),
        "to": until and str(until),
        "purpose": purpose,
        "groups": [{**group._asdict(), **_total(total)} for group, total in totals.items()],
        "years": [{"year": year, **_total(total)} for year, total in by_year(totals).items()],
    }


def _total(total: Total) -> dict[str, Any]:
    return {**paid_data(total.paid), "claimed": format_yuan(total.claimed_fen)}


def totals_lines(totals: Mapping[Group, Total], width: int) -> list[str]:
    """Return a table of the groups, after those of a year their sum."""
    head = (_("year"), _("person"), _("purpose"), _("yuan"), _("how"))
    rows = []
    for year, of_year in by_year(totals).items():
        groups = [(group, total) for group, total in totals.items() if group.year == year]
        rows += [
            (str(year), group.person, word("purpose", group.purpose), *_sum(total))
            for group, total in groups
        ]
        if len(groups) > 1:
            rows.append((str(year), _("in all"), "", *_sum(of_year)))
    return table_lines(head, rows, width) if rows else [_("nothing was paid")]


def _sum(total: Total) -> tuple[str, str]:
    parts = paid_parts(total.paid)
    how = " + ".join(parts)
    if total.claimed_fen:
        told = _("{how}; {yuan} of the cash claimed back")
        how = told.format(how=how, yuan=format_yuan(total.claimed_fen))
    return format_yuan(total.paid.total()), how

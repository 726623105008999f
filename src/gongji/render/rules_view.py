"""What the rules say of one area on one day, gathered for showing."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongji.policy.pack import Pack, Qualifiers
from gongji.policy.parameters import Kind, kind_of
from gongji.policy.resolve import Ruling, collect, parameters_of, qualifiers_of, resolve
from gongji.render import as_json
from gongji.render.rules_text import RulesView
from gongji.words.areas import province_of

RULES = "gongji.rules/1"


def view_of(pack: Pack, area: str, on: date) -> RulesView:
    """Return every value that holds in the area on the day, and everything that is not known."""
    names = parameters_of(pack, area)
    collections = [name for name in names if kind_of(name) is Kind.COLLECTION]
    rulings = tuple(
        (name, when, _ruled(pack, name, area, when, on))
        for name in names
        if name not in collections
        for when in qualifiers_of(pack, name, area)
    )
    collected = tuple(
        statement for topic in collections for statement in collect(pack, topic, area, {}, on)
    )
    return RulesView(area, on, pack.region(province_of(area)), rulings, collected)


def _ruled(pack: Pack, name: str, area: str, when: Qualifiers, on: date) -> Ruling:
    return resolve(pack, name, area, dict(when), on)


def view_data(view: RulesView, digest: str) -> dict[str, Any]:
    """Return the view as plain JSON."""
    region = view.region
    return {
        "schema": RULES,
        "area": view.area,
        "on": str(view.on),
        "region": None
        if region is None
        else {
            "code": region.code,
            "name": region.name,
            "reviewed": str(region.reviewed),
            "pooling": region.pooling,
            "summary": region.summary,
            "summary_en": region.summary_en,
        },
        "values": [as_json.ruling(ruling, when) for _name, when, ruling in view.rulings],
        "collected": [
            {
                "topic": statement.parameter,
                "area": statement.area,
                **dict(as_json.plain(dict(statement.value))),
                "clause": as_json.clause(statement.clause),
            }
            for statement in view.collected
        ],
        "rules": digest,
    }

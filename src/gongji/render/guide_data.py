"""The guide to doing one thing in one area, as plain data."""

from __future__ import annotations

from typing import Any, Final

from gongji.policy.guide import Guide, Said
from gongji.policy.guide_parts import HOTLINE
from gongji.render import as_json
from gongji.render.guide_words import NAMES, WARNING, general_steps

GUIDE: Final = "gongji.guide/1"


def guide_data(guide: Guide, digest: str) -> dict[str, Any]:
    """Return the guide as plain JSON; `digest` is that of the rules it was read from."""
    region = guide.region
    return {
        "schema": GUIDE,
        "action": guide.action,
        "area": guide.area,
        "on": str(guide.on),
        "region": None
        if region is None
        else {"code": region.code, "name": region.name, "reviewed": str(region.reviewed)},
        "hotline": HOTLINE,
        "warning": WARNING.format(hotline=HOTLINE),
        "mechanisms": list(guide.mechanisms),
        "channels_do_it": guide.does_it,
        "parts": [
            {"part": part.name, "year": part.year, "values": [_value(said) for said in part.said]}
            for part in guide.parts
        ],
        "general_steps": [
            {"of": kind or None, "steps": list(steps)} for kind, steps in general_steps(guide)
        ],
        "names": list(NAMES) if guide.tells_names else [],
        "unknown": [_unknown(said) for said in guide.unknown],
        "own_rules": list(guide.elsewhere),
        "rules": digest,
    }


def _value(said: Said) -> dict[str, Any]:
    return {"parameter": said.parameter, **as_json.ruling(said.ruling, said.when)}


def _unknown(said: Said) -> dict[str, Any]:
    when = {name: sorted(words) for name, words in said.when}
    return {"parameter": said.parameter, "when": when, "why": said.ruling.why}

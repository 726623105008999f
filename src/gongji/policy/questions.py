"""Under which qualifiers a reader asks for a parameter, one mechanism at a time."""

from __future__ import annotations

from gongji.policy.pack import Pack, Qualifiers
from gongji.policy.resolve import qualifiers_of


def questions_of(pack: Pack, parameter: str, area: str) -> list[Qualifiers]:
    """Return the sets of qualifiers under which `parameter` is spoken of for `area`.

    A clause on two mechanisms makes two sets: a narrower one may speak of only one of them.
    """
    found: dict[Qualifiers, None] = {}
    for when in qualifiers_of(pack, parameter, area):
        others = [(name, words) for name, words in when if name != "mechanism"]
        for mechanism in sorted(dict(when).get("mechanism", ())):
            found[tuple(sorted([*others, ("mechanism", frozenset({mechanism}))], key=_name))] = None
        if len(others) == len(when):
            found[when] = None
    return list(found)


def _name(qualifier: tuple[str, frozenset[str]]) -> str:
    return qualifier[0]

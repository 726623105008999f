"""What differs: the rules of an area between two days, and the clauses of two sets of files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongji.policy.pack import Clause, Pack, Qualifiers, Statement
from gongji.policy.parameters import Kind, kind_of
from gongji.policy.questions import questions_of
from gongji.policy.resolve import Ruling, collect, parameters_of, resolve


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter whose value, under the same qualifiers, is another on the second day."""

    parameter: str
    when: Qualifiers
    before: Ruling
    after: Ruling


@dataclass(frozen=True, slots=True)
class DaysDifference:
    """What changed in an area between two days.

    `ended` and `begun` are statements of the topics that add up: channels, materials, standing
    rules.
    """

    area: str
    before: date
    after: date
    changes: tuple[Change, ...]
    ended: tuple[Statement, ...]
    begun: tuple[Statement, ...]


def between_days(pack: Pack, area: str, before: date, after: date) -> DaysDifference:
    """Return what is otherwise in the area on the day `after` than on the day `before`."""
    names = parameters_of(pack, area)
    collections = [name for name in names if kind_of(name) is Kind.COLLECTION]
    asked = [
        Change(name, when, *(resolve(pack, name, area, dict(when), on) for on in (before, after)))
        for name in names
        if name not in collections
        for when in questions_of(pack, name, area)
    ]
    old, new = (
        [said for topic in collections for said in collect(pack, topic, area, {}, on)]
        for on in (before, after)
    )
    return DaysDifference(
        area,
        before,
        after,
        changes=tuple(change for change in asked if _said(change.before) != _said(change.after)),
        ended=tuple(statement for statement in old if statement not in new),
        begun=tuple(statement for statement in new if statement not in old),
    )


def _said(ruling: Ruling) -> tuple[Any, frozenset[str]]:
    return ruling.value, ruling.doubtful


@dataclass(frozen=True, slots=True)
class Saying:
    """A clause with all that it sets: the areas, and a value for each parameter and qualifiers."""

    clause: Clause
    areas: frozenset[str]
    values: Mapping[tuple[str, Qualifiers], Any]


@dataclass(frozen=True, slots=True)
class PacksDifference:
    """What changed between two packs, clause by clause, in the order of their ids."""

    added: tuple[Saying, ...]
    removed: tuple[Saying, ...]
    changed: tuple[tuple[Saying, Saying], ...]


def between_packs(before: Pack, after: Pack) -> PacksDifference:
    """Return which clauses `after` adds, leaves out or words otherwise.

    A clause is known by its region and id. Of several layers that hold one id the last counts.
    """
    old, new = _sayings(before), _sayings(after)
    for key in sorted(old.keys() & new.keys()):
        if _content(old[key]) == _content(new[key]):
            del old[key], new[key]
    _leave_out_renumbered(old, new)
    return PacksDifference(
        added=tuple(new[key] for key in sorted(new.keys() - old.keys())),
        removed=tuple(old[key] for key in sorted(old.keys() - new.keys())),
        changed=tuple((old[key], new[key]) for key in sorted(old.keys() & new.keys())),
    )


_Key = tuple[str, str]
"""(region, id)"""


def _leave_out_renumbered(old: dict[_Key, Saying], new: dict[_Key, Saying]) -> None:
    """A clause put before another of the same start changes the number in the other's id."""
    for key in list(old):
        for other in list(new):
            if _unnumbered(key) == _unnumbered(other) and _content(old[key]) == _content(
                new[other]
            ):
                del old[key], new[other]
                break


def _unnumbered(key: _Key) -> _Key:
    region, name = key
    return region, name.partition(".")[0]


def _content(saying: Saying) -> tuple[Any, ...]:
    clause = replace(saying.clause, id="", path="", position=0)
    return clause, saying.areas, saying.values


def _sayings(pack: Pack) -> dict[_Key, Saying]:
    found: dict[_Key, Saying] = {}
    for layer in pack.layers:
        statements: dict[_Key, list[Statement]] = defaultdict(list)
        for statement in layer.statements:
            statements[statement.clause.region, statement.clause.id].append(statement)
        for clause in layer.clauses:
            said = statements[clause.region, clause.id]
            areas = frozenset(statement.area for statement in said)
            values = {(one.parameter, one.when): one.value for one in said}
            found[clause.region, clause.id] = Saying(clause, areas, values)
    return found

"""`resolve`: what a parameter is for an area, under qualifiers, on a day, and which clause says so.

The rulings on layers, dates, gaps and silence are written down in docs/rules/meaning.md; every one
has a test that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from gongji.policy.pack import (
    BINDS,
    HOME,
    HOME_TOPICS,
    NATION,
    UNKNOWN,
    Clause,
    Confidence,
    Layer,
    Pack,
    Qualifiers,
    Statement,
    explicit,
)
from gongji.policy.parameters import Kind, Stance, kind_of, stance_of
from gongji.words.areas import chain
from gongji.words.mechanisms import WALLET_MECHANISMS

OBSERVATION_HOLDS = timedelta(days=31)
"""How long a roll-out state that was only seen is believed after the last day seen."""

Query = Mapping[str, frozenset[str]]
"""What is known of the request, by qualifier name."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer to one question.

    `value` is UNKNOWN where it is not known, and `why` then says so in a word: silent, gap,
    not-found, faded, partial. For a set, `doubtful` holds the members of which it is not known
    whether they belong. `marks` are undated, inherited, disputed, gap.
    """

    parameter: str
    area: str
    value: Any
    doubtful: frozenset[str] = frozenset()
    clauses: tuple[Clause, ...] = ()
    confidence: Confidence = Confidence.HIGH
    marks: frozenset[str] = frozenset()
    why: str | None = None
    qualifiers: int = 0
    """How many qualifiers the statement has: the more, the more it is meant for this request."""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not UNKNOWN


@dataclass(frozen=True, slots=True)
class _Voice:
    """Statements of one area under one set of qualifiers, or the unknown that a file lists."""

    area: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    parameter: str
    area: str
    on: date


def resolve(pack: Pack, parameter: str, area: str, query: Query, on: date) -> Ruling:
    """Return what `parameter` is in `area` on the day `on` (inclusive dates throughout).

    The later layer speaks before the earlier, the narrower area before the wider, the clause with
    more qualifiers before the one with fewer.
    """
    question = _Question(parameter, area, on)
    voices = [voice for layer in reversed(pack.layers) for voice in _voices(layer, question, query)]
    return _hear(voices, question)


def collect(pack: Pack, topic: str, area: str, query: Query, on: date) -> list[Statement]:
    """Return every statement of a collecting topic in force on the day, narrowest area first."""
    question = _Question(topic, area, on)
    return [
        statement
        for layer in reversed(pack.layers)
        for voice in _voices(layer, question, query)
        for statement in voice.statements
        if _covers(statement, None, on)
    ]


def parameters_of(pack: Pack, area: str) -> list[str]:
    """Return the parameters of which any clause or list of unknowns speaks to `area`, sorted."""
    names: set[str] = set()
    for layer in pack.layers:
        names.update(
            parameter
            for parameter, areas in layer.timelines.items()
            if any(code in areas for code in chain(area))
        )
        names.update(name for code in chain(area) for name in layer.unknowns.get(code, ()))
    return sorted(names)


def qualifiers_of(pack: Pack, parameter: str, area: str) -> list[Qualifiers]:
    """Return the sets of qualifiers under which `parameter` is spoken of for `area`.

    What a list of unknowns names is spoken of under none.
    """
    found: dict[Qualifiers, None] = {}
    for layer in pack.layers:
        areas = layer.timelines.get(parameter, {})
        for code in chain(area):
            if parameter in layer.unknowns.get(code, ()):
                found[()] = None
            for when in areas.get(code, {}):
                if (BINDS, frozenset({NATION})) not in when or area == NATION:
                    found[explicit(when)] = None
    return sorted(found, key=lambda when: (len(when), [(n, sorted(ws)) for n, ws in when]))


def _voices(layer: Layer, question: _Question, query: Query) -> Iterator[_Voice]:
    areas = layer.timelines.get(question.parameter, {})
    at_home = query.get("mechanism", frozenset()).isdisjoint(WALLET_MECHANISMS)
    asked = {
        **query,
        BINDS: frozenset({question.area}),
        HOME: frozenset({HOME}) if at_home else frozenset(),
    }
    for code in chain(question.area):
        groups = [
            (when, statements)
            for when, statements in areas.get(code, {}).items()
            if all(words & asked.get(name, frozenset()) for name, words in when)
        ]
        for _, statements in sorted(groups, key=lambda group: _precedence(group[0])):
            yield _Voice(code, statements)
        travels = code == NATION or question.parameter.partition(".")[0] not in HOME_TOPICS
        if question.parameter in layer.unknowns.get(code, ()) and (at_home or travels):
            yield _Voice(code, ())


def _precedence(when: Qualifiers) -> tuple[int, bool]:
    """More qualifiers speak first; for the nation itself, what binds it before what it lends."""
    return -len(explicit(when)), (BINDS, frozenset({NATION})) not in when


def _hear(voices: list[_Voice], question: _Question) -> Ruling:
    if not voices:
        return Ruling(question.parameter, question.area, UNKNOWN, why="silent")
    voice, rest = voices[0], voices[1:]
    if not voice.statements:
        return _hear_unknown(rest, question)
    if kind_of(question.parameter) is Kind.STATE:
        return _hear_states(voice, rest, question)
    return _hear_dated(voice, rest, question)


def _hear_unknown(rest: list[_Voice], question: _Question, clause: Clause | None = None) -> Ruling:
    """A narrower unknown stops a restriction from being inherited, a permission it does not."""
    clauses = () if clause is None else (clause,)
    not_found = Ruling(question.parameter, question.area, UNKNOWN, clauses=clauses, why="not-found")
    if stance_of(question.parameter) is not Stance.PERMISSION:
        return not_found
    heard = _hear(rest, question)
    return not_found if heard.why == "silent" else heard


def _hear_dated(voice: _Voice, rest: list[_Voice], question: _Question) -> Ruling:
    dated = [statement for statement in voice.statements if not statement.clause.undated]
    undated = [statement for statement in voice.statements if statement.clause.undated]
    covering = [
        statement
        for statement, following in _with_following(dated)
        if _covers(statement, following, question.on)
    ]
    speaking = covering or undated
    if speaking and speaking[-1].value is UNKNOWN:
        return _hear_unknown(rest, question, speaking[-1].clause)
    if speaking:
        return _said(question, speaking[-1])
    before = [statement for statement in dated if _begins(statement) <= question.on]
    after = [statement for statement in dated if _begins(statement) > question.on]
    return _between(before[-1:], after[:1], rest, question)


def _between(
    before: list[Statement], after: list[Statement], rest: list[_Voice], question: _Question
) -> Ruling:
    """Return what holds on a day that no clause of this timeline covers."""
    starts_unsurely = bool(after) and not after[0].clause.start_is_exact
    ended_unsurely = bool(before) and not before[0].clause.end_is_exact
    if not (starts_unsurely or ended_unsurely or (before and after)):
        return _hear(rest, question)
    left = _said(question, before[0]) if before else _hear(rest, question)
    right = _said(question, after[0]) if after else _hear(rest, question)
    return _gap(question, left, right)


def _gap(question: _Question, left: Ruling, right: Ruling) -> Ruling:
    joined = Ruling(
        question.parameter,
        question.area,
        UNKNOWN,
        clauses=tuple(
            {(clause.path, clause.id): clause for clause in left.clauses + right.clauses}.values()
        ),
        confidence=min(left.confidence, right.confidence),
        marks=left.marks | right.marks | {"gap"},
        why="gap",
    )
    if left.known and right.known and kind_of(question.parameter) is Kind.SET:
        both = left.value & right.value
        doubtful = (left.value | right.value | left.doubtful | right.doubtful) - both
        return replace(joined, value=both, doubtful=doubtful, why=None)
    if left.known and left.value == right.value:
        return replace(joined, value=left.value, why=None)
    return joined


def _hear_states(voice: _Voice, rest: list[_Voice], question: _Question) -> Ruling:
    """The earliest source that says live wins; the other states are observations that fade."""
    dated = [statement for statement in voice.statements if not statement.clause.undated]
    if not dated:
        return _state_said(question, voice.statements[-1], rest)
    live = [statement for statement in dated if _is_live(statement, question.on)]
    if live:
        return _said(question, live[0])
    seen = _last_observation(dated, question.on)
    if seen is not None:
        return _state_said(question, seen, rest)
    if any(_begins(statement) <= question.on for statement in dated):
        return Ruling(question.parameter, question.area, UNKNOWN, why="faded")
    return _hear(rest, question)


def _is_live(statement: Statement, on: date) -> bool:
    clause = statement.clause
    over = clause.end_is_exact and _ended(statement, on)
    return statement.value == "live" and _begins(statement) <= on and not over


def _last_observation(dated: list[Statement], on: date) -> Statement | None:
    """Return the last observation that holds; a state seen twice held in between."""
    observed = [statement for statement in dated if statement.value != "live"]
    holding = None
    for statement, following in _with_following(observed):
        until = _fades(statement)
        if following is not None and following.value == statement.value:
            until = max(until, _fades(following))
        if _begins(statement) <= on:
            holding = statement if on <= until else None
    return holding


def _with_following(
    statements: list[Statement],
) -> Iterator[tuple[Statement, Statement | None]]:
    """Yield each statement with the one after it, None after the last."""
    return zip_longest(statements, statements[1:])


def _begins(statement: Statement) -> date:
    return statement.clause.start or date.min


def _fades(statement: Statement) -> date:
    clause = statement.clause
    if clause.end is not None:
        return clause.end if clause.end_is_exact else clause.end + OBSERVATION_HOLDS
    if clause.start_is_exact or clause.start is None:
        return date.max
    return clause.start + OBSERVATION_HOLDS


def _state_said(question: _Question, statement: Statement, rest: list[_Voice]) -> Ruling:
    if statement.value is UNKNOWN:
        return _hear_unknown(rest, question)
    said = _said(question, statement)
    return replace(said, value=UNKNOWN, why="partial") if said.value == "partial" else said


def _covers(statement: Statement, following: Statement | None, on: date) -> bool:
    clause = statement.clause
    if clause.start is not None and on < clause.start:
        return False
    if clause.end is not None:
        return on <= clause.end
    return following is None or following.clause.start is None or on < following.clause.start


def _ended(statement: Statement, on: date) -> bool:
    return statement.clause.end is not None and statement.clause.end < on


def _said(question: _Question, statement: Statement) -> Ruling:
    clause = statement.clause
    inherited = clause.region == NATION and question.area != NATION and clause.binds == "default"
    marks = {
        "undated": clause.undated and clause.topic != "premium",
        "inherited": inherited,
        "disputed": bool(clause.dissents),
    }
    weak = marks["undated"] or inherited
    return Ruling(
        question.parameter,
        question.area,
        statement.value,
        clauses=(clause,),
        confidence=min(clause.confidence, Confidence.MEDIUM) if weak else clause.confidence,
        marks=frozenset(name for name, holds in marks.items() if holds),
        qualifiers=len(explicit(statement.when)),
    )

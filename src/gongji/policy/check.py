"""Checks what a schema cannot: sources, areas, overlaps, ties and gaps between clauses.

Every check is a function from a layer (and its files) to problems; all of them run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import combinations, pairwise, zip_longest

from gongji.policy import clause as clauses
from gongji.policy.pack import NATION, Clause, Layer, Qualifiers, Statement, explicit
from gongji.policy.parameters import Kind, kind_of
from gongji.policy.problems import KeyPath, Problem
from gongji.policy.schema import Citation, RuleFile
from gongji.policy.topics import TOPICS
from gongji.words.areas import province_of

Files = Iterable[tuple[str, RuleFile]]
PARAMETERS = frozenset(f"{topic.topic}.{name}" for topic in TOPICS for name in topic.asked())
"""The names that a file's list of unknowns may hold."""


PARAMETERS_OF = {topic.topic: topic.parameters() for topic in TOPICS}
"""The names that a clause of a topic may set."""


def check_layer(layer: Layer, files: Files) -> list[Problem]:
    """Return the problems of the layer, in no particular order, some of them twice."""
    files = list(files)
    problems = [problem for path, file in files for problem in _check_file(path, file)]
    problems += _regions_once(files)
    for parameter, areas in layer.timelines.items():
        if kind_of(parameter) is Kind.COLLECTION:
            continue
        for groups in areas.values():
            for statements in groups.values():
                problems += _timeline(statements)
            problems += _ties(groups)
    return problems


def _check_file(path: str, file: RuleFile) -> Iterator[Problem]:
    yield from _sources(path, file)
    if file.has_region:
        yield from _areas(path, file)
        yield from _binds(path, file)
    yield from _unknowns(path, file)
    newest = max(
        (table.published for table in file.source.values() if table.published), default=None
    )
    if newest is not None and file.region.reviewed < newest:
        values = {"reviewed": str(file.region.reviewed), "newest": str(newest)}
        yield Problem("rule.reviewed-early", path, ("region", "reviewed"), values=values)


def _sources(path: str, file: RuleFile) -> Iterator[Problem]:
    cited: set[str] = set()
    for topic, position, citing in _citing(file):
        places: list[tuple[KeyPath, list[str]]] = [((topic, position, "source"), citing.source)]
        places += [
            ((topic, position, "dispute", number, "source"), entry.source)
            for number, entry in enumerate(citing.dispute)
        ]
        for place, keys in places:
            cited.update(keys)
            for number, key in enumerate(keys):
                if key not in file.source:
                    yield _source_unknown(path, (*place, number), key, sorted(file.source))
    yield from _grounds(path, file)
    for key in sorted(file.source.keys() - cited - file.mentioned):
        yield Problem("rule.source-unused", path, ("source", key), values={"key": key})


def _citing(file: RuleFile) -> Iterator[tuple[str, int, clauses.Clause | Citation]]:
    yield from file.clauses()
    yield from ((torn.topic, torn.position, torn.citation) for torn in file.torn)


def _grounds(path: str, file: RuleFile) -> Iterator[Problem]:
    """A clause that sets a value says from where it knows and how surely."""
    for topic, position, clause in file.clauses():
        if clause.model_fields_set & clause.parameters():
            if not clause.source:
                yield Problem("rule.source-missing", path, (topic, position))
            if "confidence" not in clause.model_fields_set:
                yield Problem("rule.confidence-missing", path, (topic, position))
    for torn in file.torn:
        if torn.keys & PARAMETERS_OF[torn.topic]:
            for name in sorted({"source", "confidence"} - torn.keys):
                yield Problem(f"rule.{name}-missing", path, (torn.topic, torn.position))


def _source_unknown(path: str, place: KeyPath, key: str, known: list[str]) -> Problem:
    near = get_close_matches(key, known, n=1)
    if near:
        return Problem("rule.source-near", path, place, values={"key": key, "near": near[0]})
    return Problem(
        "rule.source-unknown", path, place, values={"key": key, "known": ", ".join(known)}
    )


def _areas(path: str, file: RuleFile) -> Iterator[Problem]:
    region = file.region.code
    if region == NATION:
        return
    for topic, position, citing in _citing(file):
        for number, area in enumerate(citing.area or ()):
            if province_of(area) != region:
                place = (topic, position, "area", number)
                values = {"area": area, "region": region}
                yield Problem("rule.area-foreign", path, place, values=values)


def _binds(path: str, file: RuleFile) -> Iterator[Problem]:
    for topic, position, clause in file.clauses():
        national = file.region.code == NATION and NATION in (clause.area or [NATION])
        if national and clause.binds is None:
            yield Problem("rule.binds-missing", path, (topic, position))
        if not national and clause.binds is not None:
            yield Problem("rule.binds-regional", path, (topic, position, "binds"))


def _unknowns(path: str, file: RuleFile) -> Iterator[Problem]:
    for number, name in enumerate(file.unknown):
        if name.rpartition("/")[2] not in PARAMETERS:
            yield Problem(
                "rule.parameter-foreign", path, ("unknown", number), values={"text": name}
            )


def _regions_once(files: list[tuple[str, RuleFile]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for path, file in files:
        code = file.region.code
        if file.has_region and code in first:
            values = {"code": code, "other": first[code]}
            yield Problem("rule.region-twice", path, ("region", "code"), values=values)
        first.setdefault(code, path)


def _timeline(statements: tuple[Statement, ...]) -> Iterator[Problem]:
    """Check statements of one parameter, area and set of qualifiers, sorted by start."""
    is_state = kind_of(statements[0].parameter) is Kind.STATE
    dated = [statement for statement in statements if not statement.clause.undated]
    undated = [statement for statement in statements if statement.clause.undated]
    for one, other in combinations(undated, 2):
        yield _clash(one, other)
    if is_state:
        return
    for one, other in pairwise(dated):
        end, start = one.clause.end, other.clause.start
        if start is None or (end is not None and end >= start) or one.clause.start == start:
            yield _clash(one, other)
        elif end is None and not other.clause.start_is_exact:
            yield _problem("rule.end-missing", one, other, start=str(start))
        elif _leaves_gap(one.clause, other.clause):
            yield _problem("rule.gap", other, one, end=str(end), start=str(start))


def _leaves_gap(one: Clause, other: Clause) -> bool:
    """Whether days lie between an end and a start that are both said to be exact."""
    if one.end is None or other.start is None:
        return False
    exact = one.end_is_exact and other.start_is_exact
    return exact and one.end + timedelta(days=1) < other.start


def _clash(one: Statement, other: Statement) -> Problem:
    same = one.value == other.value
    return _problem("rule.repeated" if same else "rule.overlap", other, one)


def _ties(groups: object) -> Iterator[Problem]:
    assert isinstance(groups, dict)
    for (when, ones), (other_when, others) in combinations(groups.items(), 2):
        if not _may_tie(when, other_when):
            continue
        for one, first, last in _spans(ones):
            for other, other_first, other_last in _spans(others):
                if one.value != other.value and first <= other_last and other_first <= last:
                    yield _problem("rule.tie", other, one)


def _may_tie(when: Qualifiers, other: Qualifiers) -> bool:
    """Two sets of qualifiers tie where as many of them can hold of one request."""
    if len(explicit(when)) != len(explicit(other)):
        return False
    mine, theirs = dict(when), dict(other)
    return all(mine[name] & theirs[name] for name in mine.keys() & theirs.keys())


def _spans(statements: tuple[Statement, ...]) -> Iterator[tuple[Statement, date, date]]:
    """Yield each statement with the first and last day on which it can speak.

    An open end lasts to the next clause; a roll-out state that is live outlasts what follows.
    """
    is_state = kind_of(statements[0].parameter) is Kind.STATE
    for statement, following in zip_longest(statements, statements[1:]):
        clause = statement.clause
        last = clause.end or date.max
        if following and following.clause.start and clause.start and not clause.end:
            last = last if is_state else following.clause.start - timedelta(days=1)
        yield statement, clause.start or date.min, last


def _problem(code: str, at: Statement, other: Statement, **values: str) -> Problem:
    clause = at.clause
    place = (clause.topic, clause.position)
    told = {"parameter": at.parameter, "area": at.area, "other": other.clause.id, **values}
    return Problem(code, clause.path, place, values=told)

"""Cases with a known answer, read from `cases/*.ndjson` beside the rule files, and tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from gongji.batch.lines import read_lines, read_object
from gongji.engine.decide import decide
from gongji.engine.decision import Decision, Verdict
from gongji.engine.facts import Request
from gongji.engine.request import BadRequest, parse_request
from gongji.policy.pack import Clause, Pack
from gongji.policy.parameters import Stance, stance_of
from gongji.policy.problems import BadRules, Problem
from gongji.render import as_json
from gongji.render.difference_text import Flip

EXPECTABLE: Final = ("verdict", "mechanism", "confidence", "premium")
"""The keys of an answer that a case may expect; the verdict is always among them."""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A request and what its answer must hold. `place` is "path:line"."""

    id: str
    title: str
    place: str
    request: Request
    expected: Mapping[str, Any]


class Agreement(StrEnum):
    """How the rules' answer stands to the expected one."""

    AGREES = "agrees"
    UNKNOWN = "unknown"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Trial:
    """A case and what the rules answer; `said` is the answer as far as the case expects one."""

    case: KnownCase
    decision: Decision
    said: Mapping[str, Any]

    @property
    def agreement(self) -> Agreement:
        """An unknown where more was expected is counted apart from a contradiction."""
        if self.said == self.case.expected:
            return Agreement.AGREES
        is_unknown = self.decision.verdict is Verdict.UNKNOWN
        return Agreement.UNKNOWN if is_unknown else Agreement.CONTRADICTS


def case_folders(*packs: Pack) -> list[Path]:
    """Return the folders from which the packs were read, in their order, each once."""
    regions = (r for pack in packs for layer in pack.layers for r in layer.regions.values())
    return list(dict.fromkeys(Path(region.path).parent for region in regions))


def read_cases(folders: Iterable[Path]) -> list[KnownCase]:
    """Return the cases of the folders; one of a later folder replaces that of the same id.

    Raises BadRules with every line that holds no case.
    """
    cases: dict[str, KnownCase] = {}
    problems: list[Problem] = []
    for folder in folders:
        found: dict[str, KnownCase] = {}
        for path in sorted((folder / "cases").glob("*.ndjson")):
            for case in _cases_of(path, problems):
                if case.id in found:
                    problems.append(_problem(case.place, BadRequest("line.key-twice", "id")))
                found[case.id] = case
        cases |= found
    if problems:
        raise BadRules(tuple(problems))
    return list(cases.values())


def try_cases(cases: Iterable[KnownCase], pack: Pack) -> Iterator[Trial]:
    """Yield every case with what the rules answer."""
    for case in cases:
        decision = decide(case.request, pack)
        said = as_json.decision(decision)
        yield Trial(case, decision, {name: said[name] for name in case.expected})


def unexercised(decisions: Iterable[Decision], cited: Iterable[str], pack: Pack) -> list[Clause]:
    """Return the clauses that no decision looked at and no story cites.

    Those that inform and decide nothing are left out.
    """
    seen = {
        (clause.path, clause.id)
        for decision in decisions
        for finding in (*decision.candidates, *decision.alternatives)
        for check in finding.checks
        for ruling in check.rulings
        for clause in ruling.clauses
    }
    told = set(cited)
    return [
        clause
        for layer in pack.layers
        for clause in layer.clauses
        if stance_of(clause.topic) is not Stance.INFORMATION
        and clause.id not in told
        and (clause.path, clause.id) not in seen
    ]


def flips(
    cases: Iterable[KnownCase],
    before: Callable[[Request], Decision],
    after: Callable[[Request], Decision],
) -> list[Flip]:
    """Return the cases that two ways of deciding answer with different verdicts."""
    asked = (
        Flip(case.id, case.title, before(case.request).verdict, after(case.request).verdict)
        for case in cases
    )
    return [flip for flip in asked if flip.before is not flip.after]


def _cases_of(path: Path, problems: list[Problem]) -> Iterator[KnownCase]:
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(read_lines(stream), 1):
                place = f"{path}:{number}"
                try:
                    yield _case(place, read_object(line))
                except BadRequest as problem:
                    problems.append(_problem(place, problem))
    except OSError as error:
        cause = {"cause": error.strerror or ""}
        problems.append(Problem("rule.unreadable", str(path), values=cause))


def _case(place: str, data: dict[str, Any]) -> KnownCase:
    for key in ("id", "request", "expected"):
        if key not in data:
            raise BadRequest("request.key-missing", key)
    for key in ("id", "title"):
        if not isinstance(data.get(key, ""), str):
            raise BadRequest("request.type", key, wanted="text")
    expected = data["expected"]
    if not isinstance(expected, dict):
        raise BadRequest("request.type", "expected", wanted="an object")
    for key in expected.keys() - EXPECTABLE:
        raise BadRequest("request.key-unknown", f"expected.{key}"[:80])
    if expected.get("verdict") not in list(Verdict):
        raise BadRequest("request.key-missing", "expected.verdict")
    request = parse_request(data["request"], date.min)
    if request.on == date.min:
        raise BadRequest("request.key-missing", "on")
    return KnownCase(data["id"], data.get("title", ""), place, request, expected)


def _problem(place: str, problem: BadRequest) -> Problem:
    path, _colon, line = place.rpartition(":")
    key = tuple((problem.key or "").split("."))
    return Problem(problem.code, path, key, line=int(line), column=1, values=problem.values)

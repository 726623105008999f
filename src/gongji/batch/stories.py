"""Stories: whole households told in `stories/*.toml` beside the rule files, and told again.

A story has people, steps in the words of the commands, and after each step what must come of it:
how the money moved, or which checks refused it. It cites the clauses that it is about.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from gongji.acts.commands import Done, perform, read_command
from gongji.acts.forms import Scene
from gongji.acts.outcome import Asked, Misfit, Refused
from gongji.engine.decision import Verdict
from gongji.engine.request import BadRequest
from gongji.ledger.books import Books
from gongji.ledger.errors import LedgerError
from gongji.ledger.records import Record
from gongji.policy.pack import Pack
from gongji.policy.problems import BadRules, Problem
from gongji.words.money import format_yuan
from gongji.words.names import BadName

KEYS: Final = {"title", "begins", "cites", "person", "step"}
EXPECTABLE: Final = {"postings", "records", "fields", "refused", "unknown", "error", "balances"}
"""What may stand under `then`: how the money moved, or why nothing was done."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command as data, what it tells, and what must come of it (None: it must be done)."""

    number: int
    tells: str
    asked: Mapping[str, Any]
    then: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Story:
    """A story by the name of its file; `cites` are the clauses that it is about."""

    id: str
    title: str
    path: str
    cites: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A step that came out otherwise; number 0 speaks of what the story cites."""

    number: int
    tells: str
    expected: Any
    came: Any


@dataclass(frozen=True, slots=True)
class Telling:
    """A story told again: what differed, and every decision on the way."""

    story: Story
    differences: tuple[Difference, ...]
    asked: tuple[Asked, ...]


def read_stories(folders: Iterable[Path]) -> list[Story]:
    """Return the stories of the folders; one of a later folder replaces that of the same name.

    Raises BadRules with every file that holds none.
    """
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted((folder / "stories").glob("*.toml")):
            try:
                stories[path.stem] = _story(path, tomllib.loads(path.read_text("utf-8")))
            except (OSError, ValueError, Untold) as error:
                values = {"cause": str(error), "key": "step"}
                problems.append(Problem("rule.type", str(path), values=values))
    if problems:
        raise BadRules(tuple(problems))
    return list(stories.values())


def tell(story: Story, pack: Pack, books: Books) -> Telling:
    """Return what came of the story on empty books that are open for writing."""
    differences = [*_not_cited(story, pack)]
    asked: list[Asked] = []
    for step in story.steps:
        came, on_the_way = _came(step, pack, books)
        asked += on_the_way
        expected = {"done": True} if step.then is None else _plain(step.then)
        if came != expected:
            differences.append(Difference(step.number, step.tells, expected, came))
    return Telling(story, tuple(differences), tuple(asked))


class Untold(Exception):
    """A file that is no story, and why."""


def _story(path: Path, data: Mapping[str, Any]) -> Story:
    _check_keys(data, KEYS, "")
    for key in ("title", "begins", "cites", "step"):
        if key not in data:
            raise Untold(f"`{key}` is missing")
    if not isinstance(data["begins"], date):
        raise Untold("`begins` is no day: write it without quotes")
    people = [_arrival(number, each, data["begins"]) for number, each in _numbered(data, "person")]
    steps = [_step(number, each) for number, each in _numbered(data, "step")]
    return Story(path.stem, str(data["title"]), str(path), tuple(data["cites"]), (*people, *steps))


def _numbered(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, each in enumerate(data.get(key, ()), 1):
        if not isinstance(each, dict):
            raise Untold(f"`{key}` {number} is no table")
        yield number, each


def _arrival(number: int, person: dict[str, Any], begins: date) -> Step:
    known = {"do": "person-add", "on": begins, **person, "person": person.get("name")}
    del known["name"]
    return Step(-number, f"{person.get('name')}", _in_json(known), None)


def _step(number: int, step: dict[str, Any]) -> Step:
    for key in ("tells", "do", "on"):
        if key not in step:
            raise Untold(f"step {number}: `{key}` is missing")
    then = step.get("then", {})
    _check_keys(then, EXPECTABLE, f"step {number}, then: ")
    asked = {key: value for key, value in step.items() if key not in ("tells", "then")}
    return Step(number, str(step["tells"]), _in_json(asked), then)


def _check_keys(data: Mapping[str, Any], known: set[str], place: str) -> None:
    for key in data:
        if key not in known:
            raise Untold(f"{place}unknown key `{key}` (known: {', '.join(sorted(known))})")


def _in_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments as a line of commands has them: days as text."""
    return {key: str(value) if isinstance(value, date) else value for key, value in data.items()}


def _plain(then: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is expected in the shape of what comes; where no money is named, none moves."""
    expected = {
        key: sorted(value) if key in ("refused", "unknown") else value
        for key, value in then.items()
    }
    if not expected.keys() & {"refused", "unknown", "error", "records"}:
        expected.setdefault("postings", {})
    return expected


def _came(step: Step, pack: Pack, books: Books) -> tuple[dict[str, Any], tuple[Asked, ...]]:
    scene = Scene(date.min, lambda: pack, lambda _number: {})
    then = step.then
    asked: tuple[Asked, ...] = ()
    came: dict[str, Any]
    try:
        done = perform(books, read_command(step.asked, scene))
        asked = tuple(one for plan in done.plans for one in plan.asked)
        came = {"done": True} if then is None else _done(done, then, step.asked["do"])
    except Refused as refused:
        asked = refused.asked
        came = _refused(refused)
    except (Misfit, BadRequest) as problem:
        came = {"error": problem.code}
    except BadName as problem:
        came = {"error": f"name.{problem.reason}"}
    except LedgerError as error:
        came = {"error": f"ledger.{error.code}"}
    if then and "balances" in then:
        came["balances"] = {name: format_yuan(books.balance(name)) for name in then["balances"]}
    return came, asked


def _done(done: Done, then: Mapping[str, Any], do: str) -> dict[str, Any]:
    if do == "settle":
        records = [{"do": each.do, "postings": _postings(each)} for each in done.records]
        return {"records": records}
    (record,) = done.records
    came: dict[str, Any] = {"postings": _postings(record)}
    if "fields" in then:
        came["fields"] = {name: record.fields.get(name) for name in then["fields"]}
    return came


def _postings(record: Record) -> dict[str, str]:
    moved: Counter[str] = Counter()
    for posting in record.postings:
        moved[posting.account] += posting.fen
    return {account: format_yuan(fen) for account, fen in moved.items() if fen}


def _refused(refused: Refused) -> dict[str, Any]:
    """Return the checks that stood in the way, of all whom it was about."""
    outcome = "unknown" if refused.verdict is Verdict.UNKNOWN else "fail"
    checks = {
        check.name
        for one in refused.asked
        for _finding, check in one.decision.reasons
        if check.outcome == outcome
    }
    return {"unknown" if outcome == "unknown" else "refused": sorted(checks)}


def _not_cited(story: Story, pack: Pack) -> Iterator[Difference]:
    known = {clause.id for layer in pack.layers for clause in layer.clauses}
    for clause in story.cites:
        if clause not in known:
            yield Difference(0, story.title, clause, None)

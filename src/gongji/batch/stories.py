"""Stories: whole households told in `stories/*.toml` beside the rule files, and told again.

A story has people, steps in the words of the commands, and after each step what must come of it:
how the money moved, or which checks refused it. It cites the clauses that it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Final, TypeVar

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
from gongji.policy.reading import content_of, text_of
from gongji.policy.toml_text import tables_of
from gongji.words.money import format_yuan
from gongji.words.names import BadName

KEYS: Final = {"title", "begins", "cites", "person", "step"}
EXPECTABLE: Final = {"postings", "records", "fields", "refused", "unknown", "error", "balances"}
"""What may stand under `then`: how the money moved, or why nothing was done."""
FORMS: Final[Mapping[type, str]] = {str: "text", list: "list", dict: "table"}

T = TypeVar("T", str, list[Any], dict[str, Any])


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
                stories[path.stem] = _story(path, _tables(path))
            except Untold as error:
                values = {"cause": str(error), "key": "step"}
                problems.append(Problem("rule.type", str(path), values=values))
            except BadRules as error:
                problems += error.problems
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


def _tables(path: Path) -> dict[str, Any]:
    """Return what the file says. Raises BadRules where it is no TOML."""
    content = content_of(path)
    if isinstance(content, Problem):
        raise BadRules((content,))
    text, problems = text_of(path, content)
    if text is None or problems:
        raise BadRules(tuple(problems))
    try:
        return tables_of(text)
    except (ValueError, RecursionError) as error:
        from gongji.policy.complaints import of_syntax

        raise BadRules((of_syntax(str(path), text, error),)) from None


def _story(path: Path, data: Mapping[str, Any]) -> Story:
    _check_keys(data, KEYS, "")
    for key in ("title", "begins", "cites", "step"):
        if key not in data:
            raise Untold(f"`{key}` is missing")
    if type(data["begins"]) is not date:
        raise Untold("`begins` is no day: write it without quotes")
    told = _in_json(data, "")
    people = [_arrival(number, each, told["begins"]) for number, each in _tables_in(told, "person")]
    steps = [_step(number, each) for number, each in _tables_in(told, "step")]
    title, cites = _of(str, told["title"], "`title`"), _texts(told["cites"], "`cites`")
    return Story(path.stem, title, str(path), cites, (*people, *steps))


def _tables_in(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, each in enumerate(_of(list, data.get(key, []), f"`{key}`"), 1):
        yield number, _of(dict, each, f"`{key}` {number}")


def _arrival(number: int, person: dict[str, Any], begins: str) -> Step:
    name = _of(str, person.get("name"), f"person {number}: `name`")
    known = {key: value for key, value in person.items() if key != "name"}
    return Step(-number, name, {"do": "person-add", "on": begins, **known, "person": name}, None)


def _step(number: int, step: dict[str, Any]) -> Step:
    place = f"step {number}"
    for key in ("tells", "do", "on"):
        if key not in step:
            raise Untold(f"{place}: `{key}` is missing")
    tells = _of(str, step["tells"], f"{place}: `tells`")
    then = _of(dict, step.get("then", {}), f"{place}: `then`")
    _check_keys(then, EXPECTABLE, f"{place}, then: ")
    for key in ("refused", "unknown"):
        _texts(then.get(key, []), f"{place}, then: `{key}`")
    for key in ("fields", "balances"):
        _of(dict, then.get(key, {}), f"{place}, then: `{key}`")
    asked = {key: value for key, value in step.items() if key not in ("tells", "then")}
    return Step(number, tells, asked, then)


def _check_keys(data: Mapping[str, Any], known: set[str], place: str) -> None:
    for key in data:
        if key not in known:
            raise Untold(f"{place}unknown key `{key}` (known: {', '.join(sorted(known))})")


def _of(kind: type[T], value: object, place: str) -> T:
    if not isinstance(value, kind):
        raise Untold(f"{place} is no {FORMS[kind]}")
    return value


def _texts(value: object, place: str) -> tuple[str, ...]:
    return tuple(_of(str, each, f"{place}: an entry") for each in _of(list, value, place))


def _in_json(value: Any, place: str) -> Any:
    """Return a value as a line of commands has it: days and times of day as text."""
    match value:
        case dict():
            return {key: _in_json(each, f"`{key}`") for key, each in value.items()}
        case list():
            return [_in_json(each, place) for each in value]
        case date() | time():
            return str(value)
        case float():
            raise Untold(f'{place} is a fraction: write an amount as text, such as "12.50"')
        case _:
            return value


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

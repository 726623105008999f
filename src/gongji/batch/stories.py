"""Stories: whole households told in `stories/*.toml` beside the rule files, and told again.

A story has people, steps in the words of the commands, and after each step what must come of it:
how the money moved, or which checks refused it. It cites the clauses that it is about.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
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
from gongji.policy.complaints import of_syntax
from gongji.policy.pack import Pack
from gongji.policy.positions import locator
from gongji.policy.problems import SHAPES, UNREADABLE, BadRules, KeyPath, Problem
from gongji.words.money import format_yuan
from gongji.words.names import BadName

KEYS: Final = {"title", "begins", "cites", "person", "step"}
EXPECTABLE: Final[Mapping[str, type[Any]]] = {
    **dict.fromkeys(("postings", "fields", "balances"), dict),
    **dict.fromkeys(("records", "refused", "unknown"), list),
    "error": str,
}
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
                text = path.read_bytes().decode()
                stories[path.stem] = _story(path, tomllib.loads(text))
            except Untold as untold:
                line, column = locator(text)(untold.key)
                place = {"line": line, "column": column}
                found = Problem(untold.code, str(path), untold.key, **place, values=untold.values)
                problems.append(found)
            except OSError as error:
                cause = UNREADABLE.get(error.errno or 0) or error.strerror or str(error)
                problems.append(Problem("rule.unreadable", str(path), values={"cause": cause}))
            except UnicodeDecodeError:
                problems.append(Problem("rule.encoding", str(path)))
            except (ValueError, RecursionError) as error:
                problems.append(of_syntax(str(path), text, error))
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
    """A file that is no story: the code, the key and the values of what is wrong."""

    def __init__(self, code: str, key: KeyPath, **values: str) -> None:
        super().__init__(code, key, values)
        self.code = code
        self.key = key
        self.values = {"key": str(key[-1]), **values}


def _story(path: Path, data: Mapping[str, Any]) -> Story:
    _check_keys(data, KEYS, ())
    title, begins = _get(data, "title", str, ()), _get(data, "begins", date, ())
    people = [_arrival(*each, begins) for each in _tables(data, "person", [])]
    steps = [_step(*each) for each in _tables(data, "step")]
    cites = tuple(_each(_get(data, "cites", list, ()), str, ("cites",)))
    return Story(path.stem, title, str(path), cites, (*people, *steps))


def _get(table: Mapping[str, Any], name: str, kind: type[Any], at: KeyPath, *absent: Any) -> Any:
    """Return a value of the kind, `absent` if it may be missing and is. Raises Untold."""
    key = (*at, name)
    if name not in table:
        if absent:
            return absent[0]
        raise Untold("rule.key-missing", key)
    return _of(table[name], kind, key)


def _of(value: Any, kind: type[Any], key: KeyPath) -> Any:
    if isinstance(value, kind):
        return value
    if kind is date and isinstance(value, str):
        raise Untold("rule.date-text", key)
    (found, _example), (wanted, example) = (
        SHAPES.get(name, SHAPES["other"]) for name in (type(value).__name__, kind.__name__)
    )
    shown = example.replace("{key}", str(key[-1]))
    raise Untold("rule.shape", key, found=found, wanted=wanted, example=shown)


def _each(values: list[Any], kind: type[Any], key: KeyPath) -> list[Any]:
    return [_of(value, kind, (*key, number)) for number, value in enumerate(values)]


def _tables(
    data: Mapping[str, Any], name: str, *absent: list[Any]
) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    for number, each in enumerate(_each(_get(data, name, list, (), *absent), dict, (name,))):
        yield (name, number), each


def _arrival(at: KeyPath, person: dict[str, Any], begins: date) -> Step:
    name = _get(person, "name", str, at)
    known = {"do": "person-add", "on": begins, **person, "person": name}
    del known["name"]
    return Step(-_number(at), name, _in_json(known), None)


def _step(at: KeyPath, step: dict[str, Any]) -> Step:
    tells, _do, _on = (
        _get(step, name, kind, at) for name, kind in (("tells", str), ("do", str), ("on", date))
    )
    then = _get(step, "then", dict, at, {})
    _check_keys(then, EXPECTABLE.keys(), (*at, "then"))
    for name in then:
        expected = _get(then, name, EXPECTABLE[name], (*at, "then"))
        if name in ("refused", "unknown"):
            _each(expected, str, (*at, "then", name))
    asked = {key: value for key, value in step.items() if key not in ("tells", "then")}
    return Step(_number(at), tells, _in_json(asked), then)


def _number(at: KeyPath) -> int:
    return int(at[-1]) + 1


def _check_keys(data: Mapping[str, Any], known: Set[str], at: KeyPath) -> None:
    for key in data:
        if key not in known:
            raise Untold("rule.key-unknown", (*at, key), known=", ".join(sorted(known)))


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

"""A command that writes: read from plain data, and done once.

The command line, `gongji ledger apply` and the stories beside the rules all go through here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from gongji.acts.arguments import READERS, read_id_number
from gongji.acts.forms import FORMS, Asked, Form, Scene
from gongji.acts.outcome import Misfit, Plan
from gongji.engine.request import BadRequest
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Record


@dataclass(frozen=True, slots=True)
class Command:
    """A command that was read: its form, what was asked, and how it is guarded.

    Under `key` it is done once; with `expected_head` only if nobody has written since.
    """

    form: Form
    asked: Asked
    scene: Scene
    key: str | None = None
    expected_head: str | None = None

    @property
    def begins_ledger(self) -> bool:
        """Whether it begins a ledger that is not there yet."""
        return bool(self.asked["do"] == "person-add")


@dataclass(frozen=True, slots=True)
class Done:
    """The records of a command. `plans` is empty where they stood there before, under its key."""

    records: tuple[Record, ...]
    plans: tuple[Plan, ...]
    repeated: bool = False


def read_command(data: Mapping[str, Any], scene: Scene) -> Command:
    """Return the command that plain data describes: `do`, its arguments, `key`.

    The rules are read now where it needs them, and not while it holds a ledger. Raises BadRequest
    or BadName for the first argument that is unknown, missing or wrong.
    """
    do = data.get("do")
    if not isinstance(do, str) or do not in FORMS:
        raise BadRequest("command.unknown", "do", text=str(do)[:80], candidates=", ".join(FORMS))
    form = FORMS[do]
    given = {name: value for name, value in data.items() if value is not None and name != "do"}
    guards = {name: _guard(name, given.pop(name)) for name in form.guards if name in given}
    asked = {"do": do, **_arguments(do, form, given, scene)}
    form.check(asked)
    if form.ruled:
        scene.rules()
    return Command(form, asked, scene, guards.get("key"), guards.get("expect_head"))


def perform(books: Books, command: Command, *, dry_run: bool = False) -> Done:
    """Do the command once and return its records, which are safe on the disk then.

    Under a key that was used for the same, the first record is returned. Unless it is a dry run,
    the books are open for writing. Raises what acts and books raise.
    """
    first = None if command.key is None else books.find_repeat(command.key, command.asked)
    if first is not None:
        return Done((first,), (), repeated=True)
    plans, records = [], []
    _check_head(books, command.expected_head)
    asked = {**command.asked, "key": command.key}
    for plan in command.form.plans(books, asked, command.scene):
        draft = _keyed(plan.draft, command)
        records.append(books.preview(draft) if dry_run else books.append(draft).record)
        plans.append(plan)
    return Done(tuple(records), tuple(plans))


def _guard(name: str, value: object) -> str:
    return str(_read(name, READERS[name], value))


def _check_head(books: Books, expected: str | None) -> None:
    if expected not in (None, books.head.hash):
        raise Misfit("head.unexpected", found=books.head.hash)


def _keyed(draft: Draft, command: Command) -> Draft:
    if command.key is None:
        return draft
    fields = {**draft.fields, "request": dict(command.asked)}
    return replace(draft, key=command.key, fields=fields)


def _arguments(do: str, form: Form, given: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
    read: dict[str, Any] = {}
    identity: Mapping[str, Any] = {}
    for name, value in given.items():
        if name not in form.arguments:
            raise _unknown(name, form)
        if name == "id_number":
            identity = scene.identify(_read(name, read_id_number, value))
        else:
            read[name] = _read(name, READERS.get(f"{do}.{name}") or READERS[name], value)
    for name in form.needs:
        if name not in read:
            raise BadRequest("request.key-missing", name)
    if identity and read.get("born", identity["born"]) != identity["born"]:
        raise BadRequest("command.born-otherwise", "born")
    return {name: value for name, value in {**read, **identity}.items() if value != []}


def _read(name: str, reader: Callable[[Any], Any], value: object) -> Any:
    try:
        return reader(value)
    except BadRequest as problem:
        raise BadRequest(problem.code, name, **problem.values) from None


def _unknown(name: str, form: Form) -> BadRequest:
    shown = name[:80]
    near = get_close_matches(shown, form.arguments, n=1)
    if near:
        return BadRequest("request.key-near", shown, near=near[0])
    return BadRequest("command.key-unknown", shown, candidates=", ".join(form.arguments))

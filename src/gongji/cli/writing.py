"""How a command writes: read from its options, done once, and what came of it printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from gongji.acts.commands import Command, Done, perform, read_command
from gongji.acts.forms import FORMS, Scene
from gongji.acts.outcome import Refused
from gongji.cli.check import EXITS
from gongji.cli.exit import ExitCode
from gongji.cli.session import (
    AsJson,
    BadOption,
    Ledger,
    On,
    Rules,
    day_of,
    open_books,
    pack_of,
    show_json,
    tell_notices,
)
from gongji.cli.shape import taking
from gongji.engine.request import BadRequest
from gongji.render import as_json as shapes
from gongji.render import stream
from gongji.render.language import _

Options = Mapping[str, tuple[Any, Any]]
"""The options of a command: annotation and default of each."""

Beside = tuple[Mapping[str, Any], list[str]]
"""What an answer says beside the record or the refusal: keys of its JSON, and lines for people."""
Meant = tuple[dict[str, Any], Callable[[Done | Refused], Beside]]
"""The arguments that options mean, and what is to be said beside what came of them."""


def nothing_beside(_came: Done | Refused) -> Beside:
    """Say nothing beside it."""
    return {}, []


def _as_given(given: dict[str, Any]) -> Meant:
    return given, nothing_beside


Assume = Annotated[
    list[str] | None,
    typer.Option("--assume", metavar="CHECK", help=_("go on as if this unknown check had passed")),
]
_Key = Annotated[
    str | None,
    typer.Option(
        "--key", metavar="KEY", help=_("makes the command safe to repeat: same key, one record")
    ),
]
_ExpectHead = Annotated[
    str | None,
    typer.Option("--expect-head", metavar="HASH", help=_("only if the ledger's head is this one")),
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help=_("print the record, write nothing"))]
_FRAME: Options = {
    "key": (_Key, None),
    "expect_head": (_ExpectHead, None),
    "dry_run": (_DryRun, False),
    "ledger": (Ledger, None),
    "rules": (Rules, None),
    "as_json": (AsJson, False),
}
_AROUND = ("dry_run", "ledger", "rules", "as_json")
"""The options that are no part of a command as data."""


def writing(
    do: str,
    options: Options,
    told: Callable[[Done], Iterable[str]],
    meant: Callable[[dict[str, Any]], Meant] = _as_given,
) -> Callable[..., int]:
    """Return the function of a command that writes.

    `options` are its own; those that all share come after them. `told` says for people what came
    of it; `meant` turns options into arguments where they are not the same.
    """
    every = {**options, "on": (On, None), **_frame(do)}

    def run(**given: Any) -> int:
        around = {name: given.pop(name) for name in _AROUND if name in given}
        # A name that is a word of Python stands among the options with a `_` behind it.
        arguments, beside = meant(given)
        asked = {name.removesuffix("_"): value for name, value in arguments.items()}
        command = _command({"do": do, **asked}, every, around)
        return _carried_out(command, told, beside, around)

    return taking(every, run)


def scene_of(ledger: Path | None, rules: list[Path] | None, *, dry_run: bool = False) -> Scene:
    """Return what commands do not say themselves: today, the rules, where numbers are kept."""

    def identify(number: str) -> Mapping[str, Any]:
        from gongji.cli.identity import identified

        return identified(number, ledger, dry_run=dry_run)

    return Scene(day_of(None), lambda: pack_of(rules), identify)


def refusal(refused: Refused) -> dict[str, Any]:
    """Return a refusal by the rules as data."""
    return {
        "schema": "gongji.refusal/1",
        "ok": False,
        "code": refused.code,
        "verdict": str(refused.verdict),
        "decisions": [
            {"holder": one.holder, **shapes.decision(one.decision)} for one in refused.asked
        ],
    }


def _frame(do: str) -> Options:
    """Return the options that all share; what has no key cannot be tried either: it is many."""
    if FORMS[do].keyed:
        return _FRAME
    return {name: told for name, told in _FRAME.items() if name not in ("key", "dry_run")}


def _command(data: dict[str, Any], options: Options, around: Mapping[str, Any]) -> Command:
    scene = scene_of(around["ledger"], around["rules"], dry_run=around.get("dry_run", False))
    given = {name: value for name, value in data.items() if value not in ([], None)}
    try:
        return read_command(given, scene)
    except BadRequest as problem:
        raise BadOption(problem, _label(problem.key, options)) from None


def _label(name: str | None, options: Options) -> str:
    """Return how the command line names an argument: `--cap-per-payment`, or AMOUNT."""
    if name is None or name not in options:
        return name or ""
    told = get_args(options[name][0])[1]
    is_argument = isinstance(told, typer.models.ArgumentInfo)
    return str(told.metavar) if is_argument else "--" + name.replace("_", "-")


def _carried_out(
    command: Command,
    told: Callable[[Done], Iterable[str]],
    beside: Callable[[Done | Refused], Beside],
    around: Mapping[str, Any],
) -> int:
    dry_run, as_json = around.get("dry_run", False), around["as_json"]
    try:
        done = _done(command, around["ledger"], dry_run=dry_run)
    except Refused as refused:
        return _show_refused(refused, beside(refused), as_json=as_json)
    more, lines = beside(done)
    if as_json:
        for record in done.records:
            shown = shapes.record(record, dry_run=dry_run, repeated=done.repeated)
            show_json({**shown, **more})
        return ExitCode.YES
    if done.repeated:
        stream.say(_("note: recorded before, under the same key; nothing is written"))
    trial = [_("dry run: nothing is written")] if dry_run else []
    for line in (*trial, *told(done), *lines):
        stream.data(line)
    return ExitCode.YES


def _show_refused(refused: Refused, beside: Beside, *, as_json: bool) -> int:
    from gongji.render.refusal_text import refusal_lines

    more, lines = beside
    if as_json:
        show_json({**refusal(refused), **more})
    else:
        for line in (*refusal_lines(refused), *(["", *lines] if lines else [])):
            stream.data(line)
    return EXITS[refused.verdict]


def _done(command: Command, ledger: Path | None, *, dry_run: bool) -> Done:
    with open_books(ledger, create=command.begins_ledger and not dry_run) as books:
        if dry_run:
            return perform(books, command, dry_run=True)
        told = books.notices
        with books.writing():
            done = perform(books, command)
        tell_notices(books, told)
        return done

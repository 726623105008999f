"""gongji ledger apply: many commands at once, each line with its own answer."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.reading import opened
from gongji.cli.session import AsJson, Ledger, Rules, open_books, show_json, tell_notices
from gongji.render import as_json as shapes
from gongji.render.language import _

if TYPE_CHECKING:
    from gongji.batch.commands import Outcome

Source = Annotated[
    str, typer.Argument(metavar="FILE|-", help=_("one command a line, as JSON (NDJSON)"))
]


def apply_lines(
    source: Source, ledger: Ledger = None, rules: Rules = None, as_json: AsJson = True
) -> int:
    """Do the commands in their order, and answer each; the first not done gives the exit code."""
    from gongji.batch.commands import apply, read_commands
    from gongji.batch.lines import read_groups
    from gongji.cli.writing import scene_of

    scene, number = scene_of(ledger, rules), 1
    code = ExitCode.YES
    with ExitStack() as stack:
        stream = stack.enter_context(opened(source))
        books = None
        for group in read_groups(stream):
            lines = read_commands(group, number, scene)
            number += len(lines)
            if books is None:
                begins = any(getattr(line.meant, "begins_ledger", False) for line in lines)
                books = stack.enter_context(open_books(ledger, create=begins))
            told = books.notices
            for outcome in apply(books, lines):
                show_json(_answer(outcome))
                code = code or _exit(outcome)
            tell_notices(books, told)
    return code


def _answer(outcome: Outcome) -> dict[str, Any]:
    from gongji.acts.commands import Done
    from gongji.acts.outcome import Refused
    from gongji.cli.errors import told_of_error
    from gongji.cli.writing import refusal
    from gongji.engine.request import BadRequest
    from gongji.render.request_text import told_of

    match outcome.came:
        case Done(records=(record,)) as done:
            answer = shapes.record(record, repeated=done.repeated)
        case Done() as done:
            records = [shapes.record(record) for record in done.records]
            answer = {"schema": "gongji.records/1", "ok": True, "records": records}
        case Refused() as refused:
            answer = refusal(refused)
        case BadRequest() as problem:
            answer = {"schema": shapes.ERROR, "ok": False, "error": told_of(problem)}
        case error:
            _code, (told, *_rest) = told_of_error(error, as_json=True)
            answer = {"schema": shapes.ERROR, "ok": False, "error": told}
    return {"line": outcome.number, **answer}


def _exit(outcome: Outcome) -> ExitCode:
    from gongji.acts.commands import Done
    from gongji.acts.outcome import Refused
    from gongji.batch.commands import ASKED_WRONGLY
    from gongji.cli.check import EXITS
    from gongji.cli.errors import told_of_error

    match outcome.came:
        case Done():
            return ExitCode.YES
        case Refused() as refused:
            return EXITS[refused.verdict]
        case error:
            is_bad = isinstance(error, ASKED_WRONGLY)
            return ExitCode.BAD_DATA if is_bad else told_of_error(error, as_json=True)[0]

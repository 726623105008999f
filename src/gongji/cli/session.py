"""What every command shares: its options, the rules and the ledger they lead to, the clock."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongji.engine.request import BY_PATH, BadRequest
from gongji.render import stream
from gongji.render.language import _

if TYPE_CHECKING:
    from gongji.ledger.books import Books, Notice
    from gongji.policy.pack import Pack

SHANGHAI = timezone(timedelta(hours=8))

AsJson = Annotated[bool, typer.Option("--json", help=_("answer with JSON"))]
Ledger = Annotated[
    Path | None,
    typer.Option("--ledger", metavar="FILE", help=_("ledger file (or GONGJI_LEDGER)")),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help=_("overlay of rule files (or GONGJI_RULES)")),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help=_("the day that governs everything (default today)")),
]


class BadOption(Exception):
    """What is wrong with the value of an option, and which option it is."""

    def __init__(self, problem: BadRequest, option: str) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.option = option


def day_of(text: str | None) -> date:
    """Return the day that an option names, or today in China: the only look at the clock."""
    if text is None:
        return datetime.now(SHANGHAI).date()
    return fact("on", text)  # type: ignore[no-any-return]


def fact(path: str, value: object, option: str | None = None) -> Any:
    """Return an option's value read as the request key `path`. Raises BadOption."""
    try:
        return BY_PATH[path].read(value)
    except BadRequest as problem:
        told = BadRequest(problem.code, path, **problem.values)
        raise BadOption(told, option or BY_PATH[path].option) from None


def overlays_of(given: list[Path] | None) -> list[Path]:
    """Return the overlays of the option, or of GONGJI_RULES."""
    from_environment = os.environ.get("GONGJI_RULES", "")
    return given or [Path(part) for part in from_environment.split(os.pathsep) if part]


def pack_of(overlays: list[Path] | None) -> Pack:
    """Return the shipped rules under the overlays of the option or of GONGJI_RULES."""
    return _loaded(tuple(overlays_of(overlays)))


@cache
def _loaded(overlays: tuple[Path, ...]) -> Pack:
    """Read the rules once a process, however many commands it runs (the demo runs a dozen)."""
    from gongji.policy.reading import load, shipped_rules

    return load([shipped_rules(), *overlays])


def ledger_path(given: Path | None) -> Path:
    """Return the ledger of the option, of GONGJI_LEDGER, or in the platform's data folder.

    Raises UnsuitableLedger for a path without a name, beside which no other file could lie.
    """
    named = os.environ.get("GONGJI_LEDGER")
    if given is None and not named:
        from platformdirs import user_data_path

        return user_data_path("gongji", appauthor=False) / "ledger.jsonl"
    path = given or Path(named or "")
    if not path.name:
        from gongji.ledger.errors import UnsuitableLedger

        raise UnsuitableLedger("it is not a regular file")
    return path


def open_books(given: Path | None, *, create: bool = False) -> Books:
    """Return the books of the ledger; what was met on opening is told on standard error."""
    from gongji.ledger.books import Books

    books = Books.open(ledger_path(given), create=create)
    tell_notices(books)
    if books.damage is not None:
        from gongji.render.ledger_text import ledger_error

        damage, _hint = ledger_error(books.damage)
        told = _("note: the ledger is damaged, only what stands before can be read: {damage}")
        stream.say(told.format(damage=damage))
    return books


def tell_notices(books: Books, told: Collection[Notice] = ()) -> None:
    """Say on standard error what was set aside or built anew, and not `told` before."""
    for notice in books.notices:
        if notice not in told:
            stream.say(_notice(notice))


def _notice(notice: Notice) -> str:
    from gongji.ledger.books import TornTail

    if not isinstance(notice, TornTail):
        built = _("note: the index beside the ledger was built anew ({cause})")
        return built.format(cause=notice.cause)
    if notice.set_aside:
        return _("note: those bytes are kept in {file}").format(file=notice.set_aside)
    torn = _("note: the last record was not written to its end ({bytes} bytes at {offset})")
    return torn.format(bytes=notice.bytes, offset=notice.offset)


def show(data: dict[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    """Print one answer: a line of JSON, or lines for people."""
    if as_json:
        show_json(data)
        return
    for line in lines:
        stream.data(line)


def show_json(data: dict[str, Any]) -> None:
    """Print one line of JSON."""
    from gongji.render.as_json import line_of

    stream.data(line_of(data))

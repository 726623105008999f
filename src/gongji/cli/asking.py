"""gongji balance and history: what is there, what was done, what was paid in all, a receipt."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, NamedTuple

import typer

from gongji.acts.drawable import standing
from gongji.acts.outcome import Misfit
from gongji.acts.people import person
from gongji.acts.receipt import receipt_of
from gongji.acts.totals import totals_of
from gongji.cli.exit import ExitCode
from gongji.cli.session import (
    AsJson,
    Ledger,
    On,
    Rules,
    day_of,
    fact,
    open_books,
    pack_of,
    show,
    show_json,
)
from gongji.cli.shape import single
from gongji.ledger.books import Books
from gongji.render import as_json as shapes
from gongji.render import stream
from gongji.render.language import _
from gongji.words.names import parse_name

Name = Annotated[
    str | None, typer.Argument(metavar="NAME", help=_("one person; default everybody"))
]


@single(
    "balance",
    _("What is there, and what a person can draw on through whom."),
    """
    gongji balance
    gongji balance 妈妈 --json
    """,
)
def balance_app(
    name: Name = None,
    on: On = None,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Show accounts as they stand now, and what a bill may draw on under the rules of the day."""
    from gongji.render.balance_text import balance_data, balance_lines

    day, pack = day_of(on), pack_of(rules)
    with open_books(ledger) as books:
        names = (
            [parse_name(name)]
            if name is not None
            else [known for known, _attributes in books.people()]
        )
        standings = [standing(books, pack, each, day) for each in names]
    if as_json:
        for one in standings:
            show_json(balance_data(one, day, pack.digest))
        return ExitCode.YES
    for line in balance_lines(standings, day, get_terminal_size().columns):
        stream.data(line)
    return ExitCode.YES


@single(
    "history",
    _("The records of the ledger, newest last, and what was paid in all; a receipt."),
    """
    gongji history
    gongji history 妈妈 --from 2025-01-01 --purpose pharmacy
    gongji history --totals --from 2025-01-01 --to 2025-12-31
    gongji history --receipt 12
    gongji history --json | jq -r .do
    """,
)
def history_app(
    name: Name = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("first day"))
    ] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help=_("last day"))] = None,
    purpose: Annotated[
        str | None, typer.Option("--purpose", metavar="PURPOSE", help=_("what was paid"))
    ] = None,
    totals: Annotated[
        bool, typer.Option("--totals", help=_("only what was paid in all, without the records"))
    ] = False,
    receipt: Annotated[
        int | None,
        typer.Option(
            "--receipt", metavar="RECORD", help=_("of a payment, a claim or a transfer, alone")
        ),
    ] = None,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Show records, filtered, with their totals; or a receipt."""
    if receipt is not None:
        if totals or (name, since, until, purpose) != (None,) * 4:
            raise typer.BadParameter(_("`--receipt` goes with no name and no other filter"))
        return _show_receipt(receipt, ledger, as_json=as_json)
    asked = _asked(name, since, until, purpose)
    with open_books(ledger) as books:
        if asked.person is not None and not any(books.history(person=asked.person, limit=1)):
            person(books, asked.person)
        if totals:
            return _show_totals(books, asked, as_json=as_json)
        return _show_records(books, asked, as_json=as_json)


class _Asked(NamedTuple):
    """Which records are asked for; None leaves one open."""

    person: str | None
    since: date | None
    until: date | None
    purpose: str | None


def _asked(name: str | None, since: str | None, until: str | None, purpose: str | None) -> _Asked:
    who = None if name is None else parse_name(name)
    first = None if since is None else fact("on", since, "--from")
    last = None if until is None else fact("on", until, "--to")
    if first is not None and last is not None and first > last:
        raise Misfit("history.days", since=str(first), until=str(last))
    return _Asked(who, first, last, None if purpose is None else fact("purpose", purpose))


def _show_records(books: Books, asked: _Asked, *, as_json: bool) -> int:
    from gongji.render.household_text import history_lines
    from gongji.render.totals_text import totals_lines

    found = list(books.history(**asked._asdict()))
    if as_json:
        for record in found:
            show_json(shapes.kept_record(record))
        return ExitCode.YES
    lines = history_lines(found)
    paid = totals_of(books, found)
    if paid:
        lines += ["", *totals_lines(paid, get_terminal_size().columns)]
    for line in lines:
        stream.data(line)
    return ExitCode.YES


def _show_totals(books: Books, asked: _Asked, *, as_json: bool) -> int:
    from gongji.render.totals_text import totals_data, totals_lines

    paid = totals_of(books, books.history(**asked._asdict()))
    lines = () if as_json else totals_lines(paid, get_terminal_size().columns)
    show(totals_data(paid, **asked._asdict()), lines, as_json=as_json)
    return ExitCode.YES


def _show_receipt(seq: int, ledger: Path | None, *, as_json: bool) -> int:
    from gongji.render.receipt_text import receipt_data, receipt_lines

    with open_books(ledger) as books:
        receipt = receipt_of(books, seq)
    show(receipt_data(receipt), () if as_json else receipt_lines(receipt), as_json=as_json)
    return ExitCode.YES

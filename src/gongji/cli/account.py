"""gongji credit, balance and history."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.credit import credit
from gongji.acts.people import person
from gongji.cli.exit import ExitCode
from gongji.cli.session import (
    AsJson,
    DryRun,
    Key,
    Ledger,
    On,
    day_of,
    fact,
    open_books,
    show_json,
)
from gongji.cli.shape import single
from gongji.cli.writing import show_written, write
from gongji.render import as_json as shapes
from gongji.render import stream
from gongji.render.language import _
from gongji.words.money import format_yuan
from gongji.words.names import parse_name

POOLS = ("current", "carryover")


@single(
    "credit",
    _("Credit money to a personal account."),
    """
    gongji credit 我 200.00
    gongji credit 我 3000 --to carryover --on 2025-01-01
    """,
)
def credit_app(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("whose account"))],
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("amount in yuan"))],
    to: Annotated[
        str, typer.Option("--to", metavar="current|carryover", help=_("which pool"))
    ] = "current",
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Credit money to one pool of a personal account."""
    if to not in POOLS:
        raise typer.BadParameter(_("`--to` is current or carryover"))
    name, fen, day = parse_name(name), fact("amount", amount, "AMOUNT"), day_of(on)
    written = write(
        ledger,
        lambda books: credit(books, name, fen, to, day),
        request={"do": "credit", "person": name, "amount": format_yuan(fen), "to": to, "on": on},
        key=key,
        dry_run=dry_run,
    )
    told = _("{name} has {amount} yuan more").format(name=name, amount=format_yuan(fen))
    return show_written(written, [told], as_json=as_json)


@single(
    "balance",
    _("What is there, and what a person can draw on through whom."),
    """
    gongji balance
    gongji balance 妈妈 --json
    """,
)
def balance_app(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=_("one person; default everybody"))
    ] = None,
    on: On = None,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Show the accounts of the household, as they stand now."""
    from gongji.render.household_text import balance_lines, person_data

    day = day_of(on)
    with open_books(ledger) as books:
        names = [parse_name(name)] if name else [known for known, _attributes in books.people()]
        people = [person_data(books, each, person(books, each), day) for each in names]
    if as_json:
        for data in people:
            show_json(data)
        return ExitCode.YES
    for line in balance_lines(people):
        stream.data(line)
    return ExitCode.YES


@single(
    "history",
    _("The records of the ledger, newest last."),
    """
    gongji history
    gongji history 妈妈 --from 2025-01-01 --purpose pharmacy
    gongji history --json | jq -r .do
    """,
)
def history_app(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=_("one person; default everybody"))
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("first day"))
    ] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help=_("last day"))] = None,
    purpose: Annotated[
        str | None, typer.Option("--purpose", metavar="PURPOSE", help=_("what was paid"))
    ] = None,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Show records, filtered."""
    from gongji.render.household_text import history_lines

    with open_books(ledger) as books:
        found = list(
            books.history(
                person=None if name is None else parse_name(name),
                since=None if since is None else fact("on", since, "--from"),
                until=None if until is None else fact("on", until, "--to"),
                purpose=None if purpose is None else fact("purpose", purpose),
            )
        )
    if as_json:
        for record in found:
            show_json(shapes.record(record, repeated=True) | {"repeated": False})
        return ExitCode.YES
    for line in history_lines(found):
        stream.data(line)
    return ExitCode.YES

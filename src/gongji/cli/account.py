"""gongji credit, balance and history."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from gongji.acts.commands import Done
from gongji.acts.outcome import Misfit
from gongji.acts.people import person
from gongji.cli.exit import ExitCode
from gongji.cli.session import (
    AsJson,
    Ledger,
    On,
    day_of,
    fact,
    open_books,
    show_json,
)
from gongji.cli.shape import REQUIRED, single
from gongji.cli.writing import writing
from gongji.render import as_json as shapes
from gongji.render import stream
from gongji.render.language import _
from gongji.words.money import format_yuan
from gongji.words.names import parse_name

Name = Annotated[str, typer.Argument(metavar="NAME", help=_("whose account"))]
Amount = Annotated[str | None, typer.Argument(metavar="AMOUNT", help=_("amount in yuan"))]
To = Annotated[str | None, typer.Option("--to", metavar="current|carryover", help=_("which pool"))]
Month = Annotated[
    str | None,
    typer.Option("--month", metavar="YYYY-MM", help=_("what the rules accrue for the month")),
]
Base = Annotated[
    str | None, typer.Option("--base", metavar="YUAN", help=_("base of contribution a month"))
]


def _credited(done: Done) -> list[str]:
    record = done.records[0]
    came = sum(posting.fen for posting in record.postings if posting.fen > 0)
    told = _("{name} has {amount} yuan more")
    return [told.format(name=record.fields["person"], amount=format_yuan(came))]


credit_app = single(
    "credit",
    _("Credit money to a personal account, as said or as the rules accrue it."),
    """
    gongji credit 我 200.00
    gongji credit 我 3000 --to carryover --on 2025-01-01
    gongji credit 我 --month 2025-03 --base 8000
    """,
)(
    writing(
        "credit",
        {
            "person": (Name, REQUIRED),
            "amount": (Amount, None),
            "to": (To, None),
            "month": (Month, None),
            "base": (Base, None),
        },
        _credited,
    )
)


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

    who = None if name is None else parse_name(name)
    first, last = _days(since, until)
    what = None if purpose is None else fact("purpose", purpose)
    with open_books(ledger) as books:
        if who is not None and not any(books.history(person=who, limit=1)):
            person(books, who)
        found = list(books.history(person=who, since=first, until=last, purpose=what))
    if as_json:
        for record in found:
            show_json(shapes.record(record, repeated=True) | {"repeated": False})
        return ExitCode.YES
    for line in history_lines(found):
        stream.data(line)
    return ExitCode.YES


def _days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    first = None if since is None else fact("on", since, "--from")
    last = None if until is None else fact("on", until, "--to")
    if first is not None and last is not None and first > last:
        raise Misfit("history.days", since=str(first), until=str(last))
    return first, last

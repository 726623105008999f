"""gongji credit, balance and history."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any

import typer

from gongji.acts.credit import accrue, credit
from gongji.acts.outcome import Misfit
from gongji.acts.people import person
from gongji.cli.exit import ExitCode
from gongji.cli.session import (
    AsJson,
    DryRun,
    Key,
    Ledger,
    On,
    Rules,
    day_of,
    fact,
    open_books,
    pack_of,
    show_json,
)
from gongji.cli.shape import single
from gongji.cli.writing import Written, carry_out
from gongji.render import as_json as shapes
from gongji.render import stream
from gongji.render.language import _
from gongji.words.days import BadDay, parse_month
from gongji.words.money import format_yuan
from gongji.words.names import parse_name

POOLS = ("current", "carryover")


@single(
    "credit",
    _("Credit money to a personal account, as said or as the rules accrue it."),
    """
    gongji credit 我 200.00
    gongji credit 我 3000 --to carryover --on 2025-01-01
    gongji credit 我 --month 2025-03 --base 8000
    """,
)
def credit_app(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("whose account"))],
    amount: Annotated[
        str | None, typer.Argument(metavar="AMOUNT", help=_("amount in yuan"))
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="current|carryover", help=_("which pool"))
    ] = "current",
    month: Annotated[
        str | None,
        typer.Option("--month", metavar="YYYY-MM", help=_("what the rules accrue for the month")),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="YUAN", help=_("base of contribution a month"))
    ] = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Credit an amount to one pool, or what the rules accrue for a month, once a month."""
    if (amount is None) == (month is None):
        raise typer.BadParameter(_("name either an amount or `--month`"))
    if to not in POOLS:
        raise typer.BadParameter(_("`--to` is current or carryover"))
    name, day = parse_name(name), day_of(on)
    asked: dict[str, Any] = {"do": "credit", "person": name}
    if month is None:
        fen = fact("amount", amount, "AMOUNT")
        act = partial(credit, name=name, fen=fen, pool=to, on=day)
        asked |= {"amount": format_yuan(fen), "to": to, "on": on}
    else:
        base_fen = None if base is None else fact("amount", base, "--base")
        pack = pack_of(rules)
        first = _first_day(month)
        act = partial(accrue, pack=pack, name=name, month=first, base_fen=base_fen, on=day)
        asked |= {"month": month, "base": base_fen}
        # A month accrues once, whoever asks.
        key = key or f"accrual:{name}:{month}"

    def told(written: Written) -> list[str]:
        came = sum(one.fen for one in written.record.postings if one.fen > 0)
        return [_("{name} has {amount} yuan more").format(name=name, amount=format_yuan(came))]

    return carry_out(ledger, act, told, request=asked, key=key, dry_run=dry_run, as_json=as_json)


def _first_day(month: str) -> date:
    try:
        return parse_month(month)
    except BadDay:
        raise typer.BadParameter(_("`--month` is written YYYY-MM")) from None


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
            show_json(shapes.kept_record(record))
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

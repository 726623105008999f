"""gongji claim and settle: the reimbursement, and all that falls due."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from gongji.acts.claim import claim
from gongji.acts.settle import due_drafts
from gongji.cli.exit import ExitCode
from gongji.cli.session import (
    AsJson,
    Assume,
    DryRun,
    Key,
    Ledger,
    On,
    Rules,
    checks_to_assume,
    day_of,
    fact,
    open_books,
    pack_of,
    show_json,
)
from gongji.cli.shape import single
from gongji.cli.writing import Written, carry_out
from gongji.ledger.books import Books
from gongji.ledger.records import Record
from gongji.policy.pack import Pack
from gongji.render import as_json as shapes
from gongji.render import stream
from gongji.render.household_text import history_lines
from gongji.render.language import _


@single(
    "claim",
    _("Claim a premium back that the relative paid in cash."),
    """
    gongji claim 7
    gongji claim 7 --on 2025-11-08
    """,
)
def claim_app(
    record: Annotated[int, typer.Argument(metavar="RECORD", help=_("number of the payment"))],
    assume: Assume = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Claim a premium back; it goes to the holder's bank card."""
    day, checks, pack = day_of(on), checks_to_assume(assume), pack_of(rules)
    asked = {"do": "claim", "record": record, "assume": sorted(checks), "on": on}

    def told(written: Written) -> list[str]:
        fields = written.record.fields
        line = _("{amount} yuan go to the bank card of {holder}")
        return [line.format(amount=fields["amount"], holder=fields["holder"])]

    return carry_out(
        ledger,
        lambda books: claim(books, pack, record, day, checks),
        told,
        request=asked,
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )


@single(
    "settle",
    _("Do all that falls due up to a day."),
    "gongji settle --on 2026-01-01",
)
def settle_app(
    on: On = None,
    at: Annotated[
        str, typer.Option("--at", metavar="HH:MM", help=_("time of day up to which"))
    ] = "23:59",
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Return what nobody accepted and turn the account year, each thing once."""
    day, time, pack = day_of(on), fact("at", at), pack_of(rules)
    with open_books(ledger) as books, books.writing():
        records = _settled(books, pack, day, time)
    if as_json:
        for record in records:
            show_json(shapes.record(record))
        return ExitCode.YES
    for line in history_lines(records) if records else [_("nothing falls due")]:
        stream.data(line)
    return ExitCode.YES


def _settled(books: Books, pack: Pack, day: date, time: str) -> list[Record]:
    # One after the other: what one leaves in an account the next may need.
    return [books.append(draft).record for draft in due_drafts(books, pack, day, time)]

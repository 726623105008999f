"""gongji credit."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.commands import Done
from gongji.cli.shape import REQUIRED, single
from gongji.cli.writing import writing
from gongji.render.language import _
from gongji.words.money import format_yuan

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

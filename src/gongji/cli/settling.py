"""gongji claim and settle: the reimbursement, and all that falls due."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.commands import Done
from gongji.cli.shape import REQUIRED, single
from gongji.cli.writing import Assume, writing
from gongji.render.household_text import history_lines
from gongji.render.language import _

Record = Annotated[int, typer.Argument(metavar="RECORD", help=_("number of the payment"))]
At = Annotated[str | None, typer.Option("--at", metavar="HH:MM", help=_("time of day up to which"))]


def _claimed(done: Done) -> list[str]:
    from gongji.render.payment_text import claim_lines

    return claim_lines(done.records[0])


def _settled(done: Done) -> list[str]:
    return history_lines(list(done.records)) if done.records else [_("nothing falls due")]


claim_app = single(
    "claim",
    _("Claim a premium back that the relative paid in cash."),
    """
    gongji claim 7
    gongji claim 7 --on 2025-11-08
    """,
)(writing("claim", {"record": (Record, REQUIRED), "assume": (Assume, None)}, _claimed))

settle_app = single(
    "settle",
    _("Do all that falls due up to a day."),
    "gongji settle --on 2026-01-01",
)(writing("settle", {"at": (At, None)}, _settled))

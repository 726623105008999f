"""gongji pay-for and reverse."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.commands import Done
from gongji.cli.shape import REQUIRED, single
from gongji.cli.writing import Assume, writing
from gongji.render.language import _

Beneficiary = Annotated[
    str, typer.Argument(metavar="BENEFICIARY", help=_("the relative whose bill it is"))
]
Amount = Annotated[
    str | None,
    typer.Argument(metavar="AMOUNT", help=_("own share in yuan; a premium may leave it out")),
]
Purpose = Annotated[str, typer.Option("--purpose", metavar="PURPOSE", help=_("what is paid"))]
From = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="HOLDER", help=_("who pays; repeatable, in this order")),
]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help=_("year of benefit"))]
ProviderArea = Annotated[
    str | None,
    typer.Option("--provider-area", metavar="AREA", help=_("where the hospital or pharmacy is")),
]
Item = Annotated[
    str | None, typer.Option("--item", metavar="ITEM", help="drug | device | consumable")
]
Record = Annotated[int, typer.Argument(metavar="RECORD", help=_("number of the record"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]


def _paid(done: Done) -> list[str]:
    from gongji.render.payment_text import payment_lines

    return payment_lines(done.records[0], done.plans[0] if done.plans else None)


def _taken_back(done: Done) -> list[str]:
    line = _("record {record} is taken back by record {by}")
    return [line.format(record=done.records[0].fields["record"], by=done.records[0].seq)]


pay_app = single(
    "pay-for",
    _("Split a relative's bill over accounts and cash, and post it."),
    """
    gongji pay-for 妈妈 350.00 --purpose 药店
    gongji pay-for 妈妈 350 --purpose outpatient --from 我 --from 妹妹 --dry-run
    gongji pay-for 妈妈 --purpose resident_premium --year 2026
    """,
)(
    writing(
        "pay-for",
        {
            "beneficiary": (Beneficiary, REQUIRED),
            "amount": (Amount, None),
            "purpose": (Purpose, REQUIRED),
            "from_": (From, None),
            "year": (Year, None),
            "provider_area": (ProviderArea, None),
            "item": (Item, None),
            "assume": (Assume, None),
        },
        _paid,
    )
)

reverse_app = single(
    "reverse",
    _("Take a payment or a credit back by adding a record."),
    """
    gongji reverse 12 --reason "paid twice"
    gongji reverse 12 --reason 重复缴费 --dry-run
    """,
)(
    writing(
        "reverse",
        {"record": (Record, REQUIRED), "reason": (Reason, REQUIRED), "assume": (Assume, None)},
        _taken_back,
    )
)

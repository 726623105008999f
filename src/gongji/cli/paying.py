"""gongji pay-for and reverse."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gongji.acts.commands import Done
from gongji.acts.outcome import Refused
from gongji.cli.session import fact
from gongji.cli.settlement import ProfileName, profile_of
from gongji.cli.settlement_bill import (
    Settlement,
    compared_with_payment,
    compared_with_refusal,
    read_bill,
)
from gongji.cli.shape import REQUIRED, single
from gongji.cli.writing import Assume, Beside, Meant, nothing_beside, writing
from gongji.render.language import _
from gongji.settlement.profiles import Profile
from gongji.words.money import format_yuan

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
Mode = Annotated[
    str | None,
    typer.Option(
        "--mode",
        metavar="WAY",
        help=_("way of paying a premium, where there are two: direct | scheduled | reimburse"),
    ),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="HH:MM", help=_("time of day, where hours decide"))
]
Record = Annotated[int, typer.Argument(metavar="RECORD", help=_("number of the record"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]


def _of_message(given: dict[str, Any]) -> Meant:
    """Take the amount out of a settlement message; both splits are compared afterwards."""
    source, profile = given.pop("settlement"), profile_of(given.pop("profile"))
    if source is None:
        return given, nothing_beside
    purpose = fact("purpose", given["purpose"])
    message, fen = read_bill(source, profile, amount=given["amount"], purpose=purpose)

    def beside(came: Done | Refused) -> Beside:
        from gongji.render.settlement_json import comparison_data
        from gongji.render.settlement_text import comparison_lines

        if isinstance(came, Refused):
            compared = compared_with_refusal(message, came, profile)
        else:
            compared = compared_with_payment(message, came.records[0].fields, profile)
        return {"settlement": comparison_data(compared)}, comparison_lines(compared)

    return {**given, "amount": format_yuan(fen)}, beside


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
    gongji pay-for 妈妈 --purpose outpatient --settlement message.json --dry-run
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
            "at": (At, None),
            "mode": (Mode, None),
            "settlement": (Settlement, None),
            "profile": (ProfileName, Profile.OF_WHICH),
            "assume": (Assume, None),
        },
        _paid,
        _of_message,
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
        {
            "record": (Record, REQUIRED),
            "reason": (Reason, REQUIRED),
            "at": (At, None),
            "assume": (Assume, None),
        },
        _taken_back,
    )
)

"""gongji transfer, accept, reserve and release: money moved or set aside beforehand."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gongji.acts.commands import Done
from gongji.cli.shape import REQUIRED, single
from gongji.cli.writing import Assume, Meant, nothing_beside, writing
from gongji.render.language import _

Holder = Annotated[str, typer.Argument(metavar="HOLDER", help=_("the one whose money it is"))]
Beneficiary = Annotated[
    str, typer.Argument(metavar="BENEFICIARY", help=_("the relative for whom it is"))
]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help=_("amount in yuan"))]
AllOrAmount = Annotated[
    str | None, typer.Argument(metavar="AMOUNT", help=_("in yuan; default all of it"))
]
Words = Annotated[
    list[str], typer.Argument(metavar="[BENEFICIARY] AMOUNT", help=_("for whom, how much"))
]
To = Annotated[str, typer.Option("--to", metavar="pool|wallet", help=_("where it goes"))]
At = Annotated[
    str | None, typer.Option("--at", metavar="HH:MM", help=_("time of day; wallets close at night"))
]
Relation = Annotated[
    str | None,
    typer.Option("--relation", metavar="RELATION", help=_("of the relative, if not bound")),
]
FromWallet = Annotated[
    bool | None, typer.Option("--from-wallet", help=_("send on what is in the holder's own wallet"))
]
Record = Annotated[int, typer.Argument(metavar="RECORD", help=_("number of the transfer"))]


def _parties(given: dict[str, Any]) -> Meant:
    """Tell the words after the holder apart: a pool takes an amount, a wallet a name before it."""
    *names, amount = given.pop("words")
    if len(names) > 1:
        raise typer.BadParameter(
            _("a pool takes HOLDER AMOUNT, a wallet HOLDER BENEFICIARY AMOUNT")
        )
    told = {**given, "beneficiary": names[0] if names else None, "amount": amount}
    return told, nothing_beside


def _moved(done: Done) -> list[str]:
    fields, record = done.records[0].fields, done.records[0].seq
    if fields["to"] == "pool":
        told = _("{amount} yuan of {holder} are in the family pool: record {record}")
    elif "opens" not in fields:
        told = _("{amount} yuan of {holder} are in the wallet of {beneficiary}: record {record}")
    else:
        told = _("{amount} yuan wait for {beneficiary}: `gongji accept {record}` before tomorrow")
    return [told.format_map({**fields, "record": record})]


def _accepted(done: Done) -> list[str]:
    return [_("record {record} is accepted").format_map(done.records[0].fields)]


def _reserved(done: Done) -> list[str]:
    told = _("{amount} yuan of {holder} are set aside for {beneficiary}")
    return [told.format_map(done.records[0].fields)]


def _released(done: Done) -> list[str]:
    return [_("{amount} yuan are {holder}'s again").format_map(done.records[0].fields)]


transfer_app = single(
    "transfer",
    _("Move money beforehand, into a family pool or a relative's wallet."),
    """
    gongji transfer 我 500 --to pool
    gongji transfer 我 妈妈 800 --to wallet --relation 妈妈 --at 10:00
    """,
)(
    writing(
        "transfer",
        {
            "holder": (Holder, REQUIRED),
            "words": (Words, REQUIRED),
            "to": (To, REQUIRED),
            "at": (At, None),
            "relation": (Relation, None),
            "from_wallet": (FromWallet, None),
            "assume": (Assume, None),
        },
        _moved,
        _parties,
    )
)

accept_app = single("accept", _("Accept what was sent to a wallet."), "gongji accept 12")(
    writing("accept", {"record": (Record, REQUIRED), "at": (At, None)}, _accepted)
)

reserve_app = single(
    "reserve",
    _("Set money aside for a relative, as a wallet quota."),
    "gongji reserve 我 妈妈 600 --assume mechanism-live",
)(
    writing(
        "reserve",
        {
            "holder": (Holder, REQUIRED),
            "beneficiary": (Beneficiary, REQUIRED),
            "amount": (Amount, REQUIRED),
            "assume": (Assume, None),
        },
        _reserved,
    )
)

release_app = single("release", _("Give back what was set aside."), "gongji release 我 妈妈")(
    writing(
        "release",
        {
            "holder": (Holder, REQUIRED),
            "beneficiary": (Beneficiary, REQUIRED),
            "amount": (AllOrAmount, None),
        },
        _released,
    )
)

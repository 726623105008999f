"""gongji transfer, accept, reserve and release: money moved or set aside beforehand."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.quota import release, reserve
from gongji.acts.transfer import Move, accept, transfer
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
    pack_of,
)
from gongji.cli.shape import single
from gongji.cli.writing import Written, carry_out
from gongji.render.language import _
from gongji.words.money import format_yuan
from gongji.words.names import parse_name

Holder = Annotated[str, typer.Argument(metavar="HOLDER", help=_("the one whose money it is"))]
Beneficiary = Annotated[
    str, typer.Argument(metavar="BENEFICIARY", help=_("the relative for whom it is"))
]
Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help=_("amount in yuan"))]
At = Annotated[
    str | None, typer.Option("--at", metavar="HH:MM", help=_("time of day; wallets close at night"))
]


@single(
    "transfer",
    _("Move money beforehand, into a family pool or a relative's wallet."),
    """
    gongji transfer 我 500 --to pool
    gongji transfer 我 妈妈 800 --to wallet --relation 妈妈 --at 10:00
    """,
)
def transfer_app(
    holder: Holder,
    words: Annotated[
        list[str], typer.Argument(metavar="[BENEFICIARY] AMOUNT", help=_("for whom, how much"))
    ],
    to: Annotated[str, typer.Option("--to", metavar="pool|wallet", help=_("where it goes"))],
    at: At = None,
    relation: Annotated[
        str | None,
        typer.Option("--relation", metavar="RELATION", help=_("of the relative, if not bound")),
    ] = None,
    from_wallet: Annotated[
        bool, typer.Option("--from-wallet", help=_("send on what is in the holder's own wallet"))
    ] = False,
    assume: Assume = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Move money beforehand; a wallet's owner must accept it within the day."""
    _check_words(words, to)
    move = Move(
        holder=parse_name(holder),
        beneficiary=parse_name(words[0]) if to == "wallet" else None,
        fen=fact("amount", words[-1], "AMOUNT"),
        on=day_of(on),
        at=None if at is None else fact("at", at),
        relation=None if relation is None else fact("relation", relation),
        from_wallet=from_wallet,
        assume=checks_to_assume(assume),
    )
    asked = {
        "do": "transfer",
        "holder": move.holder,
        "beneficiary": move.beneficiary,
        "amount": format_yuan(move.fen),
        "to": to,
        "at": move.at,
        "relation": move.relation,
        "from_wallet": from_wallet or None,
        "assume": sorted(move.assume),
        "on": on,
    }
    pack = pack_of(rules)
    return carry_out(
        ledger,
        lambda books: transfer(books, pack, move),
        lambda written: [_moved(move, written.record.seq)],
        request=asked,
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )


def _check_words(words: list[str], to: str) -> None:
    needed = {"pool": 1, "wallet": 2}.get(to)
    if needed is None:
        raise typer.BadParameter(_("`--to` is pool or wallet"))
    if len(words) != needed:
        raise typer.BadParameter(
            _("a pool takes HOLDER AMOUNT, a wallet HOLDER BENEFICIARY AMOUNT")
        )


def _moved(move: Move, record: int) -> str:
    if move.beneficiary is None:
        told = _("{amount} yuan of {holder} are in the family pool: record {record}")
    else:
        told = _("{amount} yuan wait for {beneficiary}: `gongji accept {record}` before tomorrow")
    names = {"holder": move.holder, "beneficiary": move.beneficiary}
    return told.format(**names, amount=format_yuan(move.fen), record=record)


@single("accept", _("Accept what was sent to a wallet."), "gongji accept 12")
def accept_app(
    record: Annotated[int, typer.Argument(metavar="RECORD", help=_("number of the transfer"))],
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Accept a transfer; what nobody accepts goes back the next morning."""
    day = day_of(on)
    return carry_out(
        ledger,
        lambda books: accept(books, record, day),
        lambda _written: [_("record {record} is accepted").format(record=record)],
        request={"do": "accept", "record": record, "on": on},
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )


@single(
    "reserve",
    _("Set money aside for a relative, as a wallet quota."),
    "gongji reserve 我 妈妈 600 --assume mechanism-live",
)
def reserve_app(
    holder: Holder,
    beneficiary: Beneficiary,
    amount: Amount,
    assume: Assume = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Set money aside; the holder cannot spend it, and what is not used comes back."""
    holder, beneficiary, day = parse_name(holder), parse_name(beneficiary), day_of(on)
    fen, checks, pack = fact("amount", amount, "AMOUNT"), checks_to_assume(assume), pack_of(rules)
    asked = {
        "do": "reserve",
        "holder": holder,
        "beneficiary": beneficiary,
        "amount": format_yuan(fen),
        "assume": sorted(checks),
        "on": on,
    }
    told = _("{amount} yuan of {holder} are set aside for {beneficiary}").format(
        amount=format_yuan(fen), holder=holder, beneficiary=beneficiary
    )
    return carry_out(
        ledger,
        lambda books: reserve(books, pack, holder, beneficiary, fen, day, checks),
        lambda _written: [told],
        request=asked,
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )


@single("release", _("Give back what was set aside."), "gongji release 我 妈妈")
def release_app(
    holder: Holder,
    beneficiary: Beneficiary,
    amount: Annotated[
        str | None, typer.Argument(metavar="AMOUNT", help=_("in yuan; default all of it"))
    ] = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Give a quota back to the holder, whole or in part."""
    holder, beneficiary, day = parse_name(holder), parse_name(beneficiary), day_of(on)
    fen = None if amount is None else fact("amount", amount, "AMOUNT")
    pack = pack_of(rules)
    asked = {
        "do": "release",
        "holder": holder,
        "beneficiary": beneficiary,
        "amount": None if fen is None else format_yuan(fen),
        "on": on,
    }

    def told(written: Written) -> list[str]:
        amount = written.record.fields["amount"]
        return [_("{amount} yuan are {holder}'s again").format(amount=amount, holder=holder)]

    return carry_out(
        ledger,
        lambda books: release(books, pack, holder, beneficiary, fen, day),
        told,
        request=asked,
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )

"""gongji bind and unbind."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.bind import Wish, bind, unbind
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
from gongji.words.names import parse_name

Holder = Annotated[str, typer.Argument(metavar="HOLDER", help=_("the one whose account pays"))]
Beneficiary = Annotated[
    str, typer.Argument(metavar="BENEFICIARY", help=_("the relative who may use it"))
]

Relation = Annotated[
    str,
    typer.Option(
        "--relation", metavar="RELATION", help=_("the beneficiary as seen from the holder")
    ),
]
Mechanism = Annotated[
    str | None,
    typer.Option(
        "--mechanism",
        metavar="MECHANISM",
        help="authorisation | family_pool | wallet_transfer | wallet_quota",
    ),
]
CapPerPayment = Annotated[
    str | None,
    typer.Option("--cap-per-payment", metavar="YUAN", help=_("most per payment, in yuan")),
]
Authorised = Annotated[
    str | None, typer.Option("--authorised", metavar="YUAN", help=_("most in all, in yuan"))
]
Priority = Annotated[
    int | None,
    typer.Option("--priority", metavar="N", help=_("whose account pays first: 1 before 2")),
]


@single(
    "bind",
    _("Open a binding, if the rules allow it."),
    """
    gongji bind 我 妈妈 --relation 妈妈
    gongji bind 我 妈妈 --relation parent --cap-per-payment 500 --on 2024-12-01
    """,
)
def bind_app(
    holder: Holder,
    beneficiary: Beneficiary,
    relation: Relation,
    mechanism: Mechanism = None,
    cap_per_payment: CapPerPayment = None,
    authorised: Authorised = None,
    priority: Priority = None,
    assume: Assume = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Open a binding from a holder to a beneficiary after the same checks as check-eligibility."""
    wish = Wish(
        holder=parse_name(holder),
        beneficiary=parse_name(beneficiary),
        relation=fact("relation", relation),
        on=day_of(on),
        mechanism=None if mechanism is None else fact("mechanism", mechanism),
        cap_per_payment_fen=_fen(cap_per_payment, "--cap-per-payment"),
        authorised_fen=_fen(authorised, "--authorised"),
        priority=priority,
        assume=checks_to_assume(assume),
    )
    asked = {
        "do": "bind",
        "holder": wish.holder,
        "beneficiary": wish.beneficiary,
        "relation": wish.relation,
        "mechanism": wish.mechanism,
        "cap_per_payment_fen": wish.cap_per_payment_fen,
        "authorised_fen": wish.authorised_fen,
        "priority": priority,
        "assume": sorted(wish.assume),
        "on": on,
    }
    pack = pack_of(rules)

    def told(written: Written) -> list[str]:
        line = _("{holder} has bound {beneficiary}: record {record}")
        names = {"holder": wish.holder, "beneficiary": wish.beneficiary}
        return [line.format(**names, record=written.record.seq)]

    return carry_out(
        ledger,
        lambda books: bind(books, pack, wish),
        told,
        request=asked,
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )


@single(
    "unbind",
    _("End a binding; from that day on the account no longer pays."),
    """
    gongji unbind 我 妈妈
    gongji unbind 我 妈妈 --on 2025-01-01
    """,
)
def unbind_app(
    holder: Holder,
    beneficiary: Beneficiary,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """End the binding of the two."""
    pack = pack_of(rules)
    holder, beneficiary, day = parse_name(holder), parse_name(beneficiary), day_of(on)

    def told(written: Written) -> list[str]:
        line = _("{holder} no longer binds {beneficiary} from {day} on")
        return [line.format(holder=holder, beneficiary=beneficiary, day=written.record.on)]

    return carry_out(
        ledger,
        lambda books: unbind(books, pack, holder, beneficiary, day),
        told,
        request={"do": "unbind", "holder": holder, "beneficiary": beneficiary, "on": on},
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )


def _fen(text: str | None, option: str) -> int | None:
    return None if text is None else fact("amount", text, option)

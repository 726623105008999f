"""gongji bind and unbind."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.bind import Wish, bind, unbind
from gongji.acts.outcome import Refused
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
from gongji.cli.writing import show_refused, show_written, write
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
    try:
        written = write(
            ledger, lambda books: bind(books, pack, wish), request=asked, key=key, dry_run=dry_run
        )
    except Refused as refused:
        return show_refused(refused, as_json=as_json)
    told = _("{holder} has bound {beneficiary}: record {record}").format(
        holder=wish.holder, beneficiary=wish.beneficiary, record=written.record.seq
    )
    return show_written(written, [told], as_json=as_json)


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
    written = write(
        ledger,
        lambda books: unbind(books, pack, holder, beneficiary, day),
        request={"do": "unbind", "holder": holder, "beneficiary": beneficiary, "on": on},
        key=key,
        dry_run=dry_run,
    )
    told = _("{holder} no longer binds {beneficiary} from {day} on").format(
        holder=holder, beneficiary=beneficiary, day=written.record.on
    )
    return show_written(written, [told], as_json=as_json)


def _fen(text: str | None, option: str) -> int | None:
    return None if text is None else fact("amount", text, option)

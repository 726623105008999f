"""gongji bind and unbind."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.commands import Done
from gongji.cli.shape import REQUIRED, single
from gongji.cli.writing import Assume, writing
from gongji.render.language import _

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


Evidence = Annotated[
    str | None,
    typer.Option(
        "--evidence",
        metavar="KIND",
        help=_("what shows the relation: commitment | documents | none"),
    ),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="HH:MM", help=_("time of day, where hours decide"))
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help=_("last day, where one is chosen"))
]
Switch = Annotated[
    list[str] | None,
    typer.Option(
        "--switch",
        metavar="pay|premium",
        help=_("what is switched on, where there are switches; repeatable"),
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="holder|beneficiary", help=_("who does it (default the holder)")),
]
Accepted = Annotated[
    bool | None,
    typer.Option("--accepted/--declined", help=_("whether the relative has agreed in person")),
]


def _bound(done: Done) -> list[str]:
    record = done.records[0]
    line = _("{holder} has bound {beneficiary}: record {record}")
    lines = [line.format(**_names(done), record=record.seq)]
    effective = record.fields.get("effective", str(record.on))
    if effective > str(record.on):
        told = _("in force from {moment} on").format(moment=effective.replace("T", " "))
        lines.append(f"  {told}")
    return lines


def _unbound(done: Done) -> list[str]:
    line = _("{holder} no longer binds {beneficiary} from {day} on")
    return [line.format(**_names(done), day=done.records[0].on)]


def _names(done: Done) -> dict[str, str]:
    fields = done.records[0].fields
    return {name: fields[name] for name in ("holder", "beneficiary")}


bind_app = single(
    "bind",
    _("Open a binding, if the rules allow it."),
    """
    gongji bind 我 妈妈 --relation 妈妈
    gongji bind 我 妈妈 --relation parent --cap-per-payment 500 --on 2024-12-01
    gongji bind 我 妈妈 --relation 妈妈 --evidence documents --until 2026-12-31
    """,
)(
    writing(
        "bind",
        {
            "holder": (Holder, REQUIRED),
            "beneficiary": (Beneficiary, REQUIRED),
            "relation": (Relation, REQUIRED),
            "mechanism": (Mechanism, None),
            "cap_per_payment": (CapPerPayment, None),
            "authorised": (Authorised, None),
            "priority": (Priority, None),
            "evidence": (Evidence, None),
            "at": (At, None),
            "until": (Until, None),
            "switch": (Switch, None),
            "by": (By, None),
            "accepted": (Accepted, None),
            "assume": (Assume, None),
        },
        _bound,
    )
)

unbind_app = single(
    "unbind",
    _("End a binding; from that day on the account no longer pays."),
    """
    gongji unbind 我 妈妈
    gongji unbind 我 妈妈 --on 2025-01-01
    """,
)(
    writing(
        "unbind",
        {"holder": (Holder, REQUIRED), "beneficiary": (Beneficiary, REQUIRED), "by": (By, None)},
        _unbound,
    )
)

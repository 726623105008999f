"""gongji person: who is in the household, and where and how they are insured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from gongji.acts.commands import Done
from gongji.acts.people import person
from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, Ledger, On, day_of, open_books, show, show_json
from gongji.cli.shape import REQUIRED, command, group
from gongji.cli.writing import writing
from gongji.render.language import N_, _
from gongji.words.names import parse_name

app = group(
    _("The people of the household."),
    """
    gongji person add 我 --area 深圳 --insurance employee --balance 6000
    gongji person add 妈妈 --area 武汉 --insurance resident --born 1960-05-01
    gongji person list
    """,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help=_("short name of the person"))]
Area = typer.Option("--area", metavar="AREA", help=_("area of insurance"))
Insurance = typer.Option("--insurance", metavar="KIND", help="employee | resident | none")
Status = Annotated[
    str | None,
    typer.Option("--status", metavar="STATUS", help="active | suspended | arrears | ended"),
]
Type = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="employed | flexible | retired")
]
Tier = Annotated[
    str | None, typer.Option("--tier", metavar="TIER", help=_("tier, a word of the rule file"))
]
Group = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="WORD", help=_("group, such as newborn; repeatable")),
]
Born = Annotated[str | None, typer.Option("--born", metavar="DATE", help=_("day of birth"))]
IdNumber = Annotated[
    str | None,
    typer.Option(
        "--id-number",
        metavar="NUMBER",
        help=_("identity number; only a mask and a digest are kept"),
    ),
]
Wallet = Annotated[str | None, typer.Option("--wallet", metavar="open|none", help="open | none")]
Order = Annotated[
    list[str] | None,
    typer.Option(
        "--order",
        metavar="HOLDER",
        help=_("who is to pay for the person first; repeatable, in this order"),
    ),
]
Yuan = Annotated[
    str | None, typer.Option("--balance", metavar="YUAN", help=_("whole balance, in yuan"))
]
Current = Annotated[
    str | None,
    typer.Option("--current", metavar="YUAN", help=_("money of the current year, in yuan")),
]
CarryOver = Annotated[
    str | None,
    typer.Option("--carryover", metavar="YUAN", help=_("carry-over of past years, in yuan")),
]


_KNOWN = {
    "status": (Status, None),
    "balance": (Yuan, None),
    "current": (Current, None),
    "carryover": (CarryOver, None),
    "type": (Type, None),
    "tier": (Tier, None),
    "group": (Group, None),
    "born": (Born, None),
    "id_number": (IdNumber, None),
    "wallet": (Wallet, None),
    "order": (Order, None),
}


def _telling(told: str) -> Callable[[Done], list[str]]:
    return lambda done: [_(told).format(name=done.records[0].fields["person"])]


command(
    app,
    "add",
    _("Add a person."),
    """
    gongji person add 我 --area 深圳 --insurance employee --balance 6000
    gongji person add 我 --area 上海 --insurance employee --current 500 --carryover 3000
    """,
)(
    writing(
        "person-add",
        {
            "person": (Name, REQUIRED),
            "area": (Annotated[str, Area], REQUIRED),
            "insurance": (Annotated[str, Insurance], REQUIRED),
            **_KNOWN,
        },
        _telling(N_("{name} is in the household")),
    )
)

command(
    app,
    "set",
    _("Change what is known of a person."),
    """
    gongji person set 我 --status suspended
    gongji person set 我 --current 800 --carryover 2600
    gongji person set 妈妈 --order 我 --order 哥哥
    """,
)(
    writing(
        "person-set",
        {
            "person": (Name, REQUIRED),
            "area": (Annotated[str | None, Area], None),
            "insurance": (Annotated[str | None, Insurance], None),
            **_KNOWN,
        },
        _telling(N_("{name} is changed")),
    )
)

command(
    app,
    "remove",
    _("Take a person out of the household; what the ledger holds of them stays."),
    "gongji person remove 舅舅",
)(
    writing(
        "person-remove",
        {"person": (Name, REQUIRED)},
        _telling(N_("{name} is no longer in the household")),
    )
)


@command(app, "show", _("Show a person, balances and bindings."), "gongji person show 我")
def show_one(name: Name, on: On = None, ledger: Ledger = None, as_json: AsJson = False) -> int:
    """Show what the books hold of a person."""
    from gongji.render.household_text import person_data, person_lines

    with open_books(ledger) as books:
        attributes = person(books, parse_name(name))
        data = person_data(books, name, attributes, day_of(on))
    show(data, () if as_json else person_lines(data), as_json=as_json)
    return ExitCode.YES


@command(app, "list", _("List everybody."), "gongji person list --json | jq -r .person")
def list_(on: On = None, ledger: Ledger = None, as_json: AsJson = False) -> int:
    """List everybody in the household."""
    from gongji.render import stream
    from gongji.render.household_text import people_lines, person_data

    with open_books(ledger) as books:
        day = day_of(on)
        people = [person_data(books, name, known, day) for name, known in books.people()]
    if as_json:
        for data in people:
            show_json(data)
        return ExitCode.YES
    for line in people_lines(people):
        stream.data(line)
    return ExitCode.YES

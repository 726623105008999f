"""gongji person: who is in the household, and where and how they are insured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from gongji.acts.outcome import Misfit, Plan
from gongji.acts.people import Balances, Ended, add_person, person, remove_person, set_person
from gongji.acts.quota import ended_quotas
from gongji.cli.exit import ExitCode
from gongji.cli.session import (
    AsJson,
    DryRun,
    Key,
    Ledger,
    On,
    day_of,
    fact,
    open_books,
    pack_of,
    show,
    show_json,
)
from gongji.cli.shape import REQUIRED, command, group, taking
from gongji.cli.writing import carry_out
from gongji.ledger.books import Books
from gongji.render.language import _
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
Area = Annotated[str | None, typer.Option("--area", metavar="AREA", help=_("area of insurance"))]
Insurance = Annotated[
    str | None, typer.Option("--insurance", metavar="KIND", help="employee | resident | none")
]
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


_OPTIONS: dict[str, tuple[Any, Any]] = {
    "name": (Name, REQUIRED),
    "area": (Area, None),
    "insurance": (Insurance, None),
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
    "on": (On, None),
    "key": (Key, None),
    "dry_run": (DryRun, False),
    "ledger": (Ledger, None),
    "as_json": (AsJson, False),
}
_CHANGES = (
    *("area", "insurance", "status", "balance", "current", "carryover"),
    *("type", "tier", "group", "born", "id_number", "wallet"),
)
_NEEDED = {
    "area": (
        Annotated[str, typer.Option("--area", metavar="AREA", help=_("area of insurance"))],
        REQUIRED,
    ),
    "insurance": (
        Annotated[
            str,
            typer.Option("--insurance", metavar="KIND", help="employee | resident | none"),
        ],
        REQUIRED,
    ),
}


def _add(**given: Any) -> int:
    """Add a person to the household; the first one begins the ledger."""
    told = _("{name} is in the household")
    return _write("person-add", add_person, told, given, create=not given["dry_run"])


def _set(**given: Any) -> int:
    """Change some attributes or balances; what is not named stays."""
    if not any(given[option] not in (None, []) for option in _CHANGES):
        raise Misfit("person.no-change", name=parse_name(given["name"]))

    def act(books: Books, name: str, changes: Any, balances: Balances, on: date) -> Plan:
        def ended() -> Ended:
            return ended_quotas(books, pack_of(None), name, on)

        return set_person(books, name, changes, balances, on, ended)

    return _write("person-set", act, _("{name} is changed"), given)


def _write(
    do: str, act: Callable[..., Plan], told: str, given: dict[str, Any], *, create: bool = False
) -> int:
    name, day = parse_name(given["name"]), day_of(given["on"])
    attributes, balances = _attributes(given), _balances(given)
    _check_birth(name, attributes, day)
    return carry_out(
        given["ledger"],
        lambda books: act(books, name, attributes, balances, day),
        lambda _written: [told.format(name=name)],
        request=_request(do, name, attributes, balances, given["on"]),
        key=given["key"],
        dry_run=given["dry_run"],
        as_json=given["as_json"],
        create=create,
    )


def _check_birth(name: str, attributes: dict[str, Any], day: date) -> None:
    born = attributes.get("born")
    if born is not None and born > day.isoformat():
        raise Misfit("person.born-later", name=name, born=born, on=str(day))


command(
    app,
    "add",
    _("Add a person."),
    """
    gongji person add 我 --area 深圳 --insurance employee --balance 6000
    gongji person add 我 --area 上海 --insurance employee --current 500 --carryover 3000
    """,
)(taking(_OPTIONS | _NEEDED, _add))

command(
    app,
    "set",
    _("Change what is known of a person."),
    """
    gongji person set 我 --status suspended
    gongji person set 我 --current 800 --carryover 2600
    """,
)(taking(_OPTIONS, _set))


@command(
    app,
    "remove",
    _("Take a person out of the household; what the ledger holds of them stays."),
    "gongji person remove 舅舅",
)
def remove(
    name: Name,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Take a person out; records are never taken away."""
    name, day = parse_name(name), day_of(on)
    return carry_out(
        ledger,
        lambda books: remove_person(books, name, day),
        lambda _written: [_("{name} is no longer in the household").format(name=name)],
        request={"do": "person-remove", "person": name, "on": on},
        key=key,
        dry_run=dry_run,
        as_json=as_json,
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


def _attributes(given: dict[str, Any]) -> dict[str, Any]:
    """Read the options of a person; the same table reads the keys of a request."""
    sides = ("area", "insurance", "status", "type", "tier", "wallet")
    read = {
        name: fact(f"holder.{name}", given[name], f"--{name}")
        for name in sides
        if given[name] is not None
    }
    if given["group"]:
        read["group"] = sorted(fact("holder.group", given["group"], "--group"))
    if given["born"] is not None:
        read["born"] = fact("on", given["born"], "--born").isoformat()
    if given["id_number"] is not None:
        from gongji.cli.identity import identified

        read |= identified(given["id_number"], given["ledger"], dry_run=given["dry_run"])
    return read


def _balances(given: dict[str, Any]) -> Balances:
    read = {
        name: None if given[name] is None else fact("holder.balance", given[name], f"--{name}")
        for name in ("balance", "current", "carryover")
    }
    whole, current, carryover = read["balance"], read["current"], read["carryover"]
    if whole is not None and (current is not None or carryover is not None):
        raise typer.BadParameter(_("name either `--balance` or `--current` and `--carryover`"))
    return Balances(whole, current, carryover)


def _request(
    do: str, name: str, attributes: dict[str, Any], balances: Balances, on: str | None
) -> dict[str, Any]:
    """Return what was asked, as it was understood, for a repeated key."""
    return {"do": do, "person": name, **attributes, **asdict(balances), "on": on}

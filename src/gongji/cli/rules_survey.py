"""gongji rules list, matrix, stale: all regions at once."""

from __future__ import annotations

import re
from datetime import timedelta
from shutil import get_terminal_size
from typing import Annotated

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, On, Rules, day_of, pack_of, show_json
from gongji.cli.shape import command
from gongji.render import stream
from gongji.render.language import _

FORMATS = ("table", "csv", "json")

app = typer.Typer()


@command(
    app,
    "list",
    _("List the regions: when they were read, how much they say, how much is unknown."),
    """
    gongji rules list
    gongji rules list --on 2024-01-01 --json | jq -r 'select(.unknown != []) | .code'
    """,
)
def list_regions(on: On = None, rules: Rules = None, as_json: AsJson = False) -> int:
    """List the regions with shares of the core values: cited, inherited and unknown.

    Asked of each region as a whole: what only its cities say is unknown there.
    """
    from gongji.policy.survey import survey
    from gongji.render.survey_text import survey_data, survey_lines

    pack, day = pack_of(rules), day_of(on)
    surveys = survey(pack, day)
    if as_json:
        for found in surveys:
            show_json(survey_data(found, day, pack.digest))
    else:
        stream.data("\n".join(survey_lines(surveys, get_terminal_size().columns)))
    return ExitCode.YES


@command(
    app,
    "matrix",
    _("Show the regions side by side for a topic."),
    """
    gongji rules matrix --topic relatives
    gongji rules matrix --topic wallet --on 2025-06-01
    gongji rules matrix --topic funds --format csv > funds.csv
    """,
)
def show_matrix(
    topic: Annotated[
        str,
        typer.Option("--topic", metavar="TOPIC", help=_("relatives, funds, premium …, or wallet")),
    ],
    on: On = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="table|csv|json",
            help=_("form of the answer (default table)"),
            show_default=False,
        ),
    ] = "table",
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Show what every region says of a topic; CSV has codes and a column for each parameter."""
    from gongji.policy.matrix import matrix
    from gongji.render.matrix_text import matrix_csv, matrix_lines, row_data

    form = _form(form, as_json=as_json)
    pack = pack_of(rules)
    found = matrix(pack, _topic(topic), day_of(on))
    match form:
        case "json":
            for row in found.rows:
                show_json(row_data(found, row, pack.digest))
        case "csv":
            stream.data(matrix_csv(found))
        case _:
            stream.data("\n".join(matrix_lines(found, get_terminal_size().columns)))
    return ExitCode.YES


@command(
    app,
    "stale",
    _("List the regions whose sources were last read long ago."),
    """
    gongji rules stale
    gongji rules stale --older-than 90d --on 2027-01-01 --json
    """,
)
def list_stale(
    older_than: Annotated[
        str,
        typer.Option(
            "--older-than", metavar="DAYS", help=_("such as 90d (default 180d)"), show_default=False
        ),
    ] = "180d",
    on: On = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """List the regions reviewed more than so many days before the day, oldest first."""
    from gongji.policy.survey import stale
    from gongji.render.survey_text import stale_data, stale_lines

    day = day_of(on)
    regions = stale(pack_of(rules), day, _days(older_than))
    if as_json:
        for region in regions:
            show_json(stale_data(region, day))
    elif regions:
        stream.data("\n".join(stale_lines(regions, day, get_terminal_size().columns)))
    else:
        stream.say(_("no region was read so long ago"))
    return ExitCode.YES


def _form(form: str, *, as_json: bool) -> str:
    if form not in FORMATS:
        raise typer.BadParameter(_("a format is table, csv or json"))
    if as_json and form == "csv":
        raise typer.BadParameter(_("`--json` and `--format csv` exclude each other"))
    return "json" if as_json else form


def _topic(name: str) -> str:
    from gongji.policy.matrix import WALLET
    from gongji.policy.parameters import Kind, kind_of
    from gongji.render.labels import TOPICS

    topics = [*(each for each in TOPICS if kind_of(each) is not Kind.COLLECTION), WALLET]
    if name not in topics:
        told = _("`{name}` is no topic; the topics are {names}")
        raise typer.BadParameter(told.format(name=name, names=", ".join(topics)))
    return name


def _days(text: str) -> timedelta:
    match = re.fullmatch(r"([0-9]{1,5})d", text)
    if match is None:
        raise typer.BadParameter(_("write a number of days, such as 180d"))
    return timedelta(days=int(match[1]))

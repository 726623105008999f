"""gongji rules diff: between two days, or between two folders of rule files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, Rules, fact, pack_of, show
from gongji.cli.shape import command
from gongji.render.language import _

if TYPE_CHECKING:
    from gongji.policy.pack import Pack

app = typer.Typer()


@command(
    app,
    "diff",
    _("Show what changed between two days, or between two folders of rule files."),
    """
    gongji rules diff 湖北 2024-09-30 2024-10-01
    gongji rules diff 440300 2023-01-01 2025-01-01 --json
    gongji rules diff "$(gongji rules path)" my-reform/
    """,
)
def show_difference(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="AREA DAY DAY | DIR DIR", help=_("an area and two days, or two folders")
        ),
    ],
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Show what changed, and which of the cases beside the rule files change their verdict.

    A folder that holds no file of the nation is an overlay and is read over the shipped rules.
    """
    if len(places) == 3:
        area, first, second = places
        return _between_days(area, first, second, rules, as_json=as_json)
    if len(places) != 2:
        raise typer.BadParameter(_("name an area and two days, or two folders"))
    if rules:
        raise typer.BadParameter(_("`--rules` does not go with two folders"))
    return _between_folders(Path(places[0]), Path(places[1]), as_json=as_json)


def _between_days(
    place: str, first: str, second: str, rules: list[Path] | None, *, as_json: bool
) -> int:
    from gongji.batch.cases import case_folders, flips, read_cases
    from gongji.engine.decide import decide
    from gongji.policy.comparison import between_days
    from gongji.render.difference_text import days_data, days_lines
    from gongji.words.areas import chain

    area = fact("holder.area", place, "AREA")
    before, after = fact("on", first, "DAY"), fact("on", second, "DAY")
    pack = pack_of(rules)
    found = between_days(pack, area, before, after)
    cases = read_cases(case_folders(pack))
    turned = flips(
        [case for case in cases if area in chain(case.request.holder.area)],
        lambda request: decide(replace(request, on=before), pack),
        lambda request: decide(replace(request, on=after), pack),
    )
    lines = () if as_json else days_lines(found, turned, get_terminal_size().columns)
    show(days_data(found, turned, pack.digest), lines, as_json=as_json)
    return ExitCode.YES


def _between_folders(first: Path, second: Path, *, as_json: bool) -> int:
    from gongji.batch.cases import case_folders, flips, read_cases
    from gongji.engine.decide import decide
    from gongji.policy.comparison import between_packs
    from gongji.policy.reading import shipped_rules
    from gongji.render.difference_text import folders_data, folders_lines

    before, after = _pack_of_folder(first), _pack_of_folder(second)
    found = between_packs(before, after)
    cases = read_cases(dict.fromkeys([shipped_rules(), *case_folders(before, after)]))
    turned = flips(
        cases, lambda request: decide(request, before), lambda request: decide(request, after)
    )
    lines = () if as_json else folders_lines(found, turned, get_terminal_size().columns)
    show(folders_data(found, turned, (before.digest, after.digest)), lines, as_json=as_json)
    return ExitCode.YES


def _pack_of_folder(folder: Path) -> Pack:
    from gongji.policy.pack import NATION
    from gongji.policy.reading import load, shipped_rules

    alone = load([folder])
    return alone if alone.region(NATION) else load([shipped_rules(), folder])

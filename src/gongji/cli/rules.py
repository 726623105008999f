"""gongji rules: the rule files, checked and shown; the other commands of the group join here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from gongji.cli import rules_cases, rules_diff, rules_files, rules_survey
from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, On, Rules, day_of, fact, pack_of, show, show_json
from gongji.cli.shape import command, group
from gongji.render import stream
from gongji.render.language import _

app = group(
    _("The rule files: what they say, and whether they are whole."),
    """
    gongji rules show 湖北
    gongji rules show 深圳 --on 2023-06-01
    gongji rules matrix --topic relatives
    gongji rules diff 湖北 2024-09-30 2024-10-01
    gongji rules check
    """,
)
for part in (rules_survey, rules_diff, rules_cases, rules_files):
    app.add_typer(part.app)


@command(
    app,
    "check",
    _("Report every problem of every rule file."),
    """
    gongji rules check
    gongji rules check my-reform/ --json
    """,
)
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATHS", help=_("folders or files"))
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Check rule files: all problems in one run, each with its place, cause and hint."""
    from gongji.policy.reading import examine, shipped_rules
    from gongji.render import as_json as shapes
    from gongji.render.problem_text import problem_lines

    pack, problems = examine(paths or [shipped_rules()])
    lines_of = cache(_lines)
    for problem in problems:
        if as_json:
            show_json(shapes.problem(problem))
            continue
        for line in problem_lines(problem, lines_of(problem.path) if problem.line else ()):
            stream.data(line)
    if not as_json and pack is not None:
        stream.say(_summary(pack, len(problems)))
    return ExitCode.BAD_DATA if problems else ExitCode.YES


@command(
    app,
    "show",
    _("Show what holds in an area on a day, with source and doubt."),
    """
    gongji rules show 湖北
    gongji rules show 440300 --on 2023-06-01 --json
    """,
)
def show_area(
    area: Annotated[str, typer.Argument(metavar="AREA", help=_("area, as code or name"))],
    on: On = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Show every value that holds there and then, and everything that is not known."""
    from gongji.render.rules_text import rulings_lines
    from gongji.render.rules_view import view_data, view_of

    pack = pack_of(rules)
    view = view_of(pack, fact("holder.area", area, "AREA"), day_of(on))
    show(view_data(view, pack.digest), () if as_json else rulings_lines(view), as_json=as_json)
    return ExitCode.YES


def _lines(path: str) -> Sequence[str]:
    try:
        return Path(path).read_bytes().decode("utf-8-sig", errors="replace").split("\n")
    except OSError:
        return ()


def _summary(pack: object, problems: int) -> str:
    from gongji.policy.pack import Pack

    assert isinstance(pack, Pack)
    told = _("regions: {regions}, clauses: {clauses}, sources: {sources}, problems: {problems}")
    return told.format(
        regions=sum(len(layer.regions) for layer in pack.layers),
        clauses=sum(len(layer.clauses) for layer in pack.layers),
        sources=sum(len(layer.sources) for layer in pack.layers),
        problems=problems,
    )

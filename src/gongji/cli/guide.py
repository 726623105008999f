"""gongji guide: how to do it for real, in one area."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, On, Rules, day_of, fact, pack_of, show
from gongji.cli.shape import single
from gongji.policy.guide_parts import PARTS
from gongji.policy.pack import NATION
from gongji.render.language import _


@single(
    "guide",
    _("Tell how to do it for real somewhere: channels, steps, papers, waiting, hotline."),
    """
    gongji guide bind --area 江西
    gongji guide premium --area 深圳 --on 2025-10-01
    gongji guide wallet
    """,
)
def app(
    action: Annotated[str, typer.Argument(metavar="ACTION", help=" | ".join(PARTS))],
    area: Annotated[
        str,
        typer.Option(
            "--area",
            metavar="AREA",
            show_default=False,
            help=_("area of insurance (default the nation's own rules)"),
        ),
    ] = NATION,
    on: On = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Show what is known of doing it there, what is not known, and whom to ask."""
    from gongji.policy.guide import guide_to
    from gongji.render.guide_data import guide_data
    from gongji.render.guide_text import guide_lines

    if action not in PARTS:
        told = _("`{name}` is no action; the actions are {names}")
        raise typer.BadParameter(told.format(name=action, names=", ".join(PARTS)))
    pack = pack_of(rules)
    guide = guide_to(pack, action, fact("holder.area", area, "--area"), day_of(on))
    show(guide_data(guide, pack.digest), () if as_json else guide_lines(guide), as_json=as_json)
    return ExitCode.YES

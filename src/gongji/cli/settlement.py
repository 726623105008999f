"""gongji settlement: messages of the national platform, checked to the fen."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.reading import opened
from gongji.cli.session import AsJson, show
from gongji.cli.shape import command, group
from gongji.render.language import _
from gongji.settlement.profiles import Profile

app = group(
    _("Settlement messages of the national platform: whether their amounts are right."),
    """
    gongji settlement check message.json
    gongji settlement check - --json < messages.ndjson
    """,
)
ProfileName = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="PROFILE",
        help=_("how the message means its amounts: {names}").format(names=" | ".join(Profile)),
    ),
]


@command(
    app,
    "check",
    _("Do the amounts of a message balance, and if not, which are off and by how much?"),
    """
    gongji settlement check message.json
    gongji settlement check messages.ndjson --profile fund_includes_acct
    cat messages.ndjson | gongji settlement check - --json
    """,
)
def check(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-", help=_("one JSON message a line, or a single one over several lines")
        ),
    ],
    profile: ProfileName = Profile.OF_WHICH,
    as_json: AsJson = False,
) -> int:
    """Check every message; one that cannot be read has its own answer and stops nothing."""
    from gongji.batch.lines import read_lines
    from gongji.batch.settlements import check_lines
    from gongji.render.settlement_json import answer_data
    from gongji.render.settlement_text import answer_lines
    from gongji.settlement.balance import Balance

    meant = profile_of(profile)
    codes = {ExitCode.YES}
    with opened(file) as stream:
        for line, found in check_lines(read_lines(stream), meant):
            lines = () if as_json else answer_lines(line, found)
            show(answer_data(line, found), lines, as_json=as_json)
            if not isinstance(found, Balance):
                codes.add(ExitCode.BAD_DATA)
            elif not found.balances:
                codes.add(ExitCode.NO)
    return max(codes)


def profile_of(name: str) -> Profile:
    """Return the profile of that name. Raises BadParameter for a name of none."""
    try:
        return Profile(name)
    except ValueError:
        names = ", ".join(Profile)
        raise typer.BadParameter(_("a profile is one of {names}").format(names=names)) from None

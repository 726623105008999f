"""gongji error: what a code means, and what to do about it."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.outcome import Misfit
from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, show_json
from gongji.cli.shape import single
from gongji.render import stream
from gongji.render.language import _


@single(
    "error",
    _("Tell what the code of an error means, why it is so and what to do; without one, list all."),
    """
    gongji error money.decimals
    gongji error --json | jq -r .code
    """,
)
def app(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help=_("what stands in brackets behind the word error")),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Print one entry of the error catalogue, or all of them."""
    from gongji.cli.catalogue import catalogue
    from gongji.render.error_entry import Entry, entry_data, entry_lines, listed_lines

    entries: dict[str, Entry] = catalogue()
    if code is not None and code not in entries:
        raise _no_error(code, list(entries))
    found = entries if code is None else {code: entries[code]}
    if as_json:
        for entry in found.values():
            show_json(entry_data(entry))
    else:
        lines = listed_lines(found) if code is None else entry_lines(found[code])
        stream.data("\n".join(lines))
    return ExitCode.YES


def _no_error(text: str, codes: list[str]) -> Misfit:
    from difflib import get_close_matches

    from gongji.engine.checks import NAMES
    from gongji.render.sentences import REASONS

    if text in NAMES or text in REASONS:
        return Misfit("error.check", text=text)
    near = get_close_matches(text, codes, n=3, cutoff=0)
    return Misfit("error.unknown", text=text, near=", ".join(near))

"""What is wrong with a request, in a sentence: the same for a line of a batch and for an option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gongji.engine.request import BadRequest
from gongji.render.language import N_, _
from gongji.render.wording import clean, plain_refusal, refusal

LINE_ERRORS: Final[Mapping[str, tuple[str, str | None]]] = {
    "line.too-long": (
        N_("the line is longer than {limit} bytes"),
        N_("write one request a line"),
    ),
    "line.byte-order-mark": (
        N_("the line begins with a byte order mark"),
        N_("save the file as UTF-8 without it"),
    ),
    "line.empty": (N_("the line is empty"), N_("write one JSON object a line")),
    "line.encoding": (N_("the line is not UTF-8"), N_("save the file as UTF-8")),
    "line.too-deep": (N_("the line is nested too deeply"), N_("a request has two levels")),
    "line.not-json": (N_("the line is not JSON, from column {column} on"), None),
    "line.key-twice": (N_("the key stands there twice"), N_("leave one of them out")),
    "line.not-an-integer": (
        N_("`{text}` is no whole number"),
        N_('write an amount as text, such as "12.50"'),
    ),
    "line.not-a-number": (N_("`{text}` is no number"), None),
    "line.number-too-large": (N_("the number is too large"), None),
    "text.empty": (N_("`{option}` is empty"), N_("write something after it, or leave it out")),
    "text.too-long": (N_("`{option}` is longer than {limit} characters"), N_("shorten it")),
    "text.encoding": (N_("`{option}` is not UTF-8"), N_("write it in UTF-8")),
    "text.control": (
        N_("`{option}` has a line end, an escape or another character that does not show"),
        N_("write it in one line of plain text"),
    ),
    "request.known-from-ledger": (
        N_("the ledger knows this of the two people"),
        N_("leave it out, or change it with `gongji person set`"),
    ),
}


def told_of(problem: BadRequest, *, translated: bool = False) -> dict[str, Any]:
    """Return code, key, message and hint; in English unless `translated`."""
    if problem.code in LINE_ERRORS:
        say = _ if translated else N_
        cause, remedy = LINE_ERRORS[problem.code]
        values = {name: clean(text) for name, text in problem.values.items()}
        message, hint = say(cause).format(**values), say(remedy) if remedy else None
    else:
        message, hint = refusal(problem) if translated else plain_refusal(problem)
    key = None if problem.key is None else clean(problem.key)
    return {"code": problem.code, "key": key, "message": message, "hint": hint}

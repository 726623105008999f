"""What is wrong with a settlement message, in a sentence that repeats nothing of the message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gongji.render.language import N_, _
from gongji.render.request_text import LINE_ERRORS
from gongji.settlement.errors import BadSettlement

_YUAN: Final = N_("write yuan with at most two decimals and no separators, such as 1234.50")
_MESSAGE: Final = N_("give the answer of 2206, 2207, 2303 or 2304, its `output`, or its `setlinfo`")
_ONE_A_LINE: Final = N_("write one message a line, or a single one over several lines")

SETTLEMENT_ERRORS: Final[Mapping[str, tuple[str, str | None]]] = {
    "settlement.none": (
        N_("there is no settlement in it"),
        _MESSAGE,
    ),
    "settlement.several": (
        N_("there is more than one message"),
        N_("give the one message whose bill is to be paid"),
    ),
    "settlement.failed": (
        N_("the platform answered with a failure (`infcode`), so nothing was settled"),
        N_("see `err_msg` in the message; it is not repeated here on purpose"),
    ),
    "settlement.not-an-object": (
        N_("the message is no JSON object"),
        _MESSAGE,
    ),
    "settlement.form": (
        N_("`{key}` is not of the form that it must have"),
        N_("`output` and `setlinfo` are objects, `setldetail` is a list of objects"),
    ),
    "settlement.missing": (
        N_("`{key}` is missing"),
        N_("an amount that is nothing may be empty, but the key must be there"),
    ),
    "settlement.twice": (
        N_("`{key}` stands there twice, in two spellings or places, with different values"),
        N_("leave one of them out"),
    ),
    "settlement.amount": (
        N_("`{key}` is no amount of yuan; it is not repeated here on purpose"),
        _YUAN,
    ),
    "settlement.amount-decimals": (N_("`{key}` has more than two decimals"), _YUAN),
    "settlement.amount-too-large": (
        N_("`{key}` is too large"),
        N_("write at most 14 digits of yuan"),
    ),
    "line.too-long": (N_("the text is longer than {limit} bytes"), _ONE_A_LINE),
    "line.too-deep": (N_("the text is nested too deeply"), N_("a message has three levels")),
    "line.not-json": (N_("no JSON from line {line}, column {column} on"), _ONE_A_LINE),
    "line.key-twice": (
        N_("a key stands twice in one object; it is not repeated here on purpose"),
        N_("leave one of them out"),
    ),
}
"""Sentence and hint by code; what else may be wrong with a line is told as in a batch."""


def told_of(problem: BadSettlement, *, translated: bool = False) -> dict[str, Any]:
    """Return code, key, message and hint; in English unless `translated`."""
    say = _ if translated else N_
    errors = {**LINE_ERRORS, **SETTLEMENT_ERRORS}
    cause, remedy = errors[problem.code]
    return {
        "code": problem.code,
        "key": problem.key,
        "message": say(cause).format(key=problem.key, **problem.values),
        "hint": say(remedy) if remedy else None,
    }

"""What is wrong with a request, in a sentence: the same for a line of a batch and for an option."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from gongji.engine.request import BadRequest
from gongji.policy.problems import Problem
from gongji.render.language import N_, _
from gongji.render.wording import plain_refusal, quoted, refusal
from gongji.words.text import clean

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
    "text.empty": (N_("`{key}` is empty"), N_("write something after it, or leave it out")),
    "text.too-long": (N_("`{key}` is longer than {limit} characters"), N_("shorten it")),
    "text.encoding": (N_("`{key}` is not UTF-8"), N_("write it in UTF-8")),
    "text.control": (
        N_("`{key}` has a line end, an escape or another character that does not show"),
        N_("write it in one line of plain text"),
    ),
    "text.identity": (
        N_("`{key}` holds an identity number, of which a ledger keeps none whole"),
        N_("leave it out; `--id-number` keeps a mask and a digest of it"),
    ),
    "command.unknown": (N_("`{text}` is no command"), N_("write one of: {candidates}")),
    "command.key-unknown": (N_("unknown key `{key}`"), N_("write one of: {candidates}")),
    "command.born-otherwise": (
        N_("the identity number says another day of birth than `born`"),
        N_("leave the day of birth out, or see to the number; it is not repeated here on purpose"),
    ),
    "command.balance-twice": (
        N_("the balance is named twice"),
        N_("name either `balance` or `current` and `carryover`"),
    ),
    "command.amount-or-month": (
        N_("an amount or a month is needed, and not both"),
        N_("name the amount, or the month that the rules accrue"),
    ),
    "command.parties": (
        N_("a pool takes HOLDER AMOUNT, a wallet HOLDER BENEFICIARY AMOUNT"),
        N_("name the relative for a wallet, and nobody for a pool"),
    ),
    "word.no-check": (N_("`{text}` is no check"), N_("the checks are {candidates}")),
    "word.none-of": (N_("`{text}` is no word for `{key}`"), N_("write one of: {candidates}")),
    "month.form": (N_("`{text}` is no month"), N_("write it as YYYY-MM")),
    "head.form": (
        N_("`{key}` names no head: it must have 64 digits from 0 to f"),
        N_("copy it from what `gongji ledger head` printed"),
    ),
    "request.known-from-ledger": (
        N_("the ledger knows this of the two people"),
        N_("leave it out, or change it with `gongji person set`"),
    ),
}


def told_of(
    problem: BadRequest, *, translated: bool = False, name: str | None = None
) -> dict[str, Any]:
    """Return code, key, message and hint; in English unless `translated`.

    `name` is what the key is called where it was written, such as an option.
    """
    key = None if problem.key is None else clean(problem.key)
    if problem.code in LINE_ERRORS:
        message, hint = _line_error(problem, name or key or "", _ if translated else N_)
    else:
        message, hint = refusal(problem) if translated else plain_refusal(problem)
    return {"code": problem.code, "key": key, "message": message, "hint": hint}


def told_of_line(problem: Problem, *, translated: bool = False) -> dict[str, Any]:
    """Return the same of a problem that stands in a line of a file beside the rules."""
    request = BadRequest(problem.code, problem.dotted_key or None, **problem.values)
    return told_of(request, translated=translated)


def _line_error(
    problem: BadRequest, name: str, say: Callable[[str], str]
) -> tuple[str, str | None]:
    values = {**quoted(problem), "key": name}
    cause, remedy = (
        say(part).format_map(values) if part else None for part in LINE_ERRORS[problem.code]
    )
    return cause or "", remedy

"""What the commands that write take: one reader an argument, each giving plain JSON.

The command line and a line of commands are read by the same readers, so that what was asked stands
in a record in one form, whichever way it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from gongji.engine.checks import NAMES
from gongji.engine.request import BY_PATH, BadRequest
from gongji.words.days import BadDay, parse_month
from gongji.words.money import format_yuan
from gongji.words.names import parse_name
from gongji.words.text import TEXT_MAX, BadText, parse_text

Reader = Callable[[Any], Any]
"""Returns the argument in plain JSON. Raises BadRequest without a key, or BadName."""

_IN_JSON: Final[Mapping[str, Reader]] = {
    "yuan": format_yuan,
    "day": str,
    "list": sorted,
}


def _as(path: str) -> Reader:
    """Return the reader of an argument that means what the request key `path` means."""
    key = BY_PATH[path]
    in_json = _IN_JSON.get(key.form, lambda value: value)
    return lambda value: in_json(key.read(value))


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise BadRequest("request.type", None, wanted="text")
    return parse_name(value)


def _names(value: object) -> list[str]:
    return list(dict.fromkeys(_name(one) for one in _list(value)))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise BadRequest("request.type", None, wanted="a list")
    return list(value)


def _checks(value: object) -> list[str]:
    for name in _list(value):
        if name not in NAMES:
            raise BadRequest("word.no-check", None, text=str(name), candidates=", ".join(NAMES))
    return sorted(set(_list(value)))


def _one_of(*words: str) -> Reader:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise BadRequest("word.none-of", None, text=str(value), candidates=", ".join(words))
        return value

    return read


def _words(*words: str) -> Reader:
    read = _one_of(*words)
    return lambda value: sorted({read(one) for one in _list(value)})


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadRequest("request.type", None, wanted="a whole number")
    return value


def _month(value: object) -> str:
    try:
        parse_month(value if isinstance(value, str) else "")
    except BadDay as problem:
        raise BadRequest("month.form", None, text=str(value)) from problem
    return str(value)


def read_text(value: object) -> str:
    """Return a free text that a record can keep. Raises BadRequest."""
    if not isinstance(value, str):
        raise BadRequest("request.type", None, wanted="text")
    try:
        return parse_text(value)
    except BadText as problem:
        raise BadRequest(f"text.{problem.reason}", None, limit=str(TEXT_MAX)) from None


def read_id_number(value: object) -> str:
    """Return the text of an identity number, unread. Raises BadRequest."""
    if not isinstance(value, str):
        raise BadRequest("request.type", None, wanted="text")
    return value


def read_head(value: object) -> str:
    """Return the hash of a record, in small letters. Raises BadRequest."""
    if not isinstance(value, str) or not re.fullmatch("[0-9a-fA-F]{64}", value):
        raise BadRequest("head.form", None)
    return value.lower()


READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys(("person", "holder", "beneficiary"), _name),
    **dict.fromkeys(("from", "order"), _names),
    **{name: _as(name) for name in ("on", "relation", "mechanism", "purpose", "amount", "year")},
    **{name: _as(name) for name in ("provider_area", "item", "at")},
    **{
        name: _as(f"holder.{name}")
        for name in (
            *("area", "insurance", "status", "type", "tier", "group", "wallet"),
            *("balance", "current", "carryover", "cap_per_payment", "authorised"),
        )
    },
    "born": _as("on"),
    "base": _as("amount"),
    "month": _month,
    "until": _as("on"),
    "evidence": _one_of("commitment", "documents", "none"),
    "mode": _one_of("direct", "scheduled", "reimburse"),
    "switch": _words("pay", "premium"),
    "by": _one_of("holder", "beneficiary"),
    "accepted": _as("beneficiary.accepted"),
    "priority": _number,
    "record": _number,
    "reason": read_text,
    "key": read_text,
    "expect_head": read_head,
    "from_wallet": _as("bound"),
    "assume": _checks,
    "credit.to": _one_of("current", "carryover"),
    "transfer.to": _one_of("pool", "wallet"),
}
"""The reader of each argument by its name; before it, of one that a command reads otherwise."""

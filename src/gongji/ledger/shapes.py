"""The fields that the index reads from a record, by what the record does.

An act not named here contributes its postings alone, so that a new one needs no change here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from gongji.words.days import BadDay, parse_day
from gongji.words.money import BadMoney, parse_yuan


class Fault(Exception):
    """A line cannot be read: `field` is at fault, `cause` a key of errors.CAUSES."""

    def __init__(self, field: str, cause: str) -> None:
        super().__init__(field, cause)
        self.field = field
        self.cause = cause


def check_shape(do: str, fields: Mapping[str, Any]) -> None:
    """Raise Fault with the first field that an act `do` lacks or has in another form."""
    shape = _ACCRUAL if do == "credit" and "month" in fields else _SHAPES.get(do, {})
    for field, fits in shape.items():
        if field not in fields:
            raise Fault(field, "missing")
        if not fits(fields[field]):
            raise Fault(field, "malformed")
    for field, fits in _ANYWHERE.items():
        if field in fields and not fits(fields[field]):
            raise Fault(field, "malformed")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_number(value: object) -> bool:
    return type(value) is int and 0 < value < 1 << 63


def _is_year(value: object) -> bool:
    return value is None or _is_number(value)


def _is_money(value: object) -> bool:
    try:
        return isinstance(value, str) and parse_yuan(value) >= 0
    except BadMoney:
        return False


def _are_draws(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(draw, dict) and _is_text(draw.get("holder")) and _is_money(draw.get("amount"))
        for draw in value
    )


def _opens(value: object) -> bool:
    if not isinstance(value, dict) or not _is_text(value.get("kind")) or "due" not in value:
        return False
    return value["due"] is None or _is_day(value["due"])


def _is_day(value: object) -> bool:
    try:
        parse_day(value if isinstance(value, str) else "")
    except BadDay:
        return False
    return True


def _are_numbers(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_number, value))


def _are_pairs(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(map(_is_text, pair)) for pair in value
    )


_ANYWHERE: Final[Mapping[str, Callable[[object], bool]]] = {
    "opens": _opens,
    "closes": _are_numbers,
    "ends": _are_pairs,
}
_PERSON: Final = {"person": _is_text, "attributes": _is_object}
_PAIR: Final = {"holder": _is_text, "beneficiary": _is_text}
_ACCRUAL: Final = {"person": _is_text, "month": _is_text}
_SHAPES: Final[Mapping[str, Mapping[str, Callable[[object], bool]]]] = {
    "person-add": _PERSON,
    "person-set": _PERSON,
    "person-remove": {"person": _is_text},
    "bind": {**_PAIR, "relation": _is_text, "mechanism": _is_text},
    "unbind": _PAIR,
    "pay-for": {
        "beneficiary": _is_text,
        "purpose": _is_text,
        "year": _is_year,
        "draws": _are_draws,
    },
    "reverse": {"record": _is_number},
}

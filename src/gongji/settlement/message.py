"""Reads a settlement message (setlinfo of 2206, 2207, 2303, 2304, 5203): its amounts, nothing else.

The message may stand alone, within `setlinfo`, within `output`, or within the platform's answer.
What is about a person is never read, so it cannot get out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongji.settlement.errors import BadSettlement
from gongji.settlement.spellings import ACCOUNT_BEFORE, AMOUNTS, canonical, spelling
from gongji.words.money import BadMoney, parse_yuan

FUND_ROWS: Final = "setldetail.fund_payamt"
"""The sum of the rows of `setldetail`, those of the personal account left out."""
ACCOUNT_ROWS: Final = "setldetail.310200"
"""The sum of the rows of `setldetail` that are about the personal account (个人账户基金)."""
REQUIRED: Final = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")
"""Without these nothing can be said of who paid what."""
NOTHING_IF_ABSENT: Final = ("hosp_part_amt", "hifdm_pay")
"""Not required by the platform, or not everywhere: where they are absent nothing was paid."""
ABSENT_IF_EMPTY: Final = ("psn_part_amt", "balc", ACCOUNT_BEFORE)
"""Empty, these say nothing: a share that need not be stated, and balances."""

Object = Mapping[str, tuple[str, Any]]
"""A JSON object by field: the spelling found, and the value."""


@dataclass(frozen=True, slots=True)
class Message:
    """The amounts of one message in fen, by field; one that is absent is not in it.

    A payment that is there but empty is 0: the platform writes nothing where nothing happened.
    """

    amounts: Mapping[str, int]

    def has(self, field: str) -> bool:
        """Return whether the message holds the amount."""
        return field in self.amounts


def read_message(data: object) -> Message:
    """Return the amounts of the message that JSON holds; its numbers must have been kept as text.

    Raises BadSettlement for the first thing that is wrong.
    """
    layers = list(_layers(_object(data, None)))
    found: dict[str, int] = {}
    for layer in layers:
        _collect(layer, found)
    if not found:
        raise BadSettlement("settlement.none")
    for field in REQUIRED:
        if field not in found:
            raise BadSettlement("settlement.missing", field)
    return Message(dict.fromkeys(NOTHING_IF_ABSENT, 0) | found)


def _layers(outer: Object) -> Iterator[Object]:
    """Yield the object and those that it is wrapped around. Raises BadSettlement for a failure."""
    _spelt, code = outer.get("infcode", ("", None))
    if code not in (None, "", "0"):
        raise BadSettlement("settlement.failed", "infcode")
    yield outer
    for wrapper in ("output", "setlinfo"):
        _spelt, inner = outer.get(wrapper, ("", None))
        if not _is_nothing(inner):
            outer = _object(inner, wrapper)
            yield outer


def _collect(layer: Object, found: dict[str, int]) -> None:
    for field, (spelt, value) in layer.items():
        if field in ABSENT_IF_EMPTY and _is_nothing(value):
            continue
        if field in AMOUNTS:
            _put(found, field, _fen(value, spelt), spelt)
        elif field == "setldetail" and not _is_nothing(value):
            for rows, fen in _rows(value).items():
                _put(found, rows, fen, spelt)


def _put(found: dict[str, int], field: str, fen: int, spelt: str) -> None:
    """Keep an amount; the same may be said twice in two spellings, but not two amounts."""
    if found.setdefault(field, fen) != fen:
        raise BadSettlement("settlement.twice", spelt)


def _object(data: object, key: str | None) -> Object:
    """Return the fields of a JSON object that are read, those without a value behind the others."""
    if not isinstance(data, dict):
        raise BadSettlement("settlement.form" if key else "settlement.not-an-object", key)
    fields: dict[str, tuple[str, Any]] = {}
    for name, value in data.items():
        spelt = spelling(name)
        if spelt is None:
            continue
        field = canonical(spelt)
        earlier = fields.get(field)
        if earlier is None or _is_nothing(earlier[1]):
            fields[field] = (spelt, value)
        elif not _is_nothing(value) and not _is_same(earlier[1], value, spelt):
            raise BadSettlement("settlement.twice", spelt)
    return fields


def _is_same(one: object, other: object, spelt: str) -> bool:
    return one == other or (canonical(spelt) in AMOUNTS and _fen(one, spelt) == _fen(other, spelt))


def _rows(data: object) -> dict[str, int]:
    """Return the sums of the rows by side; the account's is left out where it has no row."""
    if not isinstance(data, list):
        raise BadSettlement("settlement.form", "setldetail")
    sums = {FUND_ROWS: 0}
    for row in (_object(one, "setldetail") for one in data):
        if "fund_payamt" not in row:
            raise BadSettlement("settlement.missing", "fund_payamt")
        spelt, value = row["fund_payamt"]
        _spelt, kind = row.get("fund_pay_type", ("", None))
        side = ACCOUNT_ROWS if kind == "310200" else FUND_ROWS
        sums[side] = sums.get(side, 0) + _fen(value, spelt)
    return sums


def _fen(value: object, spelt: str) -> int:
    """Return the fen of a number or a text such as "36.0"; nothing is 0, a reversal is negative."""
    if _is_nothing(value):
        return 0
    if not isinstance(value, str):
        raise BadSettlement("settlement.amount", spelt)
    try:
        fen = parse_yuan(value.removeprefix("-"))
    except BadMoney as problem:
        kind = f"-{problem.reason}" if problem.reason in ("decimals", "too-large") else ""
        raise BadSettlement(f"settlement.amount{kind}", spelt) from None
    return -fen if value.startswith("-") else fen


def _is_nothing(value: object) -> bool:
    return value is None or value == ""

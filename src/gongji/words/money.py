"""Money: yuan as text outside, integer fen inside."""

from __future__ import annotations

import re

YUAN_DIGITS_MAX = 14
"""Digits before the point: the amounts of the national platform are 16,2."""

FEN_MAX = 10 ** (YUAN_DIGITS_MAX + 2) - 1
"""The largest amount, in fen."""

_YUAN = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?")

_SENTENCES = {
    "empty": "an amount is empty",
    "not-a-number": "not an amount of yuan such as 12.50",
    "negative": "an amount may not be negative",
    "decimals": "an amount has at most two decimals",
    "too-large": f"an amount has at most {YUAN_DIGITS_MAX} digits before the point",
}


class BadMoney(ValueError):
    """A text that is no amount of yuan.

    `reason` is one of empty, not-a-number, negative, decimals and too-large.
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason)
        self.text = text
        self.reason = reason

    def __str__(self) -> str:
        return f"{_SENTENCES[self.reason]}: {self.text!r}"


def parse_yuan(text: str) -> int:
    """Return the fen of an amount of yuan such as "12", "12.5" or "12.50".

    ASCII digits with one or two decimals at most: no sign, exponent, separator, blank, full-width
    digit or needless leading zero. Raises BadMoney.
    """
    if not text:
        raise BadMoney(text, "empty")
    match = _YUAN.fullmatch(text)
    if match is None:
        raise BadMoney(text, "not-a-number")
    sign, yuan, decimals = match[1], match[2], match[3] or ""
    if sign:
        raise BadMoney(text, "negative")
    if len(decimals) > 2:
        raise BadMoney(text, "decimals")
    if len(yuan) > YUAN_DIGITS_MAX:
        raise BadMoney(text, "too-large")
    return int(yuan + decimals.ljust(2, "0"))


def format_yuan(fen: int) -> str:
    """Return fen as yuan with two decimals: 1250 is "12.50", -1250 is "-12.50"."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan}.{rest:02d}"

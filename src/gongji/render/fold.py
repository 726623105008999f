"""Long lines become several: between words, or between Chinese characters, and nothing is cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

WIDTH: Final = 80
"""The columns of a terminal that every text must fit."""

_CLOSING = re.escape("，。；：、）”’》」』】！？…—·,.;:!?)]%")
_OPENING = re.escape("（“‘《「『【([")
_UNIT = re.compile(rf"\s+|[{_OPENING}]*(?:[!-~]+|\S)(?:[{_CLOSING}]+(?=\s|[^!-~]|$))?(?: ·)?")


def columns(text: str) -> int:
    """Return how many columns a terminal needs; a character of either width counts as wide."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def fold(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Return the text as lines of at most `width` columns.

    The first line begins with `first`, the others with `rest`. No punctuation mark stands where
    Chinese does not put it, and a word or an address longer than a line stays whole.
    """
    lines: list[str] = []
    line, used, indent = "", columns(first), first
    for unit in _units(text):
        needed = columns(unit)
        if line and used + needed > width and not unit.isspace():
            lines.append(indent + line.rstrip())
            line, used, indent = "", columns(rest), rest
        if line or not unit.isspace():
            line, used = line + unit, used + needed
    return [*lines, (indent + line).rstrip()]


def _units(text: str) -> Iterator[str]:
    """Yield the pieces between which a line may end."""
    yield from (found.group() for found in _UNIT.finditer(text))

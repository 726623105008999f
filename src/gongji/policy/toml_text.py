"""Takes a TOML text apart, in a time that its length bounds."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

ENTRIES_MAX: Final = 10_000
"""Keys of all tables and items of all lists; the largest rule file has a fifth of it."""
PARTS_MAX: Final = 32
_PART: Final = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY: Final = re.compile(
    rf"""(?<![\w."'-])(?:{_PART}[ \t]*+\.[ \t]*+){{{PARTS_MAX}}}""",
)


class LongKey(ValueError):
    """A text with a dotted key of more than PARTS_MAX parts; `at` is where it begins."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class TooManyEntries(ValueError):
    """A text that says more than ENTRIES_MAX things."""


def tables_of(text: str) -> dict[str, Any]:
    """Return what the text says.

    Raises LongKey, TooManyEntries, and ValueError and RecursionError as the standard reader does.
    That one is not asked of a long key: the time it takes grows with the square of the parts.
    """
    if long := _LONG_KEY.search(text):
        raise LongKey(long.start())
    tables = tomllib.loads(text)
    if _entries(tables) > ENTRIES_MAX:
        raise TooManyEntries
    return tables


def _entries(tables: dict[str, Any]) -> int:
    count = 0
    heap: list[Any] = [tables]
    while heap:
        inner = heap.pop()
        count += len(inner)
        values = inner.values() if isinstance(inner, dict) else inner
        heap += (value for value in values if isinstance(value, dict | list))
    return count

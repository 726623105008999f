"""Texts in the cells of a table for spreadsheets."""

from __future__ import annotations

from typing import Final

from gongji.words.text import clean

_FORMULA: Final = tuple("=+-@＝＋－＠")


def cell(text: str) -> str:
    """Return a text that hides nothing and that no spreadsheet takes for a formula.

    One that it might take for one begins with `'`.
    """
    shown = clean(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown

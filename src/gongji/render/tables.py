"""Tables of plain text that read well with Chinese in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongji.render.fold import columns, fold
from gongji.words.text import clean

_LEAST: Final = 40
"""Columns left for the last cell for which the others keep their width, and it alone folds."""
_NARROWEST: Final = 40
"""In fewer columns a table of many would show nothing at all."""


def table_lines(
    head: Sequence[str], rows: Iterable[Sequence[str]], width: int, *, styled: bool = False
) -> list[str]:
    """Return the lines of a table at most `width` columns wide; long cells fold, none is cut.

    Below _NARROWEST columns the terminal folds the lines.

    Put the longest text into the last column: no border stands behind it. The head is bold where
    `styled`; else the lines hold no escape sequence.
    """
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = max(width, _NARROWEST)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in head:
        table.add_column(Text(clean(name)), overflow="fold")
    for row in _folded([head, *rows], width)[1:]:
        table.add_row(*map(Text, row))
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=styled,
        color_system="standard" if styled else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(table)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def _folded(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Return the rows cleaned, their last cells folded to what the others leave of the width."""
    cleaned = [[clean(cell) for cell in row] for row in rows]
    others = list(zip(*cleaned, strict=True))[:-1]
    left = width - sum(max(map(columns, cells)) + 2 for cells in others)
    if left < _LEAST:
        return cleaned
    return [[*row[:-1], "\n".join(fold(row[-1], width=left))] for row in cleaned]

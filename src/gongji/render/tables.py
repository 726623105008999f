"""Tables of plain text that read well with Chinese in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongji.render.wording import clean


def table_lines(
    head: Sequence[str], rows: Iterable[Sequence[str]], width: int, *, styled: bool = False
) -> list[str]:
    """Return the lines of a table at most `width` columns wide; long cells fold, none is cut.

    Put the longest text into the last column: no border stands behind it. The head is bold where
    `styled`; else the lines hold no escape sequence.
    """
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in head:
        table.add_column(Text(clean(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
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

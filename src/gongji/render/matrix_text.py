"""Regions side by side, for people, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from io import StringIO
from typing import Any, Final

from gongji.policy.matrix import WALLET, Matrix, Row
from gongji.policy.pack import AtLeast, Confidence, Qualifiers
from gongji.policy.resolve import Ruling
from gongji.render import as_json
from gongji.render.cells import cell
from gongji.render.labels import TOPICS, parameter_label
from gongji.render.language import N_, _
from gongji.render.tables import table_lines
from gongji.render.values import MONEY, REACHES_WIDEST_FIRST, value_text
from gongji.render.wording import area_word, beside, listed, word
from gongji.words.money import format_yuan

MATRIX: Final = "gongji.matrix/1"
COLUMNS_MAX: Final = 3
"""How many parameters stand side by side in 80 columns; with a column of qualifiers one less."""

MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "low": ("?", N_("low confidence")),
    "disputed": ("!", N_("disputed")),
    "gap": ("~", N_("in a gap")),
    "inherited": ("^", N_("the nation's")),
    "undated": ("*", N_("undated")),
}
"""The signs behind a doubtful value, and what they mean."""


def matrix_lines(found: Matrix, width: int) -> list[str]:
    """Return tables of the parameters, region by region, and one line that explains the marks."""
    title = _("Wallets") if found.topic == WALLET else _(TOPICS[found.topic])
    legend = "  ".join(f"{sign} {_(meaning)}" for sign, meaning in MARKS.values())
    lines = [beside([title, str(found.on)]), legend]
    many = COLUMNS_MAX - any(row.when for row in found.rows)
    for first in range(0, len(found.parameters), many):
        lines += ["", *_table(found, found.parameters[first : first + many], width)]
    return lines


def _table(found: Matrix, parameters: tuple[str, ...], width: int) -> list[str]:
    shown = [
        row
        for row in found.rows
        if row.rulings.keys() & set(parameters) and not _only_repeats_the_nation(row)
    ]
    qualified = any(row.when for row in shown)
    head = [_("region"), *([_("where")] if qualified else []), *map(parameter_label, parameters)]
    rows: list[list[str]] = []
    last = ""
    for row in shown:
        name = area_word(row.region.code)
        cells = [_cell(parameter, row.rulings.get(parameter)) for parameter in parameters]
        where = [_where(row.when)] if qualified else []
        rows.append(["" if name == last else name, *where, *cells])
        last = name
    return table_lines(head, rows, width)


def _only_repeats_the_nation(row: Row) -> bool:
    """Return whether nothing of a qualified row is the region's own: the nation's row has it."""
    return bool(row.when) and all("inherited" in one.marks for one in row.rulings.values())


def _where(when: Qualifiers) -> str:
    return beside([listed([word(name, each) for each in sorted(words)]) for name, words in when])


def _cell(parameter: str, ruling: Ruling | None) -> str:
    if ruling is None:
        return ""
    marks = ruling.marks | ({"low"} if ruling.confidence is Confidence.LOW else set())
    signs = "".join(sign for mark, (sign, _meaning) in MARKS.items() if mark in marks)
    if not ruling.known:
        return f"{word('verdict', 'unknown')} {signs}".rstrip()
    said = f"{value_text(parameter, ruling.value)} {signs}".rstrip()
    if ruling.doubtful:
        doubtful = listed([value_text(parameter, (each,)) for each in sorted(ruling.doubtful)])
        return beside([said, _("not known of: {doubtful}").format(doubtful=doubtful)])
    return said


def row_data(found: Matrix, row: Row, digest: str) -> dict[str, Any]:
    """Return a row as plain JSON, every value with its clauses."""
    return {
        "schema": MATRIX,
        "topic": found.topic,
        "on": str(found.on),
        "code": row.region.code,
        "name": row.region.name,
        "values": [as_json.ruling(ruling, row.when) for ruling in row.rulings.values()],
        "rules": digest,
    }


def matrix_csv(found: Matrix) -> str:
    """Return the matrix as CSV: codes, and for each parameter value, confidence and clauses.

    Members of a list are parted by `|`; one of which it is not known whether it belongs ends in
    `?`. A parameter that a region does not part by a row's qualifiers is empty there. What a
    spreadsheet would take for a formula begins with an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = [
        f"{name}{part}" for name in found.parameters for part in ("", ".confidence", ".clause")
    ]
    writer.writerow(["on", "code", "name", "when", *columns])
    for row in found.rows:
        cells = [str(found.on), row.region.code, row.region.name, _when_code(row.when)]
        for parameter in found.parameters:
            cells += _csv_cells(parameter, row.rulings.get(parameter))
        writer.writerow(map(cell, cells))
    return out.getvalue()


def _when_code(when: Qualifiers) -> str:
    return ";".join(f"{name}={'|'.join(sorted(words))}" for name, words in when)


def _csv_cells(parameter: str, ruling: Ruling | None) -> tuple[str, str, str]:
    if ruling is None:
        return "", "", ""
    clauses = "|".join(clause.id for clause in ruling.clauses)
    if not ruling.known:
        return "unknown", "", clauses
    doubtful = [f"{each}?" for each in sorted(ruling.doubtful)]
    return "|".join([_code(parameter, ruling.value), *doubtful]), str(ruling.confidence), clauses


def _code(parameter: str, value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() if parameter in MONEY:
            return format_yuan(value)
        case frozenset() if parameter.endswith(".reach"):
            return next(each for each in REACHES_WIDEST_FIRST if each in value)
        case str() | int() | AtLeast():
            return str(value)
    plain = as_json.plain(value)
    if isinstance(plain, str):
        return plain
    if isinstance(plain, list) and all(isinstance(each, str) for each in plain):
        return "|".join(plain)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

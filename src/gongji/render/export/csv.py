"""The ledger as a table of postings, as RFC 4180 has it: a row a posting, lines end in CR LF.

A record that moves nothing is one row without an account and an amount.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Final

from gongji.ledger.records import Posting, Record
from gongji.render.cells import cell
from gongji.render.export.shared import FACTS, facts_of
from gongji.words.money import format_yuan

COLUMNS: Final = ("seq", "on", "do", "account", "amount", *FACTS, "key")


def csv_table(records: Iterable[Record]) -> Iterator[str]:
    """Yield the head of the table, then the rows of each record."""
    yield _lines([COLUMNS])
    for record in records:
        facts = facts_of(record)
        rest = [cell(facts.get(name, "")) for name in COLUMNS[5:]]
        beginning = [str(record.seq), str(record.on), cell(record.do)]
        yield _lines([*beginning, *_moved(one), *rest] for one in record.postings or (None,))


def _moved(posting: Posting | None) -> tuple[str, str]:
    if posting is None:
        return "", ""
    return cell(posting.account), format_yuan(posting.fen)


def _lines(rows: Iterable[Iterable[str]]) -> str:
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()

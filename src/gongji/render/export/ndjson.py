"""The ledger as JSON, a record a line: the same objects as those of `history --json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongji.ledger.records import Record
from gongji.render.as_json import kept_record, line_of


def ndjson(records: Iterable[Record]) -> Iterator[str]:
    """Yield a line for every record."""
    for record in records:
        yield line_of(kept_record(record)) + "\n"

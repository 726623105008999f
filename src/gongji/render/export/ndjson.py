"""The ledger as JSON, a record a line: the same objects as those of `history --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from gongji.ledger.records import Record
from gongji.render.as_json import kept_record


def ndjson(records: Iterable[Record]) -> Iterator[str]:
    """Yield a line for every record."""
    for record in records:
        said = json.dumps(kept_record(record), ensure_ascii=False, separators=(",", ":"))
        yield _shown(said) + "\n"


def _shown(line: str) -> str:
    """Return the same JSON with every character that does not show escaped."""
    if line.isprintable():
        return line
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in line)

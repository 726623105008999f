"""What a long list costs: requests of every kind through `check-eligibility --batch`."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bench.measure import Act
from bench.starting import gongji

ROWS: Final = (1_000, 10_000)
AREAS: Final = ("420100", "420500", "430100", "350100", "440300", "440100", "140100", "310000")
RELATIONS: Final = ("spouse", "parent", "child", "sibling", "grandparent", "parent_in_law")
PURPOSES: Final = ("outpatient", "inpatient", "pharmacy", "resident_premium", "vaccine")


def acts(folder: Path) -> Mapping[int, Act]:
    """Return the act of answering a list, by its number of rows."""
    return {rows: _answer(folder / f"{rows}.ndjson", rows) for rows in ROWS}


def requests(rows: int) -> Iterator[dict[str, Any]]:
    """Yield so many requests, always the same ones."""
    chance = random.Random(rows)
    for number in range(rows):
        yield {
            "id": str(number),
            "on": f"{chance.randint(2023, 2026)}-{chance.randint(1, 12):02}-15",
            "relation": chance.choice(RELATIONS),
            "purpose": chance.choice(PURPOSES),
            "amount": f"{chance.randint(1, 999)}.{chance.randint(0, 99):02}",
            "holder": {
                "area": chance.choice(AREAS),
                "insurance": "employee",
                "balance": str(chance.randint(0, 9_000)),
                "beneficiaries": chance.randint(0, 3),
            },
            "beneficiary": {"area": chance.choice(AREAS), "insurance": "resident"},
        }


def _answer(path: Path, rows: int) -> Act:
    text = "".join(json.dumps(request) + "\n" for request in requests(rows))
    path.write_text(text, "utf-8")
    return gongji("check-eligibility", "--batch", str(path))

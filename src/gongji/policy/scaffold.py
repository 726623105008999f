"""A rule file to begin with."""

from __future__ import annotations

from datetime import date

import tomli_w

SCHEMA_LINE = "#:schema ./rule-file.schema.json\n"
"""The first line of a rule file: editors find the schema by it."""


def scaffold(code: str, name: str, pinyin: str, reviewed: date) -> str:
    """Return the text of a sound rule file for a region: one source and one clause to replace."""
    tables = {
        "format": 1,
        "region": {
            "code": code,
            "name": name,
            "pinyin": pinyin,
            "pooling": "city",
            "reviewed": reviewed,
            "summary": "…",
            "summary_en": "…",
        },
        "source": {"replace-me": {"title": "…", "grade": "recall"}},
        "relatives": [
            {
                "seen": reviewed,
                "include": ["spouse", "parent", "child"],
                "source": ["replace-me"],
                "confidence": "low",
            }
        ],
    }
    return SCHEMA_LINE + tomli_w.dumps(tables)

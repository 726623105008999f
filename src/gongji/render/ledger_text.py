"""What a verification of the ledger found, as data and for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gongji.ledger.verify import Verification
from gongji.render.language import _


def verification_data(found: Verification) -> dict[str, Any]:
    """Return what was found as plain JSON."""
    return {
        "schema": "gongji.verification/1",
        "ok": found.sound,
        "ledger": found.ledger,
        "records": found.records,
        "head": None if found.head is None else found.head.hash,
        "index": found.index,
        "problems": [asdict(problem) for problem in found.problems],
        "unlisted": found.unlisted,
    }


def verification_lines(data: Mapping[str, Any]) -> list[str]:
    """Return a sentence, then a line for every problem."""
    if data["ok"]:
        told = _("✓ sound: {records} records, head {head}")
        return [told.format(records=data["records"], head=data["head"])]
    lines = [_("✗ damaged: {records} good records").format(records=data["records"])]
    for problem in data["problems"]:
        told = _("  line {line}, {field}: {message} ({cause})")
        lines.append(told.format(**problem))
    if data["unlisted"]:
        lines.append(_("  and {unlisted} more").format(unlisted=data["unlisted"]))
    return lines

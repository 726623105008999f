"""What is said of a settlement message, as plain JSON. Nothing of it but amounts is repeated."""

from __future__ import annotations

from typing import Any, Final

from gongji.render.settlement_errors import told_of
from gongji.settlement.balance import Balance, Finding
from gongji.settlement.errors import BadSettlement
from gongji.settlement.split import FIELDS, Comparison
from gongji.words.money import format_yuan

SETTLEMENT: Final = "gongji.settlement/1"


def answer_data(line: int, found: Balance | BadSettlement) -> dict[str, Any]:
    """Return the answer to one message: its balance, or what is wrong with it (`ok` tells)."""
    head = {"schema": SETTLEMENT, "line": line, "ok": isinstance(found, Balance)}
    if isinstance(found, BadSettlement):
        return {**head, "error": told_of(found)}
    return {
        **head,
        "profile": str(found.profile),
        "balances": found.balances,
        "balances_under": [str(profile) for profile in found.instead],
        "identities": [_finding(finding) for finding in found.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "identity": finding.identity.number,
        "outcome": finding.outcome,
        "says": finding.sides.says,
        "left": _yuan(finding.sides.left_fen),
        "right": _yuan(finding.sides.right_fen),
        "off": _yuan(finding.off_fen),
        "missing": list(finding.sides.missing),
        "binding": finding.identity.binding,
        "evidence": finding.identity.evidence,
    }


def comparison_data(compared: Comparison) -> dict[str, Any]:
    """Return how a message splits an own share beside how the rules do; null is not known."""
    return {
        "profile": str(compared.profile),
        "balances": compared.balances,
        "agrees": compared.agrees,
        "doubt": compared.due.doubt,
        "fields": {
            field: {
                "message": _yuan(getattr(compared.stated, field)),
                "rules": _yuan(getattr(compared.due, field)),
                "off": _yuan(compared.off_fen(field)),
            }
            for field in FIELDS
        },
    }


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else format_yuan(fen)

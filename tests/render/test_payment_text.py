from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongji.ledger.records import Record
from gongji.render.payment_text import claim_lines, payment_lines

PREMIUM = {
    "beneficiary": "mum",
    "purpose": "resident_premium",
    "year": 2026,
    "amount": "400.00",
    "own": "0.00",
    "draws": [{"holder": "me", "amount": "400.00"}],
    "wallet": "0.00",
    "cash": "0.00",
    "mode": "direct",
    "wait_months": 3,
    "wait_days": 0,
    "benefit_from": "2026-06-15",
}
CLAIM = {"amount": "400.00", "holder": "me", "paid_to": "me", "payee": "holder_bank"}


def record(do: str, fields: dict[str, Any]) -> Record:
    return Record(7, do, date(2026, 3, 15), fields, (), None, "0", "0")


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, "year 2026 · taken from the account at once · benefits 3 months later (2026-06-15)"),
        (
            {"wait_months": 0, "benefit_from": None},
            "year 2026 · taken from the account at once",
        ),
        (
            {"mode": "scheduled", "benefit_from": None},
            "year 2026 · taken by a run at the end of the month · benefits 3 months later",
        ),
        (
            {"mode": None, "wait_months": 0, "benefit_from": None},
            "year 2026 · way of payment not known: here at once",
        ),
    ],
)
def test_a_premium_tells_its_year_its_way_and_its_wait(more: dict[str, Any], line: str) -> None:
    """Below who pays; a way that no clause names is not passed off as one."""
    lines = payment_lines(record("pay-for", PREMIUM | more), None)

    assert lines[1:] == ["  me 400.00", f"  {line}"]


def test_a_bill_tells_nothing_of_the_kind() -> None:
    """It has no year."""
    bill = {**PREMIUM, "purpose": "pharmacy", "year": None}

    assert payment_lines(record("pay-for", bill), None)[1:] == ["  me 400.00"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"payout_days": None}, []),
        ({"payout_days": 15}, ["  it takes up to 15 working days"]),
        ({"payout_days": None, "payee": None}, ["  whose card it must be is not known"]),
    ],
)
def test_a_claim_tells_where_the_money_goes_and_when(more: dict[str, Any], told: list[str]) -> None:
    """The card, what is in doubt about it, and how long it takes."""
    lines = claim_lines(record("claim", CLAIM | more))

    assert lines == ["400.00 yuan go to the bank card of me", *told]

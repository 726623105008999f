"""gongji pay-for --settlement: the bill of a platform message, and both splits side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongji.settlement.profiles import Profile
from tests.cli.conftest import Answer, Gongji
from tests.settlement.messages import PERSON, message

ON = ("--on", "2025-01-03")


@pytest.fixture
def pay(family: Gongji, tmp_path: Path) -> Any:
    """Pays the bill of a message for the mother, whose two children hold 800 and 250 yuan."""

    def run(*options: str, changed: dict[str, Any] | None = None) -> Answer:
        file = tmp_path / "message.json"
        profile = Profile.ADDITIVE if "additive" in options else Profile.OF_WHICH
        file.write_text(json.dumps(message(profile, **changed or {})), "utf-8")
        bill = ("pay-for", "妈妈", "--purpose", "pharmacy", "--settlement", str(file))
        return family(*bill, *ON, *options)

    return run


def test_the_amount_is_the_own_share_of_the_message(pay: Any) -> None:
    """350 of 1000 yuan, and the record says nothing of the message but that."""
    answer = pay("--key", "k", "--json")

    assert (answer.code, answer.data["amount"]) == (0, "350.00")
    assert answer.data["request"].keys() == {"do", "beneficiary", "amount", "purpose", "on"}
    assert not [secret for secret in PERSON.values() if len(secret) > 2 and secret in answer.out]


def test_both_splits_stand_side_by_side(pay: Any) -> None:
    """All of it could have come out of the first child's account."""
    compared = pay("--json").data["settlement"]

    assert (compared["agrees"], compared["balances"]) == (False, True)
    assert compared["fields"]["psn_cash_pay"] == {
        "message": "50.00",
        "rules": "0.00",
        "off": "50.00",
    }
    assert "✗ the message splits it otherwise" in pay().lines


def test_the_profile_says_how_the_message_means_its_amounts(pay: Any) -> None:
    """The rules give nothing to the own account, for the mother has none."""
    fields = pay("--profile", "additive", "--json").data["settlement"]["fields"]

    assert fields["acct_pay"]["rules"] == "0.00"
    assert fields["acct_mulaid_pay"]["rules"] == "350.00"


def test_a_refusal_is_compared_as_well(pay: Any) -> None:
    """Where nobody may pay, a message with pooled money contradicts the rules."""
    answer = pay("--purpose", "other", "--json")

    assert answer.code == 3
    assert answer.data["settlement"]["fields"]["acct_mulaid_pay"] == {
        "message": "120.00",
        "rules": "0.00",
        "off": "120.00",
    }


@pytest.mark.parametrize(
    ("options", "changed", "code", "error"),
    [
        (("350",), {}, 2, "settlement.amount-given"),
        (("--purpose", "resident_premium"), {}, 2, "settlement.premium"),
        ((), {"psn_part_amt": "-1"}, 2, "settlement.taken-back"),
        ((), {"psn_part_amt": "0"}, 2, "amount.zero"),
        ((), {"psn_part_amt": "x"}, 5, "settlement.amount"),
    ],
)
def test_a_message_that_is_no_bill_is_refused_by_name(
    pay: Any, untouched: None, options: tuple[str, ...], changed: Any, code: int, error: str
) -> None:
    """And nothing is written."""
    answer = pay(*options, "--json", changed=changed)

    assert (answer.code, answer.error["code"]) == (code, error)

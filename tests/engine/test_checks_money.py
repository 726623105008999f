"""purpose, funds, cap, transfer-limits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.cases import OPEN, decision, found, told

PREMIUM = {"purpose": "resident_premium", "year": 2026}
FULL = "[[premium_payment]]\nfull_amount = true\n"
PRICE = '[[premium]]\nyear = 2026\nprice = "400.00"\n'


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("pharmacy", "pass purpose.pass"),
        ("other", "fail purpose.fail"),
        ("vaccine", "unknown purpose.not-known"),
    ],
)
def test_purpose(purpose: str, expected: str) -> None:
    """A purpose that no clause allows or denies is not known."""
    assert told(found("purpose", decision("", {"purpose": purpose}))) == expected


CARRYOVER = '[[funds]]\nuse = "carryover"\n'
KEEP = '[[funds]]\nuse = "all"\nkeep = "1000.00"\n'
GATE = '[[funds]]\ngate = "3000.00"\n'
OVER_GATE = '[[funds]]\ngate = "3000.00"\nstrict = true\n'


@pytest.mark.parametrize(
    ("rules", "holder", "expected"),
    [
        ("", {"balance": "0.01"}, "pass funds.pass"),
        ("", {"balance": "0.00"}, "fail funds.none"),
        ("", {}, "pass funds.assumed assumed=holder.balance"),
        (CARRYOVER, {"balance": "50.00", "carryover": "20.00"}, "pass funds.pass"),
        (CARRYOVER, {"carryover": "20.00"}, "pass funds.pass"),
        (CARRYOVER, {"balance": "50.00", "carryover": "0"}, "fail funds.carryover-empty"),
        (
            CARRYOVER,
            {"balance": "50.00"},
            "unknown funds.carryover-not-known missing=holder.carryover",
        ),
        (CARRYOVER, {}, "pass funds.assumed assumed=holder.balance"),
        (KEEP, {"balance": "1000.01"}, "pass funds.pass"),
        (KEEP, {"balance": "1000.00"}, "fail funds.none"),
        (KEEP, {"carryover": "5000"}, "pass funds.pass"),
        (KEEP, {"carryover": "900"}, "unknown funds.balance-not-known missing=holder.balance"),
        (GATE, {"balance": "3000.00"}, "pass funds.pass"),
        (GATE, {"balance": "2999.99"}, "fail funds.none"),
        (OVER_GATE, {"balance": "3000.00"}, "fail funds.none"),
        (OVER_GATE, {"balance": "3000.01"}, "pass funds.pass"),
    ],
)
def test_funds(rules: str, holder: dict[str, Any], expected: str) -> None:
    """Any usable fen is a yes, the rest being cash; none is a no."""
    facts = {"holder": holder, "amount": "99999.00"}

    assert told(found("funds", decision(rules, facts))) == expected


@pytest.mark.parametrize(
    ("balance", "expected"), [("400.00", "pass funds.pass"), ("399.99", "fail funds.not-in-full")]
)
def test_a_premium_that_must_be_paid_whole_needs_the_whole_amount(
    balance: str, expected: str
) -> None:
    """… unless the rule demands the full amount."""
    facts = {**PREMIUM, "holder": {"balance": balance}}

    assert told(found("funds", decision(FULL + PRICE, facts))) == expected
    assert told(found("funds", decision(PRICE, facts))) == "pass funds.pass"


def test_pooled_money_is_counted_by_itself() -> None:
    """A shared family account has been filled before: it needs no threshold."""
    pool = '[[mechanism]]\nfamily_pool = "live"\n'

    def funds(pooled: str) -> str:
        facts = {"holder": {"balance": "0", "pooled": pooled}}
        return told(found("funds", decision(pool + KEEP, facts), "family_pool"))

    assert [funds("0.01"), funds("0.00")] == ["pass funds.pass", "fail funds.none"]


@pytest.mark.parametrize(
    ("own", "purpose", "expected"),
    [
        ("0.01", "pharmacy", "fail funds.own-account-first"),
        ("0.00", "pharmacy", "pass funds.pass"),
        (None, "pharmacy", "pass funds.pass"),
        ("0.01", "resident_premium", "pass funds.pass"),
    ],
)
def test_an_own_account_that_must_be_empty_first(
    own: str | None, purpose: str, expected: str
) -> None:
    """`own = "empty"`: it must stand at zero before a holder's account is touched at all."""
    facts = {
        "purpose": purpose,
        "holder": {"balance": "10.00"},
        "beneficiary": {"insurance": "employee", "own_balance": own},
    }

    assert told(found("funds", decision('[[order]]\nown = "empty"\n', facts))) == expected


def cap_of(per: str, amount: str) -> str:
    return f'[[caps]]\nper = "{per}"\namount = "{amount}"\n'


@pytest.mark.parametrize(
    ("rules", "holder", "expected"),
    [
        ("", {}, "pass cap.not-ruled"),
        (cap_of("payment", "100.00"), {}, "pass cap.pass"),
        (cap_of("payment", "0.00"), {}, "fail cap.zero"),
        (cap_of("authorisation", "0.00"), {}, "fail cap.zero"),
        ('[[caps]]\nper = "payment"\nset_by = "holder"\n', {}, "pass cap.set-by-holder"),
        ("", {"cap_per_payment": "0"}, "fail cap.zero"),
        ("", {"authorised": "0"}, "fail cap.zero"),
        (cap_of("payment", "100.00"), {"authorised": "50.00"}, "pass cap.pass"),
    ],
)
def test_cap(rules: str, holder: dict[str, Any], expected: str) -> None:
    """The least cap rules; one that leaves something to pay with is a yes."""
    assert told(found("cap", decision(rules, {"holder": holder, "amount": "500"}))) == expected


@pytest.mark.parametrize(("cap", "outcome"), [("399.99", "fail"), ("400.00", "pass")])
def test_a_cap_below_a_premium_that_must_be_paid_whole_is_a_no(cap: str, outcome: str) -> None:
    """… unless the rule demands the full amount."""
    check = found("cap", decision(FULL + PRICE + cap_of("payment", cap), PREMIUM))

    assert check.outcome == outcome


WALLET = OPEN + '[[mechanism]]\nwallet_transfer = "live"\n'
TRANSFER = {"action": "transfer", "mechanism": "wallet_transfer", "purpose": None}
LIMITS = """
[[transfer]]
when = { mechanism = ["wallet_transfer"] }
most = "2000.00"
least = "0.01"
per_day = 3
closed_from = "22:00"
closed_until = "06:00"
"""
SAID = {
    "amount": "2000.00",
    "transfers_today": 2,
    "at": "21:59",
    "holder": {"wallet": "open"},
    "beneficiary": {"wallet": "open"},
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "pass transfer.pass"),
        ({"amount": "2000.01"}, "fail transfer.too-much"),
        ({"amount": "0.00"}, "fail transfer.too-little"),
        ({"transfers_today": 3}, "fail transfer.too-often"),
        ({"at": "22:00"}, "fail transfer.closed"),
        ({"at": "00:00"}, "fail transfer.closed"),
        ({"at": "05:59"}, "fail transfer.closed"),
        ({"at": "06:00"}, "pass transfer.pass"),
        ({"holder": {"wallet": "none"}}, "fail transfer.no-wallet"),
        ({"beneficiary": {"wallet": "none"}}, "fail transfer.no-wallet"),
        (
            {"amount": None, "transfers_today": None, "at": None, "holder": {}, "beneficiary": {}},
            "pass transfer.pass assumed=amount,transfers_today,at,holder.wallet,beneficiary.wallet",
        ),
    ],
)
def test_transfer_limits(facts: dict[str, Any], expected: str) -> None:
    """How much, how often, at what hours (over midnight too), and with wallets at both ends."""
    answer = decision(LIMITS, {**TRANSFER, **SAID, **facts}, base=WALLET)

    assert told(found("transfer-limits", answer, "wallet_transfer")) == expected


def test_transfers_of_which_no_clause_speaks_are_not_limited() -> None:
    """No clause, or an unknown one, passes."""
    pool = '[[mechanism]]\nfamily_pool = "live"\n'

    answer = decision(pool, {"action": "transfer", "mechanism": "family_pool"})

    assert told(found("transfer-limits", answer, "family_pool")) == "pass transfer.not-ruled"

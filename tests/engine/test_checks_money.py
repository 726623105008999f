"""purpose, funds, cap, transfer-limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from gongji.engine.decide import decide
from tests.engine.cases import OPEN, decision, found, request, rules_of, told

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

    assert [funds("0.01"), funds("0.00")] == ["pass funds.pass", "fail funds.set-aside-empty"]


POOL = '[[mechanism]]\nfamily_pool = "live"\n'


def test_what_is_in_the_pool_already_is_not_what_can_be_put_in() -> None:
    """Only paying draws on it; a transfer draws on the account."""
    facts = {"action": "transfer", "holder": {"balance": "0", "pooled": "500"}}

    answer = decision(POOL, {**facts, "mechanism": "family_pool", "amount": "1"})

    assert told(found("funds", answer, "family_pool")) == "fail funds.none"


@pytest.mark.parametrize(("amount", "expected"), [("900", "pass"), ("900.01", "not-in-full")])
@pytest.mark.parametrize("action", ["transfer", "claim"])
def test_an_amount_is_moved_whole_or_not_at_all(action: str, amount: str, expected: str) -> None:
    """There is no cash beside a transfer or a claim; what must remain does not count."""
    facts = {"action": action, "amount": amount, "holder": {"balance": "1900"}}

    check = found("funds", decision(POOL + KEEP, {**PREMIUM, **facts}, OPEN), _mechanism(action))

    assert check.reason == f"funds.{expected}"


def _mechanism(action: str) -> str:
    return "family_pool" if action == "transfer" else "authorisation"


def test_an_amount_that_is_not_told_needs_only_something() -> None:
    """Whether all of it is there cannot be asked."""
    facts = {"action": "transfer", "holder": {"balance": "0.01"}, "mechanism": "family_pool"}

    assert told(found("funds", decision(POOL, facts), "family_pool")) == "pass funds.pass"


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


def transferring(mechanism: str, rules: str, said: Mapping[str, Any]) -> str:
    """Return what transfer-limits tells of a transfer of which only the books know `said`."""
    facts = request({"action": "transfer", "mechanism": mechanism, "purpose": None})

    answer = decide(replace(facts, **said), rules_of(rules, WALLET))

    return told(found("transfer-limits", answer, mechanism))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (None, "pass transfer.not-ruled"),
        (0, "pass transfer.pass"),
        (1, "fail transfer.too-often-a-month"),
        (2, "fail transfer.too-often-a-month"),
    ],
)
def test_so_many_transfers_a_month(made: int | None, expected: str) -> None:
    """Where the rules count them and the number made is known."""
    once = '[[transfer]]\nwhen = { mechanism = ["family_pool"] }\nper_month = 1\n'

    assert transferring("family_pool", once, {"transfers_this_month": made}) == expected


@pytest.mark.parametrize(
    ("blocks", "pending", "outcome"),
    [
        ("true", True, "fail transfer.pending"),
        ("true", False, "pass transfer.pass"),
        ("false", True, "pass transfer.pass"),
    ],
)
def test_what_waits_to_be_accepted_blocks_the_next(
    blocks: str, pending: bool, outcome: str
) -> None:
    """Where the rules say that it does."""
    rules = (
        f'[[transfer]]\nwhen = {{ mechanism = ["wallet_transfer"] }}\npending_blocks = {blocks}\n'
    )

    said = transferring("wallet_transfer", rules, {"pending_transfer": pending})

    assert said.partition(" assumed=")[0] == outcome


@pytest.mark.parametrize(
    ("fen", "amount", "expected"),
    [
        (500, 500, "pass funds.pass"),
        (500, 501, "fail funds.not-in-full"),
        (0, 1, "fail funds.none"),
        (None, 1, "fail funds.none"),
    ],
)
def test_a_wallet_sends_on_what_is_in_it(fen: int | None, amount: int, expected: str) -> None:
    """Neither the account behind it nor what must remain there counts."""
    facts = request({**TRANSFER, "holder": {"balance": "99999"}})
    holder = replace(facts.holder, wallet_balance=fen)
    sending = replace(facts, amount=amount, from_wallet=True, holder=holder)

    answer = decide(sending, rules_of(KEEP, WALLET))

    assert told(found("funds", answer, "wallet_transfer")) == expected

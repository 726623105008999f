"""window, due, duplicate-premium, prior-cover, reversal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.cases import decision, found, told

PREMIUM = {"purpose": "resident_premium", "year": 2026}
PHASES = """
[[premium]]
year = 2026
phases = [
  { opens = 2025-10-21, closes = 2026-02-28, price = "400.00" },
  { opens = 2026-03-01, closes = 2026-06-30, price = "700.00", wait_months = 3 },
  { opens = 2026-08-01, price = "1100.00" },
]
"""
LONE = '[[premium]]\nyear = 2026\nopens = 2025-10-21\nprice = "400.00"\n'
ONE = "[[premium]]\nyear = 2026\nphases = [{ opens = 2025-10-21 }]\n"
BY = "[[premium]]\nyear = 2026\nopens_by = 2025-10-21\ncloses = 2025-12-31\n"
MONTHLY = """
[[premium]]
year = 2026
phases = [{ opens = 2025-10-01, closes = 2025-12-31, days = [1, 25] }]
"""
ACCOUNTS = "[[premium]]\nyear = 2026\naccounts_from = 2025-11-01\naccounts_until = 2025-12-25\n"


@pytest.mark.parametrize(
    ("rules", "on", "expected"),
    [
        (PHASES, "2025-10-20", "fail window.closed"),
        (PHASES, "2025-10-21", "pass window.open"),
        (PHASES, "2026-02-28", "pass window.open"),
        (PHASES, "2026-06-30", "pass window.open"),
        (PHASES, "2026-07-01", "fail window.closed"),
        (PHASES, "2026-08-01", "pass window.open"),
        (LONE, "2025-10-20", "fail window.closed"),
        (LONE, "2025-10-21", "pass window.end-not-known"),
        (ONE, "2025-10-21", "pass window.end-not-known"),
        (BY, "2025-10-20", "pass window.end-not-known"),
        (BY, "2025-10-21", "pass window.open"),
        (BY, "2026-01-01", "fail window.closed"),
        (MONTHLY, "2025-11-25", "pass window.open"),
        (MONTHLY, "2025-11-26", "fail window.closed"),
        (ACCOUNTS, "2025-10-31", "fail window.accounts-not-open"),
        (ACCOUNTS, "2025-11-01", "pass window.not-ruled"),
        (ACCOUNTS, "2025-12-25", "pass window.not-ruled"),
        (ACCOUNTS, "2025-12-26", "fail window.accounts-over"),
        ("", "2025-11-01", "pass window.not-ruled"),
    ],
)
def test_window(rules: str, on: str, expected: str) -> None:
    """Days are inclusive; a window whose beginning or end is not known passes with a doubt."""
    assert told(found("window", decision(rules, {**PREMIUM, "on": on}))) == expected


CLAIM = {"action": "claim", "purpose": "resident_premium", "year": 2026, "on": "2025-11-08"}
REIMBURSE = '[[premium_payment]]\nmode = "reimburse"\nwait_days = 7\n'


@pytest.mark.parametrize(
    ("rules", "paid_on", "expected"),
    [
        (REIMBURSE, "2025-11-01", "pass window.claim-pass"),
        (REIMBURSE, "2025-11-02", "fail window.claim-fail"),
        (REIMBURSE, None, "pass window.claim-open assumed=paid_on"),
        (REIMBURSE.replace("wait_days = 7", ""), "2025-11-08", "pass window.claim-open"),
        ('[[premium_payment]]\nmode = "direct"\n', None, "fail window.claim-not-the-mode"),
        (
            '[[premium_payment]]\nmode = "direct"\nalso = "reimburse"\n',
            None,
            "pass window.claim-open",
        ),
        ("", None, "unknown window.claim-not-known"),
    ],
)
def test_window_of_a_claim(rules: str, paid_on: str | None, expected: str) -> None:
    """A premium paid in cash is claimed only where the mode allows it, and after the wait."""
    assert told(found("window", decision(rules, {**CLAIM, "paid_on": paid_on}))) == expected


@pytest.mark.parametrize(
    ("rules", "expected", "price"),
    [
        (PHASES, "pass due.pass", "700.00"),
        (LONE, "pass due.pass", "400.00"),
        (LONE.replace("400.00", "0.00"), "fail due.fail", "0.00"),
        (PHASES.replace("700.00", "0.00"), "fail due.fail", "0.00"),
        ("", "pass due.price-not-known", None),
        ('[[premium]]\nyear = 2026\nprice_at_least = "400.00"\n', "pass due.price-not-known", None),
    ],
)
def test_due(rules: str, expected: str, price: str | None) -> None:
    """A price of zero is not owed; an unknown price, or a floor, is no obstacle."""
    check = found("due", decision(rules, {**PREMIUM, "on": "2026-04-01"}))

    assert told(check) == expected
    assert check.values.get("price") == price


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (True, "fail duplicate.paid"),
        (False, "pass duplicate.none"),
        (None, "pass duplicate.none assumed=beneficiary.premium_paid"),
    ],
)
def test_duplicate_premium(paid: bool | None, expected: str) -> None:
    """Nobody's premium is paid twice for one year."""
    facts = {**PREMIUM, "beneficiary": {"premium_paid": paid}}

    assert told(found("duplicate-premium", decision("", facts))) == expected


PRIOR = "[[premium_payment]]\nprior_year = true\n"


@pytest.mark.parametrize(
    ("rules", "insured", "expected"),
    [
        (PRIOR, True, "pass prior.pass"),
        (PRIOR, False, "fail prior.fail"),
        (PRIOR, None, "pass prior.pass assumed=beneficiary.prior_year_insured"),
        ("", False, "pass prior.not-ruled"),
    ],
)
def test_prior_cover(rules: str, insured: bool | None, expected: str) -> None:
    """Where the rule asks for it, the relative was insured here the year before."""
    facts = {**PREMIUM, "beneficiary": {"prior_year_insured": insured}}

    assert told(found("prior-cover", decision(rules, facts))) == expected


REVERSE = {"action": "reverse", "purpose": "resident_premium", "year": 2026, "on": "2025-11-01"}
ALLOWED = "[[reversal]]\nallowed = true\n"


@pytest.mark.parametrize(
    ("rules", "facts", "expected"),
    [
        (ALLOWED, {}, "pass reversal.pass"),
        ("[[reversal]]\nallowed = false\n", {}, "fail reversal.never"),
        ("", {}, "unknown reversal.not-known"),
        (ALLOWED + "after_hours = 24\n", {"hours_since_payment": 23}, "fail reversal.too-early"),
        (ALLOWED + "after_hours = 24\n", {"hours_since_payment": 24}, "pass reversal.pass"),
        (ALLOWED + "after_hours = 24\n", {}, "pass reversal.pass assumed=hours_since_payment"),
        (ALLOWED + "window_only = true\n" + PHASES, {}, "pass reversal.pass"),
        (
            ALLOWED + "window_only = true\n" + PHASES,
            {"on": "2026-07-15"},
            "fail reversal.window-over",
        ),
        (ALLOWED + "window_only = true\n" + LONE, {"on": "2026-05-01"}, "pass reversal.pass"),
        (ALLOWED + "window_only = true\n", {}, "pass reversal.pass"),
        (ALLOWED + 'until_day = "06-30"\n', {"on": "2026-06-30"}, "pass reversal.pass"),
        (ALLOWED + 'until_day = "06-30"\n', {"on": "2026-07-01"}, "fail reversal.year-over"),
    ],
)
def test_reversal(rules: str, facts: dict[str, Any], expected: str) -> None:
    """Not known where no clause allows it; every limit that is known must hold."""
    assert told(found("reversal", decision(rules, {**REVERSE, **facts}))) == expected

"""window, due, duplicate-premium, prior-cover, reversal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongji.engine.case import Check
from gongji.engine.decide import decide
from gongji.engine.decision import Decision
from gongji.engine.premiums import benefit_from
from tests.engine.cases import decision, found, request, rules_of, told

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
ELDERLY = 'group = ["elderly"]\nprice = "460.00"\n'
ACCOUNTS = "[[premium]]\nyear = 2026\naccounts_from = 2025-11-01\naccounts_until = 2025-12-25\n"


@pytest.mark.parametrize(
    ("rules", "on", "expected"),
    [
        (PHASES, "2025-10-20", "fail window.not-open"),
        (PHASES, "2025-10-21", "pass window.open"),
        (PHASES, "2026-02-28", "pass window.open"),
        (PHASES, "2026-06-30", "pass window.open-wait-months"),
        (PHASES, "2026-07-01", "fail window.not-open"),
        (PHASES, "2026-08-01", "pass window.open"),
        (PHASES, "2026-12-31", "pass window.open"),
        (PHASES, "2027-01-01", "fail window.year-over"),
        (
            PHASES.replace("wait_months = 3", "wait_days = 60"),
            "2026-03-01",
            "pass window.open-wait-days",
        ),
        (LONE, "2025-10-20", "fail window.not-open"),
        (LONE, "2025-10-21", "pass window.end-not-known"),
        (ONE, "2025-10-21", "pass window.end-not-known"),
        (BY, "2025-10-20", "pass window.end-not-known"),
        (BY, "2025-10-21", "pass window.open"),
        (BY, "2026-01-01", "fail window.closed"),
        (MONTHLY, "2025-11-25", "pass window.open"),
        (MONTHLY, "2025-11-26", "fail window.day-of-month"),
        (MONTHLY, "2026-01-01", "fail window.closed"),
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


def payment(parameter: str) -> str:
    """Return a clause on how accounts pay premiums."""
    return f"[[premium_payment]]\n{parameter}\n"


IN_WINDOW = payment("window_only = true")


@pytest.mark.parametrize(
    ("rules", "on", "expected"),
    [
        (PHASES, "2026-02-28", "pass window.open"),
        (PHASES, "2026-03-01", "fail window.late"),
        (PHASES, "2026-08-01", "fail window.late"),
        (PHASES, "2025-10-20", "fail window.not-open"),
        (LONE, "2026-08-01", "pass window.end-not-known"),
        ("", "2026-03-01", "pass window.not-ruled"),
    ],
)
def test_where_accounts_pay_in_the_window_alone_late_phases_are_shut(
    rules: str, on: str, expected: str
) -> None:
    """Late is what makes wait for benefits or costs more than the first phase."""
    answer = decision(IN_WINDOW + rules, {**PREMIUM, "on": on})

    assert told(found("window", answer)) == expected


@pytest.mark.parametrize(("rules", "year"), [("", 2026), (IN_WINDOW, 2027)])
def test_an_unsaid_year_is_not_that_of_a_phase_in_which_accounts_do_not_pay(
    rules: str, year: int
) -> None:
    """In autumn a late phase of this year may still run, and the next year is meant."""
    answer = decision(rules + PHASES, {"purpose": "resident_premium", "on": "2026-09-01"})

    assert answer.premium is not None
    assert answer.premium.year == year


@pytest.mark.parametrize(
    ("years", "year", "expected"),
    [
        ("collected_now", 2027, "fail window.year-not-paid"),
        ("collected_now", 2026, "pass window.not-ruled"),
        ("this_and_next", 2025, "pass window.not-ruled"),
        ("this_and_next", 2026, "pass window.not-ruled"),
        ("this_and_next", 2027, "fail window.year-not-paid"),
        ("any", 2028, "pass window.not-ruled"),
    ],
)
def test_accounts_pay_for_the_years_that_a_clause_names(
    years: str, year: int, expected: str
) -> None:
    """Which of this year and the next is collected now, the window tells."""
    answer = decision(payment(f'years = "{years}"'), {**PREMIUM, "year": year, "on": "2025-11-01"})

    assert told(found("window", answer)) == expected


TWO_WAYS = payment('mode = "direct"\nalso = "reimburse"')


@pytest.mark.parametrize(
    ("rules", "mode", "expected", "answered"),
    [
        (TWO_WAYS, None, "pass window.not-ruled", ("direct", "reimburse")),
        (TWO_WAYS, "reimburse", "pass window.not-ruled", ("reimburse", None)),
        (TWO_WAYS, "scheduled", "fail window.way-not-offered", ("scheduled", None)),
        ("", "reimburse", "pass window.not-ruled", ("reimburse", None)),
    ],
)
def test_the_payer_chooses_among_the_ways_that_a_clause_offers(
    rules: str, mode: str | None, expected: str, answered: tuple[str, str | None]
) -> None:
    """Where no clause names a way, any may be tried."""
    answer = known({**PREMIUM, "on": "2025-11-01"}, rules, mode=mode)

    assert told(found("window", answer)) == expected
    assert answer.premium is not None
    assert (answer.premium.mode, answer.premium.also) == answered


def test_the_answer_tells_how_long_benefits_wait() -> None:
    """Three months where it is paid on 1 March, nothing in the window before."""
    late, early = (decision(PHASES, {**PREMIUM, "on": on}) for on in ("2026-03-01", "2026-02-28"))

    assert late.premium and early.premium
    assert (late.premium.wait_months, early.premium.wait_months) == (3, 0)


@pytest.mark.parametrize(
    ("paid", "months", "days", "begin"),
    [
        ("2026-03-15", 3, 0, "2026-06-15"),
        ("2025-11-30", 3, 0, "2026-02-28"),
        ("2025-10-01", 0, 60, "2026-01-01"),
        ("2026-01-10", 0, 1, "2026-01-11"),
    ],
)
def test_benefits_begin_after_the_wait_but_not_before_the_year(
    paid: str, months: int, days: int, begin: str
) -> None:
    """The wait counts from payment."""
    assert benefit_from(2026, date.fromisoformat(paid), months, days) == date.fromisoformat(begin)


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
        (REIMBURSE + "window_only = true\n" + PHASES, "2025-11-01", "pass window.claim-pass"),
        (
            (REIMBURSE + "window_only = true\n" + PHASES).replace("2025-10-21", "2025-12-01"),
            "2025-11-01",
            "fail window.claim-late",
        ),
        (REIMBURSE + 'years = "this_and_next"\n', "2025-11-01", "pass window.claim-pass"),
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


BY_PHASE = PHASES.replace(', price = "1100.00"', "")


def test_a_phase_without_a_price_beside_others_with_one_has_none() -> None:
    """What the year costs otherwise is not taken for it, not even from a wider area."""
    wider = BY_PHASE.replace("[[premium]]", '[[premium]]\narea = ["420100"]')
    general = '[[premium]]\nyear = 2026\nprice = "400.00"\n'

    check = found("due", decision(wider + general, {**PREMIUM, "on": "2026-08-01"}))

    assert told(check) == "pass due.price-not-known"


def test_one_price_beside_a_window_of_several_phases_holds_in_all() -> None:
    """No phase has a price of its own."""
    phases = "{ opens = 2025-10-21, closes = 2026-02-28 }, { opens = 2026-03-01, wait_months = 3 }"
    rules = f"[[premium]]\nyear = 2026\nphases = [{phases}]\n[[premium]]\nyear = 2026\n{ELDERLY}"
    facts = {**PREMIUM, "on": "2026-03-01", "beneficiary": {"group": ["elderly"]}}

    assert found("due", decision(rules, facts)).values["price"] == "460.00"


GROUPS = f"[[premium]]\nyear = 2026\n{ELDERLY}"
TIERS = GROUPS + "".join(
    f'[[premium]]\nyear = 2026\ngroup = ["adult"]\ntier = ["{tier}"]\nprice = "{tier}00.00"\n'
    for tier in (1, 2)
)


@pytest.mark.parametrize(
    ("facts", "expected", "named"),
    [
        ({}, "due.price-by-group", {"group": "adult, elderly"}),
        ({"group": ["student"]}, "due.price-by-group", {"group": "adult, elderly"}),
        ({"group": ["elderly"]}, "due.pass", {"price": "460.00"}),
        ({"group": ["adult"]}, "due.price-by-tier", {"tiers": "1, 2"}),
        ({"group": ["adult"], "tier": "2"}, "due.pass", {"price": "200.00"}),
    ],
)
def test_a_price_by_group_or_tier_asks_for_them(
    facts: dict[str, Any], expected: str, named: dict[str, str]
) -> None:
    """What was not said of the relative is no obstacle to the verdict, but to the price."""
    other_year = GROUPS.replace("2026", "2025").replace("elderly", "newborn")
    check = found(
        "due", decision(TIERS + other_year, {**PREMIUM, "on": "2025-11-01", "beneficiary": facts})
    )

    assert (check.outcome, check.reason) == ("pass", expected)
    assert named.items() <= check.values.items()


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


def known(facts: dict[str, Any], rules: str = "", **more: Any) -> Decision:
    """Return the decision where the books know more than a request can say."""
    return decide(replace(request(facts), **more), rules_of(rules))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"paid_years": frozenset({2026})}, "fail duplicate.paid"),
        ({"paid_years": frozenset({2025})}, "pass duplicate.none"),
        ({"paid_years": frozenset(), "orders": {2026: 7}}, "fail duplicate.ordered"),
        ({"paid_years": frozenset(), "orders": {2025: 7}}, "pass duplicate.none"),
    ],
)
def test_what_the_books_know_of_a_year_counts(more: dict[str, Any], expected: str) -> None:
    """Paid, or ordered from a run to come, is not paid again; another year is."""
    assert told(found("duplicate-premium", known(PREMIUM, **more))) == expected


def test_an_employees_premium_is_paid_more_than_once_a_year() -> None:
    """A flexible worker pays by the month."""
    answer = known({**PREMIUM, "purpose": "employee_premium"}, paid_years=frozenset({2026}))

    assert told(found("duplicate-premium", answer)) == "pass duplicate.by-the-month"


@pytest.mark.parametrize(
    ("rules", "count", "expected"),
    [
        ("persons_per_year = 2", 1, "pass cap.not-ruled"),
        ("persons_per_year = 2", 2, "fail cap.people"),
        ("persons_per_year = 2", None, "pass cap.not-ruled"),
        ("full_amount = false", 99, "pass cap.not-ruled"),
    ],
)
def test_a_holder_pays_for_so_many_people_a_year(
    rules: str, count: int | None, expected: str
) -> None:
    """The people already paid for leave out the one asked about."""
    assert told(found("cap", known(PREMIUM, payment(rules), persons_paid=count))) == expected


OWN = """
[[relatives]]
from = 2020-01-01
when = { purpose = ["large_sum_premium"] }
include = ["self"]
[[purposes]]
from = 2020-01-01
allow = ["large_sum_premium"]
[[limits]]
from = 2020-01-01
beneficiaries = 0
"""


def test_an_account_pays_its_owners_premium_where_a_clause_counts_the_owner() -> None:
    """Nobody is bound to themselves, so nothing that a binding must keep to is asked."""
    facts = {**PREMIUM, "purpose": "large_sum_premium", "beneficiary": {"insurance": "employee"}}
    own, other = (decision(OWN, {**facts, "relation": who}) for who in ("self", "parent"))

    assert (own.verdict, other.verdict) == ("eligible", "ineligible")
    names = {check.name for check in own.candidates[0].checks}
    assert names.isdisjoint({"binding", "roles", "consent", "limit-beneficiaries"})
    assert decision("", {**facts, "relation": "self"}).verdict == "ineligible"


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


def test_who_paid_for_the_year_before_was_insured_in_it() -> None:
    """The books know it; nothing need be assumed."""
    answer = known(PREMIUM, PRIOR, paid_years=frozenset({2025}))

    assert told(found("prior-cover", answer)) == "pass prior.pass"


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
        (
            ALLOWED + "window_only = true\n" + PHASES,
            {"on": "2026-03-01"},
            "fail reversal.window-over",
        ),
        (ALLOWED + 'reasons = ["死亡"]\n', {}, "pass reversal.for-reasons"),
        (ALLOWED + 'before = ["clearing"]\n', {}, "pass reversal.before"),
        (ALLOWED + 'before = ["benefit_begins"]\n', {"on": "2025-12-31"}, "pass reversal.before"),
        (
            ALLOWED + 'before = ["benefit_begins"]\n',
            {"on": "2026-01-01"},
            "fail reversal.benefit-begun",
        ),
    ],
)
def test_reversal(rules: str, facts: dict[str, Any], expected: str) -> None:
    """Not known where no clause allows it; every limit that is known must hold."""
    assert told(found("reversal", decision(rules, {**REVERSE, **facts}))) == expected


@pytest.mark.parametrize(
    ("before", "more", "expected"),
    [
        ("benefit_used", {"benefit_used": True}, "fail reversal.benefit-used"),
        ("benefit_used", {"benefit_used": None}, "pass reversal.before"),
        ("clearing", {"benefit_used": True}, "pass reversal.before"),
        ("clearing", {"cleared": True}, "fail reversal.cleared"),
        ("benefit_used", {"cleared": True}, "pass reversal.before"),
        ("benefit_begins", {"benefit_from": date(2026, 4, 1)}, "pass reversal.before"),
        ("benefit_begins", {"benefit_from": date(2026, 3, 1)}, "fail reversal.benefit-begun"),
    ],
)
def test_what_the_books_know_of_benefits_bears_on_taking_back(
    before: str, more: dict[str, Any], expected: str
) -> None:
    """Whether a benefit was used, and when a wait lets them begin."""
    rules = ALLOWED + f'before = ["{before}"]\n'
    check: Check = found("reversal", known({**REVERSE, "on": "2026-03-15"}, rules, **more))

    assert told(check) == expected

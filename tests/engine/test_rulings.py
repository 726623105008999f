"""How a decision is made: tests for each of the eight rulings on verdicts, and for the checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongji.engine.case import Case
from gongji.engine.checks import NAMES, checks_of
from gongji.engine.decide import decide
from gongji.policy.pack import Confidence
from gongji.words.mechanisms import ACTIONS
from tests.engine.cases import OPEN, decision, found, request, rules_of, told

PREMIUM = {"purpose": "resident_premium"}
SHENZHEN = {"beneficiary": {"area": "440300"}}


def names(facts: dict[str, Any]) -> set[str]:
    """The names of the checks that the question calls for."""
    return {check.name for check in decision("", facts).candidates[0].checks}


# ───────── Every check ─────────


def test_one_fail_does_not_hide_the_next() -> None:
    """Every check is evaluated: however many fail, all the names are there."""
    all_wrong = {
        "relation": "sibling",
        "purpose": "other",
        "holder": {"insurance": "none", "balance": "0"},
        "beneficiary": {"insurance": "none"},
        "bound": False,
    }
    answer = decision("[[limits]]\nbeneficiaries = 0\nholders = 0\n", all_wrong)

    failed = {check.name for _, check in answer.reasons if check.outcome == "fail"}
    assert failed == {
        "holder-insurance",
        "beneficiary-insurance",
        "relation",
        "limit-beneficiaries",
        "limit-holders",
        "binding",
        "purpose",
        "funds",
    }
    assert {check.name for check in answer.candidates[0].checks} == names({})


def test_every_name_is_the_name_of_a_check_that_some_action_asks_for() -> None:
    """Checks have one short name each, the same everywhere."""
    seen = set[str]()
    for action in ACTIONS.codes:
        asked = request({**PREMIUM, "action": action})
        case = Case.of(rules_of(""), asked, "authorisation", action)
        checks = [check(case) for check in checks_of(case)]
        assert len({check.name for check in checks}) == len(checks)
        seen |= {check.name for check in checks}

    assert seen == set(NAMES)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, "eligible"),
        ({"purpose": "vaccine"}, "unknown"),
        ({"relation": "sibling"}, "ineligible"),
        ({"relation": "sibling", "purpose": "vaccine"}, "ineligible"),
    ],
)
def test_any_fail_is_a_no_else_any_unknown_is_unknown(facts: dict[str, Any], verdict: str) -> None:
    """A mechanism: any fail → ineligible; else any unknown → unknown; else eligible."""
    assert decision("", facts).verdict == verdict


POOL = '[[mechanism]]\nfamily_pool = "{}"\n'


@pytest.mark.parametrize(
    ("pool", "facts", "verdict", "mechanism"),
    [
        ("live", {}, "eligible", "authorisation"),
        ("not_live", {}, "eligible", "authorisation"),
        ("live", {"mechanism": "family_pool"}, "eligible", "family_pool"),
        ("partial", {"mechanism": "family_pool"}, "unknown", None),
        ("not_live", {"mechanism": "family_pool"}, "ineligible", None),
    ],
)
def test_the_best_candidate_answers(
    pool: str, facts: dict[str, Any], verdict: str, mechanism: str | None
) -> None:
    """The decision takes the best candidate's verdict: eligible over unknown over ineligible."""
    answer = decision(POOL.format(pool), facts)

    assert (answer.verdict, answer.mechanism) == (verdict, mechanism)


def test_an_unknown_candidate_is_better_than_one_that_fails() -> None:
    """Eligible over unknown over ineligible."""
    closed = OPEN.replace('authorisation = "live"', 'authorisation = "not_live"')

    answer = decision(POOL.format("partial"), {}, base=closed)

    assert answer.verdict == "unknown"
    assert {(finding.mechanism, check.outcome) for finding, check in answer.reasons} == {
        ("authorisation", "fail"),
        ("family_pool", "unknown"),
    }


# ───────── 1. Permission or restriction ─────────


def test_ruling_1_silence_is_unknown_for_permissions_and_passes_for_restrictions() -> None:
    """Permissions: no clause means unknown. Restrictions: no clause passes with its doubt."""
    base = '[[mechanism]]\nauthorisation = "partial"\n'
    facts = {**PREMIUM, "year": 2026, "holder": {"status": "arrears", "is_beneficiary": True}}

    checks = decision("", facts, base=base).candidates[0].checks

    unknown = {check.name for check in checks if check.outcome == "unknown"}
    assert unknown == {
        "holder-insurance",
        "beneficiary-insurance",
        "relation",
        "mechanism-live",
        "scope",
        "purpose",
    }
    assert not {check.name for check in checks if check.outcome == "fail"}
    ruled = {"holder-status", "roles", "limit-holders", "consent", "window"}
    assert all(check.reason.endswith("not-ruled") for check in checks if check.name in ruled)


def test_ruling_1_an_unknown_limit_with_a_count_is_unknown() -> None:
    """… except an unknown limit while the request gives a count above zero."""
    facts = {"holder": {"beneficiaries": 1}, "beneficiary": {"holders": 1}}

    answer = decision("", facts)

    unknown = {check.name for _, check in answer.reasons}
    assert (answer.verdict, unknown) == ("unknown", {"limit-beneficiaries", "limit-holders"})


# ───────── 2. Candidates ─────────

QUOTA = '[[mechanism]]\nwallet_quota = "live"\n'


def test_ruling_2_a_mechanism_that_no_clause_speaks_of_is_no_candidate() -> None:
    """A mechanism is a candidate if the holder's area has a clause that offers it."""
    answer = decision("", {})

    assert [finding.mechanism for finding in answer.candidates] == ["authorisation"]
    assert answer.alternatives == ()


@pytest.mark.parametrize(
    ("facts", "candidates", "alternatives"),
    [
        ({}, ["authorisation"], ["wallet_quota"]),
        (SHENZHEN, ["authorisation", "wallet_quota"], []),
        ({"mechanism": "wallet_quota"}, ["wallet_quota"], []),
    ],
)
def test_ruling_2_wallets_are_candidates_across_provinces_or_when_named(
    facts: dict[str, Any], candidates: list[str], alternatives: list[str]
) -> None:
    """Within one province they appear under `alternatives` with their own verdict."""
    answer = decision(QUOTA, facts, guangdong=QUOTA)

    assert [finding.mechanism for finding in answer.candidates] == candidates
    assert [finding.mechanism for finding in answer.alternatives] == alternatives


def test_ruling_2_an_alternative_does_not_change_the_decision() -> None:
    """… and do not change the decision."""
    closed = OPEN.replace('authorisation = "live"', 'authorisation = "not_live"')

    answer = decision(QUOTA, {}, base=closed)

    assert answer.verdict == "ineligible"
    assert [finding.mechanism for finding in answer.alternatives] == ["wallet_quota"]


def test_ruling_2_a_quota_whose_start_is_not_known_is_unknown_and_its_own_fails_count() -> None:
    """`wallet_quota` whose local start is unknown is unknown by `mechanism-live`."""
    rules = '[[mechanism]]\nunknown = ["wallet_quota"]\n'
    quota = {"mechanism": "wallet_quota", **SHENZHEN}

    unknown = decision(rules, quota)
    failing = decision(rules, {**quota, "holder": {"insurance": "none"}})

    assert unknown.verdict == "unknown"
    assert found("mechanism-live", unknown, "wallet_quota").outcome == "unknown"
    assert failing.verdict == "ineligible"


# ───────── 3. Absent facts ─────────


def test_ruling_3_each_default_that_mattered_is_named() -> None:
    """Absent status is active, counts are 0, balances suffice, consent is given, and so on."""
    rules = """
[[status]]
holder = ["active"]
beneficiary = ["active"]
[[limits]]
beneficiaries = 3
holders = 1
[[consent]]
from_age = 18
"""
    answer = decision(rules, {})

    assert answer.verdict == "eligible"
    assert set(answer.assumed) == {
        "holder.status",
        "beneficiary.status",
        "holder.beneficiaries",
        "beneficiary.holders",
        "beneficiary.accepted",
        "bound",
        "holder.balance",
    }


def test_ruling_3_a_fact_that_was_given_is_not_assumed() -> None:
    """Each default that mattered is named, and no other."""
    rules = '[[status]]\nholder = ["active"]\n'

    answer = decision(rules, {"bound": True, "holder": {"status": "active", "balance": "1"}})

    assert (answer.verdict, answer.assumed) == ("eligible", ())


@pytest.mark.parametrize(
    ("facts", "verdict", "missing"),
    [
        ({"holder": {"balance": "9"}}, "unknown", ("holder.carryover",)),
        ({"holder": {"balance": "9"}, "relation": "sibling"}, "ineligible", ()),
        ({"holder": {"carryover": "9"}}, "eligible", ()),
    ],
)
def test_ruling_3_missing_accompanies_unknown_only(
    facts: dict[str, Any], verdict: str, missing: tuple[str, ...]
) -> None:
    """`missing` accompanies unknown only and names the facts that would settle it."""
    answer = decision('[[funds]]\nuse = "carryover"\n', facts)

    assert (answer.verdict, answer.missing) == (verdict, missing)


# ───────── 4. Balances ─────────


def test_ruling_4_too_little_is_a_yes_and_nothing_is_a_no() -> None:
    """A balance below the amount is eligible, the rest being cash; no usable fen is ineligible."""

    def verdict(balance: str) -> str:
        return decision("", {"amount": "350.00", "holder": {"balance": balance}}).verdict

    assert [verdict(balance) for balance in ("0.01", "0.00")] == ["eligible", "ineligible"]


def test_ruling_4_of_two_balances_the_third_follows() -> None:
    """`balance` = `current` + `carryover`; two imply the third."""
    two = ({"balance": "5", "current": "2"}, {"balance": "5", "carryover": "3"})
    third = {"current": "2", "carryover": "3"}

    holders = [request({"holder": holder}).holder for holder in (*two, third)]

    assert {(h.balance, h.current, h.carryover) for h in holders} == {(500, 200, 300)}


# ───────── 5. Whose area ─────────

ELSEWHERE = """
[[insurance]]
beneficiary = ["none"]
[[status]]
beneficiary = ["ended"]
[[limits]]
beneficiaries = 0
holders = 0
[[relatives]]
include = ["self"]
[[purposes]]
deny = ["resident_premium"]
[[funds]]
keep = "9999.00"
[[premium]]
year = 2026
price = "0.00"
opens = 2026-01-01
closes = 2026-01-02
"""


def test_ruling_5_the_holders_area_rules_all_but_what_is_the_beneficiarys() -> None:
    """The holder's area rules all, except … which are the beneficiary's."""
    facts = {**PREMIUM, "year": 2026, "holder": {"balance": "5"}, **SHENZHEN}

    answer = decision("", facts, guangdong=ELSEWHERE)

    failed = {check.name for _, check in answer.reasons if check.outcome == "fail"}
    assert failed == {
        "beneficiary-insurance",
        "beneficiary-status",
        "limit-holders",
        "window",
        "due",
    }


@pytest.mark.parametrize(("area", "outcome"), [("440300", "fail"), ("420100", "pass")])
def test_ruling_5_who_takes_no_part_is_said_by_the_beneficiarys_area(
    area: str, outcome: str
) -> None:
    """… except beneficiary-status, which is the beneficiary's."""
    facts = {"beneficiary": {"area": area, "group": ["disabled_veteran"]}}
    exclusion = '[[exclusion]]\nbeneficiary = ["disabled_veteran"]'

    answer = decision("", facts, guangdong=exclusion)

    assert found("beneficiary-status", answer).outcome == outcome


@pytest.mark.parametrize("reaching", ["hubei", "guangdong"])
def test_ruling_5_scope_passes_if_a_clause_at_either_end_covers_the_pair(reaching: str) -> None:
    """Scope passes if a clause at either end covers the pair."""
    reach = {"hubei": "pooling_area", "guangdong": "pooling_area", reaching: "nation"}
    base = OPEN.replace('reach = "nation"', f'reach = "{reach["hubei"]}"')

    answer = decision("", SHENZHEN, base, guangdong=f'[[scope]]\nreach = "{reach["guangdong"]}"')

    assert found("scope", answer).outcome == "pass"
    neither = decision("", SHENZHEN, base.replace('"nation"', '"province"'))
    assert found("scope", neither).outcome == "fail"


# ───────── 6. Actions ─────────

BINDING = {"relation", "limit-beneficiaries", "limit-holders", "consent"}
STANDING = {"holder-insurance", "holder-status", "beneficiary-insurance", "beneficiary-status"}
PAYING = {"binding", "purpose", "provider", "funds", "cap"}
OF_PREMIUM = {"window", "due", "duplicate-premium", "prior-cover"}
TOGETHER = {"mechanism-live", "scope", "roles"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, STANDING | TOGETHER | BINDING | PAYING),
        ({"bound": False}, STANDING | TOGETHER | BINDING | PAYING),
        ({"bound": True}, STANDING | TOGETHER | PAYING),
        (PREMIUM, STANDING | TOGETHER | BINDING | PAYING | OF_PREMIUM),
        ({"action": "bind", **PREMIUM}, STANDING | TOGETHER | BINDING | {"binding"}),
        ({"action": "claim", **PREMIUM}, STANDING | {"purpose", "funds", "window", "prior-cover"}),
        ({"action": "reverse", **PREMIUM}, STANDING | {"reversal"}),
    ],
)
def test_ruling_6_each_action_asks_its_own_checks(
    facts: dict[str, Any], expected: set[str]
) -> None:
    """`use` includes the checks of binding unless bound; `bind` skips purpose, funds, window."""
    assert names(facts) == expected


def test_ruling_6_a_transfer_asks_its_own_checks() -> None:
    """`transfer`, `claim` and `reverse` run their own checks plus standing."""
    answer = decision(POOL.format("live"), {"action": "transfer"})

    asked = {check.name for check in answer.candidates[0].checks}
    assert [finding.mechanism for finding in answer.candidates] == ["family_pool"]
    assert asked == STANDING | TOGETHER | BINDING | {"funds", "transfer-limits"}


@pytest.mark.parametrize(
    ("bound", "verdict"), [(True, "eligible"), (None, "ineligible"), (False, "ineligible")]
)
def test_ruling_6_a_binding_that_exists_is_not_examined_again(
    bound: bool | None, verdict: str
) -> None:
    """`bound: true` skips relation, limits and consent."""
    facts = {"bound": bound, "relation": "sibling", "beneficiary": {"accepted": False, "age": 30}}

    assert decision("[[consent]]\nfrom_age = 18\n", facts).verdict == verdict


# ───────── 7. Premium year ─────────

YEARS = """
[[premium]]
year = 2025
opens = 2024-09-01
closes = 2025-06-30
price = "400.00"
[[premium]]
year = 2026
opens = 2025-10-01
closes = 2026-02-28
price = "430.00"
"""


@pytest.mark.parametrize(
    ("rules", "on", "year", "fen"),
    [
        (YEARS, "2025-06-30", 2025, 40000),
        (YEARS, "2025-10-01", 2026, 43000),
        (YEARS, "2026-02-28", 2026, 43000),
        (YEARS, "2025-08-31", 2025, 40000),
        (YEARS, "2025-09-01", 2026, 43000),
        (YEARS.replace("2025-10-01", "2025-07-01"), "2025-07-01", 2026, 43000),
        ("", "2025-08-31", 2025, None),
        ("", "2025-09-01", 2026, None),
    ],
)
def test_ruling_7_the_year_is_that_of_the_window_else_of_the_season(
    rules: str, on: str, year: int, fen: int | None
) -> None:
    """Absent: the year whose window holds `on`; else next year from September, else this year."""
    premium = decision(rules, {**PREMIUM, "on": on}).premium

    assert premium is not None
    assert (premium.year, premium.fen) == (year, fen)


def test_ruling_7_an_unknown_window_and_price_are_no_obstacle() -> None:
    """An unknown window passes with a doubt; an unknown price is null in the answer."""
    answer = decision("", {**PREMIUM, "on": "2025-10-01"})

    assert answer.verdict == "eligible"
    assert answer.premium is not None
    assert (answer.premium.fen, answer.premium.mode) == (None, None)
    assert told(found("window", answer)) == "pass window.not-ruled"


def test_ruling_7_a_price_of_zero_is_not_owed() -> None:
    """A price of zero fails `due`: nothing is owed."""
    rules = YEARS.replace("430.00", "0.00")

    answer = decision(rules, {**PREMIUM, "on": "2025-10-01"})

    assert [check.name for _, check in answer.reasons] == ["due"]
    assert answer.verdict == "ineligible"


def test_ruling_7_a_bill_has_no_premium() -> None:
    """`premium` is there where one is asked about."""
    assert decision(YEARS, {}).premium is None


def test_ruling_7_the_mode_of_payment_is_told() -> None:
    """`premium` is `{"year":2026,"price":"400.00","mode":"direct"}`."""
    rules = YEARS + '[[premium_payment]]\nmode = "scheduled"\n'

    premium = decision(rules, {**PREMIUM, "on": "2025-10-01"}).premium

    assert premium is not None
    assert premium.mode == "scheduled"


# ───────── 8. Confidence ─────────

LOW = '[[limits]]\nfrom = 2020-01-01\nbeneficiaries = 3\nconfidence = "low"\n'
MEDIUM = '[[roles]]\nfrom = 2020-01-01\nexclusive = true\nconfidence = "medium"\n'


@pytest.mark.parametrize(
    ("rules", "facts", "confidence"),
    [
        ("", {}, Confidence.HIGH),
        (MEDIUM, {}, Confidence.MEDIUM),
        (MEDIUM + LOW, {}, Confidence.LOW),
        (LOW, {"relation": "sibling"}, Confidence.HIGH),
        (LOW, {"holder": {"beneficiaries": 3}}, Confidence.LOW),
        (LOW, {"relation": "sibling", "holder": {"beneficiaries": 3}}, Confidence.HIGH),
        ("", {"purpose": "vaccine"}, None),
    ],
)
def test_ruling_8_confidence_is_the_weakest_clause_relied_on(
    rules: str, facts: dict[str, Any], confidence: Confidence | None
) -> None:
    """Confidence is the weakest clause relied on; a no needs one fail, so its surest counts."""
    assert decision(rules, facts).confidence is confidence


@pytest.mark.parametrize(
    ("least", "facts", "verdict"),
    [
        (Confidence.LOW, {}, "eligible"),
        (Confidence.MEDIUM, {}, "unknown"),
        (Confidence.MEDIUM, {"relation": "sibling"}, "ineligible"),
        (Confidence.MEDIUM, {"holder": {"beneficiaries": 3}}, "unknown"),
    ],
)
def test_ruling_8_a_least_confidence_turns_weaker_ones_into_unknown(
    least: Confidence, facts: dict[str, Any], verdict: str
) -> None:
    """`--min-confidence` turns weaker ones into unknown, passes and fails alike."""
    answer = decide(request(facts), rules_of(LOW), least)

    assert answer.verdict == verdict


# ───────── What goes with an answer ─────────


def test_an_assumed_check_goes_on_as_passed_and_is_named() -> None:
    """`--assume CHECK` goes on as if that check had passed and records the assumption."""
    asked = request({"purpose": "vaccine"})
    pack = rules_of("")

    plain, assumed = (
        decide(replace(asked, assume=checks), pack)
        for checks in (frozenset(), frozenset({"purpose"}))
    )

    assert (plain.verdict, assumed.verdict) == ("unknown", "eligible")
    assert "check:purpose" in assumed.assumed
    assert decide(
        replace(request({"purpose": "other"}), assume=frozenset({"purpose"})), pack
    ).verdict == ("ineligible")


def test_a_yes_gives_the_checks_that_rest_on_a_clause() -> None:
    """`reasons` holds, for an eligible answer, the checks that rest on a clause."""
    reasons = {check.name for _, check in decision(MEDIUM, {}).reasons}

    permissions = {"holder-insurance", "beneficiary-insurance", "relation", "mechanism-live"}
    assert reasons == permissions | {"scope", "purpose", "roles"}


def test_the_day_governs_which_rules_are_read() -> None:
    """`--on` governs everything."""
    rules = "[[limits]]\nfrom = 2025-06-02\nbeneficiaries = 0\n"

    days = ("2025-06-01", "2025-06-02")
    answers = [decision(rules, {"on": on}) for on in days]

    assert [answer.verdict for answer in answers] == ["eligible", "ineligible"]
    assert [answer.on for answer in answers] == [date.fromisoformat(on) for on in days]
    assert {answer.rules for answer in answers} == {rules_of(rules).digest}

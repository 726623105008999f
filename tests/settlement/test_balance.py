from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongji.settlement.balance import check
from gongji.settlement.identities import IDENTITIES
from gongji.settlement.message import read_message
from gongji.settlement.profiles import Profile
from gongji.words.money import format_yuan, parse_yuan
from tests.settlement.messages import balanced, checked, message, off

PROFILES = list(Profile)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_message_balances_under_its_own_profile(profile: Profile) -> None:
    """All seven identities hold, the balance before being known."""
    balance = check(read_message(message(profile)), profile)

    assert off(balance) == {}
    assert (balance.balances, balance.instead) == (True, ())


def test_the_seven_stand_in_their_order() -> None:
    """One finding each."""
    numbers = [finding.identity.number for finding in checked().findings]

    assert numbers == ["I1", "I2", "I3", "I4", "I5", "I6", "I7"]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"fulamt_ownpay_amt": "30.01"}, {"I1": -1}),
        ({"overlmt_selfpay": "1"}, {"I1": -100}),
        ({"inscp_scp_amt": "899.99"}, {"I1": 1}),
        ({"hifp_pay": "590"}, {"I2": 1000}),
        ({"oth_pay": "0.01"}, {"I2": -1}),
        ({"hifdm_pay": "5"}, {"I2": -500}),
        ({"hosp_part_amt": "0"}, {"I3": 1000}),
        ({"hosp_part_amt": None}, {"I3": 1000}),
        ({"medfee_sumamt": "1000.01"}, {"I1": 1, "I3": 1}),
        ({"psn_cash_pay": "49.99"}, {"I4": 1}),
        ({"psn_part_amt": "340"}, {"I3": 1000, "I4": -1000}),
        ({"acct_mulaid_pay": "300.01", "account_before": None}, {"I5": 1, "I7": None}),
        ({"acct_mulaid_pay": "-0.01", "account_before": None}, {"I5": -1, "I7": None}),
        ({"setldetail": [{"fund_payamt": "640.02"}]}, {"I6": -2}),
        ({"setldetail": []}, {"I6": 64000}),
        ({"fund_pay_sumamt": "650"}, {"I2": 1000, "I3": -1000, "I6": 1000}),
        ({"balc": "20.01"}, {"I7": -1}),
        ({"account_before": "320"}, {"I7": 12000}),
    ],
)
def test_an_identity_that_fails_says_by_how_much(
    changed: dict[str, Any], found: dict[str, int | None]
) -> None:
    """The left side less the right, to the fen; the others hold."""
    assert off(checked(**changed)) == found


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"preselfpay_amt": None}, {"I1": ("preselfpay_amt",)}),
        ({"maf_pay": None, "oth_pay": None}, {"I2": ("maf_pay", "oth_pay")}),
        ({"psn_part_amt": None}, {"I4": ("psn_part_amt",)}),
        ({"acct_mulaid_pay": None}, {"I5": ("acct_mulaid_pay",), "I7": ("acct_mulaid_pay",)}),
        ({"setldetail": None}, {"I6": ("setldetail.fund_payamt",)}),
        ({"balc": ""}, {"I7": ("balc",)}),
        ({"account_before": None}, {"I7": ("account_before",)}),
    ],
)
def test_an_identity_without_its_amounts_is_not_checked(
    changed: dict[str, Any], missing: dict[str, tuple[str, ...]]
) -> None:
    """It names what is missing; the rest is checked all the same, and balances."""
    balance = checked(**changed)

    unknown = [finding for finding in balance.findings if finding.outcome == "unknown"]
    assert {one.identity.number: one.sides.missing for one in unknown} == missing
    assert balance.balances


def test_a_bill_whose_parts_do_not_add_up_is_a_warning() -> None:
    """I1 is known from memory alone: no system that checks it was found."""
    balance = checked(inscp_scp_amt="899.00")

    assert off(balance) == {"I1": 100}
    assert balance.balances
    assert [one.number for one in IDENTITIES if not one.binding] == ["I1"]


def test_a_stay_without_own_share_is_checked_by_what_pays_it() -> None:
    """psn_part_amt need not be in a 2304: account and cash stand in for it."""
    assert off(checked(psn_part_amt="")) == {"I4": None}
    assert off(checked(psn_part_amt="", psn_cash_pay="49")) == {"I3": 100, "I4": None}


def test_a_row_of_the_account_is_no_part_of_the_fund() -> None:
    """310200 is 个人账户基金."""
    rows = [*message()["setldetail"], {"fund_pay_type": "310200", "fund_payamt": "300.00"}]

    assert off(checked(setldetail=rows)) == {}


@pytest.mark.parametrize(("row", "found"), [("300.00", {}), ("299.00", {"I6": 100})])
def test_where_the_fund_includes_the_account_so_do_the_rows(
    row: str, found: dict[str, int]
) -> None:
    """Whether by a row of its own, as here, or without one."""
    profile = Profile.FUND_INCLUDES_ACCT
    rows = [*message()["setldetail"], {"fund_pay_type": "310200", "fund_payamt": row}]

    balance = check(read_message(message(profile, setldetail=rows)), profile)

    assert off(balance) == found


@pytest.mark.parametrize("profile", [Profile.FUND_INCLUDES_ACCT, Profile.ADDITIVE])
def test_the_other_profile_that_balances_is_named(profile: Profile) -> None:
    """And only that one."""
    balance = checked(profile)

    assert not balance.balances
    assert balance.instead == (profile,)


def test_the_default_is_named_where_another_profile_was_asked_for() -> None:
    """The message of the default convention, read as the additive one."""
    balance = check(read_message(message()), Profile.ADDITIVE)

    assert off(balance) == {"I4": -12000, "I7": -12000}
    assert balance.instead == (Profile.OF_WHICH,)


def test_a_profile_that_would_leave_the_failure_unchecked_is_not_named() -> None:
    """Without pooled money in the message nobody can tell whether the additive form balances."""
    balance = checked(psn_cash_pay="49", acct_mulaid_pay=None, account_before=None)

    assert balance.instead == ()


def test_a_settlement_taken_back_balances_as_the_settlement_does() -> None:
    """All its amounts are negative; the pooled part lies between nothing and the account's."""
    turned = {
        name: f"-{value}"
        for name, value in message().items()
        if str(value).endswith(".00") and name not in ("balc", "account_before")
    }
    back: dict[str, Any] = {**turned, "balc": "200.00", "account_before": "20.00"}
    rows = [{"fund_payamt": "-640"}]

    assert off(checked(**back, setldetail=rows)) == {}
    too_much: dict[str, Any] = {"acct_mulaid_pay": "-300.01", "account_before": None}
    assert off(checked(**back | too_much, setldetail=rows)) == {"I5": -1, "I7": None}


@pytest.mark.parametrize("pooled", ["-5", "-1", "0", "1"])
def test_no_pooled_part_fits_a_negative_account(pooled: str) -> None:
    """Neither amount may be below zero where the settlement is not taken back."""
    assert off(checked(acct_pay="-1", acct_mulaid_pay=pooled))["I5"]


@given(st.data(), st.sampled_from(PROFILES))
def test_whatever_the_parts_a_message_made_from_them_balances(
    data: st.DataObject, profile: Profile
) -> None:
    """To the fen, and nothing is left unchecked."""
    made = data.draw(balanced(profile))

    assert off(check(read_message(made), profile)) == {}


@given(st.data(), st.sampled_from(PROFILES), st.integers(1, 10**10), st.booleans())
def test_whatever_single_amount_is_changed_some_identity_is_off(
    data: st.DataObject, profile: Profile, by_fen: int, less: bool
) -> None:
    """By exactly that much, wherever it enters as a sum."""
    made = data.draw(balanced(profile))
    changed = copy.deepcopy(made)
    places = [(changed, name) for name in changed if name != "setldetail"]
    places += [(row, "fund_payamt") for row in changed["setldetail"]]
    place, name = data.draw(st.sampled_from(places))
    fen = parse_yuan(place[name]) + (-by_fen if less else by_fen)
    assume(fen >= 0)
    place[name] = format_yuan(fen)

    found = off(check(read_message(changed), profile))

    assert found
    assert by_fen in {abs(fen) for fen in found.values() if fen is not None}

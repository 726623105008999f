"""What the rules put into an account for a month, and why it may not be known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongji.engine.accrual import Monthly, monthly
from gongji.engine.facts import Holder
from tests.policy.packs import pack_of

MARCH = date(2025, 3, 1)
WUHAN = "420100"


def accrued(
    clauses: str,
    base_fen: int | None = None,
    age: int | None = None,
    group: frozenset[str] = frozenset(),
    **facts: Any,
) -> Monthly:
    """Return what comes in in March 2025 for somebody in Wuhan under the clauses of Hubei."""
    holder = Holder(WUHAN, "employee", group=group, **facts)
    return monthly(pack_of(hubei=clauses), holder, MARCH, base_fen, age)


def accrual(who: str, *keys: str) -> str:
    return "\n".join(["[[accrual]]", f'who = "{who}"', *keys, ""])


@pytest.mark.parametrize(("base_fen", "fen"), [(800000, 16000), (800024, 16000), (800025, 16001)])
def test_a_share_of_the_base_is_rounded_half_up_to_the_fen(base_fen: int, fen: int) -> None:
    """Two per cent of 8,000.25 yuan are 160.005."""
    assert accrued(accrual("employed", 'rate = "0.02"'), base_fen).fen == fen


def test_a_share_of_a_base_that_is_not_said_is_not_known() -> None:
    """The rate alone is no amount."""
    found = accrued(accrual("employed", 'rate = "0.02"'))

    assert (found.fen, found.why) == (None, "base")


def test_a_fixed_amount_comes_in_less_what_is_deducted() -> None:
    """Guangzhou takes the premium of long-term care off."""
    found = accrued(accrual("retired", 'amount = "169.08"', 'deduction = "8.66"'), type="retired")

    assert (found.fen, found.why) == (16042, None)


@pytest.mark.parametrize(("age", "fen"), [(60, 4000), (69, 4000), (70, 5000), (85, 5000)])
def test_an_amount_by_age_is_that_of_the_last_band_reached(age: int, fen: int) -> None:
    """Seventy is in the band from seventy."""
    bands = 'bands = [{ from_age = 0, amount = "40.00" }, { from_age = 70, amount = "50.00" }]'

    assert accrued(accrual("retired", bands), age=age, type="retired").fen == fen


@pytest.mark.parametrize("age", [None, 59])
def test_an_amount_by_age_is_not_known_without_an_age_in_a_band(age: int | None) -> None:
    """The lowest band is not a guess for who gives no day of birth."""
    bands = 'bands = [{ from_age = 60, amount = "40.00" }]'

    found = accrued(accrual("retired", bands), age=age, type="retired")

    assert (found.fen, found.why) == (None, "by-age")


def test_a_share_of_the_average_pension_is_not_known() -> None:
    """The rules say the share; of what, no source does."""
    found = accrued(accrual("retired", 'pension_share = "0.028"'), type="retired")

    assert (found.fen, found.why) == (None, "average-pension")
    assert [clause.id for clause in found.ruling.clauses] == ["420000/accrual/undated"]


@pytest.mark.parametrize("clauses", ["", accrual("retired", 'unknown = ["amount"]')])
def test_what_nobody_says_is_not_known(clauses: str) -> None:
    """Silence, and what was looked for in vain."""
    found = accrued(clauses, type="retired")

    assert (found.fen, found.why) == (None, "not-said")


def test_who_is_of_no_known_type_is_employed() -> None:
    """The rules for retired people are for those who say that they are."""
    both = accrual("employed", 'rate = "0.02"') + accrual("retired", 'amount = "83.00"')

    assert accrued(both, 800000).fen == 16000
    assert accrued(both, 800000, type="retired").fen == 8300


def test_a_rate_of_zero_puts_nothing_in_and_needs_no_base() -> None:
    """That is known, and is another thing than not knowing."""
    found = accrued(accrual("flexible", 'rate = "0"'), type="flexible")

    assert (found.fen, found.why) == (0, "nothing")


def test_a_clause_for_a_group_is_heard_of_who_belongs_to_it() -> None:
    """In Shenzhen, retired people who go on contributing have a share of their base."""
    clauses = accrual("retired", 'amount = "251.00"') + accrual(
        "retired", 'when = { holder_group = ["still_contributing"] }', 'rate = "0.0805"'
    )

    assert accrued(clauses, 500000, type="retired").fen == 25100
    group = frozenset({"still_contributing"})
    assert accrued(clauses, 500000, type="retired", group=group).fen == 40250


@pytest.mark.parametrize("tier", ["2", "pooled_only"])
def test_a_tier_without_an_account_gets_nothing(tier: str) -> None:
    """Wherever `pooled_only` is, and wherever the rules name the tiers that have one."""
    tiers = '[[insurance]]\nholder_tier = ["1"]\n'
    clauses = accrual("employed", 'rate = "0.02"') + tiers

    found = accrued(clauses, 800000, tier=tier)

    assert (found.fen, found.why) == (0, "no-account")
    assert accrued(clauses, 800000, tier="1").fen == 16000

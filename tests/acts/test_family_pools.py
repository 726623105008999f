"""Families under the shipped rules of the regions where money is put into a pool beforehand.

The facts stand in the rule files, with their sources; what they say of Hainan is an authorisation.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from gongji.acts.bind import unbind
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.quota import release
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.policy.pack import Pack
from gongji.policy.reading import load, shipped_rules
from tests.acts.household import add, amiss, holdings, join, move, pay, split, write

FUZHOU, SANMING, LANZHOU, ZHANGYE = "350100", "350400", "620100", "620700"
XINING, HAIKOU, NINGBO = "630100", "460100", "330200"
DAY, NEXT_MONTH = date(2025, 11, 10), date(2025, 12, 1)
ANYWAY = frozenset({"limit-beneficiaries"})
"""Where nobody knows how many may be in a family, somebody has asked."""


@cache
def shipped() -> Pack:
    return load([shipped_rules()])


def family_in(books: Books, area: str, on: date = DAY) -> Books:
    """Return books with two who have 5000 and 2600 yuan, a mother and a child; nobody is bound."""
    add(books, "我", 300_000, 200_000, area=area, on=on)
    add(books, "爱人", 250_000, 10_000, area=area, on=on)
    add(books, "妈妈", insurance="resident", area=area, born="1960-01-01", on=on)
    add(books, "孩子", insurance="resident", area=area, born="2015-01-01", on=on)
    return books


def bind_all(books: Books, on: date = DAY) -> None:
    for name, relation in (("爱人", "spouse"), ("妈妈", "parent"), ("孩子", "child")):
        record = join(books, shipped(), "我", name, relation, on, assume=ANYWAY)
        assert record.fields["mechanism"] == "family_pool"


def end_all(books: Books, on: date = DAY) -> None:
    for name in ("爱人", "妈妈", "孩子"):
        write(books, unbind(books, shipped(), "我", name, on))


def refused(books: Books, name: str, fen: int, on: date = DAY) -> set[str]:
    """Return why nothing is put in; it is no, not unknown."""
    with pytest.raises(Refused) as error:
        move(books, shipped(), name, fen, on=on)
    assert error.value.verdict is Verdict.INELIGIBLE
    return amiss(error.value)


def pool(books: Books) -> dict[str, int]:
    found = books.balances("我:pool:")
    return {account.removeprefix("我:pool:"): fen for account, fen in found.items() if fen}


@pytest.mark.parametrize("area", [FUZHOU, SANMING])
def test_in_fujian_every_member_puts_in_what_exceeds_two_thousand(books: Books, area: str) -> None:
    """Once a month each; both pools of the account count."""
    family = family_in(books, area)
    bind_all(family)

    assert refused(family, "我", 300_001) == {"funds.not-in-full"}
    move(family, shipped(), "我", 300_000, on=DAY)
    assert refused(family, "爱人", 60_001) == {"funds.not-in-full"}
    move(family, shipped(), "爱人", 50_000, on=DAY)

    assert refused(family, "爱人", 10_000) == {"transfer.too-often-a-month"}
    move(family, shipped(), "爱人", 10_000, on=NEXT_MONTH)
    assert pool(family) == {"我": 300_000, "爱人": 60_000}


def test_in_fujian_the_pool_pays_after_the_own_account_the_oldest_money_first(
    books: Books,
) -> None:
    """What no pool holds is cash; the account of the creator is not touched."""
    family = family_in(books, FUZHOU)
    bind_all(family)
    move(family, shipped(), "爱人", 60_000, on=DAY)
    move(family, shipped(), "我", 300_000, on=DAY)

    mothers = pay(family, shipped(), "妈妈", 70_000, on=DAY)
    after = pool(family)
    own_first = pay(family, shipped(), "爱人", 500_000, "inpatient", on=DAY)

    assert split(mothers) == {"我": 70_000}
    assert after == {"我": 290_000}
    assert split(own_first) == {"own": 200_000, "我": 290_000, "cash": 10_000}
    assert holdings(family) == {"我:carryover": 200_000}


def test_in_fujian_nobody_says_what_becomes_of_the_rest(books: Books) -> None:
    """It stays in the pool, where a new member can use it again; it is not guessed."""
    family = family_in(books, FUZHOU)
    bind_all(family)
    move(family, shipped(), "爱人", 60_000, on=DAY)
    end_all(family)
    left = pool(family)

    join(family, shipped(), "我", "妈妈", "parent", DAY)

    assert left == {"爱人": 60_000}
    assert split(pay(family, shipped(), "妈妈", 60_000, on=DAY)) == {"我": 60_000}


def test_in_gansu_the_creator_puts_in_any_amount_any_number_of_times(books: Books) -> None:
    """All of the account; a member is no creator."""
    family = family_in(books, ZHANGYE)
    bind_all(family)

    for fen in (1, 300_000, 199_999):
        move(family, shipped(), "我", fen, on=DAY)

    assert refused(family, "爱人", 100) == {"roles.both"}
    assert pool(family) == {"我": 500_000}
    assert split(pay(family, shipped(), "孩子", 500_000, "inpatient", on=DAY)) == {"我": 500_000}


def test_in_gansu_everybody_is_in_one_family(books: Books) -> None:
    """A second creator cannot have the mother, nor can a member create a family."""
    family = family_in(books, LANZHOU)
    bind_all(family)
    add(family, "舅舅", 100_000, 0, area=LANZHOU, on=DAY)
    found = []

    for holder, beneficiary, relation in (("舅舅", "妈妈", "sibling"), ("爱人", "舅舅", "sibling")):
        with pytest.raises(Refused) as error:
            join(family, shipped(), holder, beneficiary, relation, DAY, mechanism="family_pool")
        found.append(amiss(error.value))

    assert found == [{"limit.fail"}, {"roles.both"}]


def test_in_lanzhou_seven_make_a_family(books: Books) -> None:
    """The creator and six more; elsewhere in Gansu the number is not known."""
    for area, name in ((LANZHOU, "兰"), (ZHANGYE, "张")):
        add(books, name, 100, 0, area=area, on=DAY)
        for number in range(7):
            add(books, f"{name}{number}", insurance="resident", area=area, on=DAY)
    for number in range(6):
        join(books, shipped(), "兰", f"兰{number}", "sibling", DAY)
    join(books, shipped(), "张", "张0", "sibling", DAY)

    with pytest.raises(Refused) as full:
        join(books, shipped(), "兰", "兰6", "sibling", DAY)
    with pytest.raises(Refused) as not_known:
        join(books, shipped(), "张", "张1", "sibling", DAY)

    assert (full.value.verdict, not_known.value.verdict) == (Verdict.INELIGIBLE, Verdict.UNKNOWN)


@pytest.mark.parametrize(
    ("area", "on", "left", "account"),
    [
        (LANZHOU, DAY, {}, {"我:current": 240_000, "我:carryover": 200_000}),
        (LANZHOU, date(2026, 1, 15), {}, {"我:carryover": 440_000}),
        (ZHANGYE, DAY, {"我": 240_000}, {"我:carryover": 200_000}),
    ],
)
def test_in_lanzhou_the_rest_returns_to_the_creator_with_the_last_member(
    books: Books, area: str, on: date, left: dict[str, int], account: dict[str, int]
) -> None:
    """As carry-over once the year has turned; elsewhere in Gansu nobody says."""
    family = family_in(books, area)
    bind_all(family)
    move(family, shipped(), "我", 300_000, on=DAY)
    pay(family, shipped(), "妈妈", 60_000, on=DAY)

    write(family, unbind(family, shipped(), "我", "爱人", on))
    write(family, unbind(family, shipped(), "我", "孩子", on))
    before = pool(family)
    write(family, unbind(family, shipped(), "我", "妈妈", on))

    assert before == {"我": 240_000}
    assert pool(family) == left
    theirs = {name: fen for name, fen in holdings(family).items() if name.startswith("我")}
    assert theirs == account


def test_in_qinghai_five_hundred_yuan_were_the_least_at_once(books: Books) -> None:
    """Until the report of 2025-08-05 at the latest; since then any amount, any number of times."""
    before, report = date(2025, 6, 1), date(2025, 8, 5)
    family = family_in(books, XINING, before)
    bind_all(family, before)

    assert refused(family, "我", 49_999, before) == {"transfer.too-little"}
    for fen, on in ((50_000, before), (50_000, before), (1, report)):
        move(family, shipped(), "我", fen, on=on)

    assert pool(family) == {"我": 100_001}


def test_in_qinghai_the_pool_pays_a_premium_whole(books: Books) -> None:
    """400 yuan for 2026; a fen less pays nothing."""
    family = family_in(books, XINING)
    bind_all(family)
    move(family, shipped(), "我", 39_999, on=DAY)

    with pytest.raises(Refused) as error:
        pay(family, shipped(), "孩子", None, "resident_premium", on=DAY)
    move(family, shipped(), "我", 1, on=DAY)

    assert amiss(error.value) == {"funds.set-aside-short"}
    assert split(pay(family, shipped(), "孩子", None, "resident_premium", on=DAY)) == {"我": 40_000}


def test_in_qinghai_some_cannot_create_a_family(books: Books) -> None:
    """Who has special outpatient benefits; of who is settled elsewhere no more since the report."""
    for name, group in (("甲", "special_outpatient"), ("乙", "resettled")):
        add(books, name, 100, 0, area=XINING, group=[group], on=DAY)
    add(books, "妈妈", insurance="resident", area=XINING, on=DAY)

    with pytest.raises(Refused) as error:
        join(books, shipped(), "甲", "妈妈", "parent", DAY)

    assert error.value.verdict is Verdict.INELIGIBLE
    assert join(books, shipped(), "乙", "妈妈", "parent", DAY).fields["holder"] == "乙"


def test_in_qinghai_nobody_says_what_becomes_of_the_rest(books: Books) -> None:
    """Nor whether it may go back while the family lasts."""
    family = family_in(books, XINING)
    bind_all(family)
    move(family, shipped(), "我", 60_000, on=DAY)

    with pytest.raises(Misfit) as error:
        release(family, shipped(), "我", "妈妈", None, DAY)
    end_all(family)

    assert error.value.code == "release.not-known"
    assert pool(family) == {"我": 60_000}


def test_in_hainan_the_money_stays_in_the_account_until_it_pays(books: Books) -> None:
    """It is called a pool and is an authorisation: there is nothing to put in or to give back."""
    family = family_in(books, HAIKOU)
    record = join(family, shipped(), "我", "爱人", "spouse", DAY)

    with pytest.raises(Misfit) as error:
        move(family, shipped(), "我", 100, on=DAY)
    paid = pay(family, shipped(), "爱人", 270_000, on=DAY)
    ended = write(family, unbind(family, shipped(), "我", "爱人", DAY))

    assert record.fields["mechanism"] == "authorisation"
    assert error.value.code == "transfer.no-family"
    assert split(paid) == {"own": 260_000, "我": 10_000}
    assert ended.postings == ()


def test_in_ningbo_carry_over_went_into_the_pool_and_back(books: Books) -> None:
    """Until 2022-02-28; since then there is no pool to put anything into."""
    old, new = date(2022, 1, 15), date(2022, 3, 1)
    family = family_in(books, NINGBO, old)
    join(family, shipped(), "我", "妈妈", "parent", old)

    assert refused(family, "我", 200_001, old) == {"funds.not-in-full"}
    move(family, shipped(), "我", 200_000, on=old)
    write(family, release(family, shipped(), "我", "妈妈", 150_000, old))

    assert pool(family) == {"我": 50_000}
    assert family.balance("我:carryover") == 150_000
    assert "mechanism.not-live" in refused(family, "我", 100, new)

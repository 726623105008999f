from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongji.acts.bind import Wish, bind, unbind
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.quota import release, reserve
from gongji.acts.reverse import reverse
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, holdings, join, pay, split, write
from tests.acts.test_pay import clause, rules, wallet

QUOTA = wallet("wallet_quota")
OPEN = rules(QUOTA)
SILENT = rules(QUOTA.replace('wallet_quota = "live"', 'family_pool = "live"'))
MORROW = DAY + timedelta(days=1)
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def family(books: Books) -> Books:
    """Somebody who may set money aside for a mother, and pays a father straight."""
    add(books, "我", 60000, 5000)
    add(books, "妈妈", insurance="resident")
    add(books, "爸爸", insurance="resident")
    join(books, OPEN, "我", "妈妈", mechanism="wallet_quota")
    join(books, OPEN, "我", "爸爸")
    return books


def set_aside(books: Books, fen: int, pack: Pack = OPEN, to: str = "妈妈") -> Record:
    return write(books, reserve(books, pack, "我", to, fen, DAY))


def give_back(books: Books, fen: int | None, pack: Pack = OPEN) -> Record:
    return write(books, release(books, pack, "我", "妈妈", fen, DAY))


def test_what_is_reserved_stands_aside_for_the_relative(family: Books) -> None:
    """It has left the account, the current pool first."""
    record = set_aside(family, 62000)

    assert family.balance("我:quota:妈妈") == 62000
    assert holdings(family) == {"我:carryover": 3000}
    assert (record.fields["amount"], record.fields["rules"]) == ("620.00", OPEN.digest)


def test_where_it_is_not_known_to_be_live_nothing_is_reserved(family: Books) -> None:
    """Unknown, until somebody assumes it; the record says what was assumed."""
    before = family.head

    with pytest.raises(Refused) as error:
        set_aside(family, 100, SILENT)
    after = family.head
    plan = reserve(family, SILENT, "我", "妈妈", 100, DAY, frozenset({"mechanism-live"}))

    assert (error.value.code, error.value.verdict) == ("transfer.refused", Verdict.UNKNOWN)
    assert amiss(error.value) == {"mechanism.silent"}
    assert after == before
    assert "check:mechanism-live" in plan.draft.fields["decision"]["assumed"]


def test_where_it_is_not_known_to_be_live_nobody_is_bound_by_it(family: Books) -> None:
    """The binding asks the same question."""
    wish = Wish("我", "爸爸", "parent", MORROW, mechanism="wallet_quota")
    write(family, unbind(family, OPEN, "我", "爸爸", MORROW))

    with pytest.raises(Refused) as error:
        bind(family, SILENT, wish)

    assert error.value.verdict is Verdict.UNKNOWN


def test_the_holder_cannot_spend_what_is_reserved(family: Books) -> None:
    """For nobody else: not at once, not by another reservation, not by the same again."""
    set_aside(family, 60000)
    add(family, "奶奶", insurance="resident")
    join(family, OPEN, "我", "奶奶", mechanism="wallet_quota")

    for relative in ("奶奶", "妈妈"):
        with pytest.raises(Refused) as error:
            set_aside(family, 5001, to=relative)
        assert amiss(error.value) == {"funds.not-in-full"}
    record = pay(family, OPEN, "爸爸", 10000)

    assert split(record) == {"我": 5000, "cash": 5000}
    assert family.balance("我:quota:妈妈") == 60000


def test_what_must_remain_in_the_account_is_not_reserved(family: Books) -> None:
    """Where a clause says so for the quota; home rules do not travel with it."""
    named = 'when = { mechanism = ["wallet_quota"] }\n'
    floor = rules(QUOTA, clause("funds", named + 'use = "all"\nkeep = "100.00"'))

    with pytest.raises(Refused) as error:
        set_aside(family, 55001, floor)
    set_aside(family, 55000, floor)

    assert amiss(error.value) == {"funds.not-in-full"}
    assert sum(holdings(family).values()) == 10000


def test_the_quota_pays_and_the_account_does_not(family: Books) -> None:
    """What it does not hold is cash, though the account has money."""
    set_aside(family, 20000)
    before = holdings(family)

    record = pay(family, OPEN, "妈妈", 25000)

    assert split(record) == {"我": 20000, "cash": 5000}
    assert record.fields["draws"] == [
        {"holder": "我", "account": "我:quota:妈妈", "amount": "200.00"}
    ]
    assert holdings(family) == before


def test_what_was_drawn_is_not_drawn_twice(family: Books) -> None:
    """A quota that is used up, or was never filled, pays nothing."""
    set_aside(family, 20000)
    pay(family, OPEN, "妈妈", 15000)
    assert split(pay(family, OPEN, "妈妈", 15000)) == {"我": 5000, "cash": 10000}

    with pytest.raises(Refused) as error:
        pay(family, OPEN, "妈妈", 1)

    assert (error.value.code, amiss(error.value)) == ("pay.nobody", {"funds.set-aside-empty"})


def test_a_payment_taken_back_fills_the_quota_again(family: Books) -> None:
    """Not the account."""
    set_aside(family, 20000)
    paid = pay(family, OPEN, "妈妈", 15000)

    write(family, reverse(family, OPEN, paid.seq, "wrong", DAY))

    assert family.balance("我:quota:妈妈") == 20000


def test_all_of_it_is_given_back(family: Books) -> None:
    """What no amount is named for."""
    set_aside(family, 20000)

    record = give_back(family, None)

    assert record.fields["amount"] == "200.00"
    assert family.balance("我:quota:妈妈") == 0
    assert holdings(family) == {"我:current": 60000, "我:carryover": 5000}


def test_part_of_it_is_given_back(family: Books) -> None:
    """The rest stays aside."""
    set_aside(family, 20000)

    give_back(family, 5000)

    assert family.balance("我:quota:妈妈") == 15000
    assert holdings(family) == {"我:current": 45000, "我:carryover": 5000}


@pytest.mark.parametrize(
    ("reserved", "fen", "code"),
    [
        (20000, 20001, "release.too-much"),
        (0, 1, "release.too-much"),
        (0, None, "release.too-much"),
        (20000, 0, "amount.zero"),
    ],
)
def test_no_more_is_given_back_than_is_reserved(
    family: Books, reserved: int, fen: int | None, code: str
) -> None:
    """And not nothing; nothing is written."""
    if reserved:
        set_aside(family, reserved)
    before = family.head

    with pytest.raises(Misfit) as error:
        give_back(family, fen)

    assert error.value.code == code
    assert family.head == before


def test_what_was_set_aside_returns_to_the_pool_that_it_left(family: Books) -> None:
    """The first that was set aside first: the current pool was drawn before the carry-over."""
    set_aside(family, 62000)

    give_back(family, 61000)
    most = holdings(family)
    give_back(family, 1000)

    assert most == {"我:current": 60000, "我:carryover": 4000}
    assert holdings(family) == {"我:current": 60000, "我:carryover": 5000}


def test_what_was_spent_of_a_quota_was_set_aside_first(family: Books) -> None:
    """What is left of it is the carry-over."""
    set_aside(family, 65000)
    pay(family, OPEN, "妈妈", 60000)

    give_back(family, None)

    assert holdings(family) == {"我:carryover": 5000}


def test_a_quota_of_last_year_returns_as_carry_over(family: Books) -> None:
    """Its year has turned; the part that was set aside since is money of the year."""
    write(family, reserve(family, OPEN, "我", "妈妈", 20000, date(2025, 12, 31)))
    write(family, reserve(family, OPEN, "我", "妈妈", 10000, NEW_YEAR))

    write(family, release(family, OPEN, "我", "妈妈", 25000, NEW_YEAR))
    first = holdings(family)
    write(family, release(family, OPEN, "我", "妈妈", None, NEW_YEAR))

    assert first == {"我:current": 35000, "我:carryover": 25000}
    assert holdings(family) == {"我:current": 40000, "我:carryover": 25000}


def test_unbinding_returns_what_was_not_used(family: Books) -> None:
    """In the record of the unbinding; where nothing is left it moves nothing."""
    set_aside(family, 20000)
    pay(family, OPEN, "妈妈", 5000)

    record = write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    assert family.balance("我:quota:妈妈") == 0
    assert holdings(family) == {"我:current": 55000, "我:carryover": 5000}
    assert [posting.fen for posting in record.postings] == [-15000, 15000]


def test_unbinding_an_empty_quota_moves_nothing(family: Books) -> None:
    """There is nothing to return."""
    assert unbind(family, OPEN, "我", "妈妈", MORROW).draft.postings == ()


@pytest.mark.parametrize(
    ("holder", "beneficiary", "fen", "code"),
    [
        ("谁", "妈妈", 100, "person.unknown"),
        ("我", "谁", 100, "person.unknown"),
        ("我", "妈妈", 0, "amount.zero"),
        ("妈妈", "我", 100, "quota.none"),
        ("我", "爸爸", 100, "quota.other-mechanism"),
    ],
)
def test_what_does_not_fit_the_books_is_named(
    family: Books, holder: str, beneficiary: str, fen: int, code: str
) -> None:
    """For reserving and for releasing alike; nothing is written."""
    before = family.head

    for act in (reserve, release):
        with pytest.raises(Misfit) as error:
            act(family, OPEN, holder, beneficiary, fen, DAY)
        assert error.value.code == code

    assert family.head == before


def test_nothing_is_reserved_before_the_binding_or_after_it(family: Books) -> None:
    """The day counts, not what is bound now."""
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    for day in (DAY - timedelta(days=1), MORROW):
        with pytest.raises(Misfit) as error:
            reserve(family, OPEN, "我", "妈妈", 100, day)
        assert error.value.code == "quota.none"

"""Money that comes back when what it came from has ended, or its year has turned, meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from gongji.acts.bind import unbind
from gongji.acts.credit import credit
from gongji.acts.people import remove_person
from gongji.acts.quota import reserve
from gongji.acts.reverse import reverse
from gongji.ledger.accounts import holds_money
from gongji.ledger.books import Books, Record
from gongji.ledger.verify import verify
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, holdings, join, move, pay, send, settle, write
from tests.acts.test_pay import clause, rules, wallet
from tests.acts.test_pool import POOL, ending

OPEN = rules(POOL, wallet("wallet_quota"), wallet("wallet_transfer"))
IN_JULY = rules(wallet("wallet_transfer"), clause("account_year", 'starts = "07-01"'))
MORROW = DAY + timedelta(days=1)
NEW_YEARS_EVE, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)


@pytest.fixture
def family(books: Books) -> Books:
    """Somebody and a father with money, a mother without an account; nobody is bound."""
    add(books, "我", 10000, 500)
    add(books, "爸爸", 8000, 0)
    add(books, "妈妈", insurance="resident")
    return books


def take_back(books: Books, payment: Record, on: date, pack: Pack = OPEN) -> Record:
    return write(books, reverse(books, pack, payment.seq, "wrong", on))


def money(books: Books) -> dict[str, int]:
    """Return every account that holds money, with its fen."""
    return {name: fen for name, fen in books.balances("").items() if fen and holds_money(name)}


def test_what_a_quota_paid_goes_to_the_account_when_the_quota_has_ended(
    family: Books, path: Path
) -> None:
    """The record states what is not as it was; the books are sound with it."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_quota")
    write(family, reserve(family, OPEN, "我", "妈妈", 3000, DAY))
    paid = pay(family, OPEN, "妈妈", 2000)
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    record = take_back(family, paid, MORROW)

    assert money(family) == {"我:current": 10000, "我:carryover": 500, "爸爸:current": 8000}
    assert record.fields["diverted"] == [
        {"account": "我:quota:妈妈", "amount": "-20.00"},
        {"account": "我:current", "amount": "20.00"},
    ]
    assert verify(path).sound


def test_a_quota_ended_and_another_mechanism_begun_is_an_ended_quota(family: Books) -> None:
    """The new binding draws on the account."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_quota")
    write(family, reserve(family, OPEN, "我", "妈妈", 3000, DAY))
    paid = pay(family, OPEN, "妈妈", 2000)
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))
    join(family, OPEN, "我", "妈妈", on=MORROW)

    take_back(family, paid, MORROW)

    assert family.balance("我:quota:妈妈") == 0
    assert family.balance("我:current") == 10000


def test_taken_back_for_an_earlier_day_it_does_not_stay_in_an_ended_quota(family: Books) -> None:
    """What ended on the morrow has been emptied by now."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_quota")
    write(family, reserve(family, OPEN, "我", "妈妈", 3000, DAY))
    paid = pay(family, OPEN, "妈妈", 2000)
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    take_back(family, paid, DAY)

    assert family.balance("我:quota:妈妈") == 0


@pytest.mark.parametrize(
    ("on_end", "leaving", "after"),
    [
        ("to_contributor", ["妈妈"], {"我:pool:爸爸": 3000, "爸爸:current": 5000}),
        ("to_contributor", ["爸爸"], {"爸爸:current": 8000}),
        ("to_contributor", ["妈妈", "爸爸"], {"爸爸:current": 8000}),
        ("to_creator", ["妈妈", "爸爸"], {"我:current": 13000, "爸爸:current": 5000}),
        ("to_creator", ["爸爸"], {"我:pool:爸爸": 3000, "爸爸:current": 5000}),
        ("stays", ["妈妈", "爸爸"], {"我:pool:爸爸": 3000, "爸爸:current": 5000}),
        (None, ["妈妈", "爸爸"], {"我:pool:爸爸": 3000, "爸爸:current": 5000}),
    ],
)
def test_what_a_pool_paid_goes_where_the_end_of_the_pool_sends_money(
    family: Books, path: Path, on_end: str | None, leaving: list[str], after: dict[str, int]
) -> None:
    """As long as there is a pool, and who put it in is in the family, it is the pool."""
    pack = ending(on_end)
    for member in ("爸爸", "妈妈"):
        join(family, pack, "我", member, mechanism="family_pool")
    move(family, pack, "爸爸", 3000)
    paid = pay(family, pack, "妈妈", 3000)
    for member in leaving:
        write(family, unbind(family, pack, "我", member, MORROW))

    take_back(family, paid, MORROW, pack)

    assert money(family) == {"我:current": 10000, "我:carryover": 500, **after}
    assert verify(path).sound


def test_what_a_wallet_paid_is_in_the_wallet_again_whoever_is_bound(family: Books) -> None:
    """The wallet is the relative's own: it pays the next bill."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_transfer")
    send(family, OPEN, "我", 2000, "妈妈")
    paid = pay(family, OPEN, "妈妈", 1500)
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    take_back(family, paid, MORROW)

    assert pay(family, OPEN, "妈妈", 2000, on=MORROW).fields["wallet"] == "20.00"


def test_money_of_somebody_who_is_gone_leaves_the_books(family: Books, path: Path) -> None:
    """As their money did when they were removed; the others get theirs."""
    join(family, OPEN, "我", "妈妈")
    paid = pay(family, OPEN, "妈妈", 12000)
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))
    write(family, remove_person(family, "我", MORROW))

    take_back(family, paid, MORROW)

    assert money(family) == {"爸爸:current": 8000}
    assert (family.balance("cash:妈妈"), family.balance("provider")) == (0, 0)
    assert verify(path).sound


@pytest.mark.parametrize(
    ("pack", "paid_on", "on", "after"),
    [
        (OPEN, NEW_YEARS_EVE, NEW_YEARS_EVE, {"我:current": 10000, "我:carryover": 500}),
        (OPEN, NEW_YEARS_EVE, NEW_YEAR, {"我:current": 6000, "我:carryover": 4500}),
        (OPEN, NEW_YEAR, NEW_YEAR, {"我:current": 10000, "我:carryover": 500}),
        (IN_JULY, NEW_YEARS_EVE, NEW_YEAR, {"我:current": 10000, "我:carryover": 500}),
        (IN_JULY, DAY, date(2025, 7, 1), {"我:current": 6000, "我:carryover": 4500}),
        (OPEN, DAY, date(2027, 3, 1), {"我:current": 6000, "我:carryover": 4500}),
    ],
)
def test_a_payment_of_a_year_that_has_turned_comes_back_as_carry_over(
    family: Books, pack: Pack, paid_on: date, on: date, after: dict[str, int]
) -> None:
    """The year is that of the account; whether the turn is settled yet makes no difference."""
    join(family, pack, "我", "妈妈")
    paid = pay(family, pack, "妈妈", 4000, on=paid_on)

    take_back(family, paid, on, pack)

    assert {name: fen for name, fen in holdings(family).items() if "我" in name} == after


def test_the_relatives_own_money_comes_back_as_carry_over_too(family: Books) -> None:
    """Whose account paid makes no difference."""
    join(family, OPEN, "我", "爸爸")
    paid = pay(family, OPEN, "爸爸", 9000, on=NEW_YEARS_EVE)

    take_back(family, paid, NEW_YEAR)

    assert (family.balance("爸爸:current"), family.balance("爸爸:carryover")) == (0, 8000)


@pytest.mark.parametrize(
    ("pack", "sent_on", "pool"),
    [
        (OPEN, NEW_YEARS_EVE, "carryover"),
        (OPEN, NEW_YEARS_EVE - timedelta(days=1), "current"),
        (IN_JULY, NEW_YEARS_EVE, "current"),
        (IN_JULY, date(2025, 6, 30), "carryover"),
    ],
)
def test_a_transfer_returned_after_the_turn_of_the_year_is_carry_over(
    family: Books, pack: Pack, sent_on: date, pool: str
) -> None:
    """It goes back on the day after it was sent, whenever that is settled."""
    sent = move(family, pack, "我", 4000, "妈妈", on=sent_on, relation="parent")

    settled = settle(family, pack, sent_on + timedelta(days=2))
    (returned,) = (record for record in settled if record.do == "return")

    assert [posting.account for posting in returned.postings if posting.fen > 0] == [f"我:{pool}"]
    assert returned.fields["record"] == sent.seq


@pytest.mark.parametrize("settled", [True, False])
def test_a_credit_of_last_year_is_taken_back_from_where_it_is(family: Books, settled: bool) -> None:
    """In the carry-over once the turn is settled, until then in the current pool."""
    wrong = write(family, credit(family, "我", 4000, "current", NEW_YEARS_EVE))
    if settled:
        settle(family, OPEN, NEW_YEAR)
    before = family.balance("我:carryover")

    take_back(family, wrong, NEW_YEAR)
    settle(family, OPEN, NEW_YEAR)

    assert before == (14500 if settled else 500)
    assert (family.balance("我:current"), family.balance("我:carryover")) == (0, 10500)


def test_what_comes_back_before_the_turn_is_settled_turns_all_the_same(family: Books) -> None:
    """Paid and taken back in the new year, it is the money of the old one still."""
    join(family, OPEN, "我", "妈妈")
    paid = pay(family, OPEN, "妈妈", 4000, on=NEW_YEAR)
    take_back(family, paid, NEW_YEAR)
    wrong = write(family, credit(family, "我", 300, "current", NEW_YEAR))
    write(family, credit(family, "我", 20, "current", NEW_YEAR))
    take_back(family, wrong, NEW_YEAR)

    settle(family, OPEN, NEW_YEAR)

    assert (family.balance("我:current"), family.balance("我:carryover")) == (20, 10500)

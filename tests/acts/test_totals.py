"""What was paid in all, and whose money it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

import pytest

from gongji.acts.claim import claim
from gongji.acts.paid import CASH, OWN, WALLET, Paid, Source, paid_by
from gongji.acts.quota import reserve
from gongji.acts.reverse import reverse
from gongji.acts.totals import Group, Total, by_year, totals_of
from gongji.ledger.books import Books, Record
from tests.acts.household import DAY, add, join, move, pay, send, write
from tests.acts.test_pay import PREMIUM, clause, rules, wallet

OPEN = rules()
REIMBURSED = rules(PREMIUM.replace("direct", "reimburse"), clause("reversal", "allowed = true"))
NEXT_YEAR = date(2026, 1, 1)
BY_ME = Source("authorisation", "我")


@pytest.fixture
def family(books: Books) -> Books:
    """Two holders bound to a mother without an account and to a father with one."""
    add(books, "我", 30000, 20000)
    add(books, "哥哥", 10000, 0)
    add(books, "爸爸", 2000, 0)
    add(books, "妈妈", insurance="resident")
    for holder in ("我", "哥哥"):
        for beneficiary in ("妈妈", "爸爸"):
            join(books, OPEN, holder, beneficiary)
    return books


def all_totals(books: Books) -> dict[Group, Total]:
    return totals_of(books, books.history())


def test_payments_are_added_up_by_year_person_and_purpose(family: Books) -> None:
    """Sorted; each with who gave how much."""
    pay(family, OPEN, "妈妈", 100)
    pay(family, OPEN, "妈妈", 250)
    pay(family, OPEN, "爸爸", 2050)
    pay(family, OPEN, "妈妈", 300, "outpatient", on=date(2025, 12, 31))
    pay(family, OPEN, "妈妈", 100, on=NEXT_YEAR)

    assert {group: total.paid for group, total in all_totals(family).items()} == {
        Group(2025, "妈妈", "outpatient"): Paid({BY_ME: 300}),
        Group(2025, "妈妈", "pharmacy"): Paid({BY_ME: 350}),
        Group(2025, "爸爸", "pharmacy"): Paid({OWN: 2000, BY_ME: 50}),
        Group(2026, "妈妈", "pharmacy"): Paid({BY_ME: 100}),
    }
    assert list(all_totals(family)) == sorted(all_totals(family))


def test_a_year_is_the_sum_of_its_groups(family: Books) -> None:
    """Of all persons and purposes."""
    pay(family, OPEN, "爸爸", 2100)
    pay(family, OPEN, "妈妈", 61000)

    years = by_year(all_totals(family))

    by_brother = Source("authorisation", "哥哥")
    assert years == {2025: Total(Paid({OWN: 2000, BY_ME: 50000, by_brother: 10000, CASH: 1100}))}


def test_what_was_taken_back_does_not_count(family: Books) -> None:
    """On whatever day it was taken back."""
    kept, taken_back = pay(family, OPEN, "妈妈", 100), pay(family, OPEN, "妈妈", 250)
    write(family, reverse(family, OPEN, taken_back.seq, "mistyped", NEXT_YEAR))

    (total,) = all_totals(family).values()

    assert total.paid == Paid({BY_ME: 100}) == paid_by(kept)


def test_money_that_moved_beforehand_is_named_by_its_mechanism(books: Books) -> None:
    """A pool, a quota, a wallet."""
    pack = rules(
        clause("mechanism", 'family_pool = "live"'),
        wallet("wallet_quota"),
        wallet("wallet_transfer"),
    )
    for name in ("我", "哥哥", "妹妹"):
        add(books, name, 10000, 0)
    add(books, "妈妈", insurance="resident")
    join(books, pack, "我", "妈妈", mechanism="family_pool")
    join(books, pack, "哥哥", "妈妈", mechanism="wallet_quota")
    move(books, pack, "我", 1000)
    write(books, reserve(books, pack, "哥哥", "妈妈", 2000, DAY))
    send(books, pack, "妹妹", 3000, "妈妈", relation="parent")
    pay(books, pack, "妈妈", 10000)

    (total,) = all_totals(books).values()

    assert total.paid == Paid(
        {
            Source("family_pool", "我"): 1000,
            Source("wallet_quota", "哥哥"): 2000,
            WALLET: 3000,
            CASH: 4000,
        }
    )


def test_cash_that_was_claimed_back_is_told_apart(family: Books) -> None:
    """It stays cash; what still waits, or was taken back, was not claimed."""
    claimed = pay(family, REIMBURSED, "妈妈", None, "resident_premium")
    pay(family, REIMBURSED, "爸爸", None, "resident_premium")
    write(family, claim(family, REIMBURSED, claimed.seq, NEXT_YEAR))

    told = {group.person: total for group, total in all_totals(family).items()}

    assert told == {"妈妈": Total(Paid({CASH: 40000}), 40000), "爸爸": Total(Paid({CASH: 40000}))}


def test_totals_sum_to_what_was_paid_for(family: Books) -> None:
    """Every fen of a bill has a source."""
    for fen in (2100, 250, 70000):
        pay(family, OPEN, "爸爸", fen)

    paid = sum((total.paid.total() for total in all_totals(family).values()), 0)

    assert paid == family.balance("provider") == 72350


def test_no_record_is_kept_while_they_are_added_up(family: Books) -> None:
    """Of ten payments the one being counted is there, and the one being read."""
    for _ in range(10):
        pay(family, OPEN, "妈妈", 100)
    alive = most = 0

    class Watched(Record):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def watched() -> Iterator[Record]:
        nonlocal alive, most
        for one in family.history():
            alive += 1
            most = max(most, alive)
            yield Watched(*(getattr(one, field.name) for field in fields(Record)))

    totals = totals_of(family, watched())

    assert [total.paid.total() for total in totals.values()] == [1000]
    assert (alive, most) == (0, 2)

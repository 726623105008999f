"""An order for a month-end run, until the run: made once, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from gongji.acts.outcome import Misfit, Refused
from gongji.acts.reverse import reverse
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, join, pay, settle, write
from tests.engine.cases import rules_of

PREMIUM = """
[[premium]]
year = 2025
price = "400.00"
opens = 2024-09-01
closes = 2025-12-31
[[premium_payment]]
from = 2020-01-01
mode = "scheduled"
full_amount = true
[[reversal]]
from = 2020-01-01
allowed = true
"""
RUN = date(2025, 6, 30)


@pytest.fixture
def pack() -> Pack:
    """Rules of a place where a run at the end of the month takes premiums."""
    return rules_of(PREMIUM)


@pytest.fixture
def ordered(books: Books, pack: Pack) -> Record:
    """A daughter with enough has ordered her mother's premium."""
    add(books, "女儿", 50000, 0)
    add(books, "妈妈", insurance="resident")
    join(books, pack, "女儿", "妈妈")
    return pay(books, pack, "妈妈", None, "resident_premium")


def test_what_is_ordered_is_not_ordered_again(books: Books, pack: Pack, ordered: Record) -> None:
    """The year's premium would be paid twice."""
    with pytest.raises(Refused) as error:
        pay_again(books, pack)

    assert amiss(error.value) == {"duplicate.ordered"}


def test_an_order_can_be_taken_back_until_the_run(
    books: Books, pack: Pack, ordered: Record
) -> None:
    """Then the run takes nothing, and it can be ordered again."""
    write(books, reverse(books, pack, ordered.seq, "paid elsewhere", DAY))

    assert settle(books, pack, RUN) == []
    assert pay_again(books, pack).do == "order"


def test_an_order_that_was_carried_out_is_no_longer_taken_back(
    books: Books, pack: Pack, ordered: Record
) -> None:
    """It is the payment that is."""
    settle(books, pack, RUN)

    with pytest.raises(Misfit) as error:
        reverse(books, pack, ordered.seq, "too late", RUN)

    assert error.value.code == "record.not-reversible"


def pay_again(books: Books, pack: Pack) -> Record:
    return pay(books, pack, "妈妈", None, "resident_premium")

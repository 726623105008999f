"""What comes into an account; what is taken back of it is in test_reverse."""

from __future__ import annotations

from datetime import date

import pytest

from gongji.acts.credit import accrue
from gongji.acts.outcome import Misfit
from gongji.acts.reverse import reverse
from gongji.ledger.books import Books, Record
from tests.acts.household import DAY, add, write
from tests.acts.test_pay import clause, rules

MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)
TWO_PERCENT = rules(clause("accrual", 'who = "employed"\nrate = "0.02"'))


@pytest.fixture
def account(books: Books) -> Books:
    """Two people with empty accounts."""
    add(books, "我", 0, 0)
    add(books, "爱人", 0, 0)
    return books


def accrued(books: Books, name: str, month: date, base_fen: int = 800_000) -> Record:
    return write(books, accrue(books, TWO_PERCENT, name, month, base_fen, DAY))


def test_a_month_accrues_once_whoever_asks(account: Books) -> None:
    """Also for another base; the refusal names the record that did it, and nothing is written."""
    first = accrued(account, "我", MARCH)
    before = account.head

    with pytest.raises(Misfit) as error:
        accrued(account, "我", MARCH, 900_000)

    assert error.value.code == "credit.accrued"
    assert error.value.values == {"name": "我", "month": "2025-03", "record": str(first.seq)}
    assert account.head == before


def test_every_month_and_everybody_accrue(account: Books) -> None:
    """Two per cent of the base each time."""
    for name, month in (("我", MARCH), ("我", APRIL), ("爱人", MARCH)):
        accrued(account, name, month)

    assert (account.balance("我:current"), account.balance("爱人:current")) == (32000, 16000)


def test_a_month_that_was_taken_back_accrues_anew(account: Books) -> None:
    """With the base that is right."""
    wrong = accrued(account, "我", MARCH)
    write(account, reverse(account, TWO_PERCENT, wrong.seq, "wrong base", DAY))

    accrued(account, "我", MARCH, 900_000)

    assert account.balance("我:current") == 18000

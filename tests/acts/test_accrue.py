"""Money that comes in by the rules: a month of it, or why there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongji.acts.credit import accrue
from gongji.acts.outcome import Misfit, Refused
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, write
from tests.policy.packs import pack_of

MARCH = date(2025, 3, 1)


@pytest.fixture
def rules() -> Pack:
    """Rules of a place with every kind of accrual."""
    return pack_of(
        hubei="""
[[accrual]]
who = "employed"
rate = "0.02"
[[accrual]]
who = "flexible"
rate = "0"
[[accrual]]
who = "retired"
pension_share = "0.028"
"""
    )


def test_a_month_comes_into_the_current_pool_and_keeps_its_clauses(
    books: Books, rules: Pack
) -> None:
    """Carry-over is money of past years alone."""
    add(books, "我", 5000, 20000)

    record = write(books, accrue(books, rules, "我", MARCH, 800000, DAY))

    assert books.balance("我:current") == 21000
    assert books.balance("我:carryover") == 20000
    assert record.fields["clauses"] == ["420000/accrual/undated"]


def test_a_share_of_the_average_pension_is_refused_as_not_known(books: Books, rules: Pack) -> None:
    """The refusal brings the ruling, so that the share and its clause can be told."""
    add(books, "爸爸", 5000, type="retired")

    with pytest.raises(Refused) as refused:
        accrue(books, rules, "爸爸", MARCH, None, DAY)

    assert refused.value.verdict is Verdict.UNKNOWN
    assert refused.value.code == "credit.average-pension"
    (ruling,) = refused.value.rulings
    assert ruling.value.pension_share == "0.028"


def test_what_the_rules_do_not_say_is_refused_as_not_known(books: Books) -> None:
    """Whoever knows the amount may still name it."""
    add(books, "我", 5000)

    with pytest.raises(Refused) as refused:
        accrue(books, pack_of(), "我", MARCH, 800000, DAY)

    assert refused.value.verdict is Verdict.UNKNOWN
    assert refused.value.code == "credit.not-said"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"type": "flexible"}, "credit.nothing"),
        ({"tier": "pooled_only"}, "credit.no-account"),
    ],
)
def test_where_the_rules_put_nothing_in_the_answer_is_no(
    books: Books, rules: Pack, facts: dict[str, Any], code: str
) -> None:
    """Not zero yuan, and not unknown."""
    add(books, "我", 5000, **facts)

    with pytest.raises(Refused) as refused:
        accrue(books, rules, "我", MARCH, 800000, DAY)

    assert refused.value.verdict is Verdict.INELIGIBLE
    assert refused.value.code == code


def test_an_amount_by_age_asks_for_the_day_of_birth(books: Books) -> None:
    """It is the age on the first day of the month that counts."""
    banded = pack_of(
        hubei='[[accrual]]\nwho = "retired"\nbands = [{ from_age = 70, amount = "50.00" }]'
    )
    add(books, "爸爸", 5000, type="retired")
    add(books, "妈妈", 5000, type="retired", born="1955-03-01")
    add(books, "舅舅", 5000, type="retired", born="1955-03-02")

    for name in ("爸爸", "舅舅"):
        with pytest.raises(Refused) as refused:
            accrue(books, banded, name, MARCH, None, DAY)
        assert refused.value.code == "credit.by-age"
    write(books, accrue(books, banded, "妈妈", MARCH, None, DAY))
    assert books.balance("妈妈:current") == 10000


def test_a_share_of_the_base_needs_the_base(books: Books, rules: Pack) -> None:
    """It is asked for by its option."""
    add(books, "我", 5000)

    with pytest.raises(Misfit) as error:
        accrue(books, rules, "我", MARCH, None, DAY)

    assert error.value.code == "credit.base-missing"

from __future__ import annotations

from datetime import timedelta

import pytest

from gongji.acts.bind import unbind
from gongji.acts.credit import credit
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.reverse import reverse
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.ledger.errors import Overdrawn
from tests.acts.household import DAY, add, holdings, join, pay, split, write
from tests.acts.test_pay import ANY_NUMBER, PREMIUM
from tests.engine.cases import rules_of

REVERSAL = "[[reversal]]\nfrom = 2020-01-01\nallowed = {}\n"
OPEN = rules_of(ANY_NUMBER)
MAY = rules_of(ANY_NUMBER + PREMIUM + REVERSAL.format("true"))
MAY_NOT = rules_of(ANY_NUMBER + PREMIUM + REVERSAL.format("false"))
MORROW = DAY + timedelta(days=1)


@pytest.fixture
def family(books: Books) -> Books:
    """A holder bound to a mother and to a father who has an account."""
    add(books, "我", 10000, 50000)
    add(books, "爸爸", 300, 0)
    add(books, "妈妈", insurance="resident")
    for beneficiary in ("妈妈", "爸爸"):
        join(books, OPEN, "我", beneficiary)
    return books


def test_a_payment_taken_back_leaves_the_accounts_as_before(family: Books) -> None:
    """Own account, holder and cash all get back what they gave."""
    before = holdings(family)
    paid = pay(family, OPEN, "爸爸", 70000)

    record = write(family, reverse(family, OPEN, paid.seq, "重复", DAY))

    assert split(paid) == {"own": 300, "我": 60000, "cash": 9700}
    assert holdings(family) == before
    assert (family.balance("cash:爸爸"), family.balance("provider")) == (0, 0)
    assert record.fields == {"record": paid.seq, "reason": "重复"}


def test_a_credit_can_be_taken_back(family: Books) -> None:
    """The pool has as much as before."""
    before = holdings(family)
    record = write(family, credit(family, "我", 777, "carryover", DAY))

    write(family, reverse(family, OPEN, record.seq, "wrong", DAY))

    assert holdings(family) == before


def test_a_credit_spent_since_cannot_be_taken_back(family: Books) -> None:
    """No account goes below zero, and nothing is written."""
    record = write(family, credit(family, "我", 777, "current", DAY))
    pay(family, OPEN, "妈妈", 60777)
    before = family.head

    with pytest.raises(Overdrawn):
        write(family, reverse(family, OPEN, record.seq, "wrong", DAY))

    assert family.head == before


def test_a_record_is_taken_back_once(family: Books) -> None:
    """The second time names the record that did it."""
    paid = pay(family, OPEN, "妈妈", 100)
    by = write(family, reverse(family, OPEN, paid.seq, "twice", DAY)).seq

    with pytest.raises(Misfit) as error:
        reverse(family, OPEN, paid.seq, "twice", DAY)

    assert error.value.code == "record.reversed"
    assert error.value.values == {"record": str(paid.seq), "by": str(by)}


def test_what_moved_no_money_or_is_not_there_cannot_be_taken_back(family: Books) -> None:
    """A person, a binding, an unbinding, a reversal, no record at all."""
    unbound = write(family, unbind(family, OPEN, "我", "爸爸", MORROW)).seq
    paid = pay(family, OPEN, "妈妈", 100).seq
    reversal = write(family, reverse(family, OPEN, paid, "twice", DAY)).seq
    codes = {}

    for seq in (1, 4, unbound, reversal, 99, 0, -1):
        with pytest.raises(Misfit) as error:
            reverse(family, OPEN, seq, "why", MORROW)
        codes[seq] = error.value.code

    no_money = dict.fromkeys((1, 4, unbound, reversal), "record.not-reversible")
    assert codes == no_money | dict.fromkeys((99, 0, -1), "record.unknown")


def test_nothing_is_taken_back_before_it_was_done(family: Books) -> None:
    """The day of the reversal is not before that of the record."""
    paid = pay(family, OPEN, "妈妈", 100, on=MORROW)

    with pytest.raises(Misfit) as error:
        reverse(family, OPEN, paid.seq, "why", DAY)

    assert error.value.code == "record.later"


def test_a_premium_is_taken_back_as_the_rules_allow(family: Books) -> None:
    """After that it may be paid again."""
    paid = pay(family, MAY, "妈妈", None, "resident_premium")

    write(family, reverse(family, MAY, paid.seq, "moved", MORROW))
    again = pay(family, MAY, "妈妈", None, "resident_premium", on=MORROW)

    assert split(again) == split(paid) == {"我": 40000}


def test_a_premium_stays_where_the_rules_do_not_allow(family: Books) -> None:
    """The refusal carries the decision about the holder who paid."""
    paid = pay(family, MAY_NOT, "妈妈", None, "resident_premium")
    before = family.head

    with pytest.raises(Refused) as error:
        reverse(family, MAY_NOT, paid.seq, "moved", MORROW)

    assert (error.value.code, error.value.verdict) == ("reverse.refused", Verdict.INELIGIBLE)
    assert [one.holder for one in error.value.asked] == ["我"]
    assert family.head == before


def test_a_premium_can_be_taken_back_after_the_binding_has_ended(family: Books) -> None:
    """The binding under which it was paid is the one asked about."""
    paid = pay(family, MAY, "妈妈", None, "resident_premium")
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    record = write(family, reverse(family, MAY, paid.seq, "moved", MORROW))

    assert family.reversed_by(paid.seq) == record.seq

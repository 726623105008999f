from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongji.acts.bind import unbind
from gongji.acts.claim import claim
from gongji.acts.credit import credit
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.reverse import reverse
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, holdings, join, pay, split, write
from tests.acts.test_pay import PREMIUM, clause, rules

REIMBURSED = PREMIUM.replace('mode = "direct"', 'mode = "reimburse"\nwait_days = 7')
OPEN = rules(REIMBURSED)
READY = DAY + timedelta(days=7)


@pytest.fixture
def family(books: Books) -> Books:
    """A holder bound to a mother whose premium is paid in cash first."""
    add(books, "我", 30000, 20000)
    add(books, "妈妈", insurance="resident")
    join(books, OPEN, "我", "妈妈")
    return books


def premium(books: Books, pack: Pack = OPEN) -> Record:
    return pay(books, pack, "妈妈", None, "resident_premium")


def refused(books: Books, seq: int, on: date, pack: Pack = OPEN) -> Refused:
    """Return the refusal of a claim; nothing is written."""
    before = books.head
    with pytest.raises(Refused) as error:
        claim(books, pack, seq, on)
    assert error.value.code == "claim.refused"
    assert books.head == before
    return error.value


def misfit(books: Books, seq: int, on: date = READY) -> str:
    """Return the code of what does not fit; nothing is written."""
    before = books.head
    with pytest.raises(Misfit) as error:
        claim(books, OPEN, seq, on)
    assert books.head == before
    return error.value.code


def test_the_relative_pays_in_cash_first(family: Books) -> None:
    """No account is touched; the premium counts as paid, and waits to be claimed."""
    before = holdings(family)

    paid = premium(family)

    assert split(paid) == {"cash": 40000}
    assert (family.balance("cash:妈妈"), family.balance("premium")) == (-40000, 40000)
    assert holdings(family) == before
    assert family.premiums("妈妈", "resident_premium", 2025) == [paid.seq]
    assert family.open_items("claim", holder="我") == [paid.seq]


def test_after_the_wait_the_account_pays_to_the_bank_card_of_its_holder(family: Books) -> None:
    """The whole premium, out of both pools; nothing is left to claim."""
    paid = premium(family)

    record = write(family, claim(family, OPEN, paid.seq, READY))

    assert family.balance("bank:我") == 40000
    assert holdings(family) == {"我:carryover": 10000}
    assert family.open_items("claim") == []
    assert (record.fields["record"], record.fields["amount"]) == (paid.seq, "400.00")
    assert "420000/premium_payment/2020-01-01" in record.fields["decision"]["clauses"]


@pytest.mark.parametrize("on", [DAY, READY - timedelta(days=1)])
def test_before_the_wait_is_over_nothing_is_claimed(family: Books, on: date) -> None:
    """Not on the day of the payment, not on the last day of the wait."""
    refusal = refused(family, premium(family).seq, on)

    assert refusal.verdict is Verdict.INELIGIBLE
    assert amiss(refusal) == {"window.claim-fail"}


def test_without_a_known_wait_it_is_claimed_at_once(family: Books) -> None:
    """A wait is a restriction: silence passes."""
    at_once = rules(REIMBURSED.replace("wait_days = 7", ""))
    paid = premium(family, at_once)

    write(family, claim(family, at_once, paid.seq, DAY))

    assert family.balance("bank:我") == 40000


def test_a_premium_is_claimed_once(family: Books) -> None:
    """The second time there is nothing that waits."""
    paid = premium(family)
    first = write(family, claim(family, OPEN, paid.seq, READY))

    assert misfit(family, paid.seq) == misfit(family, first.seq) == "claim.nothing"


def test_an_account_that_holds_less_pays_nothing(family: Books) -> None:
    """A claim is paid whole; it stays open until there is enough."""
    paid = premium(family)
    pay(family, rules(REIMBURSED), "妈妈", 10001)

    refusal = refused(family, paid.seq, READY)
    write(family, credit(family, "我", 1, "current", READY))
    write(family, claim(family, OPEN, paid.seq, READY))

    assert (refusal.verdict, amiss(refusal)) == (Verdict.INELIGIBLE, {"funds.not-in-full"})
    assert holdings(family) == {}


def test_what_must_remain_is_not_paid_out(family: Books) -> None:
    """A floor holds for the claim too."""
    floor = rules(REIMBURSED, clause("funds", 'use = "all"\nkeep = "100.01"'))
    paid = premium(family, floor)

    assert amiss(refused(family, paid.seq, READY, floor)) == {"funds.not-in-full"}


def test_only_a_premium_that_waits_can_be_claimed(family: Books) -> None:
    """Not a person, a binding, a bill, or no record at all."""
    bill = pay(family, OPEN, "妈妈", 100)

    codes = {seq: misfit(family, seq) for seq in (1, 3, bill.seq, 99, 0, -1)}

    nothing = dict.fromkeys((1, 3, bill.seq), "claim.nothing")
    assert codes == nothing | dict.fromkeys((99, 0, -1), "record.unknown")


def test_a_premium_taken_at_once_is_not_claimed(family: Books) -> None:
    """The account has paid it."""
    paid = premium(family, rules(PREMIUM))

    assert misfit(family, paid.seq) == "claim.nothing"


def test_a_premium_paid_in_cash_is_not_paid_twice(family: Books) -> None:
    """Neither before the claim nor after it."""
    paid = premium(family)

    with pytest.raises(Refused) as before:
        premium(family)
    write(family, claim(family, OPEN, paid.seq, READY))
    with pytest.raises(Refused) as after:
        premium(family)

    assert amiss(before.value) == amiss(after.value) == {"duplicate.paid"}


def test_who_is_no_longer_bound_claims_nothing(family: Books) -> None:
    """The binding must be in force on the day of the claim."""
    paid = premium(family)
    write(family, unbind(family, OPEN, "我", "妈妈", READY))

    assert misfit(family, paid.seq) == "binding.none"


@pytest.mark.parametrize("allowed", [True, False])
def test_a_premium_paid_in_cash_is_taken_back_as_the_rules_allow(
    family: Books, allowed: bool
) -> None:
    """The holder whose account was to pay is asked about; then nothing is left to claim."""
    pack = rules(REIMBURSED, clause("reversal", f"allowed = {str(allowed).lower()}"))
    paid = premium(family, pack)

    if not allowed:
        with pytest.raises(Refused) as error:
            reverse(family, pack, paid.seq, "moved", DAY)
        assert [one.holder for one in error.value.asked] == ["我"]
        return
    write(family, reverse(family, pack, paid.seq, "moved", DAY))

    assert misfit(family, paid.seq) == "claim.nothing"
    assert family.balance("cash:妈妈") == 0


def test_a_premium_that_was_claimed_is_not_taken_back(family: Books) -> None:
    """Otherwise the relative would have the cash again and the holder keep the refund."""
    pack = rules(REIMBURSED, clause("reversal", "allowed = true"))
    paid = premium(family, pack)
    refund = write(family, claim(family, pack, paid.seq, READY))

    for seq in (paid.seq, refund.seq):
        with pytest.raises(Misfit) as error:
            reverse(family, pack, seq, "moved", READY)
        assert error.value.code == "record.not-reversible"

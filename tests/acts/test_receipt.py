"""Receipts: what one record did, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongji.acts.claim import claim
from gongji.acts.outcome import Misfit
from gongji.acts.paid import CASH, OWN, Paid, Source
from gongji.acts.quota import reserve
from gongji.acts.receipt import receipt_of
from gongji.acts.reverse import reverse
from gongji.ledger.books import Books
from tests.acts.household import DAY, add, join, move, pay, send, settle, write
from tests.acts.test_pay import PREMIUM, clause, rules, wallet

REIMBURSED = PREMIUM.replace("direct", "reimburse")
OPEN = rules(wallet("wallet_transfer"), clause("mechanism", 'family_pool = "live"'))
MORROW = DAY + timedelta(days=1)


@pytest.fixture
def family(books: Books) -> Books:
    """Two holders bound to a father with an account; a mother whom one of them has bound."""
    add(books, "我", 30000, 20000)
    add(books, "哥哥", 10000, 0)
    add(books, "爸爸", 2000, 0)
    add(books, "妈妈", insurance="resident")
    for holder in ("我", "哥哥"):
        join(books, OPEN, holder, "爸爸")
    join(books, OPEN, "我", "妈妈")
    return books


def test_relatives_money_is_a_part_of_what_the_accounts_paid(family: Books) -> None:
    """psn_part_amt is acct_pay and psn_cash_pay; acct_mulaid_pay is within acct_pay."""
    record = pay(family, OPEN, "爸爸", 70000)

    receipt = receipt_of(family, record.seq)

    assert receipt.paid == Paid(
        {
            OWN: 2000,
            Source("authorisation", "我"): 50000,
            Source("authorisation", "哥哥"): 10000,
            CASH: 8000,
        }
    )
    assert receipt.platform == {
        "psn_part_amt": 70000,
        "acct_pay": 62000,
        "acct_mulaid_pay": 60000,
        "psn_cash_pay": 8000,
    }


def test_how_the_platform_reports_a_wallet_or_a_quota_is_not_known(books: Books) -> None:
    """No public message shows it: only the whole is told."""
    pack = rules(wallet("wallet_quota"), wallet("wallet_transfer"))
    for name in ("我", "哥哥"):
        add(books, name, 10000, 0)
    for name in ("妈妈", "爸爸"):
        add(books, name, insurance="resident")
    join(books, pack, "我", "妈妈", mechanism="wallet_quota")
    write(books, reserve(books, pack, "我", "妈妈", 2000, DAY))
    send(books, pack, "哥哥", 3000, "爸爸", relation="parent")

    for name in ("妈妈", "爸爸"):
        assert receipt_of(books, pay(books, pack, name, 5000).seq).platform == {
            "psn_part_amt": 5000,
            "acct_pay": None,
            "acct_mulaid_pay": None,
            "psn_cash_pay": None,
        }


def test_a_premium_has_no_settlement_message(family: Books) -> None:
    """The platform's fields are those of a bill."""
    record = pay(family, rules(PREMIUM), "妈妈", None, "resident_premium")

    receipt = receipt_of(family, record.seq)

    assert receipt.platform is None
    assert receipt.paid == Paid({Source("authorisation", "我"): 40000})


def test_a_receipt_names_the_clauses_of_those_who_paid(family: Books) -> None:
    """A holder who was asked and paid nothing relies on none."""
    record = pay(family, OPEN, "爸爸", 2100)
    of_me = next(one for one in record.fields["decisions"] if one["holder"] == "我")

    assert receipt_of(family, record.seq).clauses == tuple(of_me["clauses"])
    assert receipt_of(family, move(family, OPEN, "我", 100, "妈妈").seq).clauses


def test_a_receipt_says_by_what_the_record_was_taken_back(family: Books) -> None:
    """None before."""
    record = pay(family, OPEN, "爸爸", 2100)
    before = receipt_of(family, record.seq).reversed_by
    by = write(family, reverse(family, OPEN, record.seq, "mistyped", MORROW))

    assert (before, receipt_of(family, record.seq).reversed_by) == (None, by.seq)


def test_a_transfer_waits_until_it_is_accepted_or_goes_back(family: Books) -> None:
    """The receipt names the record that ended it."""
    accepted = send(family, OPEN, "我", 1000, "妈妈")
    waiting = move(family, OPEN, "我", 2000, "妈妈", on=MORROW)
    waits = receipt_of(family, waiting.seq)
    (returned, *_) = settle(family, OPEN, MORROW + timedelta(days=1))

    assert (waits.awaits, waits.closed_by) == ("transfer", None)
    assert waits.paid == Paid({Source("wallet_transfer", "我"): 2000})
    for seq, ended in ((accepted.fields["record"], accepted), (waiting.seq, returned)):
        receipt = receipt_of(family, seq)
        assert (receipt.awaits, receipt.closed_by) == (None, ended)


def test_a_claim_says_what_it_pays_back(family: Books) -> None:
    """And the premium says by what it was paid back."""
    pack = rules(REIMBURSED)
    premium = pay(family, pack, "妈妈", None, "resident_premium")
    before = receipt_of(family, premium.seq)
    claimed = write(family, claim(family, pack, premium.seq, date(2025, 8, 1)))

    receipt, after = receipt_of(family, claimed.seq), receipt_of(family, premium.seq)

    assert (before.awaits, before.closed_by, before.paid) == ("claim", None, Paid({CASH: 40000}))
    assert (after.awaits, after.closed_by) == (None, claimed)
    assert (receipt.payment, receipt.paid) == (
        premium,
        Paid({Source("authorisation", "我"): 40000}),
    )
    assert receipt.clauses == tuple(claimed.fields["decision"]["clauses"])


def test_what_was_taken_back_waits_for_nothing(family: Books) -> None:
    """A premium reversed before its claim."""
    pack = rules(REIMBURSED, clause("reversal", "allowed = true"))
    premium = pay(family, pack, "妈妈", None, "resident_premium")
    by = write(family, reverse(family, pack, premium.seq, "mistyped", MORROW))

    receipt = receipt_of(family, premium.seq)

    assert (receipt.awaits, receipt.closed_by, receipt.reversed_by) == (None, None, by.seq)


@pytest.mark.parametrize(("seq", "code"), [(1, "receipt.none"), (99, "record.unknown")])
def test_what_has_no_receipt_is_named(family: Books, seq: int, code: str) -> None:
    """A person added is no payment; a number may be of no record."""
    with pytest.raises(Misfit) as error:
        receipt_of(family, seq)

    assert error.value.code == code

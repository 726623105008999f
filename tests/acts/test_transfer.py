"""Transfers to a relative's wallet; those into a family pool are in test_pool."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongji.acts.bind import unbind
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.reverse import reverse
from gongji.acts.transfer import accept
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from tests.acts.household import (
    DAY,
    add,
    amiss,
    holdings,
    join,
    move,
    pay,
    send,
    settle,
    split,
    write,
)
from tests.acts.test_pay import PREMIUM, clause, rules, wallet

WALLET = wallet("wallet_transfer")
LIMITS = clause(
    "transfer",
    """when = { mechanism = ["wallet_transfer"] }
most = "2000.00"
per_day = 3
closed_from = "22:00"
closed_until = "06:00"
pending_blocks = true
returned_at = "06:00"
""",
)
OPEN = rules(WALLET, LIMITS)
MORROW = DAY + timedelta(days=1)
XIANGYANG = "420600"


@pytest.fixture
def family(books: Books) -> Books:
    """Somebody with money, and parents of whom neither has an account; nobody is bound."""
    add(books, "我", 1_000_000, 50_000)
    add(books, "妈妈", insurance="resident")
    add(books, "爸爸", insurance="resident")
    return books


def of_wallet(parameters: str) -> str:
    return clause("transfer", f'when = {{ mechanism = ["wallet_transfer"] }}\n{parameters}')


def refusals(books: Books, fen: int, on: date = DAY, at: str | None = "10:00") -> set[str]:
    """Return the reasons why nothing is sent; nothing is written then."""
    before = books.head
    with pytest.raises(Refused) as error:
        move(books, OPEN, "我", fen, "妈妈", on, at=at, relation="parent")
    assert (error.value.code, error.value.verdict) == ("transfer.refused", Verdict.INELIGIBLE)
    assert books.head == before
    return amiss(error.value)


def test_what_is_sent_waits_until_it_is_accepted(family: Books) -> None:
    """It has left the account and is not in the wallet yet."""
    record = move(family, OPEN, "我", 80000, "妈妈", relation="parent")

    assert family.balance("我:pending:妈妈") == 80000
    assert family.balance("妈妈:wallet") == 0
    assert holdings(family) == {"我:current": 920_000, "我:carryover": 50_000}
    assert record.fields["opens"] == {"kind": "transfer", "due": str(MORROW)}
    assert family.open_items("transfer", holder="我") == [record.seq]


def test_accepted_within_the_day_it_is_in_the_wallet(family: Books) -> None:
    """Nothing waits any more, and nothing falls due."""
    sent = move(family, OPEN, "我", 80000, "妈妈", relation="parent")

    record = write(family, accept(family, sent.seq, DAY))

    assert family.balance("妈妈:wallet") == 80000
    assert family.balance("我:pending:妈妈") == 0
    assert family.open_items("transfer") == []
    assert record.fields["closes"] == [sent.seq]
    assert settle(family, OPEN, MORROW) == []


@pytest.mark.parametrize("on", [MORROW, DAY - timedelta(days=1), DAY + timedelta(days=30)])
def test_it_cannot_be_accepted_on_another_day(family: Books, on: date) -> None:
    """Not after its day, and not before it."""
    sent = move(family, OPEN, "我", 80000, "妈妈", relation="parent")

    with pytest.raises(Misfit) as error:
        accept(family, sent.seq, on)

    assert error.value.code == "accept.too-late"
    assert error.value.values == {"record": str(sent.seq), "day": str(MORROW)}


def test_only_a_transfer_that_waits_can_be_accepted(family: Books) -> None:
    """Not one that is accepted, not one that went back, not a record of another kind, not none."""
    accepted = move(family, OPEN, "我", 100, "妈妈", relation="parent")
    acceptance = write(family, accept(family, accepted.seq, DAY))
    returned = move(family, OPEN, "我", 100, "妈妈", relation="parent")
    settle(family, OPEN, MORROW)
    codes = {}

    for seq in (accepted.seq, acceptance.seq, returned.seq, 1, 99, 0):
        with pytest.raises(Misfit) as error:
            accept(family, seq, DAY)
        codes[seq] = error.value.code

    waits_not = dict.fromkeys((accepted.seq, acceptance.seq, returned.seq, 1), "accept.nothing")
    assert codes == waits_not | dict.fromkeys((99, 0), "record.unknown")


def test_a_transfer_into_a_pool_needs_no_acceptance(family: Books) -> None:
    """There is nothing to accept."""
    pool = rules(clause("mechanism", 'family_pool = "live"'))
    join(family, pool, "我", "妈妈", mechanism="family_pool")
    record = move(family, pool, "我", 100)

    with pytest.raises(Misfit) as error:
        accept(family, record.seq, DAY)

    assert error.value.code == "accept.nothing"


def test_two_thousand_yuan_is_the_most_at_once(family: Books) -> None:
    """A fen more is refused."""
    assert refusals(family, 200_001) == {"transfer.too-much"}

    move(family, OPEN, "我", 200_000, "妈妈", relation="parent")

    assert family.balance("我:pending:妈妈") == 200_000


def test_three_transfers_a_day_are_the_most(family: Books) -> None:
    """To whomever they go; the next day begins anew."""
    for relative in ("妈妈", "爸爸", "妈妈"):
        send(family, OPEN, "我", 100, relative, relation="parent")

    assert refusals(family, 100) == {"transfer.too-often"}
    send(family, OPEN, "我", 100, "妈妈", relation="parent", on=MORROW)

    assert family.balance("妈妈:wallet") == 300


def test_a_transfer_that_went_back_counts_too(family: Books) -> None:
    """It was made on that day; what the relative sends on counts for the relative."""
    for _time in range(3):
        sent = move(family, OPEN, "我", 100, "妈妈", relation="parent")
        write(family, accept(family, sent.seq, DAY))
    send(family, OPEN, "妈妈", 50, "爸爸", relation="spouse")

    assert refusals(family, 100) == {"transfer.too-often"}


@pytest.mark.parametrize("at", ["22:00", "23:59", "00:00", "05:59"])
def test_wallets_are_closed_at_night(family: Books, at: str) -> None:
    """From 22:00 on, and until before 06:00."""
    assert refusals(family, 100, at=at) == {"transfer.closed"}


@pytest.mark.parametrize("at", ["06:00", "21:59"])
def test_wallets_are_open_by_day(family: Books, at: str) -> None:
    """The hour stands in the record."""
    assert move(family, OPEN, "我", 100, "妈妈", at=at, relation="parent").fields["at"] == at


def test_an_hour_that_is_not_told_is_assumed(family: Books) -> None:
    """The record says so."""
    record = move(family, OPEN, "我", 100, "妈妈", relation="parent")

    assert "at" in record.fields["decision"]["assumed"]


def test_what_waits_blocks_the_next_transfer(family: Books) -> None:
    """Also to somebody else; once it is accepted or has gone back the way is free."""
    first = move(family, OPEN, "我", 100, "爸爸", relation="parent")
    assert refusals(family, 100) == {"transfer.pending"}
    write(family, accept(family, first.seq, DAY))

    move(family, OPEN, "我", 100, "妈妈", relation="parent")
    assert refusals(family, 100) == {"transfer.pending"}
    settle(family, OPEN, MORROW, "06:00")

    assert move(family, OPEN, "我", 100, "妈妈", MORROW, relation="parent").on == MORROW


@pytest.mark.parametrize(
    ("on", "at", "returned"),
    [
        (DAY, "23:59", False),
        (MORROW, "00:00", False),
        (MORROW, "05:59", False),
        (MORROW, "06:00", True),
        (MORROW + timedelta(days=1), "00:00", True),
    ],
)
def test_what_nobody_accepts_goes_back_at_six_the_next_day(
    family: Books, on: date, at: str, returned: bool
) -> None:
    """Into the very pools that it came from, and not before."""
    before = holdings(family)
    sent = move(family, rules(WALLET), "我", 1_020_000, "妈妈", relation="parent")

    records = settle(family, OPEN, on, at)

    assert [(record.do, record.on) for record in records] == [("return", MORROW)] * returned
    assert (holdings(family) == before) is returned
    assert family.open_items("transfer") == [sent.seq] * (not returned)


@pytest.mark.parametrize(("clock", "at"), [("05:30", "05:30"), (None, "00:00")])
def test_the_clause_names_the_hour_of_the_return(family: Books, clock: str | None, at: str) -> None:
    """Where none does, it is the moment from which nobody can accept it any more."""
    said = [of_wallet(f'returned_at = "{clock}"')] if clock else []
    open_wallet = rules(WALLET, *said)
    move(family, open_wallet, "我", 100, "妈妈", relation="parent")

    too_early = settle(family, open_wallet, MORROW if clock else DAY, "05:29")
    (returned,) = settle(family, open_wallet, MORROW, at)

    assert (too_early, returned.on) == ([], MORROW)


def test_what_can_no_longer_be_accepted_blocks_nothing(family: Books) -> None:
    """Whether it has been returned yet is for `settle`; on its own day it blocks."""
    move(family, OPEN, "我", 100, "爸爸", relation="parent")
    assert refusals(family, 100) == {"transfer.pending"}

    assert move(family, OPEN, "我", 100, "妈妈", MORROW, relation="parent").on == MORROW


def test_where_nothing_waits_for_an_answer_nothing_blocks(family: Books) -> None:
    """The rule that one pending transfer blocks the next is a clause of its own."""
    for relative in ("妈妈", "爸爸"):
        move(family, rules(WALLET), "我", 100, relative, relation="parent")

    assert len(family.open_items("transfer")) == 2


def test_where_it_need_not_be_accepted_it_is_in_the_wallet_at_once(family: Books) -> None:
    """Nothing waits, nothing blocks, nothing goes back."""
    at_once = rules(WALLET, LIMITS, of_wallet("must_be_accepted = false"))

    record = move(family, at_once, "我", 100, "妈妈", relation="parent")
    move(family, at_once, "我", 100, "妈妈", relation="parent")

    assert family.balance("妈妈:wallet") == 200
    assert "opens" not in record.fields
    assert settle(family, at_once, MORROW) == []


def test_what_went_back_goes_back_once(family: Books) -> None:
    """Settling again finds nothing."""
    move(family, OPEN, "我", 100, "妈妈", relation="parent")

    assert len(settle(family, OPEN, MORROW)) == 1
    assert settle(family, OPEN, MORROW) == settle(family, OPEN, date(2025, 7, 1)) == []


def test_a_relative_without_an_account_sends_on_what_is_in_the_wallet(family: Books) -> None:
    """To their own near relative, and no more than there is."""
    send(family, OPEN, "我", 50000, "妈妈", relation="parent")

    with pytest.raises(Refused) as error:
        move(family, OPEN, "妈妈", 50001, "爸爸", relation="spouse")
    send(family, OPEN, "妈妈", 30000, "爸爸", relation="spouse")

    assert amiss(error.value) == {"funds.not-in-full"}
    assert (family.balance("妈妈:wallet"), family.balance("爸爸:wallet")) == (20000, 30000)


def test_an_empty_wallet_sends_nothing_on(family: Books) -> None:
    """There is no account behind it."""
    with pytest.raises(Refused) as error:
        move(family, OPEN, "妈妈", 1, "爸爸", relation="spouse")

    assert amiss(error.value) == {"funds.none"}


def test_what_was_sent_on_and_not_accepted_returns_to_the_wallet(family: Books) -> None:
    """It came from there."""
    send(family, OPEN, "我", 50000, "妈妈", relation="parent")
    move(family, OPEN, "妈妈", 30000, "爸爸", relation="spouse")

    settle(family, OPEN, MORROW)

    assert (family.balance("妈妈:wallet"), family.balance("爸爸:wallet")) == (50000, 0)


def test_who_has_an_account_says_if_it_is_the_wallet_that_sends(family: Books) -> None:
    """Without a word it is the account; with it the account is not touched."""
    add(family, "爱人", 700, 0)
    send(family, OPEN, "我", 500, "爱人", relation="spouse")

    send(family, OPEN, "爱人", 300, "妈妈", relation="parent", from_wallet=True)
    after_wallet = family.balance("爱人:wallet"), family.balance("爱人:current")
    send(family, OPEN, "爱人", 300, "妈妈", relation="parent")
    after_account = family.balance("爱人:wallet"), family.balance("爱人:current")

    assert (after_wallet, after_account) == ((200, 700), (200, 400))


def test_a_wallet_pays_only_where_its_owner_is_insured(family: Books) -> None:
    """Elsewhere it pays nothing, and nothing is written."""
    send(family, OPEN, "我", 50000, "妈妈", relation="parent")
    before = family.head

    with pytest.raises(Refused) as error:
        pay(family, OPEN, "妈妈", 20000, provider_area=XIANGYANG)
    after = family.head
    at_home = pay(family, OPEN, "妈妈", 20000, provider_area="420100")

    assert (error.value.code, error.value.asked) == ("pay.nothing-drawn", ())
    assert after == before
    assert (at_home.fields["wallet"], at_home.fields["cash"]) == ("200.00", "0.00")
    assert family.balance("妈妈:wallet") == 30000


def test_a_wallet_pays_after_the_accounts_of_relatives_and_before_cash(family: Books) -> None:
    """What it pays is no draw on anybody's account."""
    add(family, "哥哥", 7000, 0)
    join(family, OPEN, "哥哥", "妈妈")
    send(family, OPEN, "我", 2000, "妈妈", relation="parent")

    record = pay(family, OPEN, "妈妈", 10000)

    assert split(record) == {"哥哥": 7000, "cash": 1000}
    assert record.fields["wallet"] == "20.00"
    assert family.spent(beneficiary="妈妈", since=DAY, until=DAY) == 7000


def test_the_own_account_pays_before_the_own_wallet(family: Books) -> None:
    """A bill that needs no more than the own account needs no relative's money."""
    add(family, "爱人", 700, 0)
    send(family, OPEN, "我", 500, "爱人", relation="spouse")

    with pytest.raises(Refused) as error:
        pay(family, OPEN, "爱人", 700)
    record = pay(family, OPEN, "爱人", 900)

    assert error.value.code == "pay.nothing-drawn"
    assert (record.fields["own"], record.fields["wallet"]) == ("7.00", "2.00")


def test_a_wallet_pays_no_premium_where_nobody_lets_it(family: Books) -> None:
    """It pays bills; for a premium a clause must name the wallet."""
    send(family, OPEN, "我", 50000, "妈妈", relation="parent")

    with pytest.raises(Refused) as error:
        pay(family, rules(WALLET, PREMIUM), "妈妈", None, "resident_premium")

    assert amiss(error.value) == {"purpose.not-known"}


def test_a_payment_by_wallet_can_be_taken_back(family: Books) -> None:
    """The money is in the wallet again."""
    send(family, OPEN, "我", 50000, "妈妈", relation="parent")
    paid = pay(family, OPEN, "妈妈", 20000)

    write(family, reverse(family, OPEN, paid.seq, "wrong", DAY))

    assert family.balance("妈妈:wallet") == 50000


def test_what_is_in_a_wallet_never_goes_back_into_the_account(family: Books) -> None:
    """Neither transfer nor acceptance can be taken back, and unbinding leaves it there."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_transfer")
    sent = move(family, OPEN, "我", 50000, "妈妈")
    accepted = write(family, accept(family, sent.seq, DAY))

    for record in (sent, accepted):
        with pytest.raises(Misfit) as error:
            reverse(family, OPEN, record.seq, "back", DAY)
        assert error.value.code == "record.not-reversible"
    ended = write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    assert ended.postings == ()
    assert family.balance("妈妈:wallet") == 50000


def test_whoever_gave_it_is_sent_it_only_into_their_wallet(family: Books) -> None:
    """What a mother sends back does not reach the account of her child."""
    send(family, OPEN, "我", 50000, "妈妈", relation="parent")
    before = holdings(family)

    send(family, OPEN, "妈妈", 50000, "我", relation="child")

    assert family.balance("我:wallet") == 50000
    assert holdings(family) == before


def test_a_binding_for_transfers_pays_no_bill_itself(family: Books) -> None:
    """As long as the wallet is empty there is nobody to pay."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_transfer")

    with pytest.raises(Misfit) as error:
        pay(family, OPEN, "妈妈", 100)

    assert error.value.code == "pay.no-binding"


def test_the_relation_is_that_of_the_binding_or_has_to_be_told(family: Books) -> None:
    """A stranger's relation is not guessed."""
    with pytest.raises(Misfit) as error:
        move(family, OPEN, "我", 100, "妈妈")
    join(family, OPEN, "我", "妈妈")

    assert error.value.code == "transfer.no-relation"
    assert move(family, OPEN, "我", 100, "妈妈").fields["beneficiary"] == "妈妈"


def test_both_must_have_a_wallet(family: Books) -> None:
    """Whoever has said that they have none."""
    add(family, "奶奶", insurance="resident", wallet="none")

    with pytest.raises(Refused) as error:
        move(family, OPEN, "我", 100, "奶奶", relation="parent")

    assert amiss(error.value) == {"transfer.no-wallet"}


@pytest.mark.parametrize(
    ("holder", "beneficiary", "fen", "code"),
    [
        ("谁", "妈妈", 100, "person.unknown"),
        ("我", "谁", 100, "person.unknown"),
        ("我", "我", 100, "bind.self"),
        ("我", "妈妈", 0, "amount.zero"),
    ],
)
def test_what_does_not_fit_the_books_is_named(
    family: Books, holder: str, beneficiary: str, fen: int, code: str
) -> None:
    """Nothing is written."""
    before = family.head

    with pytest.raises(Misfit) as error:
        move(family, OPEN, holder, fen, beneficiary, relation="parent")

    assert error.value.code == code
    assert family.head == before

"""What falls due; what nobody accepted is in test_transfer, what is ordered in test_order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongji.acts.credit import credit
from gongji.acts.outcome import Refused
from gongji.acts.people import Balances, set_person
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, holdings, join, move, pay, settle, split, write
from tests.acts.test_pay import OPEN, PREMIUM, clause, rules
from tests.acts.test_transfer import WALLET

IN_JULY = rules(clause("account_year", 'starts = "07-01"'))
NEW_YEAR, JULY = date(2026, 1, 1), date(2025, 7, 1)
SCHEDULED = rules(PREMIUM.replace('mode = "direct"', 'mode = "scheduled"'))
JUNE_RUN, JULY_RUN = date(2025, 6, 30), date(2025, 7, 31)


@pytest.fixture
def account(books: Books) -> Books:
    """Somebody with money of the year and some from before."""
    add(books, "我", 10000, 500)
    return books


@pytest.mark.parametrize(
    ("pack", "eve", "start"),
    [(OPEN, date(2025, 12, 31), NEW_YEAR), (IN_JULY, date(2025, 6, 30), JULY)],
)
def test_money_of_the_year_turns_into_carry_over(
    account: Books, pack: Pack, eve: date, start: date
) -> None:
    """On 1 January unless the area has another day; not a day before it."""
    before = settle(account, pack, eve)

    (record,) = settle(account, pack, start)

    assert before == []
    assert (record.do, record.on, record.fields) == ("turn-of-year", start, {"person": "我"})
    assert holdings(account) == {"我:carryover": 10500}


def test_settled_late_it_turns_on_its_day(account: Books) -> None:
    """The record has the day on which the year turned, not that of the settling."""
    (record,) = settle(account, OPEN, date(2026, 3, 15))

    assert record.on == NEW_YEAR


def test_settling_again_changes_nothing(account: Books) -> None:
    """Neither on the day nor on any later day of the year, nor for an earlier day."""
    settle(account, OPEN, NEW_YEAR)
    head = account.head

    for day in (NEW_YEAR, date(2026, 12, 31), date(2025, 12, 31)):
        assert settle(account, OPEN, day) == []

    assert account.head == head


def test_every_year_turns_once(account: Books) -> None:
    """What came in after the first turn goes with the second."""
    settle(account, OPEN, NEW_YEAR)
    write(account, credit(account, "我", 700, "current", date(2026, 5, 1)))

    (record,) = settle(account, OPEN, date(2027, 1, 1))

    assert record.on == date(2027, 1, 1)
    assert holdings(account) == {"我:carryover": 11200}


def test_money_credited_after_the_start_stays_current(account: Books) -> None:
    """Also what is credited on the day itself; settled late it makes no difference."""
    write(account, credit(account, "我", 70, "current", NEW_YEAR))
    write(account, credit(account, "我", 7, "current", date(2026, 2, 1)))

    settle(account, OPEN, date(2026, 3, 1))

    assert holdings(account) == {"我:current": 77, "我:carryover": 10500}


def test_what_was_spent_since_the_start_was_spent_of_the_older_money(account: Books) -> None:
    """Only what still stands there turns."""
    add(account, "妈妈", insurance="resident")
    join(account, OPEN, "我", "妈妈")
    write(account, credit(account, "我", 100, "current", NEW_YEAR))
    pay(account, OPEN, "妈妈", 4000, on=date(2026, 1, 20))

    settle(account, OPEN, date(2026, 2, 1))

    assert holdings(account) == {"我:current": 100, "我:carryover": 6500}


def test_an_account_without_older_money_does_not_turn(account: Books) -> None:
    """All of it is spent or came after the start."""
    write(account, set_person(account, "我", {}, Balances(current=0), DAY))
    write(account, credit(account, "我", 100, "current", NEW_YEAR))

    assert settle(account, OPEN, date(2026, 2, 1)) == []


def test_who_has_no_account_has_no_year(books: Books) -> None:
    """Only employee insurance has one."""
    add(books, "妈妈", insurance="resident")

    assert settle(books, OPEN, NEW_YEAR) == []


def test_each_area_has_its_own_start(books: Books) -> None:
    """On 1 July one account turns and the other does not."""
    wuhan = rules('[[account_year]]\nfrom = 2020-01-01\narea = ["420100"]\nstarts = "07-01"\n')
    add(books, "我", 100, 0)
    add(books, "哥哥", 100, 0, area="420600")

    turned = [record.fields["person"] for record in settle(books, wuhan, JULY)]

    assert turned == ["我"]


def test_money_that_was_on_the_way_when_the_year_turned_is_not_lost(books: Books) -> None:
    """It is carry-over like the rest."""
    open_wallet = rules(WALLET)
    add(books, "我", 10000, 0)
    add(books, "妈妈", insurance="resident")
    move(books, open_wallet, "我", 4000, "妈妈", on=date(2025, 12, 31), relation="parent")

    records = settle(books, open_wallet, NEW_YEAR)

    assert [record.do for record in records] == ["turn-of-year", "return"]
    assert holdings(books) == {"我:carryover": 10000}
    assert settle(books, open_wallet, NEW_YEAR) == []


@pytest.fixture
def ordered(books: Books) -> tuple[Books, Record]:
    """A premium of 400.00 that a month-end run takes, ordered; the holder has 399.99."""
    add(books, "我", 30000, 9999)
    add(books, "妈妈", insurance="resident")
    join(books, SCHEDULED, "我", "妈妈")
    return books, pay(books, SCHEDULED, "妈妈", None, "resident_premium")


def test_an_ordered_premium_moves_no_money_yet(ordered: tuple[Books, Record]) -> None:
    """It waits for the last day of the month."""
    books, order = ordered

    assert (order.do, order.postings) == ("order", ())
    assert order.fields["opens"] == {"kind": "debit", "due": str(JUNE_RUN)}
    assert books.premiums("妈妈", "resident_premium", 2025) == []


def test_the_run_takes_all_of_it_on_the_last_day_of_the_month(
    ordered: tuple[Books, Record],
) -> None:
    """Once, from an account that holds the full amount by then."""
    books, order = ordered
    write(books, credit(books, "我", 1, "current", DAY))

    early = settle(books, SCHEDULED, JUNE_RUN - timedelta(days=1))
    (paid,) = settle(books, SCHEDULED, JUNE_RUN)

    assert early == []
    assert (paid.do, paid.on, paid.fields["closes"]) == ("pay-for", JUNE_RUN, [order.seq])
    assert split(paid) == {"我": 40000}
    assert settle(books, SCHEDULED, JULY_RUN) == []
    assert books.premiums("妈妈", "resident_premium", 2025) == [paid.seq]


def test_a_premium_that_the_run_has_taken_is_not_ordered_again(
    ordered: tuple[Books, Record],
) -> None:
    """It is paid for that year."""
    books, _order = ordered
    write(books, credit(books, "我", 1, "current", DAY))
    settle(books, SCHEDULED, JUNE_RUN)

    with pytest.raises(Refused):
        pay(books, SCHEDULED, "妈妈", None, "resident_premium", on=JULY)

from __future__ import annotations

from datetime import date

import pytest

from gongji.acts.bind import unbind
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.people import Balances, set_person
from gongji.acts.pool import returned_pool
from gongji.acts.quota import release
from gongji.acts.transfer import Move, transfer
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.ledger.errors import Overdrawn
from gongji.ledger.records import netted
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, join, move, pay, split, write
from tests.acts.test_pay import clause, rules

POOL = clause("mechanism", 'family_pool = "live"')
OPEN = rules(POOL)


def of_pool(parameters: str) -> str:
    return clause("transfer", f'when = {{ mechanism = ["family_pool"] }}\n{parameters}')


def ending(on_end: str | None) -> Pack:
    """Return rules under which the money of a pool goes so at the end."""
    return rules(POOL, of_pool(f'on_end = "{on_end}"')) if on_end else OPEN


@pytest.fixture
def family(books: Books) -> Books:
    """A pool of somebody with money, a father with money and a mother without an account."""
    add(books, "我", 30000, 5000)
    add(books, "爸爸", 8000, 0)
    add(books, "妈妈", insurance="resident")
    for beneficiary in ("爸爸", "妈妈"):
        join(books, OPEN, "我", beneficiary, mechanism="family_pool")
    return books


def pool(books: Books) -> dict[str, int]:
    """Return what stands in the pool, by whom it was put in."""
    found = books.balances("我:pool:")
    return {account.removeprefix("我:pool:"): fen for account, fen in found.items() if fen}


def accounts(books: Books) -> dict[str, int]:
    """Return what the two contributors have outside the pool."""
    named = ("我:current", "我:carryover", "爸爸:current", "爸爸:carryover")
    return {account: fen for account in named if (fen := books.balance(account))}


def test_what_is_put_in_stands_under_the_name_of_its_contributor(family: Books) -> None:
    """The current pool of the account is drawn before the carry-over."""
    record = move(family, OPEN, "我", 32000)

    assert pool(family) == {"我": 32000}
    assert accounts(family) == {"我:carryover": 3000, "爸爸:current": 8000}
    kept = {key: record.fields[key] for key in ("holder", "family", "to", "amount")}
    assert kept == {"holder": "我", "family": "我", "to": "pool", "amount": "320.00"}
    assert "420000/mechanism/2020-01-01" in record.fields["decision"]["clauses"]
    assert "opens" not in record.fields


def test_what_must_remain_in_the_account_is_not_put_in(family: Books) -> None:
    """The floor counts both pools; a fen more than what exceeds it moves nothing at all."""
    floor = rules(POOL, clause("funds", 'use = "all"\nkeep = "200.00"'))

    with pytest.raises(Refused) as error:
        move(family, floor, "我", 15001)
    move(family, floor, "我", 15000)

    assert (error.value.code, error.value.verdict) == ("transfer.refused", Verdict.INELIGIBLE)
    assert amiss(error.value) == {"funds.not-in-full"}
    assert pool(family) == {"我": 15000}
    assert accounts(family)["我:current"] + accounts(family)["我:carryover"] == 20000


def test_a_member_puts_into_the_pool_of_whom_they_are_a_member(family: Books) -> None:
    """The rules are asked about the contributor, to whom the creator is a child."""
    move(family, OPEN, "我", 100)

    plan = transfer(family, OPEN, Move("爸爸", None, 5000, DAY))
    write(family, plan)

    (asked,) = plan.asked
    assert (asked.holder, asked.request.relation) == ("爸爸", "child")
    assert pool(family) == {"我": 100, "爸爸": 5000}


def test_who_has_a_pool_of_their_own_puts_into_that(family: Books) -> None:
    """Though they are a member of another, too."""
    add(family, "奶奶", insurance="resident")
    join(family, OPEN, "爸爸", "奶奶", mechanism="family_pool")

    record = move(family, OPEN, "爸爸", 5000)

    assert record.fields["family"] == "爸爸"
    assert family.balance("爸爸:pool:爸爸") == 5000
    assert pool(family) == {}


@pytest.mark.parametrize("suspended", [("爸爸",), ("爸爸", "妈妈")])
def test_one_member_in_good_standing_is_enough(family: Books, suspended: tuple[str, ...]) -> None:
    """Whoever was bound first; with nobody in good standing nothing is put in."""
    active = rules(POOL, clause("status", 'beneficiary = ["active"]'))
    for name in suspended:
        write(family, set_person(family, name, {"status": "suspended"}, Balances(), DAY))

    if len(suspended) == 1:
        assert move(family, active, "我", 100).fields["family"] == "我"
        return
    with pytest.raises(Refused) as error:
        move(family, active, "我", 100)

    assert amiss(error.value) == {"status.fail"}


def test_every_member_may_spend_what_anybody_put_in(family: Books) -> None:
    """The account of the creator is not touched; what the pool does not hold is cash."""
    move(family, OPEN, "我", 3000)
    move(family, OPEN, "爸爸", 5000)
    before = accounts(family)

    record = pay(family, OPEN, "妈妈", 10000)

    assert split(record) == {"我": 8000, "cash": 2000}
    assert pool(family) == {}
    assert accounts(family) == before


def test_what_was_put_in_first_is_spent_first(family: Books) -> None:
    """Not what comes first by name."""
    move(family, OPEN, "爸爸", 5000)
    move(family, OPEN, "我", 3000)

    pay(family, OPEN, "妈妈", 6000)

    assert pool(family) == {"我": 2000}


def test_an_empty_pool_pays_nothing(family: Books) -> None:
    """Whatever stands in the account of its creator."""
    with pytest.raises(Refused) as error:
        pay(family, OPEN, "妈妈", 100)

    assert (error.value.code, amiss(error.value)) == ("pay.nobody", {"funds.set-aside-empty"})


@pytest.mark.parametrize("again", [date(2025, 6, 1), date(2025, 6, 15), date(2025, 6, 30)])
def test_once_a_month_counts_the_whole_month(family: Books, again: date) -> None:
    """A transfer of an earlier day may be recorded after one of a later day."""
    monthly = rules(POOL, of_pool("per_month = 1"))
    move(family, monthly, "我", 100, on=date(2025, 6, 15))

    with pytest.raises(Refused) as error:
        move(family, monthly, "我", 100, on=again)

    assert amiss(error.value) == {"transfer.too-often-a-month"}


def test_once_a_month_counts_by_contributor_and_month(family: Books) -> None:
    """Another member, and the next month, are free."""
    monthly = rules(POOL, of_pool("per_month = 1"))

    move(family, monthly, "我", 100)
    move(family, monthly, "爸爸", 100)
    move(family, monthly, "我", 100, on=date(2025, 7, 1))

    assert pool(family) == {"我": 200, "爸爸": 100}


@pytest.mark.parametrize(
    ("on_end", "left", "given_back"),
    [
        ("to_contributor", {"我": 10000}, {"爸爸:current": 5000}),
        ("to_creator", {"我": 10000, "爸爸": 5000}, {}),
        ("stays", {"我": 10000, "爸爸": 5000}, {}),
        (None, {"我": 10000, "爸爸": 5000}, {}),
    ],
)
def test_a_leaving_member_moves_what_they_put_in_as_the_clause_says(
    family: Books, on_end: str | None, left: dict[str, int], given_back: dict[str, int]
) -> None:
    """What the others put in stays, since the pool goes on; a creator has to wait for its end."""
    move(family, OPEN, "我", 10000)
    move(family, OPEN, "爸爸", 5000)

    record = write(family, unbind(family, ending(on_end), "我", "爸爸", DAY))

    assert pool(family) == left
    came = {posting.account: posting.fen for posting in record.postings if posting.fen > 0}
    assert came == given_back


@pytest.mark.parametrize(
    ("on_end", "left", "after"),
    [
        ("to_contributor", {}, {"我:current": 30000, "我:carryover": 5000, "爸爸:current": 8000}),
        ("to_creator", {}, {"我:current": 35000, "我:carryover": 5000, "爸爸:current": 3000}),
        (
            "stays",
            {"我": 10000, "爸爸": 5000},
            {"我:current": 20000, "我:carryover": 5000, "爸爸:current": 3000},
        ),
    ],
)
def test_with_its_last_member_the_pool_ends(
    family: Books, on_end: str, left: dict[str, int], after: dict[str, int]
) -> None:
    """All of it goes where the clause says, in whatever order the members leave."""
    move(family, OPEN, "我", 10000)
    move(family, OPEN, "爸爸", 5000)

    for member in ("妈妈", "爸爸"):
        write(family, unbind(family, ending(on_end), "我", member, DAY))

    assert pool(family) == left
    assert accounts(family) == after


@pytest.mark.parametrize(
    ("on_end", "moved"),
    [
        ("to_contributor", {"我:pool:我": -10000, "我:current": 10000}),
        (
            "to_creator",
            {"我:pool:爸爸": -5000, "我:pool:我": -10000, "我:current": 15000},
        ),
    ],
)
def test_of_two_who_leave_at_once_each_money_moves_once(
    family: Books, on_end: str, moved: dict[str, int]
) -> None:
    """With the second the pool ends; the first took theirs along already, where members may."""
    move(family, OPEN, "爸爸", 5000)
    move(family, OPEN, "我", 10000)
    binding = family.binding("我", "妈妈")
    assert binding is not None

    postings = returned_pool(family, ending(on_end), binding, DAY, frozenset({"爸爸"}))

    assert {posting.account: posting.fen for posting in netted(postings)} == moved


def test_money_of_last_year_comes_back_as_carry_over(family: Books) -> None:
    """The year turned while it was in the pool; what was put in since is money of the year."""
    move(family, OPEN, "爸爸", 3000, on=date(2025, 12, 31))
    move(family, OPEN, "爸爸", 1500, on=date(2026, 1, 1))

    write(family, unbind(family, ending("to_contributor"), "我", "爸爸", date(2026, 2, 1)))

    assert (family.balance("爸爸:current"), family.balance("爸爸:carryover")) == (5000, 3000)


def test_who_put_nothing_in_takes_nothing_along(family: Books) -> None:
    """The unbinding moves no money."""
    move(family, OPEN, "我", 10000)

    assert unbind(family, ending("to_contributor"), "我", "妈妈", DAY).draft.postings == ()


def test_what_was_spent_does_not_come_back(family: Books) -> None:
    """Only what is left of a contribution can return."""
    move(family, OPEN, "爸爸", 5000)
    pay(family, OPEN, "妈妈", 3500)

    write(family, unbind(family, ending("to_contributor"), "我", "爸爸", DAY))

    assert accounts(family)["爸爸:current"] == 3000 + 1500


def test_carry_over_put_in_returns_as_carry_over(family: Books) -> None:
    """Where nothing else is shared it must not turn into money of the year on the way."""
    carryover = clause("funds", 'use = "carryover"')
    ends = rules(POOL, carryover, of_pool('on_end = "to_contributor"'))
    move(family, ends, "我", 5000)
    before = accounts(family)

    for member in ("爸爸", "妈妈"):
        write(family, unbind(family, ends, "我", member, DAY))

    assert before == {"我:current": 30000, "爸爸:current": 8000}
    assert accounts(family) == {**before, "我:carryover": 5000}


def test_money_goes_back_while_the_pool_lasts_where_the_rules_let_it(family: Books) -> None:
    """What the creator put in, of which a part; the rest of the pool stays."""
    both_ways = rules(POOL, of_pool("may_go_back = true"))
    move(family, both_ways, "我", 32000)
    move(family, both_ways, "爸爸", 100)

    write(family, release(family, both_ways, "我", "妈妈", 31000, DAY))
    with pytest.raises(Misfit) as error:
        release(family, both_ways, "我", "妈妈", 1001, DAY)

    assert error.value.code == "release.too-much"
    assert pool(family) == {"爸爸": 100, "我": 1000}
    assert accounts(family)["我:current"] == 30000


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        (rules(POOL, of_pool("may_go_back = false")), "release.not-back"),
        (OPEN, "release.not-known"),
    ],
)
def test_money_stays_in_the_pool_where_the_rules_do_not_let_it_back(
    family: Books, pack: Pack, code: str
) -> None:
    """Whether they forbid it or do not say."""
    move(family, OPEN, "我", 100)

    with pytest.raises(Misfit) as error:
        release(family, pack, "我", "妈妈", None, DAY)

    assert error.value.code == code


@pytest.mark.parametrize(
    ("name", "fen", "code"),
    [("谁", 100, "person.unknown"), ("我", 0, "amount.zero"), ("弟弟", 100, "transfer.no-family")],
)
def test_what_does_not_fit_the_books_is_named(
    family: Books, name: str, fen: int, code: str
) -> None:
    """Nobody of that name, no money, no pool; nothing is written."""
    add(family, "弟弟", 500)
    before = family.head

    with pytest.raises(Misfit) as error:
        move(family, OPEN, name, fen)

    assert error.value.code == code
    assert family.head == before


def test_money_of_which_the_books_do_not_know_the_pool_is_not_moved(family: Books) -> None:
    """Assuming that it is carry-over does not make any: the transfer is whole or none."""
    carryover = rules(POOL, clause("funds", 'use = "carryover"'))
    add(family, "弟弟", whole=9000)
    join(family, OPEN, "弟弟", "妈妈", mechanism="family_pool")
    before = family.head

    with pytest.raises(Refused) as error:
        move(family, carryover, "弟弟", 100)
    with pytest.raises(Overdrawn):
        move(family, carryover, "弟弟", 100, assume=frozenset({"funds"}))

    assert error.value.verdict is Verdict.UNKNOWN
    assert family.head == before

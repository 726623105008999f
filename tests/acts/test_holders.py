"""Several holders of one relative: who pays first; how much each may is in test_pay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongji.acts.bill import Bill
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.pay import pay_for
from gongji.acts.people import Balances, set_person
from gongji.ledger.books import Books
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, join, pay, split, write
from tests.acts.test_pay import clause, rules
from tests.engine.cases import rules_of

OPEN = rules()
HOLDERS = ("大哥", "二姐", "小弟", "姑姑")


def ruled(rule: str, more: str = "") -> Pack:
    return rules(clause("order", f'holders = "{rule}"\n{more}'))


def first_of(books: Books, pack: Pack, key: str | None = None) -> str:
    """Return who would pay a small bill."""
    draws = pay_for(books, pack, Bill("妈妈", "pharmacy", DAY, 100, key=key)).draft.fields["draws"]
    return str(draws[0]["holder"])


def order(books: Books, pack: Pack) -> list[str]:
    """Return in which order they pay a bill that takes all that they have."""
    draws = pay_for(books, pack, Bill("妈妈", "pharmacy", DAY, 10**6)).draft.fields["draws"]
    return list(dict.fromkeys(draw["holder"] for draw in draws))


def wish(books: Books, *names: str) -> None:
    """Let the mother list the holders as she wants them."""
    write(books, set_person(books, "妈妈", {"order": list(names)}, Balances(), DAY))


@pytest.fixture
def family(books: Books) -> Books:
    """A mother bound by four: with the priorities none, 2, none, 1; the last but one first of all.

    Their balances are 300, 100, 200 and 200.
    """
    add(books, "妈妈", insurance="resident")
    bound = [(300, None, DAY), (100, 2, DAY), (200, None, DAY - timedelta(days=1)), (200, 1, DAY)]
    for name, (fen, priority, on) in zip(HOLDERS, bound, strict=True):
        add(books, name, 0, fen)
        join(books, OPEN, name, "妈妈", on=on, priority=priority)
    return books


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("binding_order", ["小弟", "大哥", "二姐", "姑姑"]),
        ("last_bound", ["姑姑", "二姐", "大哥", "小弟"]),
        ("holder_order", ["姑姑", "二姐", "小弟", "大哥"]),
        ("beneficiary_order", ["大哥", "姑姑", "二姐", "小弟"]),
        ("largest_balance", ["大哥", "小弟", "姑姑", "二姐"]),
    ],
)
def test_the_rule_orders_the_holders(family: Books, rule: str, expected: list[str]) -> None:
    """By its own measure alone: no wish of anybody changes the order of binding."""
    wish(family, "大哥")

    assert order(family, ruled(rule)) == expected


def test_where_no_rule_speaks_the_family_decides(family: Books) -> None:
    """The relative's list, then the priorities, then the order of binding."""
    before = order(family, OPEN)

    wish(family, "小弟", "二姐")

    assert before == ["姑姑", "二姐", "小弟", "大哥"]
    assert order(family, OPEN) == ["小弟", "二姐", "姑姑", "大哥"]


def test_a_list_may_be_taken_back_and_may_name_whoever_is_known(family: Books) -> None:
    """Also somebody who does not pay; nobody unknown."""
    wish(family, "妈妈", "大哥")
    listed = first_of(family, OPEN)
    wish(family)

    with pytest.raises(Misfit) as error:
        wish(family, "大哥", "谁")

    assert (listed, first_of(family, OPEN)) == ("大哥", "姑姑")
    assert (error.value.code, error.value.values) == ("person.unknown", {"name": "谁"})


def test_equal_balances_go_by_name_where_the_rule_says_so(family: Books) -> None:
    """Else by binding."""
    assert order(family, ruled("largest_balance", 'tie = "name"'))[1:3] == ["姑姑", "小弟"]


def test_largest_balance_counts_both_pools(family: Books) -> None:
    """A carry-over is money too."""
    write(family, set_person(family, "二姐", {}, Balances(current=201, carryover=100), DAY))

    assert first_of(family, ruled("largest_balance")) == "二姐"


def test_areas_that_differ_leave_it_to_the_family(books: Books) -> None:
    """One area says the largest balance, the other nothing."""
    one = rules('[[order]]\nfrom = 2020-01-01\narea = ["420100"]\nholders = "largest_balance"\n')
    add(books, "妈妈", insurance="resident")
    for name, fen, area in (("大哥", 100, "420100"), ("二姐", 200, "420600")):
        add(books, name, 0, fen, area=area)
        join(books, OPEN, name, "妈妈")

    assert first_of(books, one) == "大哥"


def test_the_payer_chooses_where_the_rule_says_so(family: Books) -> None:
    """Nobody is chosen in their stead; a single holder is no choice."""
    choice = ruled("payer_choice")

    with pytest.raises(Misfit) as error:
        pay(family, choice, "妈妈", 100)

    assert error.value.code == "pay.choose"
    assert split(pay(family, choice, "妈妈", 100, holders=("小弟",))) == {"小弟": 100}


def test_the_user_names_holders_in_their_order(family: Books) -> None:
    """Only those named pay, whatever the rule says."""
    record = pay(family, ruled("largest_balance"), "妈妈", 350, holders=("二姐", "大哥"))

    assert split(record) == {"二姐": 100, "大哥": 250}


def test_a_random_order_is_drawn_again_from_its_key(family: Books) -> None:
    """The same key leads to the same split, some other key to another."""
    lot = ruled("random")
    keys = [f"k{number}" for number in range(40)]

    firsts = [first_of(family, lot, key) for key in keys]
    again = [first_of(family, lot, key) for key in keys]

    assert firsts == again
    assert set(firsts) == set(HOLDERS)


@pytest.mark.parametrize("key", ["k1", "k2", None])
def test_a_random_order_is_the_same_in_a_dry_run_and_in_the_run(
    family: Books, key: str | None
) -> None:
    """What would be written is what is written."""
    lot = ruled("random")
    bill = Bill("妈妈", "pharmacy", DAY, 100, key=key)

    shown = family.preview(pay_for(family, lot, bill).draft)

    assert write(family, pay_for(family, lot, bill)) == shown


def test_one_settlement_draws_on_so_many_holders(family: Books) -> None:
    """The rest is cash, though others have money; the next settlement may draw on others."""
    one = ruled("binding_order", "holders_per_settlement = 1")

    assert split(pay(family, one, "妈妈", 250)) == {"小弟": 200, "cash": 50}
    assert split(pay(family, one, "妈妈", 250)) == {"大哥": 250}


def test_one_holder_a_settlement_is_not_one_holder_at_a_time(family: Books) -> None:
    """The first rule lets a fifth bind the mother; the second lets the four pay one bill."""
    one_a_settlement = ruled("binding_order", "holders_per_settlement = 1")
    one_at_a_time = rules_of("[[limits]]\nfrom = 2020-01-01\nholders = 1\n")
    add(family, "叔叔", 0, 100)

    with pytest.raises(Refused) as error:
        join(family, one_at_a_time, "叔叔", "妈妈")
    join(family, one_a_settlement, "叔叔", "妈妈")

    assert amiss(error.value) == {"limit.fail"}
    assert split(pay(family, one_at_a_time, "妈妈", 900)).keys() == {*HOLDERS, "叔叔"}

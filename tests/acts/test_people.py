from __future__ import annotations

from datetime import date

import pytest

from gongji.acts.bind import unbind
from gongji.acts.credit import credit
from gongji.acts.facts import beneficiary_facts, holder_facts
from gongji.acts.outcome import Misfit, Plan
from gongji.acts.people import Balances, add_person, remove_person, set_person
from gongji.acts.people import person as person_of
from gongji.ledger.books import Books, Draft, Posting
from tests.acts.household import DAY, WUHAN, add, holdings, join, pay, split, write
from tests.engine.cases import rules_of

NOTHING = Balances()
LATER = date(2025, 7, 1)


def misfit(error: pytest.ExceptionInfo[Misfit]) -> str:
    return error.value.code


def test_a_person_is_added_with_both_pools(books: Books) -> None:
    """The two pools are posted against `credit`, and what was not said is left out."""
    record = add(books, "我", 5000, 20000, status=None, tier="1")

    assert record.fields["attributes"] == {
        "area": WUHAN,
        "insurance": "employee",
        "tier": "1",
        "unsplit": False,
    }
    assert holdings(books) == {"我:current": 5000, "我:carryover": 20000}
    assert sum(posting.fen for posting in record.postings) == 0


def test_a_whole_balance_is_not_told_apart(books: Books) -> None:
    """A holder of whom only the whole was said has no known carry-over."""
    add(books, "我", whole=7000)

    facts = holder_facts(books, "我", "妈妈", DAY, None)

    assert (facts.balance, facts.current, facts.carryover) == (7000, None, None)


def test_a_name_is_taken_once(books: Books) -> None:
    """The second of the name is refused, whatever is said of them."""
    add(books, "我")

    with pytest.raises(Misfit) as error:
        add(books, "我", insurance="resident")

    assert misfit(error) == "person.exists"
    assert books.head.seq == 1


@pytest.mark.parametrize("insurance", ["resident", "none"])
def test_only_employee_insurance_has_an_account(books: Books, insurance: str) -> None:
    """Balances of anybody else are refused, at zero too."""
    with pytest.raises(Misfit) as error:
        add(books, "妈妈", 0, insurance=insurance)

    assert misfit(error) == "person.no-account"
    assert books.head.seq == 0


def test_setting_keeps_what_is_not_named(books: Books) -> None:
    """One attribute changes, one pool moves, the rest stays."""
    add(books, "我", 5000, 20000, tier="1")

    write(books, set_person(books, "我", {"status": "arrears"}, Balances(current=4000), DAY))

    known = person_of(books, "我")
    assert (known["status"], known["tier"], known["area"]) == ("arrears", "1", WUHAN)
    assert holdings(books) == {"我:current": 4000, "我:carryover": 20000}


def test_setting_the_whole_gathers_both_pools(books: Books) -> None:
    """A new whole replaces both pools, and the split is forgotten."""
    add(books, "我", 5000, 20000)

    write(books, set_person(books, "我", {}, Balances(whole=9000), DAY))

    assert holdings(books) == {"我:current": 9000}
    assert holder_facts(books, "我", "妈妈", DAY, None).carryover is None


def test_setting_the_same_moves_no_money(books: Books) -> None:
    """A record without postings is written: somebody said so that day."""
    add(books, "我", 5000, 20000)

    record = write(books, set_person(books, "我", {}, Balances(current=5000), DAY))

    assert record.postings == ()


def test_nobody_else_can_be_set_or_removed(books: Books) -> None:
    """Whoever is not in the household is told as unknown by every act."""
    with pytest.raises(Misfit) as when_set:
        set_person(books, "谁", {}, NOTHING, DAY)
    with pytest.raises(Misfit) as when_removed:
        remove_person(books, "谁", DAY)
    with pytest.raises(Misfit) as when_credited:
        credit(books, "谁", 100, "current", DAY)

    assert {misfit(error) for error in (when_set, when_removed, when_credited)} == {
        "person.unknown"
    }


@pytest.mark.parametrize("name", ["我", "妈妈"])
def test_who_is_bound_stays(books: Books, name: str) -> None:
    """Neither side of an open binding can be taken out."""
    add(books, "我", 100)
    add(books, "妈妈", insurance="resident")
    join(books, rules_of(""), "我", "妈妈")

    with pytest.raises(Misfit) as error:
        remove_person(books, name, DAY)

    assert misfit(error) == "person.bound"


def test_who_is_removed_takes_the_money_along_and_leaves_the_name(books: Books) -> None:
    """Nobody else can be called so: old payments and bindings stand under the name."""
    add(books, "我", 100, 20)
    write(books, remove_person(books, "我", DAY))

    with pytest.raises(Misfit) as error:
        add_person(books, "我", {"area": WUHAN, "insurance": "none"}, NOTHING, DAY)

    assert misfit(error) == "person.was-there"
    assert set(books.balances("我:").values()) == {0}


def test_who_has_set_money_aside_is_not_removed(books: Books) -> None:
    """It would be nobody's."""
    add(books, "我", 100)
    write(books, transferred("我", "妈妈", 100))

    with pytest.raises(Misfit) as error:
        remove_person(books, "我", DAY)

    assert misfit(error) == "person.owed"


def transferred(holder: str, beneficiary: str, fen: int) -> Plan:
    postings = (
        Posting(f"{holder}:current", -fen),
        Posting(f"{holder}:pending:{beneficiary}", fen),
    )
    return Plan(Draft("transfer", DAY, {"holder": holder, "beneficiary": beneficiary}, postings))


def test_a_holder_who_was_removed_is_not_asked_for_an_earlier_day(books: Books) -> None:
    """A late bill is paid by who is still there."""
    rules = rules_of("[[limits]]\nfrom = 2020-01-01\nholders = 'unlimited'\n")
    for name in ("大哥", "二姐"):
        add(books, name, 100)
    add(books, "妈妈", insurance="resident")
    for name in ("大哥", "二姐"):
        join(books, rules, name, "妈妈")
    write(books, unbind(books, rules, "大哥", "妈妈", LATER))
    write(books, remove_person(books, "大哥", LATER))

    assert split(pay(books, rules, "妈妈", 50)) == {"二姐": 50}


@pytest.mark.parametrize(
    ("born", "age"),
    [("2000-06-01", 25), ("2000-06-02", 24), ("1996-02-29", 29), (None, None)],
)
def test_age_is_in_full_years(books: Books, born: str | None, age: int | None) -> None:
    """The birthday itself counts."""
    add(books, "我", 100)
    add(books, "妈妈", insurance="resident", born=born)

    assert beneficiary_facts(books, "妈妈", "我", DAY, {}).age == age


@pytest.mark.parametrize(("on", "age"), [("2025-02-28", 28), ("2025-03-01", 29)])
def test_a_leap_day_birthday_is_on_the_first_of_march(books: Books, on: str, age: int) -> None:
    """In a year without 29 February the next day counts."""
    add(books, "我", 100)
    add(books, "妈妈", insurance="resident", born="1996-02-29")

    day = DAY.fromisoformat(on)
    assert beneficiary_facts(books, "妈妈", "我", day, {}).age == age


@pytest.mark.parametrize("pool", ["current", "carryover"])
def test_a_credit_comes_into_its_pool(books: Books, pool: str) -> None:
    """And into no other."""
    add(books, "我", 5000, 20000)
    before = holdings(books)

    write(books, credit(books, "我", 1234, pool, DAY))

    assert holdings(books) == {**before, f"我:{pool}": before[f"我:{pool}"] + 1234}


def test_a_credit_needs_an_account_and_an_amount(books: Books) -> None:
    """Resident insurance has no account; nothing is no credit."""
    add(books, "我", 5000)
    add(books, "妈妈", insurance="resident")

    with pytest.raises(Misfit) as without_account:
        credit(books, "妈妈", 100, "current", DAY)
    with pytest.raises(Misfit) as without_amount:
        credit(books, "我", 0, "current", DAY)

    assert misfit(without_account) == "person.no-account"
    assert misfit(without_amount) == "amount.zero"

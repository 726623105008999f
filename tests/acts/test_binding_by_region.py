"""What the shipped rules of single regions make of a binding: each after its own clause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongji.acts.bind import unbind
from gongji.acts.ending import ended_bindings
from gongji.acts.outcome import Refused
from gongji.acts.people import Balances, set_person
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from gongji.policy.reading import load, shipped_rules
from tests.acts.household import add, amiss, join, move, pay, settle, split, write

DAY = date(2025, 6, 2)
MORROW = DAY + timedelta(days=1)
HENAN, GUANGZHOU, SHENZHEN, DALIAN = "410100", "440100", "440300", "210200"
SHANXI, JIANGXI, LANZHOU, SHANGHAI = "140100", "360900", "620100", "310000"
SUZHOU, JINAN, HUNAN = "320500", "370100", "430100"


@pytest.fixture(scope="module")
def rules() -> Pack:
    return load([shipped_rules()])


def household(books: Books, area: str, *relatives: str) -> Books:
    """Put a holder with money and relatives without an account into the books."""
    add(books, "我", 60000, 60000, area=area, type="employed", tier="1")
    for name in relatives:
        add(books, name, insurance="resident", area=area, born="1960-05-01")
    return books


def refused(books: Books, rules: Pack, beneficiary: str, relation: str, **wish: Any) -> set[str]:
    with pytest.raises(Refused) as error:
        join(books, rules, "我", beneficiary, relation, **{"on": DAY, **wish})
    return amiss(error.value)


def change(books: Books, rules: Pack, name: str, on: date, **changes: str) -> Record:
    def ended() -> Any:
        return ended_bindings(books, rules, name, on)

    return write(books, set_person(books, name, changes, Balances(), on, ended))


def test_in_henan_it_takes_two_hours(books: Books, rules: Pack) -> None:
    household(books, HENAN, "妈妈")
    join(books, rules, "我", "妈妈", on=DAY, at="09:00")

    with pytest.raises(Refused) as error:
        pay(books, rules, "妈妈", 100, on=DAY, at="10:00")

    assert amiss(error.value) == {"binding.not-yet"}
    assert split(pay(books, rules, "妈妈", 100, on=DAY, at="11:00")) == {"我": 100}


@pytest.mark.parametrize("area", [GUANGZHOU, DALIAN])
def test_where_a_day_of_review_is_told_it_is_in_force_on_the_next(
    books: Books, rules: Pack, area: str
) -> None:
    household(books, area, "妈妈")
    join(books, rules, "我", "妈妈", on=DAY)

    with pytest.raises(Refused) as error:
        pay(books, rules, "妈妈", 100, on=DAY)

    assert amiss(error.value) == {"binding.not-yet"}
    assert split(pay(books, rules, "妈妈", 100, on=MORROW)) == {"我": 100}


def test_in_shenzhen_a_binding_since_2025_lasts_five_years(books: Books, rules: Pack) -> None:
    """One of the year before has no term that anybody told."""
    household(books, SHENZHEN, "妈妈", "爸爸")

    before = join(books, rules, "我", "爸爸", on=date(2024, 12, 31))
    since = join(books, rules, "我", "妈妈", on=date(2025, 1, 1))

    assert "until" not in before.fields
    assert since.fields["until"] == "2030-01-01"
    assert "440300/binding/2025-01-01" in since.fields["decision"]["clauses"]
    (record,) = [one for one in settle(books, rules, date(2030, 1, 2)) if one.do == "unbind"]
    assert (record.on, record.fields["beneficiary"]) == (date(2030, 1, 2), "妈妈")


def test_in_guangdong_the_relation_is_shown_by_documents(books: Books, rules: Pack) -> None:
    household(books, GUANGZHOU, "妈妈")

    reasons = refused(books, rules, "妈妈", "parent", evidence="commitment")
    join(books, rules, "我", "妈妈", on=DAY, evidence="documents")

    assert reasons == {"binding.proof-missing"}


def test_in_dalian_a_spouse_is_shown_by_documents_and_a_parent_by_nothing(
    books: Books, rules: Pack
) -> None:
    household(books, DALIAN, "妈妈", "爱人")

    reasons = refused(books, rules, "爱人", "spouse", evidence="none")
    join(books, rules, "我", "妈妈", on=DAY, evidence="none")

    assert reasons == {"binding.proof-missing"}


def test_in_shanghai_each_switch_is_chosen(books: Books, rules: Pack) -> None:
    """Elsewhere there is none."""
    household(books, SHANGHAI, "妈妈")
    join(books, rules, "我", "妈妈", on=DAY, switches=frozenset({"premium"}))

    with pytest.raises(Refused) as error:
        pay(books, rules, "妈妈", 100, "outpatient", on=DAY)

    assert "binding.switched-off" in amiss(error.value)


def test_in_suzhou_the_spouse_agrees_in_person(books: Books, rules: Pack) -> None:
    """A parent need not."""
    household(books, SUZHOU, "爱人", "妈妈")

    reasons = refused(books, rules, "爱人", "spouse", accepted=False)
    join(books, rules, "我", "妈妈", on=DAY, accepted=False)

    assert reasons == {"consent.withheld"}


@pytest.mark.parametrize(
    ("area", "relatives", "reason"),
    [
        (DALIAN, (("爱人", "spouse"), ("前妻", "spouse")), "limit.fail"),
        (SUZHOU, (("妈妈", "parent"), ("爸爸", "parent"), ("继父", "parent")), "limit.fail"),
    ],
)
def test_where_places_go_by_relation_one_that_ends_frees_its_own(
    books: Books, rules: Pack, area: str, relatives: tuple[tuple[str, str], ...], reason: str
) -> None:
    """Bound, refused, unbound, bound: and the first again takes another's place."""
    household(books, area, *(name for name, _relation in relatives))
    *first, (last, relation) = relatives
    for name, other in first:
        join(books, rules, "我", name, other, on=DAY)

    assert refused(books, rules, last, relation) == {reason}
    write(books, unbind(books, rules, "我", first[0][0], MORROW))
    join(books, rules, "我", last, relation, on=MORROW)
    assert refused(books, rules, first[0][0], relation, on=MORROW) == {reason}


def test_in_hunan_places_ever_taken_go_by_person(books: Books, rules: Pack) -> None:
    """Twenty: bound again takes none, and an end frees none."""
    names = [f"亲{number}" for number in range(21)]
    household(books, HUNAN, *names)
    for name in (*names[:20], names[0]):
        join(books, rules, "我", name, "sibling", on=DAY)
        write(books, unbind(books, rules, "我", name, DAY))

    assert refused(books, rules, names[20], "sibling") == {"limit.fail"}
    join(books, rules, "我", names[1], "sibling", on=DAY)


def test_in_jinan_who_changes_parts_unbinds_first(books: Books, rules: Pack) -> None:
    household(books, JINAN, "妈妈")
    add(books, "哥哥", 10000, 0, area=JINAN)
    join(books, rules, "我", "妈妈", on=DAY)

    with pytest.raises(Refused) as error:
        join(books, rules, "哥哥", "我", "spouse", on=DAY)
    write(books, unbind(books, rules, "我", "妈妈", MORROW))
    join(books, rules, "哥哥", "我", "spouse", on=MORROW)

    assert amiss(error.value) == {"roles.both"}


@pytest.mark.parametrize("name", ["我", "妈妈"])
@pytest.mark.parametrize(
    ("area", "status", "ends"),
    [
        (JIANGXI, "suspended", True),
        (JIANGXI, "ended", True),
        (SHANXI, "suspended", False),
        (SHANXI, "ended", True),
        (GUANGZHOU, "ended", False),
    ],
)
def test_an_insurance_ends_the_bindings_of_its_region(
    books: Books, rules: Pack, area: str, status: str, ends: bool, name: str
) -> None:
    """Of either side: in Jiangxi where it is suspended too, in Guangdong nobody says so."""
    household(books, area, "妈妈")
    join(books, rules, "我", "妈妈", on=DAY)

    record = change(books, rules, name, MORROW, status=status)

    assert ("ends" in record.fields) is ends


def test_a_quota_ends_with_a_move_since_the_notice(books: Books, rules: Pack) -> None:
    """Of 2026-01-09, for the whole nation; the cited clause is the nation's."""
    household(books, GUANGZHOU, "妈妈")
    sure = frozenset({"mechanism-live", "holder-insurance", "beneficiary-insurance"})
    on = date(2026, 1, 9)
    join(books, rules, "我", "妈妈", on=on, mechanism="wallet_quota", assume=sure)

    record = change(books, rules, "妈妈", on, area=SHENZHEN)

    assert record.fields["ends"] == [["我", "妈妈"]]
    assert record.fields["clauses"] == ["000000/binding/2026-01-09"]


def test_in_lanzhou_the_pool_ends_with_its_last_member(books: Books, rules: Pack) -> None:
    """What is left goes back to who created it, and not before."""
    household(books, LANZHOU, "妈妈", "爸爸")
    for name in ("妈妈", "爸爸"):
        join(books, rules, "我", name, on=DAY)
    move(books, rules, "我", 30000, on=DAY)

    write(books, unbind(books, rules, "我", "妈妈", MORROW))
    left = books.balance("我:pool:我")
    write(books, unbind(books, rules, "我", "爸爸", MORROW))

    assert (left, books.balance("我:pool:我")) == (30000, 0)


@pytest.mark.parametrize(
    ("area", "by", "reasons"),
    [(JIANGXI, "beneficiary", None), (SHANXI, "beneficiary", {"binding.holder-ends"})],
)
def test_who_may_end_it_is_the_regions_own(
    books: Books, rules: Pack, area: str, by: str, reasons: set[str] | None
) -> None:
    household(books, area, "妈妈")
    join(books, rules, "我", "妈妈", on=DAY)

    if reasons is None:
        assert write(books, unbind(books, rules, "我", "妈妈", MORROW, by)).fields["by"] == by
    else:
        with pytest.raises(Refused) as error:
            unbind(books, rules, "我", "妈妈", MORROW, by)
        assert amiss(error.value) == reasons

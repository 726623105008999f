from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongji.acts.bind import Wish, bind, unbind
from gongji.acts.facts import beneficiary_facts, holder_facts
from gongji.acts.outcome import Misfit, Refused
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from tests.acts.household import DAY, add, join, pay, write
from tests.engine.cases import rules_of

OPEN = rules_of("")
TWO_AT_ONCE = rules_of("[[limits]]\nfrom = 2020-01-01\nbeneficiaries = 2\n")
UNLIMITED = rules_of(
    "[[limits]]\nfrom = 2020-01-01\nbeneficiaries = 'unlimited'\nholders = 'unlimited'\n"
)
MORROW = DAY + timedelta(days=1)


@pytest.fixture
def family(books: Books) -> Books:
    """Two holders, a mother, a father and a sister."""
    add(books, "我", 10000)
    add(books, "哥哥", 10000)
    for name in ("妈妈", "爸爸", "妹妹"):
        add(books, name, insurance="resident")
    return books


def test_a_binding_keeps_what_was_wished_and_why(family: Books) -> None:
    """The record holds the caps, the mechanism that the rules chose, and the clauses."""
    record = join(family, OPEN, "我", "妈妈", cap_per_payment_fen=5000, priority=2)

    kept = {key: record.fields[key] for key in ("cap_per_payment", "authorised", "priority")}
    assert kept == {"cap_per_payment": "50.00", "authorised": None, "priority": 2}
    assert record.fields["mechanism"] == "authorisation"
    assert "420000/relatives/2020-01-01" in record.fields["decision"]["clauses"]
    assert record.fields["rules"] == OPEN.digest
    assert record.postings == ()


def test_nobody_is_bound_to_themselves(family: Books) -> None:
    """Not even where the rules know a relation `self`."""
    with pytest.raises(Misfit) as error:
        bind(family, OPEN, Wish("我", "我", "self", DAY))

    assert error.value.code == "bind.self"


@pytest.mark.parametrize(("holder", "beneficiary"), [("谁", "妈妈"), ("我", "谁")])
def test_both_must_be_in_the_household(family: Books, holder: str, beneficiary: str) -> None:
    """Whichever side is not, is named."""
    with pytest.raises(Misfit) as error:
        bind(family, OPEN, Wish(holder, beneficiary, "parent", DAY))

    assert (error.value.code, error.value.values) == ("person.unknown", {"name": "谁"})


def test_a_pair_is_bound_once_in_each_direction(family: Books) -> None:
    """The second time is a misfit; the other direction is another binding."""
    join(family, OPEN, "我", "哥哥", "spouse")

    with pytest.raises(Misfit) as error:
        bind(family, OPEN, Wish("我", "哥哥", "spouse", MORROW))
    join(family, OPEN, "哥哥", "我", "spouse")

    assert error.value.code == "bind.exists"


def test_a_no_of_the_rules_is_refused(family: Books) -> None:
    """The refusal carries the decision behind it, and nothing is written."""
    before = family.head

    with pytest.raises(Refused) as error:
        bind(family, OPEN, Wish("我", "妹妹", "sibling", DAY))

    assert (error.value.code, error.value.verdict) == ("bind.refused", Verdict.INELIGIBLE)
    assert [one.holder for one in error.value.asked] == ["我"]
    assert family.head == before


def test_a_pair_is_not_bound_before_the_day_of_its_open_binding(family: Books) -> None:
    """Otherwise two bindings of one pair would be in force at once."""
    join(family, OPEN, "我", "妈妈", on=MORROW)

    with pytest.raises(Misfit) as error:
        bind(family, OPEN, Wish("我", "妈妈", "parent", DAY))

    assert error.value.code == "bind.exists"


def test_an_unknown_is_refused_unless_assumed(family: Books) -> None:
    """`assume` goes on as if the check had passed, and the record says so."""
    silent = rules_of("", base="[[mechanism]]\nfrom = 2020-01-01\nauthorisation = 'live'\n")
    checks = ("holder-insurance", "beneficiary-insurance", "scope", "relation")

    with pytest.raises(Refused) as error:
        bind(family, silent, Wish("我", "妈妈", "parent", DAY))
    record = join(family, silent, "我", "妈妈", assume=frozenset(checks))

    assert error.value.verdict is Verdict.UNKNOWN
    assert {f"check:{check}" for check in checks} <= set(record.fields["decision"]["assumed"])


def test_the_limit_counts_the_books(family: Books) -> None:
    """The third relative is one too many; an unbound one frees the place."""
    join(family, TWO_AT_ONCE, "我", "妈妈")
    join(family, TWO_AT_ONCE, "我", "爸爸")

    with pytest.raises(Refused):
        bind(family, TWO_AT_ONCE, Wish("我", "妹妹", "child", MORROW))
    write(family, unbind(family, OPEN, "我", "爸爸", MORROW))
    join(family, TWO_AT_ONCE, "我", "妹妹", "child", on=MORROW)

    assert [each.beneficiary for each in family.bindings(holder="我")] == ["妈妈", "妹妹"]


def test_counts_leave_out_the_pair_asked_about(family: Books) -> None:
    """Who is bound already does not stand in their own way."""
    join(family, UNLIMITED, "我", "妈妈")
    join(family, UNLIMITED, "我", "爸爸")
    join(family, UNLIMITED, "哥哥", "妈妈")

    holder = holder_facts(family, "我", "妈妈", DAY, None)
    beneficiary = beneficiary_facts(family, "妈妈", "我", DAY, {})

    assert (holder.beneficiaries, holder.by_relation) == (1, {"parent": 1})
    assert (holder.beneficiaries_cumulative, holder.is_beneficiary) == (1, False)
    assert (beneficiary.holders, beneficiary.bound_before) == (1, True)


def test_who_was_once_bound_is_counted_for_ever(family: Books) -> None:
    """The cumulative count knows distinct persons, not bindings."""
    for day in (DAY, DAY + timedelta(days=2)):
        join(family, OPEN, "我", "爸爸", on=day)
        write(family, unbind(family, OPEN, "我", "爸爸", day + timedelta(days=1)))

    facts = holder_facts(family, "我", "妈妈", DAY + timedelta(days=9), None)

    assert (facts.beneficiaries, facts.beneficiaries_cumulative) == (0, 1)


def test_an_account_pays_from_the_binding_to_the_day_before_its_end(family: Books) -> None:
    """Bound on a day and unbound on the next: one day of use."""
    join(family, OPEN, "我", "妈妈")
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    assert pay(family, OPEN, "妈妈", 100, on=DAY).fields["cash"] == "0.00"
    for day in (DAY - timedelta(days=1), MORROW):
        with pytest.raises(Misfit) as error:
            pay(family, OPEN, "妈妈", 100, on=day)

        assert error.value.code == "pay.no-binding"


def test_only_a_binding_in_force_can_be_ended(family: Books) -> None:
    """Never bound, ended already and not yet bound are one and the same."""
    join(family, OPEN, "我", "爸爸")
    write(family, unbind(family, OPEN, "我", "爸爸", MORROW))
    join(family, OPEN, "哥哥", "妈妈", on=MORROW)
    never: tuple[tuple[str, str, Any], ...] = (
        ("我", "妈妈", DAY),
        ("我", "爸爸", MORROW),
        ("哥哥", "妈妈", DAY),
    )

    for holder, beneficiary, on in never:
        with pytest.raises(Misfit) as error:
            unbind(family, OPEN, holder, beneficiary, on)

        assert error.value.code == "binding.none"

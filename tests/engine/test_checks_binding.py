"""limit-beneficiaries, limit-holders, roles, consent, binding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gongji.engine.decide import decide
from gongji.engine.facts import BindingFacts
from tests.engine.cases import TODAY, decision, found, request, rules_of, told

TOTAL = "[[limits]]\nbeneficiaries = 3\n"
EACH = "[[limits]]\nbeneficiaries = { total = 6, each = { parent = 2 } }\n"
EVER = "[[limits]]\nbeneficiaries = { cumulative = 20 }\n"
NONE = '[[limits]]\nbeneficiaries = "unlimited"\n'
SOME = "[[limits]]\nbeneficiaries = { at_least = 2 }\n"
NOT_FOUND = '[[limits]]\nunknown = ["beneficiaries", "holders"]\n'

ABSENT = "assumed=holder.beneficiaries"
BY_RELATION = "assumed=holder.beneficiaries,holder.by_relation"
CUMULATIVE = "assumed=holder.beneficiaries_cumulative"


@pytest.mark.parametrize(
    ("rules", "holder", "expected"),
    [
        (TOTAL, {}, f"pass limit.pass {ABSENT}"),
        (TOTAL, {"beneficiaries": 0}, "pass limit.pass"),
        (TOTAL, {"beneficiaries": 2}, "pass limit.pass"),
        (TOTAL, {"beneficiaries": 3}, "fail limit.fail"),
        (EACH, {}, f"pass limit.pass {BY_RELATION}"),
        (EACH, {"beneficiaries": 5, "by_relation": {"parent": 1}}, "pass limit.pass"),
        (EACH, {"beneficiaries": 2, "by_relation": {"parent": 2}}, "fail limit.fail"),
        (EACH, {"beneficiaries": 6, "by_relation": {"parent": 0}}, "fail limit.fail"),
        (EACH, {"beneficiaries": 5, "by_relation": {"child": 5}}, "pass limit.pass"),
        (EVER, {"beneficiaries_cumulative": 19}, "pass limit.pass"),
        (EVER, {"beneficiaries_cumulative": 20}, "fail limit.fail"),
        (EVER, {}, f"pass limit.pass {CUMULATIVE}"),
        (NONE, {"beneficiaries": 99}, "pass limit.none"),
        (SOME, {"beneficiaries": 1}, "pass limit.at-least"),
        (SOME, {"beneficiaries": 2}, "unknown limit.more-not-known"),
        (SOME, {}, f"pass limit.at-least {ABSENT}"),
        ("", {"beneficiaries": 0}, "pass limit.not-ruled"),
        ("", {}, "pass limit.not-ruled"),
        ("", {"beneficiaries": 1}, "unknown limit.not-known"),
        (NOT_FOUND, {"beneficiaries": 0}, "pass limit.not-ruled"),
        (NOT_FOUND, {"beneficiaries": 1}, "unknown limit.not-known"),
    ],
)
def test_limit_beneficiaries(rules: str, holder: dict[str, Any], expected: str) -> None:
    """At once, by relation, and ever: one more must fit into each; counts exclude this pair."""
    assert told(found("limit-beneficiaries", decision(rules, {"holder": holder}))) == expected


def test_one_bound_before_takes_no_new_place_among_the_persons_ever_bound() -> None:
    """The cumulative limit counts distinct persons."""
    facts = {"holder": {"beneficiaries_cumulative": 20, "beneficiaries": 0}}

    again = {**facts, "beneficiary": {"bound_before": True}}
    assert found("limit-beneficiaries", decision(EVER, facts)).outcome == "fail"
    assert found("limit-beneficiaries", decision(EVER, again)).outcome == "pass"


@pytest.mark.parametrize(
    ("rules", "holders", "expected"),
    [
        ("[[limits]]\nholders = 2\n", 1, "pass limit.pass"),
        ("[[limits]]\nholders = 2\n", 2, "fail limit.fail"),
        ("[[limits]]\nholders = 2\n", None, "pass limit.pass assumed=beneficiary.holders"),
        ('[[limits]]\nholders = "unlimited"\n', 7, "pass limit.none"),
        ("[[limits]]\nholders = { at_least = 2 }\n", 1, "pass limit.at-least"),
        ("[[limits]]\nholders = { at_least = 2 }\n", 2, "unknown limit.more-not-known"),
        ("", 0, "pass limit.not-ruled"),
        ("", 1, "unknown limit.not-known"),
        (NOT_FOUND, 1, "unknown limit.not-known"),
    ],
)
def test_limit_holders(rules: str, holders: int | None, expected: str) -> None:
    """How many holders the relative may have; one more must fit."""
    facts = {"beneficiary": {"holders": holders}}

    assert told(found("limit-holders", decision(rules, facts))) == expected


EXCLUSIVE = "[[roles]]\nexclusive = true\n"


@pytest.mark.parametrize(
    ("rules", "holder", "beneficiary", "expected"),
    [
        (EXCLUSIVE, False, False, "pass roles.one"),
        (EXCLUSIVE, True, False, "fail roles.both"),
        (EXCLUSIVE, False, True, "fail roles.both"),
        (EXCLUSIVE, None, True, "fail roles.both"),
        (
            EXCLUSIVE,
            None,
            None,
            "pass roles.one assumed=holder.is_beneficiary,beneficiary.is_holder",
        ),
        ("[[roles]]\nexclusive = false\n", True, True, "pass roles.free"),
        ("", True, True, "pass roles.not-ruled"),
    ],
)
def test_roles(rules: str, holder: bool | None, beneficiary: bool | None, expected: str) -> None:
    """Where the parts exclude each other nobody plays both."""
    facts = {"holder": {"is_beneficiary": holder}, "beneficiary": {"is_holder": beneficiary}}

    assert told(found("roles", decision(rules, facts))) == expected


FROM_18 = "[[consent]]\nfrom_age = 18\n"
ALWAYS = "[[consent]]\nfrom_age = 0\n"


@pytest.mark.parametrize(
    ("rules", "beneficiary", "expected"),
    [
        (FROM_18, {"accepted": True}, "pass consent.given"),
        (FROM_18, {}, "pass consent.given assumed=beneficiary.accepted"),
        (FROM_18, {"accepted": False, "age": 17}, "pass consent.not-needed"),
        (FROM_18, {"accepted": False, "age": 18}, "fail consent.withheld"),
        (FROM_18, {"accepted": False}, "unknown consent.age-not-known missing=beneficiary.age"),
        (ALWAYS, {"accepted": False}, "fail consent.withheld"),
        ("", {"accepted": False, "age": 40}, "pass consent.not-ruled"),
    ],
)
def test_consent(rules: str, beneficiary: dict[str, Any], expected: str) -> None:
    """From the age that the rule names the relative agrees in person."""
    assert told(found("consent", decision(rules, {"beneficiary": beneficiary}))) == expected


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (True, "pass binding.exists"),
        (False, "fail binding.none"),
        (None, "pass binding.could-be assumed=bound"),
    ],
)
def test_binding(bound: bool | None, expected: str) -> None:
    """Money due now needs a binding; one not spoken of is taken as one that could be made."""
    assert told(found("binding", decision("", {"bound": bound}))) == expected


def of_binding(
    rules: str, known: BindingFacts, action: str = "use", on: date = TODAY, **facts: Any
) -> str:
    """What the check finds of a binding of which the books tell, or of one that is wished."""
    asked = replace(request({"bound": True, **facts}), action=action, on=on, binding=known)
    return told(found("binding", decide(asked, rules_of(rules))))


NOON = datetime(2025, 6, 1, 12)
MORROW = datetime(2025, 6, 2)
SINCE_MIDNIGHT = BindingFacts(maybe_from=datetime(2025, 6, 1, 2), effective=MORROW)


@pytest.mark.parametrize(
    ("on", "at", "expected"),
    [
        (date(2025, 5, 31), None, "fail binding.not-yet"),
        (date(2025, 6, 1), "11:59", "fail binding.not-yet"),
        (date(2025, 6, 1), "12:00", "pass binding.exists"),
        (date(2025, 6, 1), None, "unknown binding.maybe-not-yet missing=at"),
        (date(2025, 6, 2), None, "pass binding.exists"),
    ],
)
def test_a_binding_pays_from_the_moment_on_which_it_is_in_force(
    on: date, at: str | None, expected: str
) -> None:
    """On that day alone the hour decides, and not told it is not known."""
    assert of_binding("", BindingFacts(effective=NOON), on=on, at=at) == expected


@pytest.mark.parametrize(
    ("on", "at", "expected"),
    [
        (date(2025, 6, 1), "01:59", "fail binding.not-yet"),
        (date(2025, 6, 1), "02:00", "unknown binding.maybe-not-yet"),
        (date(2025, 6, 1), "23:59", "unknown binding.maybe-not-yet"),
        (date(2025, 6, 1), None, "unknown binding.maybe-not-yet missing=at"),
        (date(2025, 6, 2), None, "pass binding.exists"),
    ],
)
def test_a_binding_of_an_hour_that_nobody_told_may_be_in_force_on_its_day(
    on: date, at: str | None, expected: str
) -> None:
    """Two hours after midnight at the earliest; on the day after it is."""
    assert of_binding("", SINCE_MIDNIGHT, on=on, at=at) == expected


@pytest.mark.parametrize(
    ("at", "told_moment"), [("01:00", "2025-06-01 02:00"), ("03:00", "2025-06-02")]
)
def test_the_moment_told_is_the_first_possible_or_the_sure_one(at: str, told_moment: str) -> None:
    """Before which it is not, or from which on it is."""
    asked = replace(request({"bound": True, "at": at}), binding=SINCE_MIDNIGHT)

    check = found("binding", decide(asked, rules_of("")))

    assert check.values == {"effective": told_moment}


@pytest.mark.parametrize(
    ("on", "expected"), [(TODAY, "pass binding.exists"), (MORROW.date(), "fail binding.over")]
)
def test_the_last_day_of_a_term_belongs_to_it(on: date, expected: str) -> None:
    """On the day after it pays no more."""
    assert of_binding("", BindingFacts(until=TODAY), on=on) == expected


@pytest.mark.parametrize(
    ("switches", "purpose", "expected"),
    [
        ({"pay"}, "pharmacy", "pass binding.exists"),
        ({"pay"}, "resident_premium", "fail binding.switched-off"),
        ({"premium"}, "resident_premium", "pass binding.exists"),
        ({"premium"}, "pharmacy", "fail binding.switched-off"),
        ({"pay", "premium"}, "resident_premium", "pass binding.exists"),
        (None, "resident_premium", "pass binding.exists"),
    ],
)
def test_each_switch_is_for_its_own_purposes(
    switches: set[str] | None, purpose: str, expected: str
) -> None:
    """One for bills, one for premiums; where none was named, all are on."""
    known = BindingFacts(switches=None if switches is None else frozenset(switches))

    assert of_binding('[[binding]]\nswitches = ["pay", "premium"]\n', known, purpose=purpose) == (
        expected
    )


def test_what_a_binding_became_is_cited_from_the_rules_of_its_day() -> None:
    """Not from those of the day of payment, which may be others by then."""
    rules = (
        "[[binding]]\nfrom = 2020-01-01\nuntil = 2024-12-31\nterm_years = 1\n"
        "[[binding]]\nfrom = 2025-01-01\nterm_years = 9\n"
    )
    since = date(2024, 3, 1)
    known = BindingFacts(since=since, until=date(2025, 3, 1))
    asked = replace(request({"bound": True}), binding=known)

    (ruling,) = found("binding", decide(asked, rules_of(rules))).rulings

    assert (ruling.value, [clause.id for clause in ruling.clauses]) == (
        1,
        ["420000/binding/2020-01-01"],
    )


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("use", "fail binding.over"),
        ("transfer", "fail binding.over"),
        ("claim", "fail binding.over"),
    ],
)
def test_money_moved_by_a_binding_that_the_books_know_asks_whether_it_is_in_force(
    action: str, expected: str
) -> None:
    """Whatever is done with it."""
    known = BindingFacts(until=TODAY - timedelta(days=1))

    assert of_binding("", known, action, mechanism="authorisation") == expected


def test_who_asks_beforehand_is_told_no_more_than_that_it_can_be_made() -> None:
    """Without a wish of one's own, no clause on bindings bears on the answer."""
    rules = '[[binding]]\nproof = "documents"\nterm = "open"\nstarted_by = "holder"\n'

    check = found("binding", decision(rules, {"action": "bind"}))

    assert (told(check), check.rulings) == ("pass binding.can-be-made", ())


MADE = "pass binding.can-be-made"
LACKING = "fail binding.proof-missing"


@pytest.mark.parametrize(
    ("proof", "evidence", "expected"),
    [
        ("none", "none", MADE),
        ("commitment", "none", LACKING),
        ("commitment", "commitment", MADE),
        ("commitment", "documents", MADE),
        ("documents", "commitment", LACKING),
        ("documents", "documents", MADE),
        ("commitment_or_documents", "none", LACKING),
        ("commitment_or_documents", "commitment", MADE),
        ("documents", None, MADE),
    ],
)
def test_the_relation_is_shown_as_the_rule_asks(
    proof: str, evidence: str | None, expected: str
) -> None:
    """Documents are enough wherever a commitment is; what is not told is taken as given."""
    rules = f'[[binding]]\nproof = "{proof}"\n'

    assert of_binding(rules, BindingFacts(evidence=evidence), "bind") == expected


@pytest.mark.parametrize(
    ("rules", "by", "expected"),
    [
        ('started_by = "holder"', "holder", MADE),
        ('started_by = "holder"', "beneficiary", "fail binding.holder-starts"),
        ('started_by = "either"', "beneficiary", MADE),
        ("", "beneficiary", "unknown binding.starter-not-known"),
        ("", "holder", MADE),
    ],
)
def test_the_relative_starts_it_only_where_the_rules_say_so(
    rules: str, by: str, expected: str
) -> None:
    """The holder always may."""
    clause = f"[[binding]]\n{rules}\n" if rules else ""

    assert of_binding(clause, BindingFacts(by=by), "bind") == expected


@pytest.mark.parametrize(
    ("rules", "by", "expected"),
    [
        ('ended_by = "holder"', "beneficiary", "fail binding.holder-ends"),
        ('ended_by = "either"', "beneficiary", "pass binding.can-be-ended"),
        ('ended_by = "holder"', "holder", "pass binding.can-be-ended"),
        ("", "beneficiary", "unknown binding.ender-not-known"),
        ("", None, "pass binding.can-be-ended"),
    ],
)
def test_the_relative_ends_it_only_where_the_rules_say_so(
    rules: str, by: str | None, expected: str
) -> None:
    """The holder always may, and nothing else is asked of an end."""
    clause = f"[[binding]]\n{rules}\n" if rules else ""

    assert of_binding(clause, BindingFacts(by=by), "unbind") == expected


@pytest.mark.parametrize(
    ("rules", "until", "expected"),
    [
        ('term = "open"', TODAY, "fail binding.no-term"),
        ('term = "chosen"', TODAY, MADE),
        ('term = "chosen_optional_end"', TODAY, MADE),
        ("", TODAY, MADE),
        ("term_years = 5", date(2030, 6, 1), MADE),
        ("term_years = 5", date(2030, 6, 2), "fail binding.term-too-long"),
    ],
)
def test_an_end_is_chosen_within_what_the_rules_offer(
    rules: str, until: date, expected: str
) -> None:
    """Where a binding is open-ended none can be chosen."""
    clause = f"[[binding]]\n{rules}\n" if rules else ""

    assert of_binding(clause, BindingFacts(until=until), "bind") == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ('[[binding]]\nswitches = ["pay", "premium"]\n', MADE),
        ('[[binding]]\nswitches = ["pay"]\n', "fail binding.no-switches"),
        ("", "fail binding.no-switches"),
    ],
)
def test_a_switch_must_exist_to_be_set(rules: str, expected: str) -> None:
    """Where no clause knows it, nobody can."""
    assert of_binding(rules, BindingFacts(switches=frozenset({"premium"})), "bind") == expected


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (TODAY - timedelta(days=30), MADE),
        (TODAY - timedelta(days=29), "fail binding.too-soon"),
        (None, MADE),
    ],
)
def test_the_two_wait_before_they_bind_again(ended: date | None, expected: str) -> None:
    """From the first day without the earlier binding."""
    rules = "[[binding]]\nrebind_wait_days = 30\n"

    assert of_binding(rules, BindingFacts(last_ended=ended), "bind") == expected


def test_what_no_clause_settles_of_a_wish_is_in_doubt() -> None:
    """It passes, and the ruling that knows nothing shows as a doubt."""
    wish = BindingFacts(evidence="commitment", last_ended=TODAY)
    asked = replace(request({}), action="bind", binding=wish)

    check = found("binding", decide(asked, rules_of("")))

    assert (told(check), [ruling.known for ruling in check.rulings]) == (MADE, [False, False])


def test_one_fail_stands_before_an_unknown() -> None:
    """Of several wishes the one that is refused is told."""
    wish = BindingFacts(by="beneficiary", switches=frozenset({"pay"}))

    assert of_binding("", wish, "bind") == "fail binding.no-switches"

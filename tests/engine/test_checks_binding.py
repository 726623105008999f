"""limit-beneficiaries, limit-holders, roles, consent, binding."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.cases import decision, found, told

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

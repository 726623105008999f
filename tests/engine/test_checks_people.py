"""holder-insurance, beneficiary-insurance, holder-status, beneficiary-status, relation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gongji.engine.decide import decide
from tests.engine.cases import OPEN, decision, found, request, rules_of, told

SILENT = '[[mechanism]]\nauthorisation = "live"'
"""A province that says only that the mechanism is in use."""


@pytest.mark.parametrize(
    ("rules", "holder", "expected"),
    [
        pytest.param("", {}, "pass insurance.pass", id="employee"),
        pytest.param("", {"insurance": "resident"}, "fail insurance.fail", id="resident"),
        pytest.param("", {"insurance": "none"}, "fail insurance.fail", id="uninsured"),
        pytest.param("", {"tier": "pooled_only"}, "fail insurance.no-account", id="no-account"),
        pytest.param(
            '[[insurance]]\nholder_tier = ["1"]',
            {"tier": "1"},
            "pass insurance.tier-right",
            id="right-tier",
        ),
        pytest.param(
            '[[insurance]]\nholder_tier = ["1"]',
            {"tier": "2"},
            "fail insurance.tier-wrong",
            id="wrong-tier",
        ),
        pytest.param(
            '[[insurance]]\nholder_tier = ["1"]',
            {},
            "pass insurance.pass assumed=holder.tier",
            id="tier-not-said",
        ),
    ],
)
def test_holder_insurance(rules: str, holder: dict[str, Any], expected: str) -> None:
    """Only a scheme, and a tier, with a personal account can pay."""
    check = found("holder-insurance", decision(rules, {"holder": holder}))

    assert told(check) == expected


@pytest.mark.parametrize(
    ("insurance", "expected"),
    [
        ("resident", "pass insurance.pass"),
        ("employee", "pass insurance.pass"),
        ("none", "fail insurance.fail"),
    ],
)
def test_beneficiary_insurance(insurance: str, expected: str) -> None:
    """The relative must have a basic insurance that takes part."""
    check = found("beneficiary-insurance", decision("", {"beneficiary": {"insurance": insurance}}))

    assert told(check) == expected


@pytest.mark.parametrize("name", ["holder-insurance", "beneficiary-insurance"])
def test_an_insurance_of_which_no_clause_speaks_is_not_known(name: str) -> None:
    """Insurance is a permission: silence is unknown, and no fact would settle it."""
    check = found(name, decision("", {}, base=SILENT))

    assert told(check) == "unknown insurance.not-known"


def test_an_insurance_that_only_one_side_of_a_gap_admits_is_not_known() -> None:
    """In a gap, what only one neighbour allows is unknown."""
    gap = """
[[insurance]]
seen = 2024-12-31
beneficiary = ["employee"]
[[insurance]]
by = 2025-12-31
beneficiary = ["employee", "resident"]
"""
    base = OPEN.replace('beneficiary = ["employee", "resident"]\n', "")

    def outcome(insurance: str) -> str:
        facts = {"beneficiary": {"insurance": insurance}}
        return str(found("beneficiary-insurance", decision(gap, facts, base=base)).outcome)

    assert [outcome(word) for word in ("employee", "resident", "none")] == [
        "pass",
        "unknown",
        "fail",
    ]


STATUS = '[[status]]\nholder = ["active"]\nbeneficiary = ["active", "arrears"]\n'
EXCLUSION = '[[exclusion]]\nholder = ["retired_cadre"]\nbeneficiary = ["disabled_veteran"]\n'


@pytest.mark.parametrize("side", ["holder", "beneficiary"])
@pytest.mark.parametrize(
    ("rules", "facts", "expected"),
    [
        pytest.param(STATUS, {"status": "active"}, "pass status.pass", id="active"),
        pytest.param(STATUS, {"status": "ended"}, "fail status.fail", id="ended"),
        pytest.param(STATUS, {}, "pass status.pass assumed=SIDE.status", id="not-said"),
        pytest.param("", {"status": "ended"}, "pass status.not-ruled", id="not-ruled"),
        pytest.param(EXCLUSION, {"group": ["newborn"]}, "pass status.not-ruled", id="other-group"),
    ],
)
def test_status(side: str, rules: str, facts: dict[str, Any], expected: str) -> None:
    """A state that the rule does not name shuts out; where no rule names any, none does."""
    check = found(f"{side}-status", decision(rules, {side: facts}))

    assert told(check) == expected.replace("SIDE", side)


@pytest.mark.parametrize(
    ("side", "group"), [("holder", "retired_cadre"), ("beneficiary", "disabled_veteran")]
)
def test_a_group_that_takes_no_part_is_shut_out(side: str, group: str) -> None:
    """An exclusion holds for its own side, whatever the status."""
    facts = {side: {"group": [group], "status": "active"}}

    assert told(found(f"{side}-status", decision(EXCLUSION, facts))) == "fail status.group-excluded"
    other = "beneficiary" if side == "holder" else "holder"
    elsewhere = {other: {"group": [group]}}
    assert found(f"{other}-status", decision(EXCLUSION, elsewhere)).outcome == "pass"


STATUS_TO_BIND = '[[status]]\nwhen = { action = ["bind"] }\nholder = ["active"]\n'


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"bound": True}, "pass status.not-ruled"),
        ({}, "fail status.fail"),
        ({"action": "bind"}, "fail status.fail"),
    ],
)
def test_a_status_asked_for_at_binding_does_not_stop_use(
    facts: dict[str, Any], expected: str
) -> None:
    """A use that is not bound yet must also pass what binding asks for; a bound one need not."""
    check = found(
        "holder-status", decision(STATUS_TO_BIND, {**facts, "holder": {"status": "arrears"}})
    )

    assert told(check) == expected


def test_a_status_assumed_for_binding_alone_is_named() -> None:
    """Each default that mattered is named, also where only binding asks for the status."""
    check = found("holder-status", decision(STATUS_TO_BIND, {}))

    assert told(check) == "pass status.pass assumed=holder.status"
    assert check.rests_on_clause


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("parent", "pass relation.pass"),
        ("spouse", "pass relation.pass"),
        ("sibling", "fail relation.fail"),
    ],
)
def test_relation(relation: str, expected: str) -> None:
    """Who is not on the list may not be bound."""
    assert told(found("relation", decision("", {"relation": relation}))) == expected


def test_a_relation_of_which_no_clause_speaks_is_not_known() -> None:
    """Relation is a permission: silence is unknown."""
    assert told(found("relation", decision("", {}, base=SILENT))) == "unknown relation.not-known"


def test_the_ruling_behind_a_relation_says_its_clause_and_values() -> None:
    """A check gives the fact read, the value required and the clause."""
    check = found("relation", decision("", {"relation": "sibling"}))

    assert check.values == {"relation": "sibling", "relations": "child, parent, spouse"}
    assert [clause.id for clause in check.rulings[0].clauses] == ["420000/relatives/2020-01-01"]


NAMED = """
[[insurance]]
when = { mechanism = ["wallet_transfer"] }
holder = ["employee"]
beneficiary = ["employee", "resident"]
"""


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        ({"insurance": "resident"}, "pass insurance.pass"),
        ({"insurance": "employee", "tier": "pooled_only"}, "pass insurance.pass"),
        ({"insurance": "none"}, "fail insurance.fail"),
    ],
)
def test_whoever_may_receive_may_send_on(holder: dict[str, Any], expected: str) -> None:
    """A wallet has no account behind it; the insurance that a relative needs is enough."""
    facts = {"action": "transfer", "mechanism": "wallet_transfer", "holder": holder}
    base = OPEN + '[[mechanism]]\nwallet_transfer = "live"\n'

    answer = decide(replace(request(facts), from_wallet=True), rules_of(NAMED, base))

    assert told(found("holder-insurance", answer, "wallet_transfer")) == expected

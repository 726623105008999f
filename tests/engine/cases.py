"""Small questions for tests: an ordinary request, a province that permits it, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from gongji.engine.case import Check
from gongji.engine.decide import decide
from gongji.engine.decision import Decision
from gongji.engine.facts import Request
from gongji.engine.request import parse_request
from gongji.policy.pack import Pack
from tests.policy.packs import pack_of

TODAY = date(2025, 6, 1)
OPEN = """
[[mechanism]]
from = 2020-01-01
authorisation = "live"
[[relatives]]
from = 2020-01-01
include = ["spouse", "parent", "child"]
[[insurance]]
from = 2020-01-01
holder = ["employee"]
beneficiary = ["employee", "resident"]
[[scope]]
from = 2020-01-01
reach = "nation"
[[purposes]]
from = 2020-01-01
allow = ["outpatient", "pharmacy", "resident_premium"]
deny = ["other"]
"""
"""A province that permits what is asked of it and restricts nothing."""

ASKED: Mapping[str, Any] = {
    "relation": "parent",
    "purpose": "pharmacy",
    "holder": {"area": "420100", "insurance": "employee"},
    "beneficiary": {"area": "420100", "insurance": "resident"},
}

open_pack = cache(pack_of)
"""pack_of, once for each text."""


def request(facts: Mapping[str, Any]) -> Request:
    """Return the ordinary request with `facts` put into it; the two sides are merged."""
    sides = {side: ASKED[side] | facts.get(side, {}) for side in ("holder", "beneficiary")}
    return parse_request({**ASKED, **facts, **sides}, TODAY)


def decision(rules: str, facts: Mapping[str, Any], /, base: str = OPEN, **files: str) -> Decision:
    """Return the decision on the request under `base` and `rules` for 420000 and other files."""
    return decide(request(facts), rules_of(rules, base, **files))


def rules_of(rules: str, base: str = OPEN, **files: str) -> Pack:
    """Return the pack of `rules` and `base` for 420000 and of other files."""
    return open_pack(hubei=rules + base, **files)


def found(name: str, answer: Decision, mechanism: str = "authorisation") -> Check:
    """Return what the check found for the mechanism."""
    findings = (*answer.candidates, *answer.alternatives)
    finding = next(finding for finding in findings if finding.mechanism == mechanism)
    return next(check for check in finding.checks if check.name == name)


def told(check: Check) -> str:
    """Return the check in a line: `pass limit.pass assumed=holder.beneficiaries`."""
    lists = {"assumed": check.assumed, "missing": check.missing}
    tail = [f"{name}={','.join(facts)}" for name, facts in lists.items() if facts]
    return " ".join([str(check.outcome), check.reason, *tail])

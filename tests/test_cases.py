"""The shipped rules against cases whose answer somebody has worked out from the sources."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from gongji.engine.decide import decide
from gongji.engine.request import parse_request
from gongji.policy.pack import Pack
from gongji.policy.reading import load, shipped_rules
from gongji.render import as_json

TODAY = date(2026, 1, 1)
"""For a case that names no day; each should."""


def cases() -> list[dict[str, Any]]:
    files = sorted((shipped_rules() / "cases").glob("*.ndjson"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


CASES = {case["id"]: case for case in cases()}


@cache
def shipped() -> Pack:
    return load([shipped_rules()])


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """Return what the rules say of a case, of what the case expects something."""
    said = as_json.decision(decide(parse_request(case["request"], TODAY), shipped()))
    return {name: said[name] for name in ("verdict", *case["expected"])}


def agreement(case: dict[str, Any]) -> str:
    """Return "agrees", "unknown" (nobody knows where a verdict was expected) or "contradicts"."""
    said, expected = answer(case), case["expected"]
    if said == expected:
        return "agrees"
    return "unknown" if said["verdict"] == "unknown" else "contradicts"


def test_ids_tell_cases_apart() -> None:
    """No case hides another of its name."""
    assert len(CASES) == len(cases())


@pytest.mark.parametrize("name", CASES)
def test_no_case_is_contradicted(name: str) -> None:
    """A case that expects a verdict may be unknown, which is counted apart; never the opposite."""
    case = CASES[name]

    assert agreement(case) != "contradicts", (answer(case), case["expected"])


def test_the_three_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """They are printed; unknown is no agreement."""
    counts = Counter(agreement(case) for case in CASES.values())

    with capsys.disabled():
        named = ("agrees", "unknown", "contradicts")
        print("\ncases: " + ", ".join(f"{name} {counts[name]}" for name in named))
    assert counts["contradicts"] == 0
    assert counts.total() == len(CASES) > 0

"""gongji rules test: agreement, unknown and contradiction, and what no case exercises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Gongji

TEST = ("rules", "test")


def case(name: str, verdict: str, **more: Any) -> dict[str, Any]:
    """A case of a mother in the small province, who may be bound there."""
    return {
        "id": name,
        "title": "a mother",
        "request": {
            "on": "2025-01-02",
            "relation": "parent",
            "purpose": more.pop("purpose", "pharmacy"),
            "holder": {"area": "420100", "insurance": "employee"},
            "beneficiary": {"area": "420100", "insurance": "resident"},
        },
        "expected": {"verdict": verdict, **more},
    }


@pytest.fixture
def tried(small: Gongji, tmp_path: Path) -> Any:
    """Tries cases that lie in an overlay of the small province; each line is text or an object."""
    (tmp_path / "overlay" / "cases").mkdir(parents=True)
    (tmp_path / "overlay" / "file.toml").write_text(OVERLAY, encoding="utf-8")

    def run(*cases: Any, options: tuple[str, ...] = ("--json",)) -> Any:
        lines = [each if isinstance(each, str) else json.dumps(each) for each in cases]
        text = "".join(f"{line}\n" for line in lines)
        (tmp_path / "overlay" / "cases" / "x.ndjson").write_text(text, encoding="utf-8")
        return small(*TEST, "--rules", str(tmp_path / "overlay"), *options)

    return run


OVERLAY = """
format = 1

[region]
code = "330000"
name = "浙江省"
pinyin = "zhejiang"
pooling = "city"
reviewed = 2025-01-01
summary = "无"
summary_en = "none"

[source.a]
title = "a"
grade = "recall"

[[roles]]
exclusive = true
source = ["a"]
confidence = "low"

[[accrual]]
who = "employed"
rate = "0.02"
source = ["a"]
confidence = "low"
"""


def test_all_agree_is_0(tried: Any) -> None:
    """Nothing is listed; an unknown that was expected agrees."""
    answer = tried(case("yes", "eligible"), case("no-word", "unknown", purpose="vaccine"))

    data = answer.data
    assert (answer.code, data["ok"], data["schema"]) == (0, True, "gongji.rules-test/1")
    assert (data["cases"], data["agree"], data["disagreements"]) == (2, 2, [])


def test_a_contradiction_is_3_and_says_why(tried: Any) -> None:
    """With place, both answers and the reasons of the rules."""
    answer = tried(case("yes", "eligible"), case("never", "ineligible"))

    assert answer.code == 3
    (told,) = answer.data["disagreements"]
    assert (told["id"], told["agreement"]) == ("never", "contradicts")
    assert told["place"].endswith("x.ndjson:2")
    assert (told["expected"], told["answer"]) == (
        {"verdict": "ineligible"},
        {"verdict": "eligible"},
    )
    assert "420000/relatives/2024-10-01" in {reason["clause"] for reason in told["reasons"]}


def test_merely_unknown_is_4_and_counted_apart(tried: Any) -> None:
    """The rules do not say what the case knows."""
    answer = tried(case("yes", "eligible"), case("open", "eligible", purpose="vaccine"))

    data = answer.data
    assert answer.code == 4
    assert (data["agree"], data["unknown"], data["contradicted"]) == (1, 1, 0)


def test_a_verdict_where_unknown_was_expected_contradicts(tried: Any) -> None:
    """Somebody guessed."""
    assert tried(case("guess", "unknown")).data["contradicted"] == 1


def test_a_case_may_expect_more_than_the_verdict(tried: Any) -> None:
    """Mechanism, confidence and premium are compared as well."""
    right, wrong = ({"mechanism": name} for name in ("authorisation", "family_pool"))

    assert tried(case("right", "eligible", **right)).code == 0
    assert tried(case("wrong", "eligible", **wrong)).code == 3


def test_clauses_that_no_case_exercises_are_listed(tried: Any) -> None:
    """What informs and decides nothing is none of them."""
    idle = tried(case("yes", "eligible")).data["unexercised"]

    assert "330000/roles/undated" in idle
    assert "330000/accrual/undated" not in idle
    assert "420000/relatives/2020-01-01" in idle
    assert "420000/relatives/2024-10-01" not in idle


def test_for_people_counts_and_reasons(tried: Any) -> None:
    """The disagreement in words, below the counts."""
    lines = tried(case("never", "ineligible"), options=()).lines

    assert lines[0] == "1 cases: agree 0, unknown 0, contradicted 1"
    assert lines[1] == "0 stories: as written 0"
    assert lines[2].startswith("clauses that no case exercises: ")
    assert lines[4].startswith("never · a mother · ")
    assert lines[5] == "  verdict: expected not allowed, the rules say allowed"
    assert any(line.startswith("  ✓ authorisation · relation: ") for line in lines)


def test_a_case_of_an_overlay_replaces_the_shipped_one_of_its_id(
    tried: Any, tmp_path: Path, small: Gongji
) -> None:
    """A reform changes what is expected."""
    tried(case("same", "ineligible"))
    (tmp_path / "reform" / "cases").mkdir(parents=True)
    reform = tmp_path / "reform" / "file.toml"
    reform.write_text(OVERLAY, encoding="utf-8")
    (tmp_path / "reform" / "cases" / "y.ndjson").write_text(json.dumps(case("same", "eligible")))

    overlays = ("--rules", str(tmp_path / "overlay"), "--rules", str(tmp_path / "reform"))
    answer = small(*TEST, *overlays, "--json")

    assert (answer.code, answer.data["cases"]) == (0, 1)


GOOD = case("good", "eligible")


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{", "JSON"),
        ("", "empty"),
        ({**GOOD, "id": 7}, "id"),
        ({key: GOOD[key] for key in ("id", "request")}, "expected"),
        ({**GOOD, "expected": "eligible"}, "expected"),
        ({**GOOD, "expected": {"verdict": "perhaps"}}, "verdict"),
        ({**GOOD, "expected": {"verdict": "eligible", "price": "1.00"}}, "price"),
        ({**GOOD, "request": {**GOOD["request"], "on": None}}, "on"),
        ({**GOOD, "request": {**GOOD["request"], "purpos": "pharmacy"}}, "purpos"),
        ({**GOOD, "id": "first"}, "twice"),
    ],
)
def test_a_line_that_is_no_case_is_5_with_its_place(tried: Any, bad: Any, told: str) -> None:
    """Nothing is tried before all can be read; it is told as a line of a batch is."""
    answer = tried(case("first", "eligible"), bad)
    chinese = tried(case("first", "eligible"), bad, options=("--lang", "zh"))

    assert answer.code == 5
    assert answer.error["place"].endswith("x.ndjson:2:1")
    assert told in answer.error["message"]
    assert answer.error["code"].startswith(("line.", "request."))
    assert re.match(rf"错误\[{answer.error['code']}\]：.*[\u4e00-\u9fff]", chinese.err)


def test_the_shipped_cases_are_not_contradicted(gongji: Gongji) -> None:
    """The rules that come with the program, as `gongji rules test` sees them."""
    answer = gongji(*TEST, "--json")

    assert answer.code in (0, 4)
    assert answer.data["contradicted"] == 0 < answer.data["cases"]

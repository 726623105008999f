from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from gongji.engine.decide import decide
from gongji.engine.facts import Request
from gongji.policy.pack import Pack
from gongji.render import language
from gongji.render.verdict_text import verdict_lines

Make = Callable[..., Request]

YES = {"amount": "120.00", "holder": {"balance": "900.00", "carryover": "500.00"}}
NO = {"relation": "sibling", "purpose": "other", "holder": {"status": "arrears"}}
UNKNOWN = {"holder": {"balance": "900.00"}, "purpose": "vaccine"}
PREMIUM = {"on": "2025-10-01", "purpose": "resident_premium"}
ACROSS = {"on": "2026-03-01", "beneficiary": {"area": "440300"}}

QUESTIONS: dict[str, dict[str, Any]] = {
    "yes": YES,
    "no": NO,
    "unknown": UNKNOWN,
    "premium": PREMIUM,
    "across": ACROSS,
}


@pytest.mark.parametrize("chosen", ["zh", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_verdict_reads_as_before(
    pack: Pack, request_of: Make, snapshot: SnapshotAssertion, chosen: str, question: str
) -> None:
    """The whole text of a verdict, in both languages, is looked at when it changes."""
    language.use(chosen)
    request = request_of(**QUESTIONS[question])

    lines = verdict_lines(decide(request, pack), request)

    assert "\n".join(lines) == snapshot


@pytest.mark.parametrize(
    ("question", "first"), [("yes", "✓ Yes, by "), ("no", "✗ No"), ("unknown", "? Not known")]
)
def test_the_first_line_says_the_verdict_in_words_beside_the_symbol(
    pack: Pack, request_of: Make, question: str, first: str
) -> None:
    """A symbol never stands alone for a verdict."""
    request = request_of(**QUESTIONS[question])

    assert verdict_lines(decide(request, pack), request)[0].startswith(first)


@pytest.mark.parametrize("action", ["use", "bind", "transfer", "claim", "reverse"])
def test_every_action_is_told_with_its_pair(pack: Pack, request_of: Make, action: str) -> None:
    """What was asked about is said below the verdict, whatever it was."""
    request = request_of(action=action, purpose="resident_premium")

    _verdict, pair, act, *_rest = verdict_lines(decide(request, pack), request)

    assert "→ parent in Wuhan" in pair
    assert act.endswith(str(request.on))


def test_every_fail_is_shown_with_its_clause_and_a_hint(pack: Pack, request_of: Make) -> None:
    """One failure does not hide the next."""
    request = request_of(**NO)

    lines = verdict_lines(decide(request, pack), request)

    fails = [number for number, line in enumerate(lines) if line.startswith("  ✗ ")]
    assert [lines[number].split(":")[0] for number in fails[:3]] == [
        "  ✗ holder-status",
        "  ✗ relation",
        "  ✗ purpose",
    ]
    assert all("[420000/" in lines[number] for number in fails[:3])
    assert all(lines[number + 1].startswith("    hint: ") for number in fails[:3])


def test_a_source_is_cited_whole(pack: Pack, request_of: Make) -> None:
    """Title, issuer, number, day, grade and address let a clerk find the document."""
    request = request_of(**YES)

    lines = verdict_lines(decide(request, pack), request)

    issued = "湖北省医疗保障局 · 鄂医保发〔2024〕1号 · 2024-09-20 · official"
    number = lines.index(f"  [1] 关于扩大共济范围的通知 · {issued}")
    assert lines[number + 1] == "      https://example.org/notice"


def test_a_dissent_is_told_and_its_markup_is_text(pack: Pack, request_of: Make) -> None:
    """Another voice stands among the doubts, as its source is titled."""
    request = request_of(**YES)

    text = "\n".join(verdict_lines(decide(request, pack), request))

    assert (
        "relatives a holder may bind: 3 · 有人说只能绑三人 ([bold]共济[/bold]问答:smile:)" in text
    )


def test_missing_facts_come_with_their_option(pack: Pack, request_of: Make) -> None:
    """Whoever is told that something is missing is told how to give it."""
    request = request_of(holder={"balance": "900.00"})

    lines = verdict_lines(decide(request, pack), request)

    assert lines[lines.index("missing") + 1] == "  carry-over of past years: `--holder-carryover`"


def test_an_assumed_check_is_named(pack: Pack, request_of: Make) -> None:
    """A verdict that rests on an assumption says so."""
    request = replace(request_of(purpose="vaccine"), assume=frozenset({"purpose"}))

    lines = verdict_lines(decide(request, pack), request)

    assert "  purpose was taken as passed (`--assume`)" in lines


def test_the_last_line_names_rules_and_day_and_decides_nothing(
    pack: Pack, request_of: Make
) -> None:
    """Every verdict ends with what it was made from, and with whose decision counts."""
    request = request_of(**YES)

    last = verdict_lines(decide(request, pack), request)[-1]

    assert last == (
        f"rules {pack.digest[:19]}, as of 2025-06-01;"
        " this is a simulation, the office decides (12393)"
    )

"""What came of trying the cases: counts, and every case that the rules answer otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongji.engine.case import Check
from gongji.engine.decision import Decision, Finding
from gongji.render.language import _
from gongji.render.verdict_text import SYMBOLS, check_label
from gongji.render.wording import beside, sentence, word
from gongji.words.text import clean


def counts_lines(data: Mapping[str, Any]) -> list[str]:
    """Return how many cases agree, and how many clauses no case exercises."""
    told = _("{cases} cases: agree {agree}, unknown {unknown}, contradicted {contradicted}")
    idle = _("clauses that no case exercises: {count}")
    return [told.format(**data), idle.format(count=len(data["unexercised"]))]


def disagreement_lines(data: Mapping[str, Any], decision: Decision) -> list[str]:
    """Return one disagreement: the case, what was expected, what the rules say and why."""
    names = (name for name in data["expected"] if data["expected"][name] != data["answer"][name])
    return [
        "",
        clean(beside([f"{data['id']}", data["title"], data["place"]])),
        *(
            "  "
            + _("{name}: expected {expected}, the rules say {said}").format(
                name=name,
                expected=_told(name, data["expected"][name]),
                said=_told(name, data["answer"][name]),
            )
            for name in names
        ),
        *(f"  {_reason(finding, check)}" for finding, check in decision.reasons),
    ]


def _told(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return beside([f"{key} {each}" for key, each in value.items()])
    return clean(word(name, str(value)))


def _reason(finding: Finding, check: Check) -> str:
    label = f"{word('mechanism', finding.mechanism)} · {check_label(check.name)}"
    said = _("{label}: {sentence}").format(label=label, sentence=sentence(check))
    return f"{SYMBOLS[check.outcome]} {said}"

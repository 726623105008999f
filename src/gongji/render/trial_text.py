"""What came of trying cases and stories: counts, and every one that came out otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongji.engine.case import Check
from gongji.engine.decision import Decision, Finding
from gongji.render.language import _
from gongji.render.verdict_text import SYMBOLS, check_label
from gongji.render.wording import beside, sentence, word
from gongji.words.text import clean


def counts_lines(data: Mapping[str, Any]) -> list[str]:
    """Return how many cases agree, how many stories, and how many clauses neither exercises."""
    told = _("{cases} cases: agree {agree}, unknown {unknown}, contradicted {contradicted}")
    stories = _("{stories} stories: as written {told_as_written}")
    idle = _("clauses that no case exercises: {count}")
    return [
        told.format(**data),
        stories.format(**data),
        idle.format(count=len(data["unexercised"])),
    ]


def difference_lines(differences: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield every step of a story that came out otherwise: expected, and what came."""
    for one in differences:
        yield ""
        step = _("step {step}").format(step=one["step"])
        yield clean(beside([one["story"], step, one["tells"], one["path"]]))
        yield _("  expected: {what}").format(what=_data(one["expected"]))
        yield _("  came: {what}").format(what=_data(one["came"]))


def _data(value: Any) -> str:
    return clean(json.dumps(value, ensure_ascii=False))


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

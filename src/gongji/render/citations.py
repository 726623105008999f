"""Clauses, their sources and the voices against them, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongji.policy.pack import Clause, Confidence, Dissent, Source
from gongji.render.labels import PARAMETERS
from gongji.render.language import _
from gongji.render.wording import beside, listed, word
from gongji.words.text import clean


def numbered(clauses: Iterable[Clause]) -> dict[Source, int]:
    """Return the sources of the clauses, each once, numbered from 1 as they appear."""
    sources = dict.fromkeys(source for clause in clauses for source in clause.sources)
    return {source: number for number, source in enumerate(sources, start=1)}


def reference(clause: Clause, numbers: Mapping[Source, int]) -> str:
    """Return the clause's sources by number: [1][3]."""
    return "".join(f"[{numbers[source]}]" for source in clause.sources)


def source_lines(numbers: Mapping[Source, int]) -> list[str]:
    """Return every numbered source, its address on a line of its own."""
    lines = []
    for source, number in numbers.items():
        lines.append(f"[{number}] {source_line(source)}")
        if source.url:
            lines.append(f"    {clean(source.url)}")
    return lines


def clause_line(clause: Clause) -> str:
    """Return the id of a clause, when it is in force and how sure it is."""
    return beside([clause.id, *_in_force(clause), confidence_text(clause.confidence)])


def confidence_text(confidence: Confidence) -> str:
    """Return how sure something is."""
    return _("confidence {confidence}").format(confidence=word("confidence", str(confidence)))


def _in_force(clause: Clause) -> list[str]:
    parts = []
    if clause.start is not None:
        start = _("from {day}") if clause.start_is_exact else _("by {day} at the latest")
        parts.append(start.format(day=clause.start))
    if clause.end is not None:
        end = _("to {day}") if clause.end_is_exact else _("still so on {day}")
        parts.append(end.format(day=clause.end))
    return parts


def source_line(source: Source) -> str:
    """Return title, issuer, number, date and grade of a document, as far as they are known."""
    published = source.published_note if source.published is None else str(source.published)
    said = (source.title, source.issuer, source.number, published, word("grade", source.grade))
    return clean(beside([part for part in said if part]))


def dissent_lines(clause: Clause) -> list[str]:
    """Return what the voices against the clause say, and who says it, one a line."""
    return [_dissent(clause.topic, dissent) for dissent in clause.dissents]


def _dissent(topic: str, dissent: Dissent) -> str:
    said = [_value_of(topic, name, value) for name, value in dissent.values.items()]
    if dissent.note:
        said.append(dissent.note)
    titles = beside([source.title for source in dissent.sources])
    line = _("another voice: {said}").format(said=beside(said))
    return clean(f"{line} ({titles})" if titles else line)


def _value_of(topic: str, name: str, value: Any) -> str:
    """Return a value under what its parameter is called; one that is never shown keeps its name."""
    label = PARAMETERS.get(f"{topic}.{name}")
    if label is None:
        return f"{name} = {_raw(name, value)}"
    return _("{label}: {sentence}").format(label=_(label), sentence=_raw(name, value))


def _raw(name: str, value: Any) -> str:
    """Return a value as the rule file writes it, its codes in words."""
    if isinstance(value, dict):
        return listed([f"{word('relation', key)} {_raw(key, of)}" for key, of in value.items()])
    if isinstance(value, list):
        return listed([_raw(name, each) for each in value])
    return word(name, str(value).lower() if isinstance(value, bool) else str(value))

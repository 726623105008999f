"""The rules of one area on one day, as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongji.policy.pack import NATION, Clause, Qualifiers, Region, Source, Statement
from gongji.policy.resolve import Ruling
from gongji.render.citations import (
    clause_line,
    dissent_lines,
    numbered,
    reference,
    source_lines,
)
from gongji.render.labels import QUALIFIERS, TOPICS, parameter_label
from gongji.render.language import _, current
from gongji.render.values import value_text
from gongji.render.wording import area_word, beside, listed, word
from gongji.words.areas import city_of, province_of
from gongji.words.text import clean


@dataclass(frozen=True, slots=True)
class RulesView:
    """What the rules say for `area` on the day `on`.

    `rulings` are (parameter, qualifiers, ruling), unknown ones among them; `collected` are the
    statements of the topics that add up: channels, materials, standing rules. `region` is None
    where no rule file covers the area.
    """

    area: str
    on: date
    region: Region | None
    rulings: tuple[tuple[str, Qualifiers, Ruling], ...]
    collected: tuple[Statement, ...]


def rulings_lines(view: RulesView) -> list[str]:
    """Return the view as lines, topic by topic; sources are numbered and listed at the end."""
    clauses = [clause for _name, _when, ruling in view.rulings for clause in ruling.clauses]
    clauses += [statement.clause for statement in view.collected]
    numbers = numbered(clauses)
    lines = _head(view)
    for topic, title in TOPICS.items():
        body = _topic(view, topic, numbers)
        if body:
            lines += ["", f"{_(title)} ({topic})", *(f"  {line}" for line in body)]
    if numbers:
        lines += ["", _("Sources"), *(f"  {line}" for line in source_lines(numbers))]
    return lines


def _head(view: RulesView) -> list[str]:
    title = beside([f"{area_word(view.area)} {view.area}", str(view.on)])
    if view.region is None:
        return [title, _("no rule file covers this area; only the nation's rules are shown")]
    summary = view.region.summary if current() == "zh" else view.region.summary_en
    reviewed = _("sources last read on {day}").format(day=view.region.reviewed)
    return [beside([title, reviewed]), clean(summary)]


def _topic(view: RulesView, topic: str, numbers: dict[Source, int]) -> list[str]:
    lines = []
    for parameter, when, ruling in view.rulings:
        if parameter.partition(".")[0] == topic:
            lines += _ruling(parameter, when, ruling, numbers)
    for statement in view.collected:
        if statement.parameter == topic:
            lines += [_collected(topic, dict(statement.value))]
            lines += _clause(statement.clause, numbers)
    return lines


def _ruling(
    parameter: str, when: Qualifiers, ruling: Ruling, numbers: dict[Source, int]
) -> list[str]:
    label = f"{parameter_label(parameter)} {parameter}{_when(when)}"
    said = _("{label}: {sentence}").format(label=label, sentence=_said(parameter, ruling))
    lines = [said]
    if ruling.doubtful:
        doubtful = listed([value_text(parameter, (each,)) for each in sorted(ruling.doubtful)])
        lines.append("  " + _("not known of: {doubtful}").format(doubtful=doubtful))
    lines += [f"  {word('mark', mark)}" for mark in sorted(ruling.marks - {ruling.why})]
    for clause in ruling.clauses:
        lines += _clause(clause, numbers)
    return lines


def _said(parameter: str, ruling: Ruling) -> str:
    if ruling.known:
        return value_text(parameter, ruling.value)
    return _("not known ({why})").format(why=word("why", ruling.why or ""))


def _when(when: Qualifiers) -> str:
    if not when:
        return ""
    said = [
        f"{_(QUALIFIERS[name])} = {listed([word(name, each) for each in sorted(words)])}"
        for name, words in when
    ]
    return f" [{beside(said)}]"


def _clause(clause: Clause, numbers: dict[Source, int]) -> list[str]:
    area = clause.id.partition("/")[0]
    grades = dict.fromkeys(word("grade", source.grade) for source in clause.sources)
    place = _("{said} ({remark})").format(said=area_word(area), remark=word("level", _level(area)))
    lines = [
        f"  {beside([clause_line(clause), place, *grades])} {reference(clause, numbers)}".rstrip()
    ]
    if clause.note:
        lines.append("  " + _("note: {note}").format(note=clean(clause.note)))
    return lines + [f"  {line}" for line in dissent_lines(clause)]


def _level(area: str) -> str:
    if area == NATION:
        return "nation"
    if city_of(area) is None:
        return "province"
    return "city" if city_of(area) == area or province_of(area) == area else "county"


def _collected(topic: str, value: dict[str, object]) -> str:
    match topic:
        case "channel":
            does = _words("does", value.get("does"))
            named = beside([part for part in (str(value.get("name", "")), does) if part])
            kind = word("kind", str(value["kind"]))
            return clean(_("{label}: {sentence}").format(label=kind, sentence=named))
        case "materials":
            return clean(_words("items", value.get("items")))
        case _:
            chinese = str(value.get("text", ""))
            return clean(chinese if current() == "zh" else str(value.get("text_en", chinese)))


def _words(name: str, values: object) -> str:
    return listed([word(name, each) for each in values]) if isinstance(values, tuple) else ""

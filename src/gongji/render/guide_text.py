"""The guide to doing one thing in one area, as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gongji.policy.guide import Guide, Part, Said
from gongji.policy.guide_parts import HOTLINE, NAMES_RULES
from gongji.policy.pack import Confidence, PremiumPhase, Qualifiers, Source
from gongji.policy.resolve import Ruling
from gongji.render.citations import (
    confidence_text,
    dissent_lines,
    numbered,
    reference,
    source_lines,
)
from gongji.render.fold import fold
from gongji.render.guide_words import ACTIONS, NAMES, NEXT_BEST, PARTS, WARNING, general_steps
from gongji.render.labels import QUALIFIERS, TOPICS, parameter_label
from gongji.render.language import _, current
from gongji.render.values import value_text
from gongji.render.wording import area_word, beside, listed, word
from gongji.words.text import clean

_ITEM, _UNDER = "  · ", "    "
_LISTED = ("channel", "materials")
_TOLD_BY_TOPIC = (*_LISTED, "purposes", "accrual")
"""The topics whose parameters say nothing by their own names."""


@dataclass(frozen=True, slots=True)
class _Grounds:
    """The numbers of the sources, and the clauses whose notes have been told already."""

    numbers: dict[Source, int]
    told: set[tuple[str, str]] = field(default_factory=set)


def guide_lines(guide: Guide) -> list[str]:
    """Return the guide as lines that fit a terminal; sources are numbered and stand at the end."""
    said = [said for part in guide.parts for said in part.said]
    grounds = _Grounds(numbered(clause for each in said for clause in each.ruling.clauses))
    lines = _head(guide)
    for part in guide.parts:
        lines += ["", _(PARTS[part.name]).format(year=part.year), *_part(guide, part, grounds)]
    if guide.unknown:
        lines += ["", _("Not known: ask {hotline}").format(hotline=HOTLINE), *_unknown(guide)]
    if grounds.numbers:
        lines += ["", _("Sources"), *_sources(grounds.numbers)]
    return lines


def _head(guide: Guide) -> list[str]:
    area = f"{area_word(guide.area)} {guide.area}"
    paragraphs = [
        beside([_(ACTIONS[guide.action]), area, str(guide.on)]),
        _(WARNING).format(hotline=HOTLINE),
    ]
    if guide.region is None:
        paragraphs.append(_("no rule file covers this area; only the nation's rules are shown"))
    if not guide.mechanisms and guide.action != "retire":
        paragraphs.append(_("no source says by which mechanism it is done here"))
    if guide.elsewhere:
        places = listed([area_word(code) for code in guide.elsewhere])
        told = _("some places have rules of their own, name one with --area: {places}")
        paragraphs.append(told.format(places=places))
    return [line for paragraph in paragraphs for line in fold(paragraph)]


def _part(guide: Guide, part: Part, grounds: _Grounds) -> list[str]:
    match part.name:
        case "steps":
            return _steps(guide, part, grounds)
        case "names":
            return _names(part, grounds)
        case "channels" if not guide.does_it:
            told = fold(_(NEXT_BEST[guide.action]), "  ", "  ")
            return told + _values(part.said, grounds)
        case _:
            return _values(part.said, grounds)


def _values(said: Iterable[Said], grounds: _Grounds) -> list[str]:
    """Return the values, those that stand on the same clauses above one citation."""
    lines = []
    for group in _on_same_ground(said):
        for text in _texts(group):
            lines += fold(text, _ITEM, _UNDER)
        lines += _cited(group[0].ruling, grounds)
    return lines


def _on_same_ground(said: Iterable[Said]) -> list[list[Said]]:
    groups: list[list[Said]] = []
    for each in said:
        ground = _ground(each)
        fitting = next((group for group in groups if _ground(group[0]) == ground), None)
        if fitting is None:
            groups.append([each])
        else:
            fitting.append(each)
    return groups


def _ground(said: Said) -> tuple[object, ...]:
    ruling = said.ruling
    doubt = (ruling.confidence, ruling.marks, ruling.known or ruling.why)
    return (
        said.parameter in _LISTED,
        [(clause.path, clause.id) for clause in ruling.clauses],
        *doubt,
    )


def _texts(group: list[Said]) -> Iterator[str]:
    """Yield what is said, the purposes of one ground on one line."""
    purposes: dict[tuple[Qualifiers, str], list[str]] = {}
    for each in group:
        if each.parameter.startswith("purposes."):
            key = (each.when, value_text(each.parameter, each.ruling.value))
            purposes.setdefault(key, []).append(parameter_label(each.parameter))
        elif each.parameter == "premium.phases":
            yield from (_text(_alone(each, phase)) for phase in each.ruling.value)
        else:
            yield _text(each)
    for (when, allowed), names in purposes.items():
        yield _labelled(f"{allowed}{_for_whom(when)}", listed(names))


def _alone(said: Said, phase: PremiumPhase) -> Said:
    return replace(said, ruling=replace(said.ruling, value=(phase,)))


def _text(said: Said) -> str:
    ruling = said.ruling
    if said.parameter in ("channel", "materials", "standing"):
        return _collected(said)
    value = value_text(said.parameter, ruling.value) if ruling.known else _not_known(ruling)
    if ruling.doubtful:
        doubtful = listed([value_text(said.parameter, (one,)) for one in sorted(ruling.doubtful)])
        value = beside([value, _("not known of: {doubtful}").format(doubtful=doubtful)])
    return _labelled(_label(said), value)


def _labelled(label: str, sentence: str) -> str:
    return _("{label}: {sentence}").format(label=label, sentence=sentence)


def _not_known(ruling: Ruling) -> str:
    return _("not known ({why})").format(why=word("why", ruling.why or ""))


def _for_whom(when: Qualifiers) -> str:
    said = [
        _labelled(_(QUALIFIERS[name]), listed([word(name, each) for each in sorted(words)]))
        for name, words in when
    ]
    return f" [{beside(said)}]" if said else ""


def _collected(said: Said) -> str:
    value = said.ruling.value
    match said.parameter:
        case "channel":
            does = listed([word("does", each) for each in value.get("does", ())])
            named = beside([part for part in (value.get("name", ""), does) if part])
            return clean(_labelled(word("kind", value["kind"]), named) + _for_whom(said.when))
        case "materials":
            return clean(listed(list(value["items"])))
        case _:
            chinese = str(value.get("text", ""))
            return clean(chinese if current() == "zh" else str(value.get("text_en", chinese)))


def _cited(ruling: Ruling, grounds: _Grounds) -> list[str]:
    """Return clause and source, every doubt, and once what the clause adds in its own words."""
    clauses = [
        f"{clause.id} {reference(clause, grounds.numbers)}".rstrip() for clause in ruling.clauses
    ]
    sure = ruling.confidence is Confidence.HIGH or not ruling.known
    doubts = [] if sure else [confidence_text(ruling.confidence)]
    doubts += [word("mark", mark) for mark in sorted(ruling.marks - {ruling.why})]
    paragraphs = [beside([*clauses, *doubts])] if clauses else []
    for clause in ruling.clauses:
        if (clause.path, clause.id) in grounds.told:
            continue
        grounds.told.add((clause.path, clause.id))
        if clause.note:
            paragraphs.append(_("note: {note}").format(note=clean(clause.note)))
        paragraphs += dissent_lines(clause)
    return [line for paragraph in paragraphs for line in fold(paragraph, _UNDER, _UNDER)]


def _steps(guide: Guide, part: Part, grounds: _Grounds) -> list[str]:
    own = [said for said in part.said if said.parameter == "binding.steps"]
    lines = []
    for said in own:
        lines += _numbered([clean(step) for step in said.ruling.value], _for_whom(said.when))
        lines += _cited(said.ruling, grounds)
    general = general_steps(guide)
    for kind, sentences in general:
        title = word("mode" if guide.action == "premium" else "mechanism", kind)
        heading = f" [{title}]" if len(general) > 1 else ""
        lines += _numbered([_(sentence) for sentence in sentences], heading)
    if general:
        lines += fold(_("these steps hold in general and rest on no clause"), _UNDER, _UNDER)
    return lines


def _numbered(steps: list[str], heading: str) -> list[str]:
    lines = fold(heading.strip(), "  ", "  ") if heading else []
    for number, step in enumerate(steps, start=1):
        lines += fold(step, f"{number:3}. ", "     ")
    return lines


def _names(part: Part, grounds: _Grounds) -> list[str]:
    """Return our sentences over the citations of the nation's rules, then what is said here."""
    lines = [line for sentence in NAMES for line in fold(_(sentence), _ITEM, _UNDER)]
    local = [said for said in part.said if said.ruling.value["rule"] not in NAMES_RULES]
    for said in part.said:
        if said not in local:
            lines += _cited(said.ruling, grounds)
    return lines + _values(local, grounds)


def _unknown(guide: Guide) -> list[str]:
    """Return what is not known, by the reason why; the purposes of one reason stand together."""
    by_reason: dict[str, dict[str, list[str]]] = {}
    for said in guide.unknown:
        topic = said.parameter.partition(".")[0]
        grouped = _(TOPICS[topic]) if topic in _TOLD_BY_TOPIC else ""
        label = "" if topic in _LISTED else _label(said)
        by_reason.setdefault(said.ruling.why or "", {}).setdefault(grouped, []).append(label)
    lines = []
    for why, groups in by_reason.items():
        told = [text for title, labels in groups.items() for text in _together(title, labels)]
        lines += fold(_labelled(word("why", why), listed(told)), _ITEM, _UNDER)
    return lines


def _label(said: Said) -> str:
    return f"{parameter_label(said.parameter)}{_for_whom(said.when)}"


def _together(title: str, labels: list[str]) -> list[str]:
    named = [label for label in labels if label]
    if not title or not named:
        return named or [title]
    return [_("{said} ({remark})").format(said=title, remark=listed(named))]


def _sources(numbers: dict[Source, int]) -> list[str]:
    """Return the sources, an address below its title and whole however long it is."""
    return [
        line
        for each in source_lines(numbers)
        for line in fold(each, "      " if each.startswith(" ") else "  ", "      ")
    ]

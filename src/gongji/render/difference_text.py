"""What changed between two days or two sets of rule files, as data and for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from gongji.engine.decision import Verdict
from gongji.policy.comparison import Change, DaysDifference, PacksDifference, Saying
from gongji.policy.pack import UNKNOWN, Qualifiers, Statement, explicit
from gongji.policy.resolve import Ruling
from gongji.render import as_json
from gongji.render.citations import clause_line
from gongji.render.labels import QUALIFIERS, TOPICS, parameter_label
from gongji.render.language import _, current
from gongji.render.tables import table_lines
from gongji.render.values import value_text
from gongji.render.wording import area_word, beside, listed, word
from gongji.words.text import clean

DAYS: Final = "gongji.days-difference/1"
FOLDERS: Final = "gongji.folders-difference/1"
INDENT: Final = 2
FACETS: Final = ("areas", "sources", "note", "dissents", "binds")
"""What of a clause may change beside its values; dates and confidence are shown themselves."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A case whose verdict changes."""

    id: str
    title: str
    before: Verdict
    after: Verdict


def days_data(found: DaysDifference, flips: Iterable[Flip], digest: str) -> dict[str, Any]:
    """Return what changed in an area between two days as plain JSON."""
    return {
        "schema": DAYS,
        "area": found.area,
        "before": str(found.before),
        "after": str(found.after),
        "changes": [
            {
                "parameter": change.parameter,
                "when": _when_data(change.when),
                "before": as_json.ruling(change.before, change.when),
                "after": as_json.ruling(change.after, change.when),
            }
            for change in found.changes
        ],
        "ended": [_collected_data(statement) for statement in found.ended],
        "begun": [_collected_data(statement) for statement in found.begun],
        "cases": [asdict(flip) for flip in flips],
        "rules": digest,
    }


def folders_data(
    found: PacksDifference, flips: Iterable[Flip], digests: tuple[str, str]
) -> dict[str, Any]:
    """Return what changed between two sets of rule files as plain JSON."""
    return {
        "schema": FOLDERS,
        "added": [_saying_data(saying) for saying in found.added],
        "removed": [_saying_data(saying) for saying in found.removed],
        "changed": [
            {"id": after.clause.id, "before": _saying_data(before), "after": _saying_data(after)}
            for before, after in found.changed
        ],
        "cases": [asdict(flip) for flip in flips],
        "rules": {"before": digests[0], "after": digests[1]},
    }


def _when_data(when: Qualifiers) -> dict[str, list[str]]:
    return {name: sorted(words) for name, words in explicit(when)}


def _collected_data(statement: Statement) -> dict[str, Any]:
    return {
        "topic": statement.parameter,
        **dict(as_json.plain(dict(statement.value))),
        "clause": as_json.clause(statement.clause),
    }


def _saying_data(saying: Saying) -> dict[str, Any]:
    values = [
        {"parameter": name, "when": _when_data(when), "value": _plain(value)}
        for (name, when), value in saying.values.items()
    ]
    return {**as_json.clause(saying.clause), "areas": sorted(saying.areas), "values": values}


def _plain(value: Any) -> Any:
    return "unknown" if value is UNKNOWN else as_json.plain(value)


def days_lines(found: DaysDifference, flips: Sequence[Flip], width: int) -> list[str]:
    """Return what changed in the area, topic by topic, and the cases that turn."""
    place = f"{area_word(found.area)} {found.area}"
    lines = [beside([place, f"{found.before} → {found.after}"])]
    for topic, title in TOPICS.items():
        lines += _section(f"{_(title)} ({topic})", _of_topic(found, topic, width))
    if len(lines) == 1:
        lines.append(_("nothing changed"))
    return lines + _turned(flips, width)


def folders_lines(found: PacksDifference, flips: Sequence[Flip], width: int) -> list[str]:
    """Return the clauses added, removed and changed, and the cases that turn."""
    changed = [line for pair in found.changed for line in _reworded(*pair, width)]
    lines = [
        *_clauses(_("clauses added: {count}"), found.added),
        *_clauses(_("clauses removed: {count}"), found.removed),
        *_section(_("clauses changed: {count}").format(count=len(found.changed)), changed),
    ]
    return (lines[1:] or [_("nothing changed")]) + _turned(flips, width)


def _of_topic(found: DaysDifference, topic: str, width: int) -> list[str]:
    changes = [each for each in found.changes if each.parameter.partition(".")[0] == topic]
    collected = [
        f"{sign} {_whole(statement.value)} [{statement.clause.id}]"
        for sign, statements in (("-", found.ended), ("+", found.begun))
        for statement in statements
        if statement.parameter == topic
    ]
    return [line for change in changes for line in _change(change, width)] + collected


def _change(change: Change, width: int) -> list[str]:
    parameter = change.parameter
    label = f"{parameter_label(parameter)} {parameter}{_when(change.when)}"
    rows = [
        (told, _ruled(parameter, ruling), ", ".join(clause.id for clause in ruling.clauses))
        for told, ruling in ((_("before"), change.before), (_("after"), change.after))
    ]
    return [label, *table_lines(("", _("value"), _("clauses")), rows, width - INDENT)]


def _compared(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    head = (_("value"), _("before"), _("after"))
    return table_lines(head, rows, width - INDENT) if rows else []


def _clauses(title: str, sayings: Sequence[Saying]) -> list[str]:
    lines = [line for saying in sayings for line in _saying(saying)]
    return _section(title.format(count=len(sayings)), lines)


def _section(title: str, body: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in body)] if body else []


def _ruled(parameter: str, ruling: Ruling) -> str:
    if not ruling.known:
        said = _("not known ({why})").format(why=word("why", ruling.why or ""))
    else:
        said = value_text(parameter, ruling.value)
    if ruling.doubtful:
        doubtful = listed([value_text(parameter, (each,)) for each in sorted(ruling.doubtful)])
        return beside([said, _("not known of: {doubtful}").format(doubtful=doubtful)])
    return said


def _when(when: Qualifiers) -> str:
    said = [
        f"{_(QUALIFIERS[name])} = {listed([word(name, each) for each in sorted(words)])}"
        for name, words in explicit(when)
    ]
    return f" [{beside(said)}]" if said else ""


def _whole(value: tuple[tuple[str, Any], ...]) -> str:
    """Return a channel, a list of papers or a standing rule; of two languages the reader's."""
    other = "text_en" if current() == "zh" else "text"
    said = dict(value)
    if {"text", "text_en"} <= said.keys():
        del said[other]
    said.pop("rule", None)
    return clean(beside([_words(name, each) for name, each in said.items()]))


def _words(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return listed([word(name, str(each)) for each in value])
    return word(name, str(value))


def _saying(saying: Saying) -> list[str]:
    return [
        _headline(saying),
        *(
            "  "
            + _("{label}: {sentence}").format(
                label=_label(parameter, when), sentence=_value(parameter, value)
            )
            for (parameter, when), value in saying.values.items()
        ),
    ]


def _headline(saying: Saying) -> str:
    return beside(
        [clause_line(saying.clause), listed([area_word(a) for a in sorted(saying.areas)])]
    )


def _label(parameter: str, when: Qualifiers) -> str:
    name = _(TOPICS[parameter]) if parameter in TOPICS else parameter_label(parameter)
    return name + _when(when)


def _value(parameter: str, value: Any) -> str:
    if value is UNKNOWN:
        return word("verdict", "unknown")
    return _whole(value) if parameter in TOPICS else value_text(parameter, value)


def _reworded(before: Saying, after: Saying, width: int) -> list[str]:
    """Return the id, what the clause sets otherwise, and what else about it changed."""
    rows = [
        (_label(*key), *(_value_of(saying.values, key) for saying in (before, after)))
        for key in dict.fromkeys([*before.values, *after.values])
        if before.values.get(key) != after.values.get(key)
    ]
    lines = [after.clause.id, *_compared(rows, width)]
    heads = [clause_line(saying.clause) for saying in (before, after)]
    if heads[0] != heads[1]:
        lines += [f"- {heads[0]}", f"+ {heads[1]}"]
    facets = [name for name in FACETS if _facet(before, name) != _facet(after, name)]
    if facets:
        told = _("also changed: {facets}")
        lines.append(told.format(facets=listed([word("facet", name) for name in facets])))
    return lines


def _value_of(values: Mapping[tuple[str, Qualifiers], Any], key: tuple[str, Qualifiers]) -> str:
    return _value(key[0], values[key]) if key in values else "–"


def _facet(saying: Saying, name: str) -> Any:
    return saying.areas if name == "areas" else getattr(saying.clause, name)


def _turned(flips: Sequence[Flip], width: int) -> list[str]:
    title = _("cases that change their verdict: {count}").format(count=len(flips))
    head = (_("case"), _("before"), _("after"), _("title"))
    rows = [
        (flip.id, word("verdict", flip.before), word("verdict", flip.after), flip.title)
        for flip in flips
    ]
    return ["", title, *(f"  {line}" for line in table_lines(head, rows, width - INDENT) if rows)]

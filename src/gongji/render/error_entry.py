"""An entry of the error catalogue, as data and for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Any, Final

from gongji.render.error_words import ELSEWHERE, PLACEHOLDERS, WHY
from gongji.render.fold import fold
from gongji.render.language import N_, _

Said = tuple[str, str | None]
"""A sentence and its next step, as templates in English."""


class Kind(StrEnum):
    """What an entry is about.

    An error is of what was typed or read or of where it was to go, a refusal is an answer by the
    rules, and a fault is one of the program: nothing that is typed or read should cause it.
    """

    ERROR = "error"
    REFUSAL = "refusal"
    FAULT = "fault"


KINDS: Final[Mapping[Kind, str]] = {
    Kind.REFUSAL: N_("an answer by the rules; nothing was written"),
    Kind.FAULT: N_("a fault of the program: nothing that is typed or read should cause it"),
}
"""What is said of an entry that is no error."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code means. `exits` are the exit codes with their meanings, most usual first.

    `says` holds every form of what is said, the most usual first.
    """

    code: str
    kind: Kind
    exits: Mapping[int, str]
    says: tuple[Said, ...]

    @property
    def placeholders(self) -> Mapping[str, str]:
        """What each placeholder stands for, in the order in which they come."""
        templates = [part for said in self.says for part in said if part]
        names = (name for text in templates for _, name, _, _ in Formatter().parse(text) if name)
        elsewhere = ELSEWHERE.get(self.code, {})
        return {name: elsewhere.get(name) or PLACEHOLDERS[name] for name in names}

    @property
    def why(self) -> str | None:
        """Why it is so, where that helps."""
        return WHY.get(self.code)


def entry_data(entry: Entry) -> dict[str, Any]:
    """Return the entry as plain JSON, which is English whatever the reader's language."""
    return {
        "schema": "gongji.error-entry/1",
        "code": entry.code,
        "kind": str(entry.kind),
        "exits": list(entry.exits),
        "says": [
            {"message": shown(message, "en"), "hint": hint and shown(hint, "en")}
            for message, hint in entry.says
        ],
        "placeholders": dict(entry.placeholders),
        "why": entry.why,
    }


def entry_lines(entry: Entry) -> list[str]:
    """Return what the entry says: the message, the next step, the exit codes, and why."""
    kind, before = KINDS.get(entry.kind), ""
    lines = [entry.code, *(_folded(_(kind)) if kind else ())]
    for message, hint in entry.says:
        if message != before:
            lines += _folded(_("message: {message}").format(message=shown(message)))
        lines += _folded(_("hint: {hint}").format(hint=shown(hint))) if hint else ()
        before = message
    for name, meaning in entry.placeholders.items():
        lines += _folded(f"{{{name}}}: {_(meaning)}", "    ")
    for number, meaning in entry.exits.items():
        told = _("exit code {number}: {meaning}").format(number=number, meaning=_(meaning))
        lines += _folded(told)
    return [*lines, *(_folded(_("why: {why}").format(why=_(entry.why))) if entry.why else ())]


def _folded(text: str, first: str = "  ") -> list[str]:
    return fold(text, first, "    " if first == "  " else first + "  ")


def listed_lines(entries: Mapping[str, Entry]) -> list[str]:
    """Return a line an entry: its code and what it says most usually."""
    width = max(map(len, entries))
    return [
        f"{entry.code:{width}}  {shown(entry.says[0][0])}".rstrip() for entry in entries.values()
    ]


def shown(template: str, language: str | None = None) -> str:
    """Return a template in the language, with its placeholders as `{name}`."""
    text = _(template, language)
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    return text.format_map({name: f"{{{name}}}" for name in names})

"""What can be wrong with a rule file: a code, a place, the values that its sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

KeyPath = tuple[str | int, ...]
"""Where in a file: ("relatives", 2, "include", 1) is the second word of the third clause."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return sentence


SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "rule.toml": (_("this is not TOML: {cause}"), _("mend the line; nothing else was read")),
    "rule.unreadable": (_("cannot be read: {cause}"), _("check the path and its permissions")),
    "rule.encoding": (
        _("is not UTF-8 text"),
        _("save the file as UTF-8 without a byte order mark"),
    ),
    "rule.too-large": (_("is larger than {limit} bytes"), _("split it; a rule file is small")),
    "rule.key-unknown": (_("unknown key `{key}`"), _("known keys: {known}")),
    "rule.key-near": (_("unknown key `{key}`"), _("did you mean `{near}`?")),
    "rule.key-missing": (_("`{key}` is missing"), _("add `{key} = …`")),
    "rule.source-missing": (
        _("a value without a source"),
        _('add `source = ["…"]` with a key of a [source.…] table, or say `unknown`'),
    ),
    "rule.confidence-missing": (
        _("a clause without a confidence"),
        _('add `confidence = "high"`, "medium" or "low"'),
    ),
    "rule.date-text": (
        _("a date in a string"),
        _("write the date without quotes: {key} = 2024-08-01"),
    ),
    "rule.type": (_("{cause}"), _("see the format of `{key}`")),
    "rule.value": (_("{cause}"), _("known values: {known}")),
    "rule.word-unknown": (_("`{text}` is no {kind}"), _("known: {known}")),
    "rule.area-unknown": (
        _("`{text}` is no area code"),
        _("write six digits of a county, city, province, 66xxxx or 000000"),
    ),
    "rule.money": (
        _("`{text}` is no amount of yuan"),
        _('write a string with at most two decimals, such as "2000.00"'),
    ),
    "rule.parameter-unknown": (_("`{text}` is no parameter of this topic"), _("known: {known}")),
    "rule.clause-empty": (_("the clause sets no parameter"), _("set one of: {known}")),
    "rule.dates-from-by": (
        _("an exact start and a latest start exclude each other"),
        _("keep `from` (`opens`) where a source names the day, else `by` (`opens_by`)"),
    ),
    "rule.dates-until-seen": (
        _("`until` and `seen` exclude each other"),
        _("keep `until` where a source names the last day, else `seen`"),
    ),
    "rule.dates-order": (
        _("it ends on {end}, before it starts on {start}"),
        _("mend one of the dates"),
    ),
    "rule.source-address": (
        _("only a source of grade `recall` has no address"),
        _('add `url`, or say `grade = "recall"` and leave it out'),
    ),
    "rule.url": (_("`{url}` is no web address"), _("write it whole, beginning with http")),
    "rule.premium-window-twice": (
        _("`phases` stand beside a price or a window"),
        _("put price and window into the phases"),
    ),
    "rule.premium-dated": (
        _("a premium has dates beside its year"),
        _("remove them: the year is the date; a window has `opens` and `closes`"),
    ),
    "rule.time": (_("`{text}` is no time of day"), _("write HH:MM")),
    "rule.day-of-year": (_("`{text}` is no day of the year"), _("write MM-DD")),
    "rule.share": (_("`{text}` is no share"), _('write a string between 0 and 1, such as "0.02"')),
    "rule.source-unknown": (_("no source `{key}` in this file"), _("known sources: {known}")),
    "rule.source-near": (_("no source `{key}` in this file"), _("did you mean `{near}`?")),
    "rule.source-unused": (_("no clause cites the source `{key}`"), _("cite it or remove it")),
    "rule.reviewed-early": (
        _("`reviewed` is {reviewed}, before the newest source of {newest}"),
        _("read the sources again and set `reviewed` to that day"),
    ),
    "rule.region-twice": (_("region {code} has a file already: {other}"), _("join the two files")),
    "rule.area-foreign": (
        _("area {area} does not lie in region {region}"),
        _("move the clause to the file of its region"),
    ),
    "rule.binds-missing": (
        _("a national clause does not say whom it binds"),
        _('add `binds = "nation"` (answers for 000000) or "default" (inherited where silent)'),
    ),
    "rule.binds-regional": (
        _("`binds` belongs to clauses for the nation"),
        _("remove it"),
    ),
    "rule.overlap": (
        _("says another thing of {parameter} in {area} than {other} on the same days"),
        _("end one of them, or join them into one clause with a `dispute`"),
    ),
    "rule.repeated": (
        _("says the same of {parameter} in {area} as {other} on the same days"),
        _("join them into one clause with both sources"),
    ),
    "rule.tie": (
        _("ties with {other} on {parameter} in {area}: both can hold with as many qualifiers"),
        _("add a qualifier to one of them"),
    ),
    "rule.gap": (
        _("leaves a gap after {other}, which ends on {end}, before {start}"),
        _("say what held in between, or write `seen` for an end that is inferred"),
    ),
    "rule.end-missing": (
        _("has no end, and {other} is only known to hold by {start}"),
        _("add `seen` with the last day on which a source shows it"),
    ),
    "rule.parameter-foreign": (
        _("`{text}` is no parameter"),
        _("write topic.field, as `rules show` prints"),
    ),
}
"""Cause and hint of every problem, by code."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one file. Line and column count from 1; 0 where there is no text."""

    code: str
    path: str
    key: KeyPath = ()
    line: int = 0
    column: int = 0
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def dotted_key(self) -> str:
        """The key as a person would write it: `relatives[3].include[2]` counts from 1."""
        parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in self.key]
        return "".join(parts).lstrip(".")


class BadRules(Exception):
    """The rule files cannot be used. `problems` holds every problem of every file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems in the rule files")
        self.problems = problems

"""What can be wrong with a rule file: a code, a place, the values that its sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from errno import EACCES, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM
from typing import Final

KeyPath = tuple[str | int, ...]
"""Where in a file: ("relatives", 2, "include", 1) is the second word of the third clause."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return sentence


SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "rule.toml": (_("this is not TOML: {cause}"), _("mend the line; nothing else was read")),
    "rule.unreadable": (_("cannot be read: {cause}"), _("check the path and its permissions")),
    "rule.no-file": (
        _("is not a file"),
        _("a rule file is a text file: name one, or move away what bears its name"),
    ),
    "rule.encoding": (
        _("is not UTF-8 text"),
        _("save the file as UTF-8 without a byte order mark"),
    ),
    "rule.byte-order-mark": (
        _("begins with a byte-order mark"),
        _("save the file as UTF-8 without a byte order mark"),
    ),
    "rule.format-newer": (
        _("is of format {text}, newer than this program, which reads format {known}"),
        _("install a newer version of the program"),
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
    "rule.shape": (
        _("{found} where {wanted} belongs"),
        _("write {wanted}, such as {example}"),
    ),
    "rule.empty": (
        _("`{key}` is empty"),
        _("fill it in, or leave it out if it may be missing"),
    ),
    "rule.length": (
        _("`{key}` has {found} entries, not {wanted}"),
        _("write {wanted} entries"),
    ),
    "rule.too-small": (
        _("`{key}` is {text}, less than {limit}"),
        _("write a number that is at least {limit}"),
    ),
    "rule.too-big": (
        _("`{key}` is {text}, more than {limit}"),
        _("write a number that is at most {limit}"),
    ),
    "rule.letters": (_("`{text}` has a character that it may not have"), _("write {wanted} only")),
    "rule.value": (
        _("`{text}` is not one of the words of `{key}`"),
        _("known values: {known}"),
    ),
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
    "rule.unknown-elsewhere": (
        _("nobody asks for `{text}` by that name"),
        _(
            "write `phases` for a window; a purpose, a channel or the papers go to the list at the"
            " top: `purposes.vaccine`, `channel.name`, `materials.items`"
        ),
    ),
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

SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "str": (_("a string"), '"…"'),
    "int": (_("a whole number"), "3"),
    "float": (_("a number with a fraction"), "0.5"),
    "bool": (_("true or false"), "true"),
    "date": (_("a date"), "2024-08-01"),
    "datetime": (_("a date with a time"), "2024-08-01T08:00:00"),
    "time": (_("a time of day"), "08:00:00"),
    "list": (_("a list"), '["…"]'),
    "dict": (_("a table"), "{key}.NAME = …"),
    "head": (_("a table"), "[{key}]"),
    "tables": (_("a list of tables"), "[[{key}]]"),
    "other": (_("another kind of value"), "…"),
}
"""What the values of TOML are called, each with an example."""

LETTERS: Final[Mapping[str, str]] = {
    "^[a-z]+$": _("lower-case letters"),
    "^[a-z0-9][a-z0-9-]*$": _("lower-case letters, digits and, after the first, `-`"),
    "^[a-z0-9][a-z0-9_]*$": _("lower-case letters, digits and, after the first, `_`"),
}
"""What a text may be made of, by the pattern that says so."""

UNREADABLE: Final[Mapping[int, str]] = {
    ENOENT: _("there is no such file or folder"),
    ENOTDIR: _("there is no such file or folder"),
    EACCES: _("permission is denied"),
    EPERM: _("permission is denied"),
    ENXIO: _("it is not a file"),
    EISDIR: _("it is a folder"),
    ELOOP: _("its symbolic links lead in a circle"),
    ENAMETOOLONG: _("its name is too long"),
}
"""Why a file cannot be read, by the number of the system's error."""

SYNTAX: Final[Mapping[str, str]] = {
    "Invalid statement": _("a line begins with neither a key nor a table"),
    "Expected newline": _("something follows the end of a statement"),
    "Found invalid character": _("a character stands where it may not"),
    "Illegal character": _("a character stands where it may not"),
    "Invalid initial character": _("a key begins with a character that it may not begin with"),
    "Cannot declare": _("a table is declared twice"),
    "Cannot overwrite": _("a key is given twice"),
    "Duplicate inline": _("a key is given twice"),
    "Cannot mutate": _("a table is changed after its end"),
    "Cannot redefine": _("a table is changed after its end"),
    "Expected '=' after": _("a key without `=`"),
    "Expected ']": _("the head of a table has no end"),
    "Unclosed array": _("a list has no end"),
    "Unclosed inline table": _("a table in braces has no end"),
    "Unterminated string": _("a string has no end"),
    "Expected \"'": _("a string has no end"),
    "Unescaped": _("a backslash in a string that means nothing there: write it twice"),
    "Invalid hex": _("a backslash in a string that means nothing there: write it twice"),
    "Escaped character": _("a backslash in a string that names no character"),
    "Invalid date": _("a date that is not in the calendar"),
    "Invalid value": _("a value that is none: is it a text without quotes?"),
}
"""What is wrong with a text that is no TOML, by the beginning of what its reader says."""

TOO_DEEP: Final = _("values are nested too deeply")
TOO_LONG: Final = _("a number has too many digits")


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

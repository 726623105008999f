"""Turns what the TOML reader and the schema complain of into problems in the project's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from gongji.policy.clause import When
from gongji.policy.problems import (
    LETTERS,
    LONG_KEY,
    SHAPES,
    SYNTAX,
    TOO_DEEP,
    TOO_LONG,
    KeyPath,
    Problem,
)
from gongji.policy.schema import RegionTable, RuleFile, SourceTable
from gongji.policy.toml_text import ENTRIES_MAX, LongKey, TooManyEntries
from gongji.policy.topics import TOPICS, AtLeast, Band, Beneficiaries, Phase

_TABLES: dict[str, type[BaseModel]] = {
    "region": RegionTable,
    "source": SourceTable,
    **{topic.topic: topic for topic in TOPICS},
}
_WANTED = {
    "string": "str",
    "int": "int",
    "bool": "bool",
    "date": "date",
    "list": "list",
    "dict": "dict",
    "model": "dict",
}
"""Which shape is wanted, by the first word of the complaint."""
_INNER: dict[str, type[BaseModel]] = {
    "when": When,
    "phases": Phase,
    "bands": Band,
    "beneficiaries": Beneficiaries,
    "holders": AtLeast,
    "total": AtLeast,
}


def of_syntax(path: str, text: str, error: ValueError | RecursionError) -> Problem:
    """Return the problem of a text that is not TOML, or that its reader does not take."""
    match error:
        case RecursionError():
            return _not_toml(path, text, TOO_DEEP, _start(_NESTED, text))
        case LongKey():
            return _not_toml(path, text, LONG_KEY, error.at)
        case TooManyEntries():
            return Problem("rule.too-many", path, values={"limit": str(ENTRIES_MAX)})
        case tomllib.TOMLDecodeError():
            return _of_decoding(path, text, error)
        case _:
            return _not_toml(path, text, TOO_LONG, _start(_DIGITS, text))


def _of_decoding(path: str, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    told, _at, place = str(error).rpartition(" (at ")
    cause = next((SYNTAX[start] for start in SYNTAX if told.startswith(start)), told or place)
    found = re.match(r"line (\d+), column (\d+)\)", place)
    if found is None:
        return _not_toml(path, text, cause, len(text.rstrip()))
    line, column = int(found[1]), int(found[2])
    return Problem("rule.toml", path, line=line, column=column, values={"cause": cause})


def of_schema(path: str, details: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Return one problem for every complaint of the schema, those of one place joined."""
    problems: dict[tuple[KeyPath, str], Problem] = {}
    for detail in details:
        problem = _of_detail(path, detail)
        if problem.code == "rule.format-newer":
            return [problem]
        problems.setdefault((problem.key, problem.code), problem)
    return list(problems.values())


_NESTED = re.compile(r"(?:[\[{]\s*(?:[\w.-]+\s*=\s*)?){32}")
_DIGITS = re.compile(r"[0-9][0-9_]{4000,}")
_SHOWN = 80


def _start(sought: re.Pattern[str], text: str) -> int:
    found = sought.search(text)
    return found.start() if found else 0


def _not_toml(path: str, text: str, cause: str, start: int) -> Problem:
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Problem("rule.toml", path, line=line, column=column, values={"cause": cause})


def _of_detail(path: str, detail: Mapping[str, Any]) -> Problem:
    key = _without_types(detail["loc"])
    name = next((part for part in reversed(key) if isinstance(part, str)), "")
    context = detail.get("ctx") or {}
    values = {field: _shown(value) for field, value in context.items()}
    values |= {"key": name, "text": _shown(detail["input"])}
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(path, key, name)
        case "missing":
            return Problem("rule.key-missing", path, key, values=values)
        case "literal_error":
            return _no_word(path, key, detail["input"], values)
        case "string_pattern_mismatch" if not detail["input"]:
            return Problem("rule.empty", path, key, values=values)
        case "int_parsing_size":
            return Problem("rule.format-newer", path, key, values=values | {"known": "1"})
        case "too_short" | "too_long" | "string_too_short":
            return _length(path, key, values)
        case "greater_than_equal":
            return Problem("rule.too-small", path, key, values=values | {"limit": values["ge"]})
        case "less_than_equal":
            return Problem("rule.too-big", path, key, values=values | {"limit": values["le"]})
        case "string_pattern_mismatch" if key[0] == "unknown":
            return Problem("rule.parameter-foreign", path, key, values=values)
        case "string_pattern_mismatch":
            wanted = LETTERS[context["pattern"]]
            return Problem("rule.letters", path, key, values=values | {"wanted": wanted})
        case kind if kind.islower() and "_" not in kind:
            code = "rule.money" if kind == "money-not-text" else f"rule.{kind}"
            given = ("text", "url")
            ours = {field: str(value) for field, value in context.items() if field not in given}
            return Problem(code, path, key, values=values | ours)
        case kind:
            return _shape(path, key, kind, detail["input"], name)


def _no_word(path: str, key: KeyPath, found: object, values: dict[str, str]) -> Problem:
    known = re.sub(r"'([^']*)'", r"\1", values["expected"]).replace(" or ", ", ")
    is_newer = key == ("format",) and type(found) is int and found > 1
    code = "rule.format-newer" if is_newer else "rule.value"
    return Problem(code, path, key, values=values | {"known": known})


def _length(path: str, key: KeyPath, values: dict[str, str]) -> Problem:
    wanted = values.get("min_length") or values["max_length"]
    if wanted == "1":
        return Problem("rule.empty", path, key, values=values)
    told = {"found": values["actual_length"], "wanted": wanted}
    return Problem("rule.length", path, key, values=values | told)


def _shape(path: str, key: KeyPath, kind: str, found: object, name: str) -> Problem:
    wanted = _WANTED.get(kind.partition("_")[0], "other")
    if wanted == "date" and isinstance(found, str):
        return Problem("rule.date-text", path, key, values={"key": name})
    if wanted == "list" and len(key) == 1 and name in _TABLES:
        wanted = "tables"
    phrase, example = SHAPES["head" if wanted == "dict" and len(key) == 1 else wanted]
    told = {
        "found": SHAPES.get(type(found).__name__, SHAPES["other"])[0],
        "wanted": phrase,
        "example": example.replace("{key}", "source.KEY" if name == "source" else name),
    }
    return Problem("rule.shape", path, key, values=told)


def _shown(value: object) -> str:
    """Return a value as a rule file spells it; one that is large is cut off."""
    match value:
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > 4 * _SHOWN:
            return "…"
        case list():
            return "[…]"
        case dict():
            return "…"
    text = str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _unknown_key(path: str, key: KeyPath, name: str) -> Problem:
    known = sorted(_known_keys(key))
    near = get_close_matches(name, known, n=1)
    if near:
        return Problem("rule.key-near", path, key, values={"key": name, "near": near[0]})
    return Problem("rule.key-unknown", path, key, values={"key": name, "known": ", ".join(known)})


def _known_keys(key: KeyPath) -> set[str]:
    if len(key) == 1:
        return _names(RuleFile)
    inner = [_INNER[part] for part in key[1:-1] if isinstance(part, str) and part in _INNER]
    return _names(inner[-1] if inner else _TABLES.get(str(key[0]), RuleFile))


def _names(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def _without_types(place: tuple[int | str, ...]) -> KeyPath:
    """Drop what the schema puts into a place that the file does not hold, such as a type's name."""
    types = re.compile(
        r"^(AtLeast|Beneficiaries|Phase|\[key\]|literal\[.*|constrained-.*|function-.*|int|str|list\[.*|date)$"
    )
    return tuple(part for part in place if isinstance(part, int) or not types.match(part))

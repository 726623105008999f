"""Turns what the TOML reader and the schema complain of into problems in the project's words."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from gongji.policy.clause import When
from gongji.policy.problems import KeyPath, Problem
from gongji.policy.schema import RegionTable, RuleFile, SourceTable
from gongji.policy.topics import TOPICS, AtLeast, Band, Beneficiaries, Phase

_TABLES: dict[str, type[BaseModel]] = {
    "region": RegionTable,
    "source": SourceTable,
    **{topic.topic: topic for topic in TOPICS},
}
_INNER: dict[str, type[BaseModel]] = {
    "when": When,
    "phases": Phase,
    "bands": Band,
    "beneficiaries": Beneficiaries,
    "holders": AtLeast,
    "total": AtLeast,
}


def of_syntax(path: str, error: tomllib.TOMLDecodeError) -> Problem:
    """Return the problem of a text that is not TOML."""
    cause, _, place = str(error).rpartition(" (at ")
    found = re.match(r"line (\d+), column (\d+)\)", place)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    return Problem("rule.toml", path, line=line, column=column, values={"cause": cause or place})


def of_schema(path: str, error: ValidationError) -> list[Problem]:
    """Return one problem for every complaint of the schema, those of one place joined."""
    problems: dict[tuple[KeyPath, str], Problem] = {}
    for detail in error.errors(include_url=False):
        problem = _of_detail(path, dict(detail))
        problems.setdefault((problem.key, problem.code), problem)
    return list(problems.values())


def _of_detail(path: str, detail: dict[str, Any]) -> Problem:
    key = _without_types(detail["loc"])
    name = str(key[-1]) if key else ""
    values = {field: str(value) for field, value in (detail.get("ctx") or {}).items()}
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(path, key, name)
        case "missing" if name in ("source", "confidence"):
            return Problem(f"rule.{name}-missing", path, key)
        case "missing":
            return Problem("rule.key-missing", path, key, values={"key": name})
        case "too_short" if name == "source":
            return Problem("rule.source-missing", path, key)
        case "date_type" | "date_from_datetime_parsing" | "date_parsing":
            return Problem("rule.date-text", path, key, values={"key": name})
        case "literal_error":
            cause = f"`{detail['input']}` is not one of the words of `{name}`"
            return Problem(
                "rule.value", path, key, values={"cause": cause, "known": values["expected"]}
            )
        case kind if kind.islower() and "_" not in kind and kind != "missing":
            code = "rule.money" if kind == "money-not-text" else f"rule.{kind}"
            return Problem(code, path, key, values={"text": str(detail["input"]), **values})
        case _:
            return Problem("rule.type", path, key, values={"cause": detail["msg"], "key": name})


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

"""gongji rules path, schema and new."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongji.policy.reading import examine, shipped_rules
from tests.cli.conftest import HERE, Gongji

ROOT = HERE.parent.parent
SCHEMA = json.loads((ROOT / "rules" / "rule-file.schema.json").read_text("utf-8"))
RULE_FILES = sorted((ROOT / "rules").glob("*.toml"))
BROKEN = ROOT / "tests" / "policy" / "broken"
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": (str, date),
    "integer": int,
    "boolean": bool,
}


def faults(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """Where a value does not fit, by the keywords of JSON Schema that ours uses."""
    if "$ref" in schema:
        return faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], at)
    for keyword in ("oneOf", "anyOf"):
        if keyword in schema:
            fitting = [one for one in schema[keyword] if not faults(value, one, at)]
            return [] if fitting else [at]
    if not _is_of_type(value, schema.get("type")):
        return [at]
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return [at]
    if isinstance(value, dict):
        return _faults_of_table(value, schema, at)
    if isinstance(value, list):
        items = schema.get("items", {})
        found = [
            fault for n, each in enumerate(value) for fault in faults(each, items, f"{at}[{n}]")
        ]
        return found if len(value) >= schema.get("minItems", 0) else [at]
    if isinstance(value, date):
        return [] if schema.get("format", "date") == "date" else [at]
    if isinstance(value, str):
        fits = re.search(schema.get("pattern", ""), value) and schema.get("format") != "date"
        return [] if fits else [at]
    return [] if schema.get("minimum", value) <= value <= schema.get("maximum", value) else [at]


def _is_of_type(value: Any, kind: str | None) -> bool:
    if kind is None:
        return True
    return isinstance(value, TYPES[kind]) and isinstance(value, bool) is (kind == "boolean")


def _faults_of_table(value: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
    found = [f"{at}.{key}" for key in schema.get("required", ()) if key not in value]
    for key, each in value.items():
        patterns = [
            one for to, one in schema.get("patternProperties", {}).items() if re.search(to, key)
        ]
        rest = schema.get("additionalProperties", True)
        part = schema.get("properties", {}).get(key) or (patterns[0] if patterns else rest)
        if part is False:
            found.append(f"{at}.{key}")
        elif part is not True:
            found += faults(each, part, f"{at}.{key}")
    return found


def test_the_schema_beside_the_rules_is_the_one_that_is_printed(gongji: Gongji) -> None:
    """Write it anew with `gongji rules schema > rules/rule-file.schema.json`."""
    printed = gongji("rules", "schema")

    assert printed.code == 0
    assert (ROOT / "rules" / "rule-file.schema.json").read_text("utf-8") == printed.out
    assert gongji("rules", "schema", "--json").data == json.loads(printed.out)


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_an_editor_finds_no_fault_with_a_shipped_file(path: Path) -> None:
    """And finds the schema by the first line."""
    text = path.read_text("utf-8")

    assert faults(tomllib.loads(text), SCHEMA) == []
    assert text.startswith("#:schema ./rule-file.schema.json\n")


@pytest.mark.parametrize(
    "name",
    [
        *("key-unknown", "key-near-inner", "key-missing", "date-text", "money", "word-unknown"),
        *("value", "type", "share", "time", "day-of-year"),
    ],
)
def test_an_editor_finds_what_the_program_would_refuse(name: str) -> None:
    """As far as a schema can say it."""
    tables = tomllib.loads((BROKEN / f"{name}.toml").read_text("utf-8"))

    assert faults(tables, SCHEMA) != []


def test_path_is_the_folder_of_the_shipped_rules(gongji: Gongji) -> None:
    """One line, fit for a shell."""
    assert gongji("rules", "path").lines == [str(shipped_rules())]
    assert gongji("rules", "path", "--json").data["path"] == str(shipped_rules())


@pytest.mark.parametrize("code", ["浙江", "330000", "zhejiang"])
def test_new_prints_a_sound_file(small: Gongji, tmp_path: Path, code: str) -> None:
    """Saved under the name that it tells, it passes `rules check` and an editor's schema."""
    answer = small("rules", "new", code)

    assert answer.code == 0
    assert "330000-zhejiang.toml" in answer.err
    assert answer.out.startswith("#:schema ./rule-file.schema.json\n")
    (tmp_path / "330000-zhejiang.toml").write_text(answer.out, encoding="utf-8")
    pack, problems = examine([tmp_path])
    assert problems == []
    assert pack is not None
    assert pack.layers[0].regions["330000"].name == "浙江省"
    assert faults(tomllib.loads(answer.out), SCHEMA) == []


def test_new_as_json_holds_name_and_text(small: Gongji) -> None:
    """The text is what is printed without --json."""
    data = small("rules", "new", "330000", "--json").data

    assert (data["schema"], data["region"]) == ("gongji.scaffold/1", "330000")
    assert data["name"] == "330000-zhejiang.toml"
    assert data["text"] == small("rules", "new", "330000").out


def test_new_for_a_region_that_has_a_file_is_one_to_lay_over_it(small: Gongji) -> None:
    """The next step is another one then."""
    over = small("rules", "new", "湖北")

    assert over.code == 0
    assert "--rules" in over.err
    assert "--rules" not in small("rules", "new", "浙江").err


@pytest.mark.parametrize("code", ["武汉", "420106", "nowhere"])
def test_new_refuses_what_is_no_province(small: Gongji, code: str) -> None:
    """A file covers a whole region."""
    answer = small("rules", "new", code)

    assert (answer.code, answer.out) == (2, "")

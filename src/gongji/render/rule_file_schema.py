"""The JSON Schema of a rule file, by which an editor completes and checks what is typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from gongji.policy import fields
from gongji.policy.schema import RuleFile
from gongji.words.insurance import HOLDER_TYPES, INSURANCES, STATUSES
from gongji.words.mechanisms import ACTIONS, ITEMS, MECHANISMS
from gongji.words.purposes import PURPOSES
from gongji.words.relations import RELATIONS
from gongji.words.vocabulary import Vocabulary


def schema_text() -> str:
    """Return the schema (draft 2020-12) as JSON, indented, with a final newline."""
    schema = RuleFile.model_json_schema(schema_generator=_ForEditors)
    schema = {
        "$schema": _ForEditors.schema_dialect,
        **schema,
        "title": "gongji rule file, format 1",
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _reader(field: Any) -> Callable[..., Any]:
    """Return the function that reads the values of an annotated type."""
    function: Callable[..., Any] = get_args(field)[1].func
    return function


def _words(vocabulary: Vocabulary) -> JsonSchemaValue:
    return {"type": "string", "enum": list(vocabulary.codes)}


def _text(pattern: str) -> JsonSchemaValue:
    return {"type": "string", "pattern": pattern}


_SHAPES: Final[Mapping[Callable[..., Any], JsonSchemaValue]] = {
    _reader(fields.Relation): _words(RELATIONS),
    _reader(fields.Purpose): _words(PURPOSES),
    _reader(fields.Insurance): _words(INSURANCES),
    _reader(fields.Status): _words(STATUSES),
    _reader(fields.HolderType): _words(HOLDER_TYPES),
    _reader(fields.Mechanism): _words(MECHANISMS),
    _reader(fields.Action): _words(ACTIONS),
    _reader(fields.Item): _words(ITEMS),
    _reader(fields.Area): _text(r"^[0-9]{6}$"),
    _reader(fields.Fen): _text(r"^(0|[1-9][0-9]*)(\.[0-9]{1,2})?$"),
    _reader(fields.ClockTime): _text(r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    _reader(fields.DayOfYear): _text(r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
    _reader(fields.Share): _text(r"^(0(\.[0-9]{1,6})?|1)$"),
}
"""What a value looks like in the file, by the function that reads it."""


class _ForEditors(GenerateJsonSchema):
    """Describes values as the file writes them, not as they are once read."""

    def function_after_schema(
        self, schema: core_schema.AfterValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """Describe what a reader of ours takes."""
        shape = _SHAPES.get(schema["function"]["function"])
        return super().function_after_schema(schema) if shape is None else dict(shape)

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """Describe what a reader of ours takes."""
        shape = _SHAPES.get(schema["function"]["function"])
        return super().function_before_schema(schema) if shape is None else dict(shape)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null, which TOML does not have."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles: they would repeat the keys."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out what holds where a key is absent: an editor would offer to write it."""
        return self.generate_inner(schema["schema"])

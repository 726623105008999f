"""The forms that values have in a rule file: words, areas, money, days, shares, limits."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from gongji.words.areas import parse_area
from gongji.words.days import BadDay, parse_time
from gongji.words.insurance import HOLDER_TYPES, INSURANCES, STATUSES
from gongji.words.mechanisms import ACTIONS, ITEMS, MECHANISMS
from gongji.words.money import BadMoney, parse_yuan
from gongji.words.purposes import PURPOSES
from gongji.words.relations import RELATIONS
from gongji.words.vocabulary import UnknownWord, Vocabulary


def _code_of(vocabulary: Vocabulary) -> AfterValidator:
    def check(text: str) -> str:
        if text in vocabulary.codes:
            return text
        raise PydanticCustomError(
            "word-unknown",
            "`{text}` is no {kind}",
            {"text": text, "kind": vocabulary.kind, "known": ", ".join(vocabulary.codes)},
        )

    return AfterValidator(check)


def _area(text: str) -> str:
    try:
        # Of a name nobody wants to know which others are near it: that would take long.
        return parse_area(text if re.fullmatch("[0-9]{6}", text) else "")
    except UnknownWord:
        raise PydanticCustomError(
            "area-unknown", "`{text}` is no area code", {"text": text}
        ) from None


def _yuan(text: object) -> int:
    if not isinstance(text, str):
        raise PydanticCustomError("money-not-text", "an amount is written as a string of yuan")
    try:
        return parse_yuan(text)
    except BadMoney as problem:
        raise PydanticCustomError("money", "`{text}` is no amount", {"text": text}) from problem


def _clock_time(text: str) -> str:
    try:
        return parse_time(text)
    except BadDay as problem:
        raise PydanticCustomError("time", "`{text}` is no HH:MM", {"text": text}) from problem


def _day_of_year(text: str) -> str:
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        raise PydanticCustomError("day-of-year", "`{text}` is no MM-DD", {"text": text})
    return text


def _share(text: str) -> str:
    if not re.fullmatch(r"0(\.\d{1,6})?|1", text):
        raise PydanticCustomError("share", "`{text}` is no share between 0 and 1", {"text": text})
    return text


Relation = Annotated[str, _code_of(RELATIONS)]
Purpose = Annotated[str, _code_of(PURPOSES)]
Insurance = Annotated[str, _code_of(INSURANCES)]
Status = Annotated[str, _code_of(STATUSES)]
HolderType = Annotated[str, _code_of(HOLDER_TYPES)]
Mechanism = Annotated[str, _code_of(MECHANISMS)]
Action = Annotated[str, _code_of(ACTIONS)]
Item = Annotated[str, _code_of(ITEMS)]
Area = Annotated[str, AfterValidator(_area)]
Fen = Annotated[int, BeforeValidator(_yuan)]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
DayOfYear = Annotated[str, AfterValidator(_day_of_year)]
Share = Annotated[str, AfterValidator(_share)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]
DaysOfMonth = Annotated[list[DayOfMonth], Field(min_length=2, max_length=2)]
Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Word = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
Count = Annotated[int, Field(ge=0)]
Reach = Literal["pooling_area", "province", "nation"]
State = Literal["live", "partial", "not_live"]
Confidence = Literal["high", "medium", "low"]
Period = Literal["payment", "day", "month", "year", "authorisation"]
PERIODS: tuple[str, ...] = get_args(Period)


class Strict(BaseModel):
    """A table without unknown keys, whose values have exactly their types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


def shape_of_count(value: object) -> str:
    """Return which form of a count the value takes."""
    return "str" if isinstance(value, str) else "int"


def shape_of_limit(value: object) -> str:
    """Return which form of a limit the value takes."""
    return "AtLeast" if isinstance(value, dict) else shape_of_count(value)


def shape_of_limits(value: object) -> str:
    """Return which form of a limit of beneficiaries the value takes."""
    whole = isinstance(value, dict) and "at_least" not in value
    return "Beneficiaries" if whole else shape_of_limit(value)

"""Identity numbers of GB 11643-1999: check digit, day of birth, sex, area. Never kept whole.

The area part is where the number was given out, which says nothing of where somebody is insured;
an unknown one is no error, because districts come and go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import normalize

from gongji.words.areas import parse_area
from gongji.words.vocabulary import UnknownWord

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"

_ELSEWHERE: Final = re.compile("8[123]0000|9[0-9]{5}")
"""Of residents from Hong Kong, Macao and Taiwan, and of foreigners with permanent residence."""
_WITHIN_TEXT: Final = re.compile("(?<![0-9])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")


class BadIdNumber(ValueError):
    """A text that is no identity number: `reason` is form, check-digit or birth."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not an identity number: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IdNumber:
    """What an identity number says; `mask` shows three digits and the check digit of it.

    `area_is_known` tells whether the area part is a code of today.
    """

    born: date
    sex: str
    mask: str
    area_is_known: bool


def parse_id_number(text: str) -> IdNumber:
    """Return what the eighteen characters say. Raises BadIdNumber, which does not repeat them."""
    body, check = text[:17], text[17:].upper()
    if len(text) != 18 or not (body.isascii() and body.isdigit()) or check not in CHECK_DIGITS:
        raise BadIdNumber("form")
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    if CHECK_DIGITS[total % 11] != check:
        raise BadIdNumber("check-digit")
    try:
        born = date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        raise BadIdNumber("birth") from None
    if born.year < 1900:
        raise BadIdNumber("birth")
    sex = "male" if int(body[16]) % 2 else "female"
    return IdNumber(born, sex, f"{body[:3]}{'*' * 14}{check}", _is_area(body[:6]))


def holds_id_number(text: str) -> bool:
    """Return whether an identity number stands somewhere in the text, in digits of any width."""
    return any(_is_one(found[0]) for found in _WITHIN_TEXT.finditer(normalize("NFKC", text)))


def mask_id_numbers(text: str) -> str:
    """Return the text with the mask of every identity number in its place."""
    return _WITHIN_TEXT.sub(
        lambda found: parse_id_number(found[0]).mask if _is_one(found[0]) else found[0], text
    )


def _is_one(text: str) -> bool:
    try:
        parse_id_number(text)
    except BadIdNumber:
        return False
    return True


def _is_area(code: str) -> bool:
    if _ELSEWHERE.fullmatch(code):
        return True
    try:
        parse_area(code)
    except UnknownWord:
        return False
    return True

"""Identity numbers of GB 11643-1999: check digit, day of birth, sex. Never kept whole.

The area part is where the number was given out, which says nothing of where somebody is insured;
an unknown area part is no error, because districts come and go.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


class BadIdNumber(ValueError):
    """A text that is no identity number: `reason` is form, check-digit or birth."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not an identity number: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IdNumber:
    """What an identity number says; `mask` shows three digits and the check digit of it."""

    born: date
    sex: str
    mask: str


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
    return IdNumber(born, sex, f"{body[:3]}{'*' * 14}{check}")

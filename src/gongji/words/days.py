"""Days, months and times of day, read strictly from their ISO form."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY = re.compile(r"((?:19|2[0-9])[0-9]{2})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


class BadDay(ValueError):
    """A text that is no day, month or time of day; `form` is the form asked for."""

    def __init__(self, text: str, form: str) -> None:
        super().__init__(text, form)
        self.text = text
        self.form = form

    def __str__(self) -> str:
        return f"not of the form {self.form}: {self.text!r}"


def parse_day(text: str) -> date:
    """Return the day of "YYYY-MM-DD", of the years 1900 to 2999. Raises BadDay."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise BadDay(text, "YYYY-MM-DD")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise BadDay(text, "YYYY-MM-DD") from None


def parse_month(text: str) -> date:
    """Return the first day of the month "YYYY-MM", of the years 1900 to 2999. Raises BadDay."""
    try:
        return parse_day(f"{text}-01")
    except BadDay:
        raise BadDay(text, "YYYY-MM") from None


def parse_time(text: str) -> str:
    """Return `text` if it is a time of day "HH:MM" from 00:00 to 23:59. Raises BadDay."""
    if _TIME.fullmatch(text) is None:
        raise BadDay(text, "HH:MM")
    return text


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or earlier if negative.

    Where that month is too short it is its last day: 31 January and one month is 28 or 29
    February. So adding twice one month is not always adding two. ValueError beyond the year 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, _last_day(year, month)))


def _last_day(year: int, month: int) -> int:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return (first_of_next - timedelta(days=1)).day

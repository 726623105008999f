from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.words.days import BadDay, add_months, parse_day, parse_month, parse_time

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31))


@given(DAYS)
def test_every_day_of_the_range_is_read_from_its_iso_form(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-02-30",
        "2025-13-01",
        "2025-00-01",
        "2025-01-00",
        "2025-1-1",
        "20250101",
        "2025-W01-1",
        "2025/01/01",
        "2025-01-01T00:00",
        " 2025-01-01",
        "2025-01-01\n",
        "２０２５-01-01",
        "2025-01-0１",
        "1899-12-31",
        "3000-01-01",
        "0000-01-01",
        "-2025-01-01",
        "2023-02-29",
        "today",
    ],
)
def test_anything_but_a_day_is_refused(text: str) -> None:
    with pytest.raises(BadDay) as caught:
        parse_day(text)

    assert caught.value.text == text
    assert "YYYY-MM-DD" in str(caught.value)


def test_a_leap_day_is_a_day() -> None:
    assert parse_day("2024-02-29") == date(2024, 2, 29)


def test_a_month_is_its_first_day() -> None:
    assert parse_month("2025-03") == date(2025, 3, 1)


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-3", "2025-00", "2025-13", "202503", "2025-03-01", "２０２５-03"]
)
def test_anything_but_a_month_is_refused_as_it_was_written(text: str) -> None:
    with pytest.raises(BadDay) as caught:
        parse_month(text)

    assert (caught.value.text, caught.value.form) == (text, "YYYY-MM")


@pytest.mark.parametrize("text", ["00:00", "06:00", "09:59", "19:30", "22:00", "23:59"])
def test_a_time_of_day_is_returned_as_it_was_written(text: str) -> None:
    assert parse_time(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "24:00", "23:60", "6:00", "06:0", "0600", "06:00:00", " 06:00", "06:00\n", "０６:00"],
)
def test_anything_but_a_time_is_refused(text: str) -> None:
    with pytest.raises(BadDay) as caught:
        parse_time(text)

    assert (caught.value.text, caught.value.form) == (text, "HH:MM")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-31", 3, "2025-04-30"),
        ("2025-11-15", 3, "2026-02-15"),
        ("2025-12-31", 0, "2025-12-31"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(
    day: str, months: int, expected: str
) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(DAYS, st.integers(min_value=-1200, max_value=1200))
def test_adding_months_moves_by_exactly_so_many_months(day: date, months: int) -> None:
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_the_error_survives_the_way_between_processes() -> None:
    again = pickle.loads(pickle.dumps(BadDay("x", "HH:MM")))

    assert (again.text, again.form) == ("x", "HH:MM")

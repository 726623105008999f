"""From when on a binding is in force, and until when, by the rules of its day."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gongji.engine.case import Case
from gongji.engine.life import Life, last_day, life_of
from tests.engine.cases import request, rules_of

TODAY = datetime(2025, 6, 1)
MORROW = datetime(2025, 6, 2)


def life(rules: str, at: str | None = None, until: date | None = None) -> Life:
    """The life of a binding of 2025-06-01."""
    clause = f"[[binding]]\n{rules}\n" if rules else ""
    asked = request({"action": "bind"})
    return life_of(Case.of(rules_of(clause), asked, "authorisation", "bind"), at, until)


@pytest.mark.parametrize(
    ("rules", "at", "effective"),
    [
        ("", "09:00", None),
        ("review_days = 3", None, datetime(2025, 6, 4)),
        ("review_days = 3", "09:00", datetime(2025, 6, 4)),
        ("review_days = 3\neffective_hours = 2", "09:00", datetime(2025, 6, 4)),
        ("review_days = 0", "09:00", TODAY),
        ("review_days = 0\neffective_hours = 2", "09:00", datetime(2025, 6, 1, 11)),
        ("effective_hours = 0", "09:00", TODAY),
        ("effective_hours = 2", "09:30", datetime(2025, 6, 1, 11, 30)),
        ("effective_hours = 2", "22:30", datetime(2025, 6, 2, 0, 30)),
        ('effective_hours = 0\nunknown = ["review_days"]', None, None),
    ],
)
def test_days_of_review_or_hours_pass_before_it_is_in_force(
    rules: str, at: str | None, effective: datetime | None
) -> None:
    """A review to the beginning of a day, hours from the time of day; unknown stays unknown."""
    found = life(rules, at)

    assert (found.maybe_from, found.effective) == (effective, effective)


@pytest.mark.parametrize(
    ("hours", "maybe_from", "effective"),
    [
        (2, datetime(2025, 6, 1, 2), MORROW),
        (24, MORROW, datetime(2025, 6, 3)),
    ],
)
def test_without_a_time_of_day_it_is_in_force_the_day_after_the_hours_could_have_passed(
    hours: int, maybe_from: datetime, effective: datetime
) -> None:
    """Before that it may be, once the hours have passed since midnight."""
    found = life(f"effective_hours = {hours}")

    assert (found.maybe_from, found.effective) == (maybe_from, effective)


@pytest.mark.parametrize(
    ("made", "last"),
    [(date(2025, 6, 1), date(2030, 6, 1)), (date(2024, 2, 29), date(2029, 2, 28))],
)
def test_a_term_of_years_ends_on_the_corresponding_day(made: date, last: date) -> None:
    """Or else on the last of the month, by the Civil Code."""
    assert last_day(made, 5) == last


def test_a_chosen_end_goes_before_the_term_of_the_rules() -> None:
    """And then no clause is relied on for it."""
    chosen = life("term_years = 5", until=date(2026, 6, 1))
    given = life("term_years = 5")

    assert (chosen.until, chosen.rulings) == (date(2026, 6, 1), ())
    assert given.until == date(2030, 6, 1)
    assert [ruling.parameter for ruling in given.rulings] == ["binding.term_years"]


def test_the_rulings_relied_on_are_named() -> None:
    """Those that settle the moment, and no other."""
    by_review = life("review_days = 3\neffective_hours = 2")
    by_hours = life("review_days = 0\neffective_hours = 2")

    assert [ruling.parameter for ruling in by_review.rulings] == ["binding.review_days"]
    assert [ruling.parameter for ruling in by_hours.rulings] == [
        "binding.review_days",
        "binding.effective_hours",
    ]

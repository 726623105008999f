"""The life of a binding: from when on it is in force, and until when, by the rules of its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gongji.engine.case import Case
from gongji.policy.resolve import Ruling
from gongji.words.days import add_months


@dataclass(frozen=True, slots=True)
class Life:
    """When a binding is in force, and what the rules said about it; None is not known or no end.

    It may be in force from `maybe_from` on, and is from `effective` on to the end of `until`.
    """

    maybe_from: datetime | None
    effective: datetime | None
    until: date | None
    rulings: tuple[Ruling, ...]


def life_of(case: Case, at: str | None, until: date | None) -> Life:
    """Return the life of a binding made on the day of the case, `at` HH:MM, with a chosen end."""
    maybe_from, effective, start = _start(case, at)
    years = case.ask("binding.term_years")
    if until is None and years.known:
        return Life(maybe_from, effective, last_day(case.request.on, years.value), (*start, years))
    return Life(maybe_from, effective, until, start)


def last_day(made: date, years: int) -> date:
    """Return the last day of a term: the same day so many years later.

    By the Civil Code (民法典), articles 201 and 202, the day on which a term begins is not counted,
    and it ends on the corresponding day, or else on the last of the month.
    """
    return add_months(made, 12 * years)


def _start(
    case: Case, at: str | None
) -> tuple[datetime | None, datetime | None, tuple[Ruling, ...]]:
    """Return from when on it may be in force and when on it is, and the rulings that say so.

    Days of review run to the beginning of a day. Hours run from the time of day; of a binding whose
    time nobody told, only that it is in force on the day after they could have passed.
    """
    on = case.request.on
    review, hours = case.ask("binding.review_days"), case.ask("binding.effective_hours")
    if review.known and review.value:
        reviewed = _midnight(on + timedelta(days=review.value))
        return reviewed, reviewed, (review,)
    said = tuple(ruling for ruling in (review, hours) if ruling.known)
    if not said or review.why == "not-found":
        return None, None, ()
    if not hours.known or not hours.value:
        return _midnight(on), _midnight(on), said
    wait = timedelta(hours=hours.value)
    if at is not None:
        moment = datetime.combine(on, time.fromisoformat(at)) + wait
        return moment, moment, said
    first = _midnight(on) + wait
    return first, _midnight(first.date() + timedelta(days=1)), said


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)

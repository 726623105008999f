"""What people read of the life of a binding, and of a refusal to make or to end it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongji.acts.bind import unbind
from gongji.acts.outcome import Refused
from gongji.acts.people import person
from gongji.ledger.books import Books
from gongji.render.household_text import history_lines, person_data, person_lines
from gongji.render.refusal_text import refusal_lines
from tests.acts.household import DAY, add, join, open_books, pay, settle
from tests.acts.test_pay import clause, rules

LAST = DAY + timedelta(days=10)
AFTER = LAST + timedelta(days=1)
TWO_HOURS = rules(clause("binding", 'effective_hours = 2\nended_by = "holder"'))


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Books]:
    """A holder with money, and a mother without."""
    with open_books(tmp_path / "family.jsonl") as books:
        add(books, "我", 60000, 0)
        add(books, "妈妈", insurance="resident")
        yield books


def shown(books: Books, name: str, on: date) -> list[str]:
    return person_lines(person_data(books, name, person(books, name), on))


def test_a_person_is_shown_with_the_days_of_the_binding(family: Books) -> None:
    """From which moment and until which day; after it there is none."""
    join(family, TWO_HOURS, "我", "妈妈", at="09:30", until=LAST)

    said = f"since {DAY} · in force from {DAY} 11:30 on · until {LAST}"
    assert shown(family, "我", LAST)[-1].endswith(said)
    assert shown(family, "妈妈", LAST)[-1].endswith(said)
    assert str(DAY) not in "".join(shown(family, "我", AFTER) + shown(family, "妈妈", AFTER))


def test_the_history_tells_of_a_term(family: Books) -> None:
    """Of its last day where it is bound, and that it is over where it ends."""
    bound = join(family, TWO_HOURS, "我", "妈妈", until=LAST)
    (ended,) = settle(family, TWO_HOURS, AFTER)

    _head, first, last = history_lines([bound, ended])

    assert first.endswith(f"until {LAST}")
    assert last.endswith("its term is over")


def test_a_payment_that_hangs_on_the_hour_asks_for_it(family: Books) -> None:
    """By the option of the command, not by the facts of a person."""
    join(family, TWO_HOURS, "我", "妈妈")

    with pytest.raises(Refused) as error:
        pay(family, TWO_HOURS, "妈妈", 100)

    assert "    time of day, HH:MM: `--at`" in refusal_lines(error.value)


def test_an_end_that_is_refused_names_who_may(family: Books) -> None:
    """With the clause that says so."""
    join(family, TWO_HOURS, "我", "妈妈")

    with pytest.raises(Refused) as error:
        unbind(family, TWO_HOURS, "我", "妈妈", DAY, "beneficiary")

    lines = refusal_lines(error.value)
    assert lines[0] == "nothing was ended"
    assert any("only the holder may end a binding there" in line for line in lines)
    assert any("420000/binding/2020-01-01" in line for line in lines)

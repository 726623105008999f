from __future__ import annotations

from collections import Counter
from datetime import date

from bench.batches import requests
from bench.measure import Times, side_by_side
from bench.tables import append_table, batch_table, starting_table
from gongji.engine.request import parse_request


def test_each_act_is_done_once_a_round_and_once_before() -> None:
    """The first time warms up and is not counted."""
    done = Counter[str]()
    acts = {name: lambda name=name: done.update([name]) for name in ("a", "b")}

    times = side_by_side(acts, rounds=3)

    assert done == {"a": 4, "b": 4}
    assert [len(taken.seconds) for taken in times.values()] == [3, 3]


def test_every_row_of_the_measured_lists_is_a_request() -> None:
    """A bad line would be answered faster than it deserves. The rows are the same every time."""
    rows = list(requests(200))

    assert rows == list(requests(200))
    assert all(parse_request(row, date(2025, 6, 1)).id for row in rows)


def test_tables_show_medians_bounds_and_ratios() -> None:
    """In the unit that the head of the table names."""
    slow, fast = Times((0.2, 0.4, 0.3)), Times((0.1, 0.1, 0.1))

    assert "| slow | 300.0 | 200.0 | 400.0 | 3.0 |" in starting_table(
        {"fast": fast, "slow": slow}, "fast"
    )
    assert "| 1,000 | 3,333 | 2,500 | 5,000 |" in batch_table({1_000: slow})
    assert "| slow | 3,000.0 | 2,000.0 | 4,000.0 | 3.0 |" in append_table(
        {"fast": fast, "slow": slow}, "fast", 100
    )

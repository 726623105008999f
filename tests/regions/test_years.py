"""Years of contribution before retirement: what the shipped files say of the places best known."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from gongji.policy.pack import Pack
from gongji.policy.reading import load, shipped_rules
from gongji.policy.resolve import Ruling, resolve

TODAY = date(2026, 11, 21)


@cache
def pack() -> Pack:
    """Return the shipped rules."""
    return load([shipped_rules()])


def said(area: str, name: str, on: date = TODAY, **group: str) -> Ruling:
    """Return what is said of `contribution_years.NAME`."""
    query = {qualifier: frozenset({word}) for qualifier, word in group.items()}
    return resolve(pack(), f"contribution_years.{name}", area, query, on)


def years(area: str, on: date = TODAY, **group: str) -> tuple[object, ...]:
    """Return the years of men and women and those actually paid, None where not known."""
    rulings = [said(area, name, on, **group) for name in ("men", "women", "paid")]
    return tuple(ruling.value if ruling.known else None for ruling in rulings)


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("110000", (25, 20, 10)),
        ("120000", (25, 20, 5)),
        ("310000", (15, 15, None)),
        ("320100", (25, 20, 10)),
        ("330000", (20, 20, None)),
        ("330100", (20, 20, 10)),
        ("371000", (30, 25, 10)),
        ("420100", (30, 25, 10)),
        ("421000", (30, 25, None)),
        ("430000", (30, 25, 13)),
        ("440300", (25, 25, 15)),
        ("500000", (30, 25, 10)),
    ],
)
def test_the_years_of_a_place(area: str, expected: tuple[object, ...]) -> None:
    """Beijing, Tianjin, Shanghai, Nanjing, Zhejiang with Hangzhou, Weihai, Wuhan, Jingzhou …"""
    assert years(area) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2013, (15, 15, 10)),
        (2014, (15, 15, 10)),
        (2015, (16, 16, 11)),
        (2019, (20, 20, 15)),
        (2022, (23, 23, 15)),
        (2023, (24, 24, 15)),
        (2024, (25, 25, 15)),
        (2029, (25, 25, 15)),
        (2030, (30, 25, 10)),
    ],
)
def test_shenzhen_asks_for_one_year_more_each_year(year: int, expected: tuple[int, ...]) -> None:
    """From 2014 to 2024; from 2030 on the province's figures hold."""
    assert years("440300", date(year, 6, 30)) == expected


@pytest.mark.parametrize(
    ("group", "men"), [("enrolled_by_2013", 10), ("enrolled_from_2014", 15), ("student", None)]
)
def test_guangzhou_goes_by_the_day_of_enrolment(group: str, men: int | None) -> None:
    """Who does not say when they enrolled is told neither figure."""
    assert years("440100", holder_group=group) == (men, men, 10)


def test_weihai_changed_with_2026() -> None:
    """Its old years had to be without a break."""
    assert years("371000", date(2025, 12, 31))[:2] == (25, 20)
    assert years("371000", date(2026, 1, 1))[:2] == (30, 25)


def test_no_figure_is_lent_to_a_place_of_which_nobody_speaks() -> None:
    """The nation has none, and what holds in most places is no default."""
    assert years("650100") == (None, None, None)


@pytest.mark.parametrize(
    ("area", "ways"),
    [
        ("110000", ("lump_sum",)),
        ("310000", ("lump_sum",)),
        ("330100", ("monthly", "lump_sum")),
        ("371000", ("lump_sum", "monthly")),
        ("440300", ("monthly",)),
        ("500000", ("lump_sum", "resident_insurance")),
    ],
)
def test_what_follows_where_years_are_short(area: str, ways: tuple[str, ...]) -> None:
    """As far as a source says so."""
    assert said(area, "shortfall").value == ways


@pytest.mark.parametrize("area", ["120000", "320100"])
def test_where_the_sources_disagree_both_figures_stand(area: str) -> None:
    """A published table has 30 years for men in Tianjin and Nanjing, other pages 25."""
    ruling = said(area, "men")

    assert "disputed" in ruling.marks
    assert [dissent.values["men"] for dissent in ruling.clauses[0].dissents] == [30]

"""How far the rule files reach: shares of what is known, and what was read long ago."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongji.policy.check import PARAMETERS
from gongji.policy.survey import CORE, Survey, regions_of, stale, survey
from tests.policy.packs import layered, pack_of

DAY = date(2025, 6, 1)
NATION = """
[[scope]]
binds = "default"
from = 2021-01-01
reach = "province"
[[relatives]]
binds = "nation"
from = 2021-01-01
include = ["spouse", "parent", "child"]
"""
HUBEI = """
[[relatives]]
from = 2025-06-01
include = ["spouse"]
[[mechanism]]
from = 2020-01-01
family_pool = "live"
[[premium]]
year = 2024
price = "380.00"
"""


def of_hubei(on: date = DAY, **files: str) -> Survey:
    return next(found for found in survey(pack_of(**files), on) if found.region.code == "420000")


def test_every_core_name_is_a_parameter() -> None:
    """A misspelt one would count as unknown for ever."""
    assert {name for names in CORE for name in names} <= PARAMETERS


def test_own_clauses_are_cited_the_nations_inherited_and_the_rest_unknown() -> None:
    """Each core name has one answer; what binds the nation alone answers nobody else."""
    found = of_hubei(nation=NATION, hubei=HUBEI)

    assert found.cited == ("mechanism.authorisation", "relatives.include")
    assert found.inherited == ("scope.reach",)
    assert set(found.unknown) == {names[0] for names in CORE} - {*found.cited, "scope.reach"}


def test_the_day_governs_what_is_known() -> None:
    """The clause of 1 June says nothing on 31 May; a price is one of the day's year."""
    before = of_hubei(date(2025, 5, 31), nation=NATION, hubei=HUBEI)
    earlier = of_hubei(date(2024, 5, 31), nation=NATION, hubei=HUBEI)

    assert "relatives.include" in before.unknown
    assert "premium.price" in before.unknown
    assert "premium.price" in earlier.cited


def test_a_value_under_qualifiers_is_known() -> None:
    """Most regions say how far it reaches by mechanism."""
    scope = '[[scope]]\nfrom = 2020-01-01\nwhen = { mechanism = ["authorisation"] }\n'

    assert "scope.reach" in of_hubei(hubei=scope + 'reach = "province"').cited


def test_clauses_and_sources_of_all_layers_count() -> None:
    """An overlay adds to the region that it touches; the newest day is the source's."""
    source = '\n[source.b]\ntitle = "t"\ngrade = "recall"\npublished = 2024-05-06\n'
    overlay = '[[consent]]\nfrom_age = 18\nsource = ["a", "b"]\nconfidence = "low"\n' + source

    (found,) = survey(layered({"hubei": HUBEI}, {"hubei": overlay}), DAY)

    assert (found.clauses, found.newest) == (4, date(2024, 5, 6))


def test_without_a_dated_source_there_is_no_newest_day() -> None:
    """Nothing is made up."""
    assert of_hubei(hubei=HUBEI).newest is None


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_the_three_parts_are_the_whole_on_every_day(day: date) -> None:
    """No core name is lost or counted twice."""
    for found in survey(PACK, day):
        parts = [*found.cited, *found.inherited, *found.unknown]
        assert sorted(parts) == sorted(names[0] for names in CORE)


PACK = pack_of(nation=NATION, hubei=HUBEI)


def test_a_region_is_stale_the_day_after_its_time() -> None:
    """Exactly as old as allowed is not older."""
    (region,) = regions_of(pack_of(hubei=HUBEI))
    days = timedelta(days=180)
    last = region.reviewed + days

    assert stale(pack_of(hubei=HUBEI), last, days) == []
    assert [one.code for one in stale(pack_of(hubei=HUBEI), last + timedelta(days=1), days)] == [
        "420000"
    ]

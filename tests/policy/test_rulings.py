"""What a clause means: one test for each ruling on dates, gaps, roll-out, layers and areas."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.engine.distance import distance
from gongji.policy.pack import Confidence, Pack
from gongji.policy.reading import load
from gongji.policy.resolve import Ruling, collect, qualifiers_of, resolve
from tests.policy.packs import codes_of, layered, pack_of

NATION, HUBEI, WUHAN, HONGSHAN = "000000", "420000", "420100", "420111"


def ask(
    pack: Pack, parameter: str, on: str, area: str = HUBEI, /, **query: str | list[str]
) -> Ruling:
    words = {
        name: frozenset([word] if isinstance(word, str) else word) for name, word in query.items()
    }
    return resolve(pack, parameter, area, words, date.fromisoformat(on))


# ───────── Clauses and dates ─────────


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("2023-12-31", None),
        ("2024-01-01", "all"),
        ("2024-06-30", "all"),
        ("2024-07-01", "carryover"),
        ("2024-12-31", "carryover"),
        ("2025-01-01", None),
    ],
)
def test_from_and_until_are_inclusive_days(on: str, value: str | None) -> None:
    """`from`, `by`, `until`, `seen` are inclusive days."""
    pack = pack_of(
        hubei="""
[[funds]]
from = 2024-01-01
until = 2024-06-30
use = "all"
[[funds]]
from = 2024-07-01
until = 2024-12-31
use = "carryover"
"""
    )

    ruling = ask(pack, "funds.use", on)

    assert (ruling.value if ruling.known else None) == value


@pytest.mark.parametrize(
    ("on", "known"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-06-30", True), ("2024-07-01", False)],
)
def test_by_and_seen_are_inclusive_days(on: str, known: bool) -> None:
    """`from`, `by`, `until`, `seen` are inclusive days."""
    pack = pack_of(hubei='[[funds]]\nby = 2024-01-01\nseen = 2024-06-30\nuse = "all"')

    assert ask(pack, "funds.use", on).known is known


def test_an_open_end_lasts_to_the_next_clause() -> None:
    """An open end lasts to the next clause of the same key and area."""
    pack = pack_of(
        hubei="""
[[limits]]
from = 2023-01-01
beneficiaries = 3
[[limits]]
from = 2024-07-01
beneficiaries = 6
"""
    )

    days = ("2024-06-30", "2024-07-01", "2099-12-31")
    assert [ask(pack, "limits.beneficiaries", on).value for on in days] == [3, 6, 6]


def test_an_open_end_is_not_ended_by_a_clause_of_another_area_or_qualifier() -> None:
    """An open end lasts to the next clause of the same key and area."""
    pack = pack_of(
        hubei="""
[[limits]]
from = 2023-01-01
beneficiaries = 3
[[limits]]
area = ["420100"]
from = 2024-01-01
beneficiaries = 6
[[limits]]
when = { mechanism = ["family_pool"] }
from = 2024-01-01
beneficiaries = 9
"""
    )

    assert ask(pack, "limits.beneficiaries", "2025-01-01").value == 3
    assert ask(pack, "limits.beneficiaries", "2025-01-01", WUHAN).value == 6
    assert ask(pack, "limits.beneficiaries", "2025-01-01", mechanism="family_pool").value == 9


def test_an_undated_clause_holds_where_no_dated_one_does_and_at_medium_at_best() -> None:
    """A clause without dates holds on every day that no dated clause of its layer covers."""
    pack = pack_of(
        hubei="""
[[limits]]
beneficiaries = 3
[[limits]]
from = 2024-01-01
until = 2024-12-31
beneficiaries = 6
"""
    )
    before, during, after = (
        ask(pack, "limits.beneficiaries", on) for on in ("2023-12-31", "2024-06-01", "2025-01-01")
    )

    assert (before.value, during.value, after.value) == (3, 6, 3)
    assert before.marks == after.marks == {"undated"}
    assert not during.marks
    assert (before.confidence, during.confidence) == (Confidence.MEDIUM, Confidence.HIGH)


def test_an_undated_clause_of_low_confidence_stays_low() -> None:
    """… at confidence no better than medium."""
    pack = pack_of(hubei='[[limits]]\nbeneficiaries = 3\nconfidence = "low"')

    assert ask(pack, "limits.beneficiaries", "2024-01-01").confidence is Confidence.LOW


def test_a_clause_with_only_an_end_has_held_since_before_anything_known() -> None:
    """A clause with only `until` or `seen` has held since before anything known."""
    pack = pack_of(hubei='[[funds]]\nuntil = 2020-12-31\nuse = "carryover"')

    assert ask(pack, "funds.use", "1990-01-01").value == "carryover"


def test_what_was_said_until_a_day_is_over_and_what_was_seen_on_a_day_is_not_known() -> None:
    """`until`: in force to this day. `seen`: still so on this day, its end unknown."""
    sure = pack_of(hubei="[[limits]]\nfrom = 2023-01-01\nuntil = 2024-06-30\nbeneficiaries = 3")
    seen = pack_of(hubei="[[limits]]\nfrom = 2023-01-01\nseen = 2024-06-30\nbeneficiaries = 3")

    said = [ask(pack, "limits.beneficiaries", "2024-07-01") for pack in (sure, seen)]

    assert [ruling.why for ruling in said] == ["silent", "gap"]
    assert [len(ruling.clauses) for ruling in said] == [0, 1]


SET_GAP = """
[[relatives]]
from = 2022-01-01
seen = 2023-06-30
include = ["spouse", "parent", "sibling"]
[[relatives]]
by = 2024-06-30
include = ["spouse", "parent", "child"]
"""


def test_in_a_gap_a_set_holds_what_both_neighbours_hold_and_doubts_the_rest() -> None:
    """Gaps, for a set: what both allow is allowed, what neither allows is not, the rest unknown."""
    ruling = ask(pack_of(hubei=SET_GAP), "relatives.include", "2024-01-01")

    assert ruling.value == {"spouse", "parent"}
    assert ruling.doubtful == {"sibling", "child"}
    assert ruling.marks == {"gap"}
    assert len(ruling.clauses) == 2


@pytest.mark.parametrize(("right", "value"), [("carryover", None), ("all", "all")])
def test_in_a_gap_a_value_is_known_only_where_both_neighbours_agree(
    right: str, value: str | None
) -> None:
    """Gaps, for any other value: unknown unless both neighbours agree."""
    pack = pack_of(
        hubei=f"""
[[funds]]
from = 2022-01-01
seen = 2023-06-30
use = "all"
[[funds]]
by = 2024-06-30
use = "{right}"
confidence = "medium"
"""
    )

    ruling = ask(pack, "funds.use", "2024-01-01")

    assert (ruling.value if ruling.known else None) == value
    assert ruling.why == (None if value else "gap")
    assert ruling.confidence is Confidence.MEDIUM


def test_before_the_first_by_the_wider_layer_is_the_left_neighbour() -> None:
    """Before the first `by`, the layer above is the left neighbour."""
    nation = '[[relatives]]\nbinds = "default"\ninclude = ["spouse", "parent"]'
    hubei = '[[relatives]]\nby = 2024-06-30\ninclude = ["spouse", "child"]'

    ruling = ask(pack_of(nation=nation, hubei=hubei), "relatives.include", "2024-01-01")

    assert ruling.value == {"spouse"}
    assert ruling.doubtful == {"parent", "child"}
    assert [clause.region for clause in ruling.clauses] == [NATION, HUBEI]
    assert "inherited" in ruling.marks


def test_before_the_first_by_nothing_is_known_where_the_wider_layer_is_silent() -> None:
    """Before the first `by`, the layer above is the left neighbour."""
    pack = pack_of(hubei='[[relatives]]\nby = 2024-06-30\ninclude = ["spouse", "child"]')

    assert not ask(pack, "relatives.include", "2024-01-01").known
    assert ask(pack, "relatives.include", "2024-06-30").value == {"spouse", "child"}


def test_before_an_exact_start_the_wider_layer_answers_alone() -> None:
    """`from`: in force from this day, so it says nothing of the days before."""
    nation = '[[relatives]]\nbinds = "default"\ninclude = ["spouse", "parent"]'
    hubei = '[[relatives]]\nfrom = 2024-06-30\ninclude = ["spouse", "child"]'

    ruling = ask(pack_of(nation=nation, hubei=hubei), "relatives.include", "2024-06-29")

    assert (ruling.value, ruling.doubtful) == ({"spouse", "parent"}, frozenset())


def test_a_reach_holds_the_narrower_ones_so_its_gaps_join_like_a_set() -> None:
    """Gaps, for a set: a province beside a nation surely covers the province."""
    pack = pack_of(
        hubei="""
[[scope]]
from = 2022-01-01
seen = 2023-06-30
reach = "province"
[[scope]]
by = 2024-06-30
reach = "nation"
"""
    )

    ruling = ask(pack, "scope.reach", "2024-01-01")

    assert ruling.value == {"pooling_area", "province"}
    assert ruling.doubtful == {"nation"}


@given(
    early=st.sets(st.sampled_from(["spouse", "parent", "child", "sibling"]), min_size=1),
    late=st.sets(st.sampled_from(["spouse", "parent", "child", "sibling"]), min_size=1),
)
def test_a_gap_never_grants_or_denies_more_than_its_neighbours(
    early: set[str], late: set[str]
) -> None:
    """Gaps, for a set: both hold what is granted; either holds what is doubted."""
    text = "\n".join(
        f"[[relatives]]\n{dates}\ninclude = {sorted(words)}"
        for dates, words in (("seen = 2023-01-01", early), ("by = 2024-01-01", late))
    )

    ruling = ask(pack_of(hubei=text), "relatives.include", "2023-06-01")

    assert ruling.value == early & late
    assert ruling.value | ruling.doubtful == early | late


def test_saying_the_same_twice_and_saying_two_things_at_once_are_errors() -> None:
    """Two clauses in force on one day with the same parameter, area and qualifiers are an error."""
    first = "[[limits]]\nfrom = 2023-01-01\nuntil = 2024-06-30\nbeneficiaries = 3\n"
    second = "[[limits]]\nfrom = 2024-01-01\nbeneficiaries = {}\n"

    assert codes_of(hubei=first + second.format(6)) == ["rule.overlap"]
    assert codes_of(hubei=first + second.format(3)) == ["rule.repeated"]


def test_several_agreeing_sources_stand_on_one_clause() -> None:
    """… then they belong together as one clause with two sources."""
    second = '[source.b]\ntitle = "second"\ngrade = "recall"\n'
    clause = '[[limits]]\nbeneficiaries = 3\nconfidence = "high"\nsource = ["a", "b"]\n'
    pack = pack_of(hubei=clause + second)

    (spoken,) = ask(pack, "limits.beneficiaries", "2024-01-01").clauses

    assert [source.key for source in spoken.sources] == ["a", "b"]


def test_a_dispute_marks_the_answer_and_keeps_the_other_voice() -> None:
    """… and, where sources disagree, the dispute."""
    pack = pack_of(
        hubei="[[limits]]\nfrom = 2024-01-01\nbeneficiaries = 3\n"
        'dispute = [{ beneficiaries = 5, source = ["a"] }]'
    )

    ruling = ask(pack, "limits.beneficiaries", "2024-01-01")

    assert ruling.value == 3
    assert ruling.marks == {"disputed"}
    assert ruling.clauses[0].dissents[0].values == {"beneficiaries": 5}


def test_channels_and_materials_add_up() -> None:
    """Channels, materials and standing rules add up instead of replacing each other."""
    pack = pack_of(
        nation='[[channel]]\nbinds = "default"\nkind = "app"\nname = "国家医保服务平台"',
        hubei='[[channel]]\nkind = "wechat"\nname = "湖北医保"\n'
        '[[channel]]\nuntil = 2020-01-01\nkind = "web"\nname = "旧站"',
    )

    found = collect(pack, "channel", WUHAN, {}, date(2025, 1, 1))

    assert [dict(statement.value)["name"] for statement in found] == [
        "湖北医保",
        "国家医保服务平台",
    ]


def test_what_was_not_found_is_spoken_of_though_no_clause_speaks_of_it() -> None:
    """Whoever lists what holds in an area meets it, there and in the cities below."""
    pack = pack_of(hubei='unknown = ["limits.holders", "420100/funds.use"]')

    assert qualifiers_of(pack, "limits.holders", "420100") == [()]
    assert qualifiers_of(pack, "funds.use", "420100") == [()]
    assert qualifiers_of(pack, "funds.use", "420000") == []


def test_the_list_of_unknowns_is_knowledge_too() -> None:
    """One `unknown = ["…"]` list per file names the parameters looked for and not found."""
    pack = pack_of(hubei='unknown = ["limits.holders", "420100/funds.use"]')

    assert ask(pack, "limits.holders", "2024-01-01").why == "not-found"
    assert ask(pack, "limits.beneficiaries", "2024-01-01").why == "silent"
    assert ask(pack, "funds.use", "2024-01-01", WUHAN).why == "not-found"
    assert ask(pack, "funds.use", "2024-01-01").why == "silent"


def test_a_premium_whose_price_was_not_found_speaks_of_its_own_year_alone() -> None:
    """`unknown`: parameters of this topic whose value was looked for here and not found."""
    pack = pack_of(
        hubei='[[premium]]\nyear = 2025\nprice = "400.00"\n'
        '[[premium]]\nyear = 2026\nunknown = ["price"]'
    )
    who = {"purpose": "resident_premium"}

    prices = [ask(pack, "premium.price", "2025-10-01", year=y, **who) for y in ("2025", "2026")]

    assert [prices[0].value, prices[1].why] == [40000, "not-found"]
    lacking = '[[premium]]\nyear = {}\nunknown = ["price"]\n'
    assert codes_of(hubei=lacking.format(2025) + lacking.format(2026)) == []


# ───────── Roll-out states ─────────


def state(text: str, on: str, area: str = HUBEI, **files: str) -> str:
    """The state of the wallet, or why it is not known."""
    ruling = ask(pack_of(hubei=text, **files), "mechanism.wallet_transfer", on, area)
    return str(ruling.value) if ruling.known else str(ruling.why)


def test_the_earliest_source_that_says_live_wins() -> None:
    """Roll-out: the earliest source that says live wins and later ones corroborate."""
    text = """
[[mechanism]]
by = 2025-06-30
wallet_transfer = "live"
[[mechanism]]
by = 2025-02-07
wallet_transfer = "live"
[[mechanism]]
by = 2025-04-01
seen = 2025-04-10
wallet_transfer = "partial"
"""
    ruling = ask(pack_of(hubei=text), "mechanism.wallet_transfer", "2026-01-01")

    assert ruling.clauses[0].start == date(2025, 2, 7)
    assert state(text, "2025-02-06") == "silent"
    assert state(text, "2025-04-05") == "live"


@pytest.mark.parametrize("seen", ["not_live", "partial"])
@pytest.mark.parametrize(("days", "holds"), [(0, True), (31, True), (32, False)])
def test_observations_hold_for_31_days_beyond_the_last_day_seen(
    seen: str, days: int, holds: bool
) -> None:
    """`partial` and `not_live` are observations: to the last day seen and 31 days beyond."""
    text = f'[[mechanism]]\nby = 2025-01-01\nseen = 2025-02-01\nwallet_transfer = "{seen}"'
    on = (date(2025, 2, 1) + timedelta(days=days)).isoformat()

    assert state(text, on) == (seen if holds else "faded")
    assert state(text, "2024-12-31") == "silent"


def test_an_observation_made_on_one_day_holds_for_31_days() -> None:
    """`by` alone is the day of the observation; 31 days beyond it, unknown."""
    text = '[[mechanism]]\nby = 2025-01-01\nwallet_transfer = "not_live"'

    days = ("2025-01-01", "2025-02-01", "2025-02-02")
    assert [state(text, on) for on in days] == ["not_live", "not_live", "faded"]


def test_the_same_state_seen_twice_held_in_between() -> None:
    """Observations hold from the first to the last day seen."""
    text = """
[[mechanism]]
by = 2025-01-01
wallet_transfer = "not_live"
[[mechanism]]
by = 2025-06-01
wallet_transfer = "not_live"
"""
    days = ("2025-03-15", "2025-07-02", "2025-07-03")
    assert [state(text, on) for on in days] == ["not_live", "not_live", "faded"]


def test_a_later_observation_speaks_before_an_earlier_one_that_would_still_hold() -> None:
    """Of two observations within 31 days the later one is the news."""
    text = """
[[mechanism]]
by = 2025-01-01
wallet_transfer = "not_live"
[[mechanism]]
by = 2025-01-10
wallet_transfer = "partial"
"""
    assert [state(text, on) for on in ("2025-01-09", "2025-01-10")] == ["not_live", "partial"]


def test_an_observation_with_only_a_last_day_says_that_it_was_not_live_before() -> None:
    """A clause with only `seen` says that it has not been live before either."""
    text = '[[mechanism]]\nseen = 2025-01-01\nwallet_transfer = "not_live"'

    days = ("2024-12-02", "2025-02-01", "2025-02-02")
    assert [state(text, on) for on in days] == ["not_live", "not_live", "faded"]


def test_exact_dates_make_a_state_exact() -> None:
    """`from` or `until` make such a state exact, without the 31 days."""
    text = """
[[mechanism]]
from = 2025-01-01
until = 2025-03-31
wallet_transfer = "not_live"
[[mechanism]]
from = 2025-06-01
wallet_transfer = "partial"
"""
    days = ("2025-03-31", "2025-04-01", "2026-06-01")
    assert [state(text, on) for on in days] == ["not_live", "faded", "partial"]


def test_partial_is_unknown_for_the_region_and_every_city_without_a_clause() -> None:
    """`partial` is unknown for the region itself and for every city without a clause."""
    text = """
[[mechanism]]
by = 2025-01-01
seen = 2025-02-01
wallet_transfer = "partial"
[[mechanism]]
area = ["420100"]
by = 2025-01-01
wallet_transfer = "live"
[[mechanism]]
area = ["420200"]
by = 2025-01-01
seen = 2025-02-01
wallet_transfer = "not_live"
"""
    areas = (HUBEI, "420300", WUHAN, HONGSHAN, "420200")
    told = [state(text, "2025-01-15", area) for area in areas]
    assert told == ["partial", "partial", "live", "live", "not_live"]


def test_a_dated_national_list_beats_an_undated_local_line() -> None:
    """A dated national list beats an undated local line."""
    nation = '[[mechanism]]\narea = ["420000"]\nby = 2025-02-07\nwallet_transfer = "live"'
    local = '[[mechanism]]\nwallet_transfer = "not_live"'

    assert state(local, "2025-03-01", nation=nation) == "live"
    assert state(local, "2025-03-01") == "not_live"


def test_a_city_state_that_ended_becomes_unknown() -> None:
    """A city clause that has ended leaves the word to its province, but a state is unknown."""
    text = """
[[mechanism]]
by = 2025-01-01
wallet_transfer = "live"
[[mechanism]]
area = ["420100"]
by = 2025-01-01
until = 2025-06-30
wallet_transfer = "live"
"""
    assert [state(text, on, WUHAN) for on in ("2025-06-30", "2025-07-01")] == ["live", "faded"]
    assert state(text, "2025-07-01") == "live"


def test_a_state_that_was_not_found_leaves_the_word_to_the_wider_layer() -> None:
    """A narrower unknown stops a restriction; for a permission the wider layer answers."""
    nation = '[[mechanism]]\nbinds = "default"\nwallet_transfer = "live"'
    local = '[[mechanism]]\nunknown = ["wallet_transfer"]'

    assert state(local, "2025-03-01", nation=nation) == "live"
    assert state(local, "2025-03-01") == "not-found"


# ───────── Layers ─────────

LIMITS = """
[[limits]]
beneficiaries = 1
[[limits]]
area = ["420100"]
beneficiaries = 2
[[limits]]
area = ["420111"]
beneficiaries = 3
"""


def test_the_narrowest_area_wins() -> None:
    """County → city → province → nation; the narrowest area wins."""
    nation = '[[limits]]\nbinds = "default"\nbeneficiaries = 9'
    pack = pack_of(nation=nation, hubei=LIMITS)

    areas = (HONGSHAN, "420106", WUHAN, "420200", HUBEI, "440000")
    values = [ask(pack, "limits.beneficiaries", "2025-01-01", area).value for area in areas]
    assert values == [3, 2, 2, 1, 1, 9]


def test_a_narrower_area_wins_over_more_qualifiers_and_those_over_fewer() -> None:
    """… the narrowest area wins, then the clause with more qualifiers."""
    pack = pack_of(
        hubei="""
[[funds]]
keep = "1.00"
[[funds]]
when = { mechanism = ["authorisation"] }
keep = "2.00"
[[funds]]
when = { mechanism = ["authorisation"], purpose = ["pharmacy", "outpatient"] }
keep = "3.00"
[[funds]]
area = ["420100"]
keep = "4.00"
"""
    )
    pharmacy = {"mechanism": "authorisation", "purpose": "pharmacy"}

    assert ask(pack, "funds.keep", "2025-01-01").value == 100
    assert ask(pack, "funds.keep", "2025-01-01", mechanism="authorisation").value == 200
    assert ask(pack, "funds.keep", "2025-01-01", **pharmacy).value == 300
    assert ask(pack, "funds.keep", "2025-01-01", WUHAN, **pharmacy).value == 400


def test_an_equal_tie_is_an_error_at_load_and_one_that_cannot_meet_is_none() -> None:
    """An equal tie is a load error."""
    one = '[[funds]]\nwhen = { mechanism = ["authorisation"] }\nkeep = "1.00"\n'
    other = '[[funds]]\nwhen = { purpose = ["pharmacy"] }\nkeep = "2.00"\n'
    apart = '[[funds]]\nwhen = { mechanism = ["family_pool"] }\nkeep = "2.00"\n'

    assert codes_of(hubei=one + other) == ["rule.tie"]
    assert codes_of(hubei=one + apart) == []
    assert codes_of(hubei=one + other.replace("2.00", "1.00")) == []


@pytest.mark.parametrize(("begins", "codes"), [("2024-01-01", []), ("2023-12-31", ["rule.tie"])])
def test_an_end_set_by_the_next_clause_prevents_a_tie(begins: str, codes: list[str]) -> None:
    """An open end lasts to the next clause, so what begins then does not tie with what was."""
    text = f"""
[[funds]]
when = {{ mechanism = ["authorisation"] }}
from = 2020-01-01
keep = "1.00"
[[funds]]
when = {{ mechanism = ["authorisation"] }}
from = 2024-01-01
keep = "2.00"
[[funds]]
when = {{ purpose = ["pharmacy"] }}
from = {begins}
keep = "2.00"
"""

    assert codes_of(hubei=text) == codes


def test_a_city_clause_that_ended_leaves_the_word_to_its_province() -> None:
    """A city clause that has ended leaves the word to its province."""
    pack = pack_of(
        hubei="""
[[limits]]
beneficiaries = 6
[[limits]]
area = ["420100"]
from = 2023-01-01
until = 2024-12-31
beneficiaries = 3
"""
    )

    days = ("2024-12-31", "2025-01-01")
    assert [ask(pack, "limits.beneficiaries", on, WUHAN).value for on in days] == [3, 6]


def test_the_end_of_the_last_of_several_clauses_leaves_the_word_to_the_province() -> None:
    """An open end before it was closed by the next clause, and does not come to life again."""
    pack = pack_of(
        hubei="""
[[funds]]
keep = "1000.00"
[[funds]]
area = ["420100"]
from = 2023-01-01
keep = "2000.00"
[[funds]]
area = ["420100"]
from = 2024-01-01
until = 2024-12-31
keep = "3000.00"
"""
    )

    days = ("2023-06-01", "2024-12-31", "2025-01-01")
    assert [ask(pack, "funds.keep", on, WUHAN).value for on in days] == [200000, 300000, 100000]


def test_a_narrower_unknown_stops_a_restriction_but_not_a_permission() -> None:
    """A narrower `unknown` stops the inheritance of a restriction; for a permission the wider …"""
    nation = """
[[limits]]
binds = "default"
beneficiaries = 6
[[relatives]]
binds = "default"
include = ["spouse"]
"""
    listed = pack_of(nation=nation, hubei='unknown = ["limits.beneficiaries", "relatives.include"]')
    clauses = '[[limits]]\nunknown = ["beneficiaries"]\n[[relatives]]\nunknown = ["include"]'
    stated = pack_of(nation=nation, hubei=clauses)

    for pack in (listed, stated):
        assert ask(pack, "limits.beneficiaries", "2025-01-01").why == "not-found"
        assert ask(pack, "relatives.include", "2025-01-01").value == {"spouse"}


def test_what_binds_the_nation_answers_for_the_nation_alone() -> None:
    """National clauses say `binds = "nation"`: they answer only for 000000."""
    pack = pack_of(nation='[[relatives]]\nbinds = "nation"\ninclude = ["spouse"]')

    assert ask(pack, "relatives.include", "2025-01-01", NATION).value == {"spouse"}
    assert ask(pack, "relatives.include", "2025-01-01", HUBEI).why == "silent"


def test_a_default_is_inherited_with_a_mark_and_at_medium_confidence() -> None:
    """… or `"default"`: inherited where the region is silent, marked, confidence at most medium."""
    pack = pack_of(
        nation='[[relatives]]\nfrom = 2024-01-01\nbinds = "default"\ninclude = ["spouse"]',
        hubei='[[relatives]]\narea = ["420100"]\nfrom = 2024-01-01\ninclude = ["child"]',
    )

    inherited = ask(pack, "relatives.include", "2025-01-01")
    own = ask(pack, "relatives.include", "2025-01-01", WUHAN)
    nation = ask(pack, "relatives.include", "2025-01-01", NATION)

    assert inherited.value == {"spouse"}
    assert inherited.marks == {"inherited"}
    assert inherited.confidence is Confidence.MEDIUM
    assert own.value == {"child"}
    assert not own.marks | nation.marks
    assert own.confidence is nation.confidence is Confidence.HIGH


def test_a_national_list_of_areas_speaks_for_them_without_being_inherited() -> None:
    """The nation's file holds the roll-out table of the wallets."""
    pack = pack_of(
        nation='[[mechanism]]\narea = ["420000"]\nby = 2025-01-01\nwallet_quota = "live"'
    )

    ruling = ask(pack, "mechanism.wallet_quota", "2025-02-01", WUHAN)

    assert (ruling.value, ruling.marks) == ("live", frozenset())
    assert ask(pack, "mechanism.wallet_quota", "2025-02-01", "440300").why == "silent"


def test_a_province_code_reads_the_clauses_of_the_province_only() -> None:
    """xx0000 in a request reads province clauses only."""
    pack = pack_of(hubei='[[limits]]\narea = ["420100"]\nbeneficiaries = 2')

    assert ask(pack, "limits.beneficiaries", "2025-01-01", HUBEI).why == "silent"
    assert ask(pack, "limits.beneficiaries", "2025-01-01", WUHAN).value == 2


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (WUHAN, WUHAN, "pooling_area"),
        (WUHAN, HONGSHAN, "pooling_area"),
        (WUHAN, "420200", "province"),
        (WUHAN, "440300", "nation"),
        (HUBEI, HUBEI, None),
        (HUBEI, WUHAN, None),
        (HUBEI, "440000", "nation"),
        ("110000", "110000", "pooling_area"),
        ("110101", "110102", "pooling_area"),
        ("429900", "429900", "pooling_area"),
        ("429900", WUHAN, None),
        (NATION, NATION, "pooling_area"),
    ],
)
def test_the_same_pooling_area(one: str, other: str, apart: str | None) -> None:
    """Two equal city codes are one, two xx0000 of a region with `pooling = "city"` are unknown."""
    pack = pack_of(beijing="", hubei="", guangdong="")

    assert distance(pack, one, other) == distance(pack, other, one) == apart


# ───────── Overlays ─────────


def test_a_later_layer_wins_even_over_a_narrower_area() -> None:
    """A user overlays a folder of their own, same format, later layer wins."""
    shipped = {"hubei": LIMITS}
    reform = {"hubei": "[[limits]]\nfrom = 2025-01-01\nbeneficiaries = 7"}
    pack = layered(shipped, reform)

    assert ask(pack, "limits.beneficiaries", "2025-01-01", HONGSHAN).value == 7
    assert ask(pack, "limits.beneficiaries", "2024-12-31", HONGSHAN).value == 3
    assert ask(pack, "limits.beneficiaries", "2025-01-01", HONGSHAN).clauses[0].region == HUBEI


def test_an_overlay_leaves_alone_what_it_does_not_speak_of() -> None:
    """… later layer wins: that is also how an analyst writes a reform."""
    shipped = {"hubei": "[[limits]]\nbeneficiaries = 3\nholders = 2"}
    pack = layered(shipped, {"hubei": "[[limits]]\nbeneficiaries = 7"})

    assert ask(pack, "limits.beneficiaries", "2025-01-01").value == 7
    assert ask(pack, "limits.holders", "2025-01-01").value == 2
    assert pack.region(HUBEI) is not None


def test_the_last_layer_says_what_a_region_is() -> None:
    """A user overlays a folder of their own, same format."""
    pack = layered({"hubei": ""}, {"beijing": ""}, {"hubei": ""})

    region = pack.region(HUBEI)

    assert region is pack.layers[2].regions[HUBEI]
    assert pack.region("440000") is None


@pytest.mark.parametrize("wallet", ["wallet_transfer", "wallet_quota"])
def test_the_rules_of_a_region_stay_at_home(wallet: str) -> None:
    """A regional clause speaks of `authorisation` and `family_pool` alone, unless it names more."""
    nation = '[[limits]]\nbinds = "default"\nholders = 9\nbeneficiaries = 9'
    hubei = f"""
[[limits]]
beneficiaries = 3
[[limits]]
when = {{ mechanism = ["{wallet}"] }}
holders = 1
"""
    pack = pack_of(nation=nation, hubei=hubei)

    def limit(name: str, mechanism: str) -> object:
        return ask(pack, f"limits.{name}", "2025-01-01", mechanism=mechanism).value

    assert [limit("beneficiaries", name) for name in ("authorisation", "family_pool")] == [3, 3]
    assert limit("beneficiaries", wallet) == 9
    assert (limit("holders", wallet), limit("holders", "authorisation")) == (1, 9)


@pytest.mark.parametrize(
    "unknown", ['unknown = ["caps.payment"]', '[[caps]]\nper = "payment"\nunknown = ["amount"]']
)
def test_what_a_region_did_not_find_stays_at_home_too(unknown: str) -> None:
    """A region's unknown stops the nation's restriction at home, not for the wallets."""
    nation = '[[caps]]\nbinds = "default"\nper = "payment"\namount = "5.00"'
    pack = pack_of(nation=nation, hubei=unknown)

    home, wallet = (
        ask(pack, "caps.payment", "2025-01-01", mechanism=name)
        for name in ("authorisation", "wallet_transfer")
    )

    assert home.why == "not-found"
    assert wallet.value.fen == 500


# ───────── Digest ─────────


def test_the_digest_changes_with_any_byte(tmp_path: Path) -> None:
    """`rules` is the digest of the whole pack, whatever part was read."""
    text = (
        'format = 1\n[region]\ncode = "420000"\nname = "n"\npinyin = "p"\npooling = "city"\n'
        'reviewed = 2026-11-21\nsummary = "s"\nsummary_en = "s"\n'
    )
    path = tmp_path / "hubei.toml"

    def digest(content: str) -> str:
        path.write_text(content, "utf-8")
        return load([tmp_path]).digest

    assert len({digest(text), digest(text + "\n"), digest(text + "# a"), digest(text + "# b")}) == 4


def test_the_digest_changes_with_nothing_else(tmp_path: Path) -> None:
    """The same bytes have the same digest, wherever they lie and whenever they are read."""
    files = {"hubei.toml": "420000", "guangdong.toml": "440000"}
    for folder, names in (("one", [*files]), ("other", [*reversed(files)])):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text(
                f'format = 1\n[region]\ncode = "{files[name]}"\nname = "n"\npinyin = "p"\n'
                'pooling = "city"\nreviewed = 2026-11-21\nsummary = "s"\nsummary_en = "s"\n',
                "utf-8",
            )
    (tmp_path / "other" / "README.md").write_text("no rule file", "utf-8")

    digests = {load([tmp_path / folder]).digest for folder in ("one", "one", "other")}
    assert len(digests) == 1
    assert digests.pop().startswith("sha256:")

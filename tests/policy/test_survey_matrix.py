"""Regions side by side: which rows there are, and what stands in them."""

from __future__ import annotations

from datetime import date

from gongji.policy.matrix import WALLET, matrix
from gongji.policy.pack import UNKNOWN, Pack
from tests.policy.packs import pack_of

DAY = date(2025, 6, 1)
NATION = """
[[scope]]
binds = "default"
from = 2021-01-01
when = { mechanism = ["authorisation", "family_pool"] }
reach = "pooling_area"
[[mechanism]]
area = ["420000"]
from = 2025-01-01
wallet_transfer = "live"
"""
HUBEI = """
[[scope]]
from = 2024-01-01
when = { mechanism = ["authorisation"] }
reach = "province"
[[funds]]
from = 2024-01-01
use = "all"
keep = "100.00"
[[premium]]
year = 2024
price = "380.00"
[[premium]]
year = 2026
price = "400.00"
"""
PACK = pack_of(nation=NATION, hubei=HUBEI, guangdong="")


def rows(pack: Pack, topic: str) -> list[tuple[str, dict[str, str], dict[str, object]]]:
    """Region, qualifiers and values of every row."""
    return [
        (
            row.region.code,
            {name: "|".join(sorted(words)) for name, words in row.when},
            {name: ruling.value for name, ruling in row.rulings.items()},
        )
        for row in matrix(pack, topic, DAY).rows
    ]


def test_what_nobody_says_is_unknown() -> None:
    """Every region has every parameter of which any region speaks."""
    assert rows(PACK, "funds") == [
        ("000000", {}, {"funds.keep": UNKNOWN, "funds.use": UNKNOWN}),
        ("420000", {}, {"funds.keep": 10000, "funds.use": "all"}),
        ("440000", {}, {"funds.keep": UNKNOWN, "funds.use": UNKNOWN}),
    ]


def test_a_clause_on_two_mechanisms_is_asked_of_each() -> None:
    """Hubei's own word on one of them does not pass for the other."""
    found = {
        when["mechanism"]: values["scope.reach"]
        for code, when, values in rows(PACK, "scope")
        if code == "420000"
    }

    assert found == {
        "authorisation": frozenset({"pooling_area", "province"}),
        "family_pool": frozenset({"pooling_area"}),
    }


def test_a_parameter_parted_by_qualifiers_has_no_row_without_them() -> None:
    """An unknown there would deny what the next row says."""
    assert {tuple(when) for _code, when, _values in rows(PACK, "scope")} == {("mechanism",)}


def test_premiums_of_past_years_are_left_out() -> None:
    """The day is of 2025."""
    years = [when["year"] for _code, when, _values in rows(PACK, "premium") if "year" in when]

    assert years == ["2026"]


def test_the_wallet_is_a_pair_of_mechanisms() -> None:
    """Both stand there though nobody speaks of the second."""
    found = {code: values for code, _when, values in rows(PACK, WALLET)}

    assert found["420000"] == {
        "mechanism.wallet_transfer": "live",
        "mechanism.wallet_quota": UNKNOWN,
    }


def test_a_topic_of_which_nobody_speaks_has_no_row() -> None:
    """There is nothing to compare."""
    assert rows(PACK, "consent") == []

"""Every region's answers at a glance, so that a change of a rule shows what it changes."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from gongji.policy.pack import Pack
from gongji.policy.reading import load, shipped_rules
from tests.policy.packs import pack_of
from tests.regions.grid import GRIDS, area_of, grid_of

NAMES = sorted(path.stem for path in shipped_rules().glob("*.toml"))

OUTPATIENT_FOR_A_SPOUSE = """
[[relatives]]
include = ["spouse"]
[[insurance]]
holder = ["employee"]
beneficiary = ["resident"]
[[mechanism]]
from = 2024-12-31
authorisation = "live"
[[scope]]
reach = "pooling_area"
[[purposes]]
allow = ["outpatient"]
deny = ["other"]
"""


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load([shipped_rules()])


@pytest.mark.parametrize("name", NAMES)
def test_the_grid_of_a_region_is_the_one_kept(name: str, pack: Pack) -> None:
    """If the change is meant: `python -m tests.regions.write_grids`, and read what it changed."""
    kept = GRIDS / f"{name}.txt"
    before = kept.read_text("utf-8") if kept.exists() else ""
    [region] = [each for each in pack.layers[0].regions.values() if Path(each.path).stem == name]

    now = grid_of(pack, region)

    changed = unified_diff(before.splitlines(), now.splitlines(), "kept", "now", lineterm="")
    if before != now:
        pytest.fail("\n".join(changed), pytrace=False)


def test_no_grid_outlives_its_rule_file() -> None:
    """A region that was renamed or taken out takes its grid with it."""
    kept = sorted(path.stem for path in GRIDS.glob("*.txt"))

    assert [name for name in kept if name not in NAMES] == []


def test_a_grid_has_a_letter_for_each_verdict() -> None:
    """Allowed, forbidden and unsaid purposes, before and after the mechanism is in use."""
    pack = pack_of(hubei=OUTPATIENT_FOR_A_SPOUSE)
    region = pack.layers[0].regions["420000"]

    lines = grid_of(pack, region).splitlines()

    assert [line for line in lines if line.startswith("spouse")] == [
        "spouse        ?  ?  ?  ?  ?  ?  ?  ?  ?  ?  n",
        *["spouse        Y  ?  ?  ?  ?  ?  ?  ?  ?  ?  n"] * 3,
    ]
    assert {line[14:] for line in lines if line.startswith("parent")} == {
        "n  n  n  n  n  n  n  n  n  n  n"
    }


def test_the_capital_is_asked_unless_the_region_is_one_pooling_area() -> None:
    """The nation has no capital city of its own rules."""
    pack = pack_of(
        nation='[[roles]]\nbinds = "nation"\nexclusive = true\n',
        beijing="[[roles]]\nexclusive = true\n",
        hubei="[[roles]]\nexclusive = true\n",
    )

    areas = [area_of(region) for region in pack.layers[0].regions.values()]

    assert sorted(areas) == ["000000", "110000", "420100"]

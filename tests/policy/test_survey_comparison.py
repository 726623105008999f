"""What differs between two days and between two sets of files."""

from __future__ import annotations

from datetime import date

import pytest

from gongji.policy.comparison import PacksDifference, between_days, between_packs
from gongji.policy.pack import UNKNOWN
from tests.policy.packs import layered, pack_of

BEFORE, AFTER = date(2024, 9, 30), date(2024, 10, 1)
HUBEI = """
[[relatives]]
from = 2020-01-01
until = 2024-09-30
include = ["spouse"]
[[relatives]]
from = 2024-10-01
include = ["spouse", "sibling"]
[[roles]]
from = 2020-01-01
exclusive = true
[[funds]]
from = 2024-10-01
use = "all"
[[channel]]
from = 2024-10-01
kind = "app"
name = "鄂汇办"
"""
ROLES = "[[roles]]\nfrom = 2020-01-01\nexclusive = true\n"


def ids(found: PacksDifference) -> tuple[list[str], list[str], list[str]]:
    """Ids added, removed and changed."""
    return (
        [saying.clause.id for saying in found.added],
        [saying.clause.id for saying in found.removed],
        [after.clause.id for _before, after in found.changed],
    )


def test_between_two_days_only_what_changed_is_told() -> None:
    """Both values are there, unknown among them."""
    found = between_days(pack_of(hubei=HUBEI), "420100", BEFORE, AFTER)

    told = {each.parameter: (each.before.value, each.after.value) for each in found.changes}
    assert told == {
        "funds.use": (UNKNOWN, "all"),
        "relatives.include": (frozenset({"spouse"}), frozenset({"spouse", "sibling"})),
    }


def test_channels_begin_and_end() -> None:
    """Asked backwards, what began has ended."""
    pack = pack_of(hubei=HUBEI)

    forth = between_days(pack, "420000", BEFORE, AFTER)
    back = between_days(pack, "420000", AFTER, BEFORE)

    assert [statement.parameter for statement in forth.begun] == ["channel"]
    assert forth.ended == ()
    assert (back.ended, back.begun) == (forth.begun, ())


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_a_day_does_not_differ_from_itself(day: date) -> None:
    """Nothing is told."""
    found = between_days(pack_of(hubei=HUBEI), "420000", day, day)

    assert (found.changes, found.ended, found.begun) == ((), (), ())


def test_clauses_are_added_removed_and_changed() -> None:
    """A pack compared with another; the second is what comes."""
    old = pack_of(hubei=ROLES + "[[consent]]\nfrom = 2020-01-01\nfrom_age = 18\n")
    new = pack_of(
        hubei=ROLES.replace("true", "false") + '[[funds]]\nfrom = 2021-01-01\nuse = "all"\n'
    )

    assert ids(between_packs(old, new)) == (
        ["420000/funds/2021-01-01"],
        ["420000/consent/2020-01-01"],
        ["420000/roles/2020-01-01"],
    )


@pytest.mark.parametrize(
    "other",
    [
        "until = 2030-12-31",
        'confidence = "low"',
        'note = "有人这样说。"',
        'dispute = [{ exclusive = false, source = ["a"] }]',
        'area = ["420000", "420100"]',
    ],
)
def test_a_clause_changes_with_all_that_it_says(other: str) -> None:
    """Not its values alone."""
    found = between_packs(pack_of(hubei=ROLES), pack_of(hubei=ROLES + other))

    assert ids(found) == ([], [], ["420000/roles/2020-01-01"])


def test_the_same_files_do_not_differ_wherever_they_lie() -> None:
    """The folder is no part of a clause."""
    assert ids(between_packs(pack_of(hubei=HUBEI), pack_of(hubei=HUBEI))) == ([], [], [])


def test_a_clause_put_before_others_is_the_only_one_added() -> None:
    """It shifts the numbers in their ids, which is no change."""
    one = """
[[limits]]
from = 2020-01-01
when = {{ relation = ["{relation}"] }}
beneficiaries = {count}
"""
    old = one.format(count=2, relation="parent") + one.format(count=3, relation="child")
    new = one.format(count=1, relation="spouse") + old

    found = between_packs(pack_of(hubei=old), pack_of(hubei=new))

    assert [len(part) for part in ids(found)] == [1, 0, 0]
    ((value,),) = [list(saying.values.values()) for saying in found.added]
    assert value == 1


def test_an_overlay_changes_the_clause_that_it_repeats() -> None:
    """Of several layers the last counts."""
    shipped = {"hubei": ROLES}
    reform = {"hubei": ROLES.replace("true", "false")}

    found = between_packs(layered(shipped), layered(shipped, reform))

    assert ids(found) == ([], [], ["420000/roles/2020-01-01"])

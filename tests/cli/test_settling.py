"""gongji claim and settle."""

from __future__ import annotations

import pytest

from tests.cli.conftest import HERE, Gongji
from tests.cli.test_commands import CHINESE, MOVING, ON, QUOTA, WRITING, without_names

NEW_YEAR = ("--on", "2026-01-01")
PREMIUM = ("pay-for", "妈妈", "--purpose", "resident_premium", *MOVING)


def test_a_premium_paid_in_cash_is_claimed(family: Gongji) -> None:
    """It goes to the bank card of its holder, once."""
    paid = family(*PREMIUM, "--json").data
    claim = ("claim", str(paid["seq"]), *MOVING)

    told = family(*claim)
    again = family(*claim, "--json")

    assert (paid["cash"], paid["opens"]) == ("400.00", {"kind": "claim", "due": None})
    assert told.code == 0
    assert told.lines == [
        "400.00 yuan go to the bank card of 我",
        "  whose card it must be is not known",
    ]
    assert (again.code, again.error["code"]) == (6, "claim.nothing")


def test_what_the_rules_do_not_pay_back_is_3(family: Gongji) -> None:
    """Under rules that take the premium at once there is no claim; the reason is told."""
    paid = family(*PREMIUM, "--json").data["seq"]

    as_json = family("claim", str(paid), *ON, "--json")
    said = family("claim", str(paid), *ON)

    assert (as_json.code, as_json.data["code"]) == (3, "claim.refused")
    assert (said.code, said.lines[0]) == (3, "nothing was claimed")


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (("claim", "5"), 6, "claim.nothing"),
        (("claim", "99"), 2, "record.unknown"),
        (("claim", "x"), 2, "usage.value"),
        (("claim",), 2, "usage.missing"),
        (("claim", "5", "--assume", "weather"), 2, "word.no-check"),
        (("settle", "--at", "24:00"), 2, "time.form"),
        (("settle", "--at", ""), 2, "time.form"),
        (("settle", "5"), 2, "usage.extra"),
    ],
)
def test_what_cannot_be_done_is_named(
    family: Gongji, untouched: None, arguments: tuple[str, ...], code: int, name: str
) -> None:
    """As JSON and in words; nothing is written."""
    told, said = family(*arguments, *ON, "--json"), family(*arguments, *ON)

    assert (told.code, said.code, told.error["code"]) == (code, code, name)
    assert said.err.startswith(f"error[{name}]: ")


def test_settling_writes_all_that_falls_due_once(family: Gongji) -> None:
    """A line of JSON for each record, and none the second time."""
    sent = family(*WRITING["transfer"], "--json").data

    records = family("settle", *NEW_YEAR, "--json").rows
    again = family("settle", *NEW_YEAR, "--json")

    assert [(record["do"], record["on"]) for record in records] == [
        ("return", "2025-01-03"),
        *[("turn-of-year", "2026-01-01")] * 3,
    ]
    assert records[0]["closes"] == [sent["seq"]]
    assert {record["schema"] for record in records} == {"gongji.record/1"}
    assert [record["written"] for record in records] == [True] * 4
    assert (again.code, again.out, again.err) == (0, "", "")
    assert family("ledger", "verify").code == 0


@pytest.mark.parametrize(
    ("on", "at", "returned"),
    [
        ("2025-01-02", "23:59", False),
        ("2025-01-03", "05:59", False),
        ("2025-01-03", "06:00", True),
    ],
)
def test_the_time_of_day_counts(family: Gongji, on: str, at: str, returned: bool) -> None:
    """What nobody accepted goes back at six; without a time the whole day is meant."""
    family(*WRITING["transfer"])

    told = family("settle", "--on", on, "--at", at, *MOVING[len(ON) :])

    assert told.code == 0
    assert (told.lines == ["nothing falls due"]) is not returned
    assert family("balance", "我", *ON, "--json").data["accounts"]["pending:妈妈"] == (
        "0.00" if returned else "80.00"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("on", [ON, NEW_YEAR])
def test_settling_speaks_both_languages(family: Gongji, on: tuple[str, str], language: str) -> None:
    """Whether something falls due or nothing does."""
    answer = family("settle", *on, "--lang", language)

    assert (answer.code, answer.err) == (0, "")
    assert bool(CHINESE.search(without_names(answer.out))) == (language == "zh")


def test_the_year_turns_in_july_in_shanghai(gongji: Gongji) -> None:
    """Under the shipped rules; in Wuhan it turns in January."""
    for name, area in (("我", "310000"), ("哥哥", "420100")):
        add = ("person", "add", name, "--area", area, "--insurance", "employee")
        assert gongji(*add, "--current", "5", "--carryover", "0", "--on", "2025-02-01").code == 0

    def turned(day: str) -> list[str]:
        answer = gongji("settle", "--on", day, "--json")
        return [record["person"] for record in (answer.rows if answer.out else [])]

    assert turned("2025-06-30") == []
    assert turned("2025-07-01") == ["我"]
    assert turned("2025-12-31") == []
    assert turned("2026-01-01") == ["哥哥"]


def test_a_quota_ends_when_the_insurance_of_either_side_moves(
    family: Gongji, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not used is the holder's again; an address that stays ends nothing."""
    monkeypatch.setenv("GONGJI_RULES", str(HERE / "moving"))
    assert family(*QUOTA).code == 0
    assert family("reserve", "哥哥", "爸爸", "50", *ON).code == 0

    stays = family("person", "set", "爸爸", "--area", "420100", *ON, "--json").data
    moves = family("person", "set", "爸爸", "--area", "440300", *ON, "--json").data

    assert "ends" not in stays
    assert moves["ends"] == [["哥哥", "爸爸"]]
    assert "420000/binding/2020-01-01" in moves["clauses"]
    held = family("person", "show", "哥哥", *ON, "--json").data
    assert (held["accounts"]["quota:爸爸"], held["accounts"]["current"]) == ("0.00", "250.00")
    assert [one["person"] for one in held["binds"]] == ["妈妈"]


@pytest.mark.parametrize(("language", "said"), [("en", "ends 哥哥 → 爸爸"), ("zh", "哥哥 → 爸爸")])
def test_the_history_of_both_shows_what_a_move_has_ended(
    family: Gongji, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    """The record is of one of them, and ends the binding of two."""
    monkeypatch.setenv("GONGJI_RULES", str(HERE / "moving"))
    assert family(*QUOTA).code == 0
    assert family("person", "set", "爸爸", "--area", "440300", *ON).code == 0

    for name in ("哥哥", "爸爸"):
        last = family("history", name, "--lang", language).lines[-1]

        assert last.endswith(said)

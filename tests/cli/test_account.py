"""gongji credit, by the month; gongji history: of whom, and of which days."""

from __future__ import annotations

from tests.cli.conftest import Gongji
from tests.cli.test_commands import ON


def test_a_month_accrues_once_with_or_without_a_key(gongji: Gongji) -> None:
    """The second time it is 6 and names the record; taken back, it accrues anew."""
    gongji("person", "add", "我", "--area", "北京", "--insurance", "employee", *ON)
    april = ("--on", "2025-04-01")
    month = ("credit", "我", "--month", "2025-03", "--base", "8000", *april, "--json")
    first = gongji(*month)

    again = [gongji(*month), gongji(*month, "--key", "k")]
    gongji("reverse", str(first.data["seq"]), "--reason", "wrong base", *april)

    assert [(answer.code, answer.error["code"]) for answer in again] == [(6, "credit.accrued")] * 2
    assert "record 2" in again[0].error["message"]
    assert gongji(*month).code == 0


def test_the_history_of_nobody_is_refused_as_the_balance_is(family: Gongji) -> None:
    """A mistyped name is not an empty history."""
    told = {command: family(command, "谁", "--json") for command in ("history", "balance")}

    assert {command: answer.code for command, answer in told.items()} == dict.fromkeys(told, 2)
    assert {answer.error["code"] for answer in told.values()} == {"person.unknown"}


def test_the_history_of_a_person_taken_out_is_still_told(family: Gongji) -> None:
    """What the ledger holds of them stays."""
    add = ("person", "add", "舅舅", "--area", "420100", "--insurance", "none", *ON)
    assert family(*add).code == family("person", "remove", "舅舅", *ON).code == 0

    acts = [row["do"] for row in family("history", "舅舅", "--json").rows]

    assert acts == ["person-add", "person-remove"]


def test_days_that_run_backwards_are_refused(family: Gongji) -> None:
    """The first day is not after the last."""
    backwards = family("history", "--from", "2025-01-01", "--to", "2024-01-01", "--json")

    assert (backwards.code, backwards.error["code"]) == (2, "history.days")
    assert family("history", "--from", "2025-01-02", "--to", "2025-01-02").code == 0

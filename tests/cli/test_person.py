"""gongji person at its edges."""

from __future__ import annotations

from tests.cli.conftest import Gongji
from tests.cli.test_commands import ON

ADD = ("person", "add", "妹妹", "--area", "420100", "--insurance", "employee", *ON)


def test_a_change_that_names_nothing_is_refused(family: Gongji, untouched: None) -> None:
    """No empty record is written, and the person is not said to be changed."""
    answer = family("person", "set", "我", *ON)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error[person.no-change]: nothing is named")


def test_nobody_is_born_after_the_day_of_the_command(family: Gongji, untouched: None) -> None:
    """Neither when a person is added nor when one is changed."""
    for command in (ADD, ("person", "set", "我", *ON)):
        answer = family(*command, "--born", "2090-01-01", "--json")

        assert (answer.code, answer.error["code"]) == (2, "person.born-later")


def test_a_person_may_be_born_on_the_day_of_the_command(family: Gongji) -> None:
    """A newborn is a person of the household."""
    assert family(*ADD, "--born", "2025-01-02").code == 0


def test_a_dry_run_says_that_nothing_is_written(family: Gongji, untouched: None) -> None:
    """Said once, before what would be done; JSON says it by `written`."""
    said = family(*ADD, "--dry-run")

    assert said.lines == ["dry run: nothing is written", "妹妹 is in the household"]
    assert family(*ADD, "--dry-run", "--json").data["written"] is False


def test_a_command_that_writes_says_nothing_of_a_dry_run(family: Gongji) -> None:
    """The line is for dry runs alone."""
    assert family(*ADD).lines == ["妹妹 is in the household"]


def test_a_person_says_who_is_to_pay_first(family: Gongji) -> None:
    """Of those who bind the person; somebody whom nobody knows is refused."""
    pay = ("pay-for", "妈妈", "10", "--purpose", "药店", *ON, "--dry-run", "--json")
    before = family(*pay).data["draws"][0]["holder"]

    assert family("person", "set", "妈妈", "--order", "哥哥", "--order", "我", *ON).code == 0
    unknown = family("person", "set", "妈妈", "--order", "谁", *ON, "--json")

    assert (before, family(*pay).data["draws"][0]["holder"]) == ("我", "哥哥")
    assert family("person", "show", "妈妈", *ON, "--json").data["order"] == ["哥哥", "我"]
    assert (unknown.code, unknown.error["code"]) == (2, "person.unknown")

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from gongji.cli import demo
from gongji.cli.exit import ExitCode
from tests.cli.conftest import Gongji


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_ends_as_it_tells(gongji: Gongji, language: str) -> None:
    """Every command is shown before what it prints, and every step ends with its code."""
    answer = gongji("demo", "--lang", language)

    shown = [line.removeprefix("$ gongji ") for line in answer.lines if line.startswith("$ ")]
    assert answer.code == 0
    assert shown == [step.command for step in demo.STORY]
    assert "error[" not in answer.out + answer.err
    assert "错误[" not in answer.out + answer.err


def test_a_step_that_ends_otherwise_is_a_fault(
    gongji: Gongji, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo is a test of itself."""
    wrong = tuple(replace(step, ends=ExitCode.CONFLICT) for step in demo.STORY[:1])
    monkeypatch.setattr(demo, "STORY", wrong)

    assert gongji("demo").code == 1


def test_every_step_can_be_typed(gongji: Gongji) -> None:
    """On a ledger of one's own the commands end as they do in the demo."""
    ends = [gongji(*shlex.split(step.command)).code for step in demo.STORY]

    assert ends == [step.ends for step in demo.STORY]


def test_the_demo_shows_what_it_is_for() -> None:
    """A yes and a no to the same question, a refusal, a repetition, an unbinding, a proof."""
    commands = [step.command for step in demo.STORY]
    without_day = [command.partition(" --on ")[0] for command in commands]

    assert {step.ends for step in demo.STORY} >= {ExitCode.YES, ExitCode.NO}
    assert len(set(without_day)) < len(without_day)
    for start in ("bind", "unbind", "pay-for", "ledger verify", "history", "balance"):
        assert any(command.startswith(start) for command in commands)


def test_the_demo_can_be_read_by_a_program(gongji: Gongji) -> None:
    """With `--json` the commands answer with their objects alone, one or more a step."""
    answer = gongji("demo", "--json")

    assert (answer.code, answer.err) == (0, "")
    assert len(answer.rows) >= len(demo.STORY)
    assert all(row["schema"].startswith("gongji.") for row in answer.rows)


def test_the_demo_leaves_the_ledger_of_its_user_alone(gongji: Gongji, untouched: None) -> None:
    """It has one of its own."""
    assert gongji("demo").code == 0

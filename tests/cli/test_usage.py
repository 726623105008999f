"""How a command line that cannot be understood is answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Gongji
from tests.cli.test_commands import ON


@pytest.mark.parametrize("amount", ["-5", "-0.50", "-.5"])
def test_an_amount_with_a_sign_is_told_to_leave_it_out(family: Gongji, amount: str) -> None:
    """The parser takes it for an option."""
    answer = family("pay-for", "妈妈", amount, "--purpose", "pharmacy", *ON, "--json")

    assert answer.code == 2
    assert "an amount is positive" in answer.error["hint"]


def test_another_unknown_option_is_pointed_to_the_help(family: Gongji) -> None:
    """Only a number is taken for an amount."""
    assert "--help" in family("balance", "-x", "--json").error["hint"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "is empty"),
        ("x" * 100_000, "is longer than 1000 characters"),
        ("a\nb", "does not show"),
        ("\x1b[31mred", "does not show"),
        ("a\u202eb", "does not show"),
    ],
)
def test_a_text_that_no_record_can_keep_is_refused_by_the_name_of_its_option(
    family: Gongji, text: str, cause: str, untouched: None
) -> None:
    """A key and a reason alike, each with the true cause."""
    key = family("credit", "我", "5", *ON, "--key", text, "--json").error
    reason = family("reverse", "1", "--reason", text, *ON, "--json").error

    assert (key["key"], reason["key"]) == ("--key", "--reason")
    assert key["message"].startswith("`--key` ") and cause in key["message"]
    assert reason["message"].startswith("`--reason` ") and cause in reason["message"]


def test_a_language_in_the_variable_that_is_not_spoken_is_refused(
    family: Gongji, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one after `--lang` is; `--lang` overrides it."""
    monkeypatch.setenv("GONGJI_LANG", "xx")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    answer = family("balance")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[0] == "error[language.unknown]: no language `xx`"
    assert answer.err.splitlines()[1:] == ["  --> GONGJI_LANG", "hint: write zh or en"]
    assert family("balance", "--lang", "en").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("arguments", [("rules", "show", "深圳"), ("--help",)])
def test_an_answer_that_cannot_be_written_is_a_named_error(arguments: tuple[str, ...]) -> None:
    """Nothing is to be reported to anybody: the place where it goes is full."""
    command = [sys.executable, "-m", "gongji", *arguments, "--lang", "en"]

    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert run.returncode == 1
    assert run.stderr.startswith("error[output.unwritable]: the answer cannot be written: No space")
    assert "Traceback" not in run.stderr and "Exception ignored" not in run.stderr

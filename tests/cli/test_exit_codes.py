"""Every exit code, by a situation that can really be met; 130 and 141 are in test_processes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gongji.cli import demo
from gongji.cli.exit import ExitCode
from gongji.render.language import _
from tests.cli.conftest import HERE, Gongji
from tests.cli.test_commands import CHECK, ON

ROOT = HERE.parent.parent
PHARMACY = (*CHECK, "--purpose", "pharmacy")


def test_yes_is_0(small: Gongji) -> None:
    """An eligible answer."""
    assert small(*PHARMACY).code == 0


def test_a_fault_is_1_and_told_without_a_trace(
    small: Gongji, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a number to report it by; --debug shows the trace, which is no part of stdout."""
    monkeypatch.setattr(demo, "STORY", (None,))

    plain, debug = small("demo"), small("demo", "--debug")

    assert plain.code == debug.code == 1
    assert re.match(r"error\[fault\.unexpected\]: unexpected fault [0-9a-f]{8}\nhint: ", plain.err)
    assert "Traceback" not in plain.err
    assert "Traceback" in debug.err
    assert plain.out == debug.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("person", "no-such-command"),
        (*PHARMACY, "--no-such-option"),
        ("check-eligibility", "--holder-area"),
        ("check-eligibility", "我"),
        ("bind", "我"),
        ("bind", "我", "我", "--relation", "self"),
        ("person", "add", "a b", "--area", "420100", "--insurance", "none"),
        ("person", "add", "cash", "--area", "420100", "--insurance", "none"),
        ("pay-for", "妈妈", "10", "--purpose", "pharmacy", "--assume", "no-such-check"),
        ("balance", "--lang", "fr"),
        (),
    ],
)
def test_a_command_not_used_as_it_must_be_is_2(family: Gongji, arguments: tuple[str, ...]) -> None:
    """The message is on standard error."""
    answer = family(*arguments)

    assert (answer.code, answer.out) == (ExitCode.USAGE, "")
    assert answer.err.endswith("\n")


def test_no_is_3(family: Gongji) -> None:
    """Ineligible; refused to bind; nobody can pay; nobody is bound."""
    assert family(*PHARMACY, "--on", "2024-06-01").code == 3
    assert family("bind", "我", "哥哥", "--relation", "grandparent", *ON).code == 3
    assert family("pay-for", "妈妈", "10", "--purpose", "other", *ON).code == 3
    assert family("pay-for", "哥哥", "10", "--purpose", "pharmacy", *ON).code == 3


def test_unknown_is_4_until_it_is_assumed(family: Gongji) -> None:
    """A purpose of which no clause speaks."""
    pay = ("pay-for", "妈妈", "10", "--purpose", "vaccine", *ON)

    assert family(*CHECK, "--purpose", "vaccine").code == 4
    assert family(*pay).code == 4
    assert family(*pay, "--assume", "purpose").code == 0


def test_bad_data_is_5(family: Gongji, tmp_path: Path) -> None:
    """A broken rule file, or a bad line of the input."""
    lines = tmp_path / "lines.ndjson"
    lines.write_text("{}\n")

    assert family("rules", "check", str(HERE / "broken")).code == 5
    assert family(*PHARMACY, "--rules", str(HERE / "broken")).code == 5
    assert family("check-eligibility", "--batch", str(lines)).code == 5


def test_what_is_named_and_is_not_there_is_2(family: Gongji, tmp_path: Path) -> None:
    """No such person, no such file, no such ledger: the command was not used as it must be."""
    assert family("check-eligibility", "--batch", str(tmp_path / "none")).code == 2
    assert family("check-eligibility", "--batch", str(tmp_path)).code == 2
    assert family("balance", "谁").code == 2
    assert family("balance", "--ledger", str(tmp_path / "none")).code == 2


def test_conflicts_are_6(family: Gongji) -> None:
    """Taken name, bound already, not bound, still bound, other content under a key, other head."""
    credit = ("credit", "我", "5", *ON, "--key", "k")
    assert family(*credit).code == 0

    assert family(*credit[:2], "6", *credit[3:]).code == 6
    assert family("person", "add", "我", "--area", "420100", "--insurance", "none").code == 6
    assert family("bind", "我", "妈妈", "--relation", "parent", *ON).code == 6
    assert family("unbind", "哥哥", "爸爸", *ON).code == 6
    assert family("person", "remove", "我", *ON).code == 6
    assert family("ledger", "head", "--expect-head", "0" * 64).code == 6


def test_a_credit_already_spent_cannot_be_taken_back(family: Gongji) -> None:
    """The account would be overdrawn: a conflict, and nothing is written."""
    record = family("credit", "我", "700", *ON, "--json").data["seq"]
    assert family("pay-for", "妈妈", "1350", "--purpose", "药店", *ON).code == 0
    head = family("ledger", "head").out

    answer = family("reverse", str(record), "--reason", "wrong", *ON, "--json")

    assert (answer.code, answer.error["code"]) == (ExitCode.CONFLICT, "ledger.overdrawn")
    assert family("ledger", "head").out == head


def test_a_damaged_ledger_is_7(family: Gongji, ledger: Path) -> None:
    """Verifying and writing end so; what stands before the damage can still be read."""
    lines = ledger.read_bytes().split(b"\n")
    lines[3] = lines[3].replace(b"420600", b"42060")
    ledger.write_bytes(b"\n".join(lines))

    verified = family("ledger", "verify", "--json")
    written = family("credit", "我", "5", *ON, "--json")
    read = family("history", "--json")

    assert verified.code == written.code == 7
    assert verified.data["ok"] is False
    assert verified.data["problems"][0]["line"] == 4
    assert json.loads(written.err.splitlines()[-1])["error"]["code"] == "ledger.damaged-ledger"
    assert [row["seq"] for row in read.rows] == [1, 2]
    assert "damaged" in read.err


def test_a_torn_last_line_is_no_damage(family: Gongji, ledger: Path) -> None:
    """It is told on standard error, set aside by the next writer, and the ledger is sound."""
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"seq":8,"do":"cre')

    read = family("ledger", "head")
    written = family("credit", "我", "5", *ON)

    assert (read.code, written.code) == (0, 0)
    assert "was not written to its end" in read.err
    assert family("ledger", "verify").code == 0
    assert ledger.read_bytes().startswith(whole)


@pytest.mark.parametrize(("language", "readme"), [("zh", "README.zh-CN.md"), ("en", "README.md")])
def test_help_and_readme_list_the_codes_of_the_enum(language: str, readme: str) -> None:
    """Each in its language; help is made once a process, so this one needs its own."""
    wanted = {code.value: _(code.meaning, language) for code in ExitCode}

    command = [sys.executable, "-m", "gongji", "--lang", language, "--help"]
    shown = subprocess.run(command, capture_output=True, check=True).stdout.decode()

    listed = re.findall(r"^  (\d+) (.+)$", shown, re.MULTILINE)
    assert {int(code): meaning for code, meaning in listed} == wanted
    text = (ROOT / readme).read_text("utf-8")
    table = re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE)
    assert {int(code): meaning for code, meaning in table} == wanted


def test_the_codes_do_not_change() -> None:
    """Scripts rest on them; every code has a meaning of its own."""
    assert [code.value for code in ExitCode] == [0, 1, 2, 3, 4, 5, 6, 7, 130, 141]
    assert len({code.meaning for code in ExitCode}) == len(ExitCode)

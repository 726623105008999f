"""gongji ledger export: to standard output or into a file, whole or redacted."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from pathlib import Path

import pytest

from gongji.cli.main import main
from tests.cli.conftest import Gongji
from tests.cli.test_commands import CHINESE, ON, PEOPLE
from tests.cli.test_safety import ID_NUMBER
from tests.seam import KILLED, Act, act_at, die, die_after, fail, in_child, steps_of

FORMATS = ("hledger", "beancount", "csv", "json")


@pytest.fixture
def household(family: Gongji) -> Gongji:
    """The family with a payment, taken back with a reason, and an uncle with an ID number."""
    employee = ("--area", "420100", "--insurance", "employee", *ON)
    pay = ("pay-for", "妈妈", "350.50", "--purpose", "药店", *ON)
    for command in (
        ("person", "add", "舅舅", *employee, "--balance", "20", "--id-number", ID_NUMBER),
        (*pay, "--key", "同济的票"),
        ("reverse", "9", "--reason", "=去了协和医院, 不是同济", *ON),
    ):
        assert family(*command).code == 0
    return family


def exported(household: Gongji, form: str, *more: str) -> str:
    """Return what the command prints for the format."""
    answer = household("ledger", "export", form, *more)
    assert (answer.code, answer.err) == (0, "")
    return answer.out


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_the_same_in_both_languages_and_writes_nothing(
    household: Gongji, form: str, untouched: None
) -> None:
    """It is data; `--json` does not change it."""
    texts = {exported(household, form, *more) for more in ((), ("--json",), ("--lang", "zh"))}

    assert len(texts) == 1


def test_json_is_what_history_prints(household: Gongji) -> None:
    """To the byte."""
    assert exported(household, "json") == household("history", "--json").out


def test_the_table_sums_to_what_is_there(household: Gongji) -> None:
    """Of every account, to the fen; a reason cannot be a formula."""
    rows = list(csv.DictReader(io.StringIO(exported(household, "csv"), newline="")))

    def total(account: str) -> int:
        moved = (row["amount"] for row in rows if row["account"] == account)
        return sum(int(amount.replace(".", "")) for amount in moved)

    for name in ("我", "哥哥", "爸爸", "舅舅"):
        accounts = household("balance", name, *ON, "--json").data["accounts"]
        for pool, yuan in accounts.items():
            assert total(f"{name}:{pool}") == int(yuan.replace(".", ""))
    assert {row["reason"] for row in rows} == {"", "'=去了协和医院, 不是同济"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_redacted_export_holds_no_name_text_key_or_identity(
    household: Gongji, ledger: Path, form: str
) -> None:
    """Not even a hash; days and amounts stay."""
    whole, redacted = exported(household, form), exported(household, form, "--redact")

    hashes = [line["hash"] for line in household("history", "--json").rows]
    digest = household("person", "show", "舅舅", *ON, "--json").data["id"]["digest"]
    private = (*PEOPLE, "同济", "协和", "110*", digest, "1949", "1960", *hashes)
    assert [text for text in private if text in redacted] == []
    assert not CHINESE.search(redacted)
    assert CHINESE.search(whole)
    for kept in ("350.50", "2025-01-02", "p1", "p5"):
        assert kept in redacted


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_what_would_be_printed(household: Gongji, tmp_path: Path, form: str) -> None:
    """Its owner alone may read it, and what was there before is gone."""
    path = tmp_path / "family.txt"
    path.write_text("older")
    path.chmod(0o644)

    answer = household("ledger", "export", form, "-o", str(path))

    assert (answer.code, answer.out, answer.err) == (0, f"the ledger is in {path}\n", "")
    assert path.read_bytes().decode() == exported(household, form, "-o", "-")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["family.txt"]


def test_a_file_is_told_of_in_json(household: Gongji, tmp_path: Path) -> None:
    """What was asked for and where it is."""
    path = str(tmp_path / "family.csv")

    told = household("ledger", "export", "csv", "-o", path, "--json").data

    assert told == {"schema": "gongji.export/1", "ok": True, "format": "csv", "path": path}


@pytest.mark.parametrize(
    "name", ["ledger.jsonl", ".key", ".index", ".lock", ".torn-99", ".backup", "link", "hard"]
)
def test_an_export_never_takes_the_place_of_the_ledger(
    household: Gongji, ledger: Path, untouched: None, tmp_path: Path, name: str
) -> None:
    """Nor of a file that belongs to it, whatever the path says."""
    path = ledger.with_name(ledger.name + name) if name.startswith(".") else tmp_path / name
    if name == "ledger.jsonl":
        path = ledger.parent / ".." / ledger.parent.name / name
    elif name == "link":
        path.symlink_to(ledger)
    elif name == "hard":
        path.hardlink_to(ledger)

    answer = household("ledger", "export", "csv", "-o", str(path), "--json")

    assert (answer.code, answer.error["code"]) == (2, "output.ledger")


@pytest.mark.parametrize("path", ["/dev/null", ".", "no-such-folder/x", "link", "a" * 300])
def test_what_cannot_be_written_is_told_with_its_cause(
    household: Gongji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """A device is not replaced, and a link is not followed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to("elsewhere")

    answer = household("ledger", "export", "csv", "-o", path, "--json")

    assert (answer.code, answer.error["code"]) == (2, "output.file")
    assert f"`{path}` cannot be written: " in answer.error["message"]
    assert not (tmp_path / "elsewhere").exists()
    assert Path("/dev/null").is_char_device()


def test_an_export_that_fails_leaves_what_was_there(
    household: Gongji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new file takes the name only when it is whole."""
    path = tmp_path / "family.csv"
    path.write_text("older")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    answer = household("ledger", "export", "csv", "-o", str(path), "--json")

    assert (answer.code, answer.error["code"]) == (1, "output.unwritable")
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["family.csv"]
    assert path.read_text() == "older"


@pytest.mark.parametrize("how", [fail, die, die_after])
def test_an_export_stopped_at_any_step_leaves_the_older_file_or_the_new(
    household: Gongji, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Act
) -> None:
    """Whole, in either case; the ledger is as it was."""
    path, before = tmp_path / "family.csv", ledger.read_bytes()
    new = exported(household, "csv").encode()

    def run(step: int) -> list[str]:
        path.write_bytes(b"older")
        steps = tmp_path / "steps"

        def stopped() -> int:
            taken = act_at(monkeypatch, step, how)
            code = main(["ledger", "export", "csv", "-o", str(path)])
            steps.write_text(" ".join(taken))
            return code

        code = in_child(stopped)

        assert path.read_bytes() in (b"older", new)
        assert path.read_bytes() == new or code != 0
        assert ledger.read_bytes() == before
        return ["killed"] * step if code == KILLED else steps.read_text().split()

    assert list(steps_of(run)) == [1, 2, 3, 4]


def test_of_a_damaged_ledger_the_good_part_is_printed(
    household: Gongji, ledger: Path, tmp_path: Path
) -> None:
    """The exit code is that of damage, and no file is made of half a ledger."""
    whole = exported(household, "json")
    ledger.write_bytes(ledger.read_bytes().replace(b'"350.50"', b'"350.51"'))
    path = tmp_path / "family.json"

    printed, filed = (
        household("ledger", "export", "json", *more) for more in ((), ("-o", str(path)))
    )

    assert (printed.code, filed.code) == (7, 7)
    assert whole.startswith(printed.out)
    assert [json.loads(line)["seq"] for line in printed.lines] == list(range(1, 9))
    assert "error[ledger.damaged-ledger]: line 10 " in printed.err
    assert not path.exists()


def test_a_format_that_is_none_is_named_with_those_that_are(household: Gongji) -> None:
    """A usage error."""
    answer = household("ledger", "export", "xls", "--json")

    assert (answer.code, answer.error["code"]) == (2, "usage.value")
    assert "hledger, beancount, csv, json" in answer.error["message"]


def test_where_no_ledger_is_nothing_is_exported(small: Gongji, tmp_path: Path) -> None:
    """And no file is made."""
    path = tmp_path / "x.csv"

    answer = small("ledger", "export", "csv", "-o", str(path), "--json")

    assert (answer.code, answer.error["code"]) == (2, "ledger.no-ledger")
    assert not path.exists()

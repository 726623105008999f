"""gongji ledger apply: many commands at once, each line with an answer of its own."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongji.batch.lines import LINE_BYTES_MAX, read_groups
from gongji.ledger import disk

from .conftest import Answer, Gongji
from .test_commands import WRITING, prepared

PAY = {"do": "pay-for", "beneficiary": "妈妈", "purpose": "pharmacy", "on": "2025-01-02"}
Apply = Callable[..., Answer]


@pytest.fixture
def apply(family: Gongji, tmp_path: Path) -> Apply:
    """Applies lines, given as data or as they stand, to the ledger of the family."""

    def run(*lines: dict[str, Any] | str) -> Answer:
        path = tmp_path / "commands.ndjson"
        written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("".join(f"{line}\n" for line in written), "utf-8")
        return family("ledger", "apply", str(path))

    return run


def test_a_line_and_the_command_are_one_under_one_key(apply: Apply, family: Gongji) -> None:
    (line,) = apply({**PAY, "amount": "12.50", "key": "b1"}).rows
    day = ("--on", "2025-01-02")
    command = family("pay-for", "妈妈", "12.5", "--purpose", "药店", *day, "--key", "b1", "--json")

    assert {"line": 1, **command.data} == {**line, "written": False, "repeated": True}


@pytest.mark.parametrize("title", WRITING)
def test_every_command_is_the_same_as_a_line_and_is_done_once(
    family: Gongji, ledger: Path, tmp_path: Path, title: str
) -> None:
    """To the hash; its key again is the same record, by either way, or a conflict."""
    assert family("person", "add", "舅舅", "--area", "420100", "--insurance", "none").code == 0
    arguments = prepared(family, title)
    other = tmp_path / "other" / ledger.name
    shutil.copytree(ledger.parent, other.parent)
    written = family(*arguments, "--key", "k", "--json").data
    line = {**written["request"], "key": "k"}
    lines = tmp_path / "lines"
    twice = [line, line, {**line, "on": "2025-02-01"}]
    lines.write_text("".join(json.dumps(each) + "\n" for each in twice), "utf-8")
    rules = arguments[arguments.index("--rules") :] if "--rules" in arguments else ()

    answer = family("ledger", "apply", str(lines), *rules, "--ledger", str(other))
    again = family("ledger", "apply", str(lines), *rules)

    first, second, third = answer.rows
    repeated = {"written": False, "repeated": True}
    assert first == {"line": 1, **written}
    assert second == {"line": 2, **written, **repeated}
    assert (third["ok"], third["error"]["code"]) == (False, "ledger.key-conflict")
    assert again.rows == [{**first, **repeated}, second, third]
    assert (answer.code, again.code) == (6, 6)
    assert other.read_bytes() == ledger.read_bytes()


def test_a_line_is_done_only_on_the_head_that_it_expects(apply: Apply, family: Gongji) -> None:
    """The lines before it count; the lines after it go on."""
    head = family("ledger", "head").out.strip()
    one, two, three = ({**PAY, "amount": str(yuan), "expect_head": head} for yuan in (1, 2, 3))

    first, second, third = apply({**one, "key": "a"}, two, {**PAY, "amount": "3"}).rows
    again = apply({**one, "key": "a"}, three).rows

    assert [first["ok"], second["ok"], third["ok"]] == [True, False, True]
    assert second["error"]["code"] == "head.unexpected"
    assert third["seq"] == first["seq"] + 1
    assert [row.get("repeated") for row in again] == [True, None], "done before, whatever the head"


def test_every_line_has_its_own_answer_in_its_place(apply: Apply) -> None:
    answer = apply(
        {**PAY, "amount": "1.00", "key": "k"},
        {**PAY, "amount": "1.00", "key": "k"},
        {**PAY, "amount": "2.00", "key": "k"},
        {**PAY, "amount": "1.00", "colour": "red"},
        {**PAY, "purpose": "other", "amount": "1.00"},
        {**PAY, "beneficiary": "外人", "amount": "1.00"},
        "",
        "{",
        {"do": "dance"},
        {**PAY, "amount": 3},
    )

    assert [row["line"] for row in answer.rows] == list(range(1, 11))
    assert [row.get("error", {}).get("code") or row["ok"] for row in answer.rows] == [
        True,
        True,
        "ledger.key-conflict",
        "command.key-unknown",
        False,
        "person.unknown",
        "line.empty",
        "line.not-json",
        "command.unknown",
        True,
    ]
    assert answer.rows[4]["verdict"] == "ineligible"
    assert [row.get("repeated") for row in answer.rows[:2]] == [False, True]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (({**PAY, "amount": "1"},), 0),
        (({**PAY, "amount": "1"}, "{", {**PAY, "purpose": "other", "amount": "1"}), 5),
        (({**PAY, "purpose": "other", "amount": "1"}, "{"), 3),
        (({"do": "reverse", "record": 999, "reason": "why"},), 2),
        (({**PAY, "amount": "1", "expect_head": "0" * 64},), 6),
    ],
)
def test_the_first_line_that_is_not_done_gives_the_exit_code(
    apply: Apply, lines: tuple[Any, ...], code: int
) -> None:
    assert apply(*lines).code == code


def test_a_later_line_sees_what_an_earlier_one_did(apply: Apply) -> None:
    """One after the other: the credit is there when the bill comes."""
    spend = {**PAY, "amount": "1050.00"}
    before, credit, after = apply(
        {**spend, "key": "a"},
        {"do": "credit", "person": "我", "amount": "100.00", "on": "2025-01-02"},
        {**spend, "key": "b"},
    ).rows

    assert (before["cash"], credit["ok"]) == ("200.00", True), "850 yuan are usable"
    assert after["cash"] == "950.00", "and then the 100 of the credit"


def test_one_line_that_settles_answers_with_all_its_records(apply: Apply) -> None:
    (answer,) = apply({"do": "settle", "on": "2026-01-01"}).rows

    assert answer["schema"] == "gongji.records/1"
    assert {record["do"] for record in answer["records"]} == {"turn-of-year"}
    assert len(answer["records"]) > 1


def test_a_ledger_is_begun_by_its_first_person_alone(small: Gongji, tmp_path: Path) -> None:
    lines = tmp_path / "lines.ndjson"
    add = {"do": "person-add", "person": "我", "area": "420100", "insurance": "employee"}
    lines.write_text(json.dumps({**PAY, "amount": "1"}))
    assert small("ledger", "apply", str(lines), "--json").error["code"] == "ledger.no-ledger"

    lines.write_text(json.dumps(add))
    assert small("ledger", "apply", str(lines)).data["seq"] == 1


def test_an_identity_number_of_a_line_is_not_kept(apply: Apply, ledger: Path) -> None:
    number = "11010519491231002X"
    answer = apply({"do": "person-set", "person": "妈妈", "id_number": number, "key": "k"})

    assert answer.code == 0
    assert number not in answer.out + answer.err + ledger.read_text("utf-8")


def test_nothing_is_acknowledged_that_a_failing_disk_took_back(
    apply: Apply, family: Gongji, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one wait for the disk of a group fails: none of its lines is answered or recorded."""
    before = family("ledger", "head").out

    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as broken:
        broken.setattr(disk, "sync_file", fail)
        answer = apply({**PAY, "amount": "1"}, {**PAY, "amount": "2"})

    assert (answer.code, answer.out) == (1, "")
    assert family("ledger", "head").out == before
    assert family("ledger", "verify").code == 0


def test_what_was_done_before_the_disk_was_full_is_answered(
    apply: Apply, family: Gongji, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = disk.write_all
    fits = iter([True, False])

    def write(descriptor: int, data: bytes) -> None:
        if not next(fits):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        whole(descriptor, data)

    with monkeypatch.context() as full:
        full.setattr(disk, "write_all", write)
        answer = apply(*({**PAY, "amount": str(yuan)} for yuan in (1, 2, 3)))

    (first,) = answer.rows
    assert (answer.code, first["amount"]) == (1, "1.00")
    assert family("ledger", "head").out.strip() == first["hash"]


def test_who_waits_for_an_answer_need_not_send_the_next_line(ledger: Path) -> None:
    """Through a pipe that stays open, the answer comes."""
    add = {"do": "person-add", "person": "我", "area": "420100", "insurance": "employee"}
    command = [sys.executable, "-m", "gongji", "ledger", "apply", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(add).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["ok"] is True
        process.stdin.close()
        assert process.wait() == 0


def test_groups_are_the_lines_of_the_stream() -> None:
    text = b"one\r\ntwo\n\n" + b"x" * (LINE_BYTES_MAX + 1) + b"\nlast"
    groups = list(read_groups(io.BufferedReader(io.BytesIO(text))))

    assert [line for group in groups for line in group] == [b"one", b"two", b"", None, b"last"]

"""Bad input at the command line: a named error, the right exit code, nothing written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import HERE, Gongji
from tests.cli.test_commands import CHECK, ON

ADD = ("person", "add", "妹妹", "--area", "420100", "--insurance", "employee", *ON)
PAY = ("pay-for", "妈妈", "10", "--purpose", "pharmacy", *ON)
PHARMACY = (*CHECK, "--purpose", "pharmacy")

BAD: dict[str, tuple[tuple[str, ...], int, str]] = {
    "an unknown option": ((*PHARMACY, "--colour"), 2, "usage.option-unknown"),
    "an unknown command": (("pya-for",), 2, "usage.command-unknown"),
    "a missing option": (("bind", "我", "妈妈"), 2, "usage.missing"),
    "a count that is a text": ((*PHARMACY, "--holder-beneficiaries", "two"), 2, "usage.value"),
    "a count in full-width digits": (
        (*PHARMACY, "--holder-by-relation", "child=２"),
        2,
        "request.type",
    ),
    "a count without a relation": ((*PHARMACY, "--holder-by-relation", "2"), 2, "request.type"),
    "a negative count": ((*PHARMACY, "--holder-beneficiaries", "-1"), 2, "request.count-range"),
    "a huge count": ((*PHARMACY, "--holder-beneficiaries", "9" * 30), 2, "request.count-range"),
    "an unknown area": ((*PHARMACY, "--holder-area", "999999"), 2, "word.unknown"),
    "an ambiguous area": ((*PHARMACY, "--holder-area", "suzhou"), 2, "word.ambiguous"),
    "a bare digit for a relation": ((*PHARMACY, "--relation", "3"), 2, "word.unknown"),
    "a relation of NUL": ((*PHARMACY, "--relation", "a\x00b"), 2, "word.unknown"),
    "no purpose": (CHECK, 2, "request.key-missing"),
    "no relation of two who are not bound": (
        ("check-eligibility", "我", "哥哥", "--purpose", "药店", *ON),
        2,
        "request.key-missing",
    ),
    "a stranger": (
        ("check-eligibility", "我", "谁", "--purpose", "药店", "--relation", "child", *ON),
        2,
        "person.unknown",
    ),
    "a fact that the ledger knows": (
        ("check-eligibility", "我", "妈妈", "--purpose", "药店", "--holder-balance", "5", *ON),
        2,
        "request.known-from-ledger",
    ),
    "a person asked about themselves": (
        ("check-eligibility", "我", "我", "--purpose", "药店", *ON),
        2,
        "bind.self",
    ),
    "a person bound to themselves": (
        ("bind", "我", "我", "--relation", "self", *ON),
        2,
        "bind.self",
    ),
    "an unknown confidence": ((*PHARMACY, "--min-confidence", "sure"), 2, "usage.value"),
    "an unknown check": ((*PAY, "--assume", "weather"), 2, "word.no-check"),
    "30 February": ((*PHARMACY, "--on", "2025-02-30"), 2, "day.form"),
    "a day in full-width digits": ((*PAY, "--on", "２０２５-０１-０２"), 2, "day.form"),
    "a day that is no day": ((*PAY, "--on", "tomorrow"), 2, "day.form"),
    "a credit of NaN": (("credit", "我", "NaN"), 2, "money.not-a-number"),
    "a credit of 1e400": (("credit", "我", "1e400"), 2, "money.not-a-number"),
    "a credit of infinity": (("credit", "我", "Infinity"), 2, "money.not-a-number"),
    "a credit in full-width digits": (("credit", "我", "１２"), 2, "money.not-a-number"),
    "a credit with a separator": (("credit", "我", "1,000"), 2, "money.not-a-number"),
    "a credit of three decimals": (("credit", "我", "0.005"), 2, "money.decimals"),
    "a credit of nothing": (("credit", "我", "0"), 2, "amount.zero"),
    "a credit of an empty text": (("credit", "我", ""), 2, "money.empty"),
    "a credit below zero": (("credit", "我", "--", "-1"), 2, "money.negative"),
    "a credit of minus zero": (("credit", "我", "--", "-0"), 2, "money.negative"),
    "a credit without end": (("credit", "我", "9" * 5000), 2, "money.too-large"),
    "a credit to no pool": (("credit", "我", "5", "--to", "pocket"), 2, "word.none-of"),
    "a credit to nobody": (("credit", "谁", "5"), 2, "person.unknown"),
    "a credit without an account": (("credit", "妈妈", "5"), 2, "person.no-account"),
    "a payment of nothing": ((*PAY[:2], "0", *PAY[3:]), 2, "amount.zero"),
    "a payment without an amount": ((*PAY[:2], *PAY[3:]), 2, "amount.missing"),
    "a year out of range": ((*PAY, "--year", "20255"), 2, "request.year-range"),
    "a name with a blank": ((*ADD[:2], "a b", *ADD[3:]), 2, "name.character"),
    "a name with a colon": ((*ADD[:2], "a:b", *ADD[3:]), 2, "name.character"),
    "a name with a NUL": ((*ADD[:2], "a\x00", *ADD[3:]), 2, "name.character"),
    "a name with a lone surrogate": ((*ADD[:2], "a\udcff", *ADD[3:]), 2, "name.character"),
    "an empty name": ((*ADD[:2], "", *ADD[3:]), 2, "name.empty"),
    "a long name": ((*ADD[:2], "x" * 33, *ADD[3:]), 2, "name.too-long"),
    "a name of the ledger's": ((*ADD[:2], "Cash", *ADD[3:]), 2, "name.reserved"),
    "a balance told twice": (
        (*ADD, "--balance", "5", "--current", "5"),
        2,
        "command.balance-twice",
    ),
    "an identity number of no form": ((*ADD, "--id-number", "123"), 2, "id.form"),
    "a mistyped identity number": (
        (*ADD, "--id-number", "110105194912310021"),
        2,
        "id.check-digit",
    ),
    "an impossible birthday": ((*ADD, "--id-number", "110105194902300020"), 2, "id.birth"),
    "no such record": (("reverse", "99", "--reason", "why", *ON), 2, "record.unknown"),
    "a record of no number": (("reverse", "x", "--reason", "why", *ON), 2, "usage.value"),
    "a record that moved no money": (
        ("reverse", "5", "--reason", "why", *ON),
        2,
        "record.not-reversible",
    ),
    "a key that is not UTF-8": (("credit", "我", "5", "--key", "a\udcff"), 2, "text.encoding"),
    "an empty key": (("credit", "我", "5", "--key", ""), 2, "text.empty"),
    "a key of two lines": (("credit", "我", "5", "--key", "a\nb"), 2, "text.control"),
    "an endless key": (("credit", "我", "5", "--key", "x" * 1001), 2, "text.too-long"),
    "a reason that is not UTF-8": (("reverse", "1", "--reason", "a\udcff"), 2, "text.encoding"),
    "an empty reason": (("reverse", "1", "--reason", ""), 2, "text.empty"),
    "a reason with an escape": (("reverse", "1", "--reason", "\x1b[31m"), 2, "text.control"),
    "no such ledger": (("balance", "--ledger", "/nowhere/at/all"), 2, "ledger.no-ledger"),
    "a folder for a ledger": (("balance", "--ledger", "/"), 2, "ledger.unsuitable-ledger"),
    "no such rules": ((*PHARMACY, "--rules", "/nowhere/at/all"), 5, "rule.unreadable"),
    "broken rules": ((*PHARMACY, "--rules", str(HERE / "broken")), 5, "rule.key-near"),
    "an unknown language": (("balance", "--lang", "fr"), 2, "language.unknown"),
}


@pytest.mark.parametrize("title", BAD)
def test_bad_input_has_a_named_error_and_writes_nothing(
    family: Gongji, title: str, untouched: None
) -> None:
    """As JSON and in words, on standard error alone, with the same exit code."""
    arguments, code, name = BAD[title]
    where = arguments.index("--") if "--" in arguments else len(arguments)
    as_json = (*arguments[:where], "--json", *arguments[where:])

    told, said = family(*as_json), family(*arguments)

    assert (told.code, said.code) == (code, code)
    assert (told.out, said.out) == ("", "")
    first = json.loads(told.err.splitlines()[0])
    assert (first["schema"], first["ok"], first["error"]["code"]) == ("gongji.error/1", False, name)
    assert said.err.startswith(f"error[{name}]: ")
    assert first["error"]["message"]


def test_all_problems_of_broken_rules_are_told_at_once(family: Gongji) -> None:
    """One line each on standard error."""
    answer = family(*PHARMACY, "--rules", str(HERE / "broken"), "--json")

    codes = [json.loads(line)["error"]["code"] for line in answer.err.splitlines()]
    assert codes == ["rule.key-near", "rule.date-text", "rule.money", "rule.source-unknown"]


def test_an_unknown_word_is_answered_with_what_was_meant(small: Gongji) -> None:
    """The hint holds the word."""
    near = small(*PHARMACY, "--holder-area", "wuhann", "--json").error
    two = small(*PHARMACY, "--holder-area", "suzhou", "--json").error
    command = small("pay-form", "--json").error

    assert "武汉" in near["hint"] or "wuhan" in near["hint"]
    assert "320500" in two["hint"] and "341300" in two["hint"]
    assert "pay-for" in command["message"]
    assert (near["key"], two["key"]) == ("--holder-area", "--holder-area")


def test_control_characters_of_the_input_are_not_repeated(small: Gongji) -> None:
    """An error cannot colour or move the terminal."""
    answer = small(*PHARMACY, "--relation", "\x1b[31m\u202emother\r")

    assert answer.code == 2
    assert not {"\x1b", "\u202e", "\r"} & set(answer.err)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_folder_that_may_not_be_written_is_told(small: Gongji, ledger: Path) -> None:
    """The command is right, but the ledger is not to be written."""
    ledger.parent.mkdir(mode=0o500)

    answer = small(*ADD, "--json")

    assert (answer.code, answer.error["code"]) == (2, "ledger.unwritable-ledger")


def test_a_batch_answers_every_line_in_order(small: Gongji, tmp_path: Path) -> None:
    """A bad one on its own line, the rest as if it were not there; exit 5, stdout alone."""
    good = {
        "relation": "sibling",
        "purpose": "pharmacy",
        "holder": {"area": "420100", "insurance": "employee"},
        "beneficiary": {"area": "420600", "insurance": "resident"},
    }
    lines = [
        json.dumps({"id": "yes", **good}),
        "{",
        json.dumps({"id": "no", **good, "on": "2024-06-01"}),
        "",
        json.dumps({"id": "妈妈", **good, "purpose": "vaccine"}, ensure_ascii=False),
    ]
    path = tmp_path / "requests.ndjson"
    path.write_text("\r\n".join(lines), "utf-8", newline="")

    answer = small("check-eligibility", "--batch", str(path), *ON)

    assert (answer.code, answer.err) == (5, "")
    assert [row.get("verdict", row["ok"]) for row in answer.rows] == [
        *("eligible", False, "ineligible", False, "unknown")
    ]
    assert [row["id"] for row in answer.rows] == ["yes", None, "no", None, "妈妈"]


def test_verdicts_of_a_batch_are_data(small: Gongji, tmp_path: Path) -> None:
    """A no and an unknown end with 0 there; an empty batch has no line and ends with 0."""
    path = tmp_path / "requests.ndjson"
    request = {
        "relation": "sibling",
        "purpose": "vaccine",
        "holder": {"area": "420100", "insurance": "employee"},
        "beneficiary": {"area": "420600", "insurance": "resident"},
    }
    path.write_text(json.dumps(request) + "\n")
    batch = ("check-eligibility", "--batch", str(path), *ON)

    assert small(*batch).code == 0
    path.write_bytes(b"")
    empty = small(*batch)
    assert (empty.code, empty.out, empty.err) == (0, "", "")


def test_a_line_of_a_batch_is_answered_as_the_same_options_are(
    small: Gongji, tmp_path: Path
) -> None:
    """One engine, two ways in."""
    path = tmp_path / "requests.ndjson"
    request = {
        "relation": "sibling",
        "purpose": "pharmacy",
        "holder": {"area": "420100", "insurance": "employee"},
        "beneficiary": {"area": "420600", "insurance": "resident"},
    }
    path.write_text(json.dumps(request) + "\n")

    batch = small("check-eligibility", "--batch", str(path), *ON)

    assert batch.out == small(*PHARMACY, "--json").out

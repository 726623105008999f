"""Nothing twice, nothing by accident, nothing private."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Gongji
from tests.cli.test_commands import ON, WRITING, prepared

ID_NUMBER = "11010519491231002X"
"""An invented number with a right check digit."""

EMPLOYEE = ("--area", "420100", "--insurance", "employee", *ON)


@pytest.fixture
def house(family: Gongji) -> Gongji:
    """The family, and an uncle bound to nobody."""
    added = ("person", "add", "舅舅", "--area", "420100", "--insurance", "resident", *ON)
    assert family(*added).code == 0
    return family


@pytest.fixture
def arguments(house: Gongji, title: str) -> tuple[str, ...]:
    """The arguments of a writing command for which everything is ready."""
    return prepared(house, title)


def last_record(house: Gongji) -> int:
    """Return the number of the last record."""
    return int(house("ledger", "head", "--json").data["record"])


@pytest.mark.parametrize("title", WRITING)
def test_a_dry_run_shows_the_record_and_writes_nothing(
    house: Gongji, title: str, arguments: tuple[str, ...], untouched: None
) -> None:
    """It says itself that it is not written."""
    data = house(*arguments, "--dry-run", "--json").data

    assert (data["do"], data["seq"]) == (title.replace(" ", "-"), last_record(house) + 1)
    assert (data["written"], data["repeated"]) == (False, False)


@pytest.mark.parametrize("title", WRITING)
def test_what_a_dry_run_shows_is_what_is_written(house: Gongji, arguments: tuple[str, ...]) -> None:
    """To the hash."""
    shown = house(*arguments, "--dry-run", "--json").data

    written = house(*arguments, "--json").data

    assert {**shown, "written": True} == written


@pytest.mark.parametrize("title", WRITING)
def test_the_same_key_is_the_same_record(house: Gongji, arguments: tuple[str, ...]) -> None:
    """Exit 0, the first record again, and nothing more in the ledger."""
    command = (*arguments, "--key", "k1", "--json")
    first = house(*command)

    again, tried = house(*command), house(*command, "--dry-run")

    assert (first.code, again.code, tried.code) == (0, 0, 0)
    assert (first.data["written"], first.data["repeated"]) == (True, False)
    assert again.data == {**first.data, "written": False, "repeated": True}
    assert tried.data == again.data
    assert last_record(house) == first.data["seq"]


@pytest.mark.parametrize("title", WRITING)
def test_the_same_key_for_something_else_is_a_conflict(
    house: Gongji, arguments: tuple[str, ...]
) -> None:
    """It names the key's first difference, and nothing is written."""
    other = house("credit", "哥哥", "7.77", *ON, "--key", "k1", "--json").data["seq"]

    answer = house(*arguments, "--key", "k1", "--json")

    assert (answer.code, answer.error["code"]) == (6, "ledger.key-conflict")
    assert last_record(house) == other


def test_a_changed_argument_is_named(house: Gongji) -> None:
    """The amount of a payment repeated under its key."""
    pay = ("pay-for", "妈妈", "--purpose", "药店", *ON, "--key", "k1", "--json")
    house(*pay, "10")

    assert "`AMOUNT`" in house(*pay, "11").error["message"]


def test_a_repeated_payment_is_told_as_the_first_was(house: Gongji) -> None:
    """In words too, though by now the accounts would pay it otherwise."""
    pay = ("pay-for", "妈妈", "700", "--purpose", "药店", *ON, "--key", "k1")
    first = house(*pay)
    house("pay-for", "妈妈", "100", "--purpose", "药店", *ON)

    again = house(*pay)

    split = [line for line in first.lines if line in again.lines]
    assert again.code == 0
    assert split[:2] == first.lines[:2]


def test_the_head_kept_elsewhere_is_compared(family: Gongji) -> None:
    """The same head is 0, another 6; the head changes with every record."""
    head = family("ledger", "head").out.strip()

    assert family("ledger", "verify", "--expect-head", head).code == 0
    assert family("ledger", "head", "--expect-head", head).code == 0
    family("credit", "我", "5", *ON)
    for command in ("verify", "head"):
        answer = family("ledger", command, "--expect-head", head)
        assert answer.code == 6
        assert answer.err.startswith("error[head.unexpected]: ")


@pytest.mark.parametrize("title", [*WRITING, "settle"])
def test_a_command_is_done_only_on_the_head_that_it_expects(
    house: Gongji, ledger: Path, title: str
) -> None:
    """After any other record it is a conflict that names the head, and nothing is written."""
    turn = ("settle", "--on", "2026-01-01")
    arguments = turn if title == "settle" else prepared(house, title)
    old = house("ledger", "head").out.strip()
    last = house("credit", "哥哥", "0.01", *ON, "--json").data
    now = last["hash"]
    before = ledger.read_bytes()

    refused = house(*arguments, "--expect-head", old, "--json")

    assert (refused.code, refused.error["code"]) == (6, "head.unexpected")
    assert now in refused.error["message"]
    assert ledger.read_bytes() == before
    if title != "settle":
        assert house(*arguments, "--expect-head", old, "--dry-run").code == 6
    done = house(*arguments, "--expect-head", now, "--json")
    assert done.code == 0
    assert done.rows[0]["seq"] == last["seq"] + 1


@pytest.mark.parametrize("title", WRITING)
def test_a_command_that_was_done_may_be_repeated_with_the_head_it_expected(
    house: Gongji, arguments: tuple[str, ...]
) -> None:
    """Under its key: who heard no answer need not know whether the head is still the same."""
    head = house("ledger", "head").out.strip()
    command = (*arguments, "--key", "k1", "--expect-head", head, "--json")
    first = house(*command)

    again = house(*command)

    assert (first.code, again.code) == (0, 0)
    assert again.data == {**first.data, "written": False, "repeated": True}


def everything_said(answers: list[Answer]) -> str:
    return "".join(answer.out + answer.err for answer in answers)


def test_an_identity_number_is_nowhere(small: Gongji, ledger: Path) -> None:
    """In no output and in no file: not whole, not in its hidden part, not as a bare hash."""
    add = ("person", "add", "我", *EMPLOYEE, "--id-number", ID_NUMBER, "--key", "k1")
    answers = [
        small(*add, "--dry-run", "--debug"),
        small(*add, "--json"),
        small(*add, "--debug"),
        small("person", "set", "我", "--id-number", ID_NUMBER.lower(), *ON),
        small("person", "add", "妹妹", *EMPLOYEE, "--id-number", ID_NUMBER[:-1] + "1", "--debug"),
        small("person", "add", "弟弟", *EMPLOYEE, "--id-number", ID_NUMBER[:-1], "--debug"),
        small("person", "show", "我", *ON),
        small("person", "list", "--json", *ON),
        small("history", "--json"),
        small("ledger", "verify", "--json"),
    ]

    files = [path.read_bytes() for path in ledger.parent.rglob("*") if path.is_file()]
    hidden = ID_NUMBER[3:17]
    bare = {hashlib.new(kind, ID_NUMBER.encode()).hexdigest() for kind in ("md5", "sha1", "sha256")}
    for secret in (hidden, hidden[3:11] + hidden[11:], *bare):
        assert secret not in everything_said(answers)
        assert not [data for data in files if secret.encode() in data]
    assert [answer.code for answer in answers[4:6]] == [2, 2]
    assert "110**************X" in answers[6].out + answers[8].out


def test_the_key_of_the_digests_is_its_owners_alone(small: Gongji, ledger: Path) -> None:
    """So is the ledger; two ledgers digest one number differently."""
    other = str(ledger.with_name("other.jsonl"))
    add = ("person", "add", "我", *EMPLOYEE, "--id-number", ID_NUMBER, "--json")

    digests = [small(*add).data["attributes"]["id"]["digest"] for _time in range(1)]
    digests += [small(*add, "--ledger", other).data["attributes"]["id"]["digest"]]

    modes = {path.stat().st_mode & 0o077 for path in ledger.parent.iterdir()}
    assert modes == {0}
    assert len(set(digests)) == 2


def test_a_dry_run_of_an_identity_number_leaves_no_key(family: Gongji, untouched: None) -> None:
    """What is only tried makes no file."""
    add = ("person", "add", "妹妹", *EMPLOYEE, "--id-number", ID_NUMBER, "--dry-run")

    assert family(*add).code == 0


def test_all_that_is_made_is_its_owners_alone(
    gongji: Gongji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders 0700 and files 0600, whatever the umask allows: also what is set aside or copied."""
    path = tmp_path / "one" / "two" / "ledger.jsonl"
    monkeypatch.setenv("GONGJI_LEDGER", str(path))
    umask = os.umask(0)
    try:
        add = ("person", "add", "我", *EMPLOYEE, "--balance", "500")
        assert gongji(*add, "--id-number", ID_NUMBER).code == 0
        with path.open("ab") as file:
            file.write(b"{")
        assert gongji("credit", "我", "5", *ON).code == 0
        with path.open("ab") as file:
            file.write(b"{}")
        assert gongji("ledger", "repair").code == 0
        assert gongji("balance").code == 0
        assert gongji("ledger", "export", "csv", "-o", str(path.with_name("all.csv"))).code == 0
    finally:
        os.umask(umask)

    made = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    beside = ("", ".key", ".lock", ".index", ".torn-", ".backup")
    assert len(made) == len(beside) + 1
    assert all(any(name.startswith(path.name + end) for name in made) for end in beside)
    assert set(made.values()) == {0o600}
    assert {folder.stat().st_mode & 0o777 for folder in path.parents[:2]} == {0o700}


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_key_of_the_digests_that_is_none_is_refused(
    family: Gongji, ledger: Path, content: bytes
) -> None:
    """A digest made with an empty key could be guessed from the number's few digits."""
    key = ledger.with_name(ledger.name + ".key")
    key.write_bytes(content)
    before = ledger.read_bytes()

    answer = family("person", "set", "我", "--id-number", ID_NUMBER, *ON, "--json")

    assert (answer.code, answer.error["code"]) == (6, "id.key")
    assert (key.read_bytes(), ledger.read_bytes()) == (content, before)

"""gongji ledger, and how the errors of a ledger are told."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gongji.ledger import disk, errors
from gongji.ledger.errors import AppendFailed, DamagedLedger, KeyConflict, LedgerError
from gongji.ledger.verify import Problem as Found
from gongji.ledger.verify import Verification
from gongji.render import language
from gongji.render.language import speaking
from gongji.render.ledger_text import ledger_error, verification_data, verification_lines
from tests.cli.conftest import Gongji
from tests.cli.test_commands import ON

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type)]


def test_every_error_of_the_ledger_has_a_sentence_and_a_next_step() -> None:
    """And so a translation: the two are what the catalogue knows."""
    kinds = [kind for kind in KINDS if issubclass(kind, LedgerError) and hasattr(kind, "code")]

    assert len(kinds) > 10
    assert all(kind.sentence and kind.hint for kind in kinds)


def test_an_error_of_the_ledger_is_translated_at_the_edge(
    family: Gongji, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words it goes through the catalogue, sentence and hint; JSON stays English."""

    class Marked:
        def gettext(self, sentence: str) -> str:
            return f"译:{sentence}"

    monkeypatch.setattr(language, "_chinese", Marked)

    said = family("balance", "--ledger", "/nowhere/at/all", "--lang", "zh")
    told = family("balance", "--ledger", "/nowhere/at/all", "--lang", "zh", "--json")

    assert "译:there is no ledger at /nowhere/at/all" in said.err
    assert "译:check the path" in said.err
    assert told.error["message"] == "there is no ledger at /nowhere/at/all"


def test_a_cause_within_a_sentence_is_translated_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Chinese sentence has no English half."""

    class Marked:
        def gettext(self, sentence: str) -> str:
            return sentence.replace("the line", "这一行")

    monkeypatch.setattr(language, "_chinese", Marked)
    language.use("zh")

    message, _hint = ledger_error(DamagedLedger(5, 900, "hash", "hash-mismatch"))

    assert message == "line 5 (byte 900), hash: 这一行 does not have the hash that it states"


def test_what_could_not_be_taken_back_is_told() -> None:
    """A record that was half written is not passed over."""
    errors = (AppendFailed("no space", done) for done in (True, False))
    with speaking("en"):
        undone, left = (ledger_error(error)[0] for error in errors)

    assert undone == "the record could not be written: no space"
    assert left == f"{undone}; what was written of it could not be taken back"


def test_a_key_conflict_names_the_option_that_differs(family: Gongji) -> None:
    """As it is typed, in backquotes."""
    credit = ("credit", "我", "5", *ON, "--key", "k")
    assert family(*credit).code == 0

    def cause(*arguments: str) -> str:
        message = str(family(*arguments, "--json").error["message"])
        return message.removeprefix("the key `k` was used ")

    assert cause(*credit, "--on", "2025-01-03") == "before with another `--on`"
    assert cause("credit", "我", "6", *credit[3:]) == "before with another `AMOUNT`"
    assert cause("unbind", "我", "妈妈", *credit[3:]) == "before for another command"


def test_a_field_of_a_request_is_called_as_its_option_is() -> None:
    """Arguments stand there as they are called."""
    for field, option in {"cap_per_payment": "--cap-per-payment", "amount": "AMOUNT"}.items():
        assert f"`{option}`" in ledger_error(KeyConflict("k", field))[0]


@pytest.mark.parametrize("content", [b"", b"hello\n"])
def test_a_file_without_a_record_may_be_the_wrong_file(
    family: Gongji, tmp_path: Path, content: bytes
) -> None:
    """A command and the verification both ask whether `--ledger` names the right one."""
    path = tmp_path / "other"
    path.write_bytes(content)

    read = family("balance", "--ledger", str(path))
    verified = family("ledger", "verify", "--ledger", str(path))

    assert (read.code, verified.code) == (7, 7)
    assert "whether `--ledger` names the right file" in read.err
    assert "whether `--ledger` names the right file" in verified.out


def test_damage_behind_good_records_is_that_of_the_right_file() -> None:
    """The next step is a copy then."""
    assert "--ledger" not in ledger_error(DamagedLedger(3, 500, "hash", "torn"))[1]


def test_a_ledger_that_may_not_be_written_is_a_named_error_of_usage(small: Gongji) -> None:
    """It is no fault of the program, and nothing has changed underneath."""
    add = ("person", "add", "我", "--area", "420100", "--insurance", "none", *ON)

    answer = small(*add, "--ledger", "/proc/x", "--json")

    assert (answer.code, answer.error["code"]) == (2, "ledger.unwritable-ledger")


def test_a_full_disk_is_no_error_of_usage(
    small: Gongji, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command was right; nothing is left behind."""

    def full(_descriptor: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "write_all", full)

    answer = small(*("person", "add", "我", "--area", "420100"), "--insurance", "none", "--json")

    assert (answer.code, answer.error["code"]) == (1, "ledger.disk-failed")
    assert not ledger.exists()


@pytest.mark.parametrize("text", ["zzz", "", "0" * 63, "0" * 65])
def test_an_expected_head_that_is_no_hash_is_refused(family: Gongji, text: str) -> None:
    """Neither command compares it."""
    for command in ("verify", "head"):
        answer = family("ledger", command, "--expect-head", text, "--json")

        assert (answer.code, answer.error["code"]) == (2, "head.form")


def test_a_problem_of_the_index_has_no_line() -> None:
    """It stands beside the ledger, not in it."""
    problem = Found(0, 0, "records", "index-differs", "the index does not say what …")
    found = Verification("0" * 32, 3, None, "differs", (problem,), 0)

    lines = verification_lines(verification_data(found))

    assert lines[1] == "  records: the index does not say what the records say (index-differs)"


def test_a_problem_of_a_line_names_its_line() -> None:
    """Money that does not add up is a problem of the line that moves it."""
    problem = Found(4, 900, "postings", "unbalanced", "the postings sum to 1.00 yuan, not to zero")
    found = Verification("0" * 32, 3, None, "agrees", (problem,), 0)

    lines = verification_lines(verification_data(found))

    assert lines[1] == "  line 4, postings: the postings do not sum to zero (unbalanced)"


@pytest.fixture
def damaged(family: Gongji, ledger: Path) -> Gongji:
    """The family, whose second binding says something else than it said."""
    content = ledger.read_bytes()
    at = content.index(b"parent", content.index(b'"seq":6'))
    ledger.write_bytes(content[:at] + b"Parent" + content[at + 6 :])
    return family


def test_a_damaged_ledger_leads_to_its_repair(damaged: Gongji) -> None:
    """What verifies and what would write both name the next step."""
    verified = damaged("ledger", "verify")
    refused = damaged("credit", "我", "5", *ON)

    assert (verified.code, refused.code) == (7, 7)
    for said in (verified.out, refused.err):
        assert "`gongji ledger repair --dry-run`" in said


def test_a_repair_says_what_it_drops_and_where_the_copy_is(damaged: Gongji, ledger: Path) -> None:
    """By line, act and day; no name is told."""
    before = ledger.read_bytes()

    answer = damaged("ledger", "repair")

    kept = before[: before.index(b'{"seq":6')]
    head = damaged("ledger", "head").out.strip()
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        "the first problem:",
        "  line 7, hash: the line does not have the hash that it states (hash-mismatch)",
        "dropped:",
        "  line 7: bind, 2025-01-02, not as it was written",
        "  line 8: bind, 2025-01-02",
        f"all of it as it was: {ledger}.backup",
        f"what stays: 5 records, head {head}",
    ]
    assert ledger.read_bytes() == kept
    assert Path(f"{ledger}.backup").read_bytes() == before
    assert damaged("ledger", "verify").code == 0


def test_a_repair_as_json_is_one_object(damaged: Gongji, ledger: Path) -> None:
    """A dry run says the same, without a copy."""
    with ledger.open("ab") as file:
        file.write(b"junk")
    start = ledger.read_bytes().index(b'{"seq":6')

    tried = damaged("ledger", "repair", "--dry-run", "--json").data
    done = damaged("ledger", "repair", "--json").data

    assert (done["schema"], done["ok"], done["records"]) == ("gongji.repair/1", True, 5)
    assert done["cause"] == {
        "line": 7,
        "offset": start,
        "field": "hash",
        "cause": "hash-mismatch",
        "message": "the line does not have the hash that it states",
    }
    told = [(line["do"], line["on"], line["whole"]) for line in done["dropped"]]
    assert told == [
        ("bind", "2025-01-02", False),
        ("bind", "2025-01-02", True),
        (None, None, False),
    ]
    assert (done["unlisted"], done["backup"]) == (0, f"{ledger}.backup")
    assert tried == {**done, "dry_run": True, "backup": None}


def test_a_sound_ledger_is_not_repaired(family: Gongji, ledger: Path, untouched: None) -> None:
    """Nothing is to do: exit 0."""
    head = family("ledger", "head").out.strip()

    answer = family("ledger", "repair")

    assert answer.lines == [f"✓ nothing to repair: 7 records, head {head}"]
    assert (answer.code, answer.err) == (0, "")


def test_what_may_be_another_file_is_not_repaired(family: Gongji, tmp_path: Path) -> None:
    """The next step is to look at the path."""
    (tmp_path / "other").write_text("hello\n")

    answer = family("ledger", "repair", "--ledger", str(tmp_path / "other"))

    assert (answer.code, answer.out) == (7, "")
    assert "whether `--ledger` names the right file" in answer.err


def test_a_line_that_says_what_nobody_writes_is_told_as_unreadable(
    family: Gongji, ledger: Path
) -> None:
    """Whatever stands in a damaged file, no part of it is printed but a word and a day."""
    with ledger.open("ab") as file:
        file.write('{"do":"\x1b[2J我","on":"2025-01-02"}\n'.encode())
        file.write(b"{" * 100000 + b"\n")
    lines = family("ledger", "repair", "--dry-run").lines

    assert lines[4:6] == ["  line 9: cannot be read", "  line 10: cannot be read"]

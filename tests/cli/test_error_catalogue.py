"""gongji error, and every error that it tells of: caused, with its code, exit code and text."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gongji as gongji_package
from gongji.cli.catalogue import FAULTS, catalogue, entries
from gongji.engine.checks import NAMES
from gongji.policy import reading
from gongji.policy.problems import SENTENCES
from gongji.render.error_entry import entry_lines
from gongji.render.error_words import ELSEWHERE, PLACEHOLDERS, WHY
from gongji.render.fold import columns
from gongji.render.language import _, speaking
from gongji.render.refusal_text import REFUSALS
from tests.cli.conftest import HERE, Answer, Gongji
from tests.cli.reproducers import END_OF_RULES, HEAD_OF_RULES, WAYS, Way
from tests.cli.test_commands import CHINESE, without_names
from tests.policy.test_broken import CASES

CATALOGUE = catalogue()
FORESTALLED = {
    "ledger.no-such-record": "record.unknown",
    "ledger.already-reversed": "record.reversed",
    "ledger.not-reversible": "record.not-reversible",
}
"""Laws of the books that a command looks to before it asks the books; and what it then says."""
BY_THE_PROGRAM = {"ledger.unfit-draft", "ledger.unbalanced", "ledger.not-a-negation"}
"""Laws that only postings and fields could break, and these no command takes from outside.

Each is broken in tests/ledger/test_books.py.
"""

FILES_OF_THE_MOMENT = {"rule.unreadable", "rule.too-large", "rule.no-file"}
"""Errors of rule files that no file kept with the tests can cause."""

Cause = Callable[..., Answer]


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the ledger of the family of conftest.py is kept, once it is made."""
    return tmp_path_factory.mktemp("household") / "books"


@pytest.fixture
def cause(
    household: Path,
    small: Gongji,
    ledger: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Cause:
    """Causes the error of a way: `cause(way, "zh")`. The ledger is the same every time."""
    if not household.exists():
        request.getfixturevalue("family")
        shutil.copytree(ledger.parent, household)

    def run(way: Way, language: str, *, as_json: bool = False) -> Answer:
        shutil.rmtree(ledger.parent, ignore_errors=True)
        shutil.copytree(household, ledger.parent)
        rules = ledger.parent / "rules"
        rules.mkdir()
        Path(ledger.parent, "file").write_bytes(way.lines)
        if way.rules:
            rules.joinpath("draft.toml").write_text(HEAD_OF_RULES + way.rules + END_OF_RULES)
        for line in way.before:
            assert small(*words_of(line, ledger)).code == 0, line
        with monkeypatch.context() as patch:
            patch.setenv("GONGJI_LANG", language)
            with way.world(patch, ledger):
                return small(*words_of(way.asked, ledger, as_json=as_json))

    return run


def words_of(line: str, ledger: Path, *, as_json: bool = False) -> list[str]:
    """Return the words of a command line with everything in its place."""
    folder, on = ledger.parent, ["--on", "2025-01-02"]
    option = ["--json"] if as_json else []
    meant = {
        "FILE": [str(folder / "file")],
        "FOLDER": [str(folder)],
        "LEDGER": [str(ledger)],
        "ON": on,
        "RULES": ["--rules", str(folder / "rules")],
        "MOVING": [*on, "--rules", str(HERE / "moving")],
        "JSON": option,
        "FOLDER/none": [str(folder / "none")],
        "FOLDER/new": [str(folder / "new")],
    }
    words = [word for each in shlex.split(line) for word in meant.get(each, [each])]
    if "JSON" in line:
        return words
    where = words.index("--") if "--" in words else len(words)
    return [*words[:where], *option, *words[where:]]


def told(answer: Answer) -> list[dict[str, Any]]:
    """Return what went wrong, of the JSON of either stream: each with its code."""
    lines = [line for line in (answer.out + answer.err).splitlines() if line.startswith("{")]
    rows = [json.loads(line) for line in lines]
    return [row.get("error", row) for row in rows if row.get("ok") is False]


def title_of(way: Way) -> str:
    return f"{way.code} {way.exit}"


every_way = pytest.mark.parametrize("way", WAYS, ids=title_of)


def test_every_error_is_caused_in_every_way_in_which_it_ends() -> None:
    """Each code of the catalogue with each of its exit codes; the faults are told of below."""
    caused = {(way.code, way.exit) for way in WAYS}
    listed = {
        (entry.code, number)
        for entry in CATALOGUE.values()
        for number in entry.exits
        if entry.code not in SENTENCES.keys() | FORESTALLED.keys() | BY_THE_PROGRAM
    }

    assert caused == listed


@every_way
def test_an_error_ends_with_its_code_and_exit_code(cause: Cause, way: Way) -> None:
    """The JSON is English, and the same whatever the reader's language."""
    english, chinese = (cause(way, language, as_json=True) for language in ("en", "zh"))

    assert (english.code, [one["code"] for one in told(english)]) == (way.exit, [way.code])
    assert (chinese.code, told(chinese)) == (english.code, told(english))


@every_way
def test_an_error_is_told_in_the_language_of_the_reader(cause: Cause, way: Way) -> None:
    """With its code in brackets; a refusal is an answer and has none."""
    english, chinese = cause(way, "en"), cause(way, "zh")

    assert english.code == chinese.code == way.exit
    if english.out.startswith("{"):
        return
    if way.code in REFUSALS:
        first = [answer.out.splitlines()[0] for answer in (english, chinese)]
        for line, language in zip(first, ("en", "zh"), strict=True):
            assert line.startswith(_(REFUSALS[way.code], language).partition("{")[0])
        assert first[0] != first[1]
        return
    assert any(line.startswith(f"error[{way.code}]: ") for line in english.err.splitlines())
    assert any(line.startswith(f"错误[{way.code}]：") for line in chinese.err.splitlines())
    for one, other in zip(said(english), said(chinese), strict=True):
        assert CHINESE.search(without_names(other)) or not re.search(r"[a-z]{3}", one)
        assert not re.search("[a-z]{2,} [a-z]{2,}", other), "a sentence is left in English"


def said(answer: Answer) -> list[str]:
    """Return what stands on standard error after `error[…]:`, `hint:` and `note:`.

    Without places, and without what was typed, which stands in backquotes.
    """
    lines = [line for line in answer.err.splitlines() if not line.startswith("  --> ")]
    return [re.sub("`[^`]*`", "", re.split("[:：]", line, maxsplit=1)[1]) for line in lines]


def test_every_error_of_the_rule_files_is_caused_by_a_broken_one(gongji: Gongji) -> None:
    """The files of the tests of the policy, which has a test of its own for three more."""
    check = ("rules", "check", *map(str, CASES))

    english, chinese = (gongji(*check, "--json", "--lang", language) for language in ("en", "zh"))

    assert english.code == chinese.code == 5
    assert {row["code"] for row in english.rows} == SENTENCES.keys() - FILES_OF_THE_MOMENT
    assert chinese.rows == english.rows


def test_every_error_of_the_rule_files_is_told_in_the_language_of_the_reader(
    gongji: Gongji,
) -> None:
    """Sentence and hint of every problem of every broken file."""
    check = ("rules", "check", *map(str, CASES), "--lang", "zh")

    lines = [line for line in gongji(*check).lines if line.startswith(("错误[", "提示："))]

    assert len(lines) > 2 * len(CASES)
    for line in lines:
        told = re.sub("`[^`]*`", "", line.partition("：")[2])
        assert CHINESE.search(told) or not re.search("[a-z]{3}", told), line


def test_what_is_wrong_with_a_file_and_not_with_its_text_is_told(
    gongji: Gongji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is none, it is too large, or it is a folder."""
    monkeypatch.setattr(reading, "BYTES_MAX", 9)
    (tmp_path / "large.toml").write_text("format = 1\n")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "none.toml").symlink_to("nowhere")

    rows = gongji("rules", "check", str(tmp_path), "--json").rows

    assert {row["code"] for row in rows} == FILES_OF_THE_MOMENT


def test_what_a_command_looks_to_before_it_writes_is_told_by_another_error() -> None:
    """So nobody meets what the books alone would say."""
    caused = {way.code for way in WAYS}

    assert set(FORESTALLED.values()) <= caused
    assert FORESTALLED.keys() | BY_THE_PROGRAM | {"fault.unexpected"} == FAULTS


def test_every_code_has_one_entry_and_one_form() -> None:
    """An area, a dot, a word; a place in a table of its own."""
    codes = [entry.code for entry in entries()]

    assert sorted(set(codes)) == sorted(codes)
    assert [code for code in codes if not re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", code)] == []


def test_every_code_that_the_program_names_is_in_the_catalogue() -> None:
    """No error can be raised that has no entry."""
    raised = r'(?:Misfit|BadRequest|BadSettlement|Refused|Problem|_fail)\(\s*"([a-z]+\.[a-z-]+)"'
    sources = Path(gongji_package.__file__).parent.rglob("*.py")
    named = {code for path in sources for code in re.findall(raised, path.read_text("utf-8"))}

    assert len(named) > 100
    assert named <= CATALOGUE.keys()


def test_every_placeholder_is_told_in_words() -> None:
    """And nothing is told of a placeholder or an error that is not there."""
    used = {name for entry in CATALOGUE.values() for name in entry.placeholders}

    assert used == PLACEHOLDERS.keys()
    assert WHY.keys() <= CATALOGUE.keys()
    for code, names in ELSEWHERE.items():
        assert names.keys() <= CATALOGUE[code].placeholders.keys()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_entry_is_told_in_the_language_of_the_reader(gongji: Gongji, language: str) -> None:
    """Message, next step, placeholders, exit codes and reason."""
    answer = gongji("error", "ledger.damaged-ledger", "--lang", language)

    entry = CATALOGUE["ledger.damaged-ledger"]
    assert (answer.code, answer.err, answer.lines[0]) == (0, "", entry.code)
    whole = re.sub(r"\s+", "", answer.out)
    for text in (entry.says[0][1], entry.says[1][1], entry.why, *entry.placeholders.values()):
        assert re.sub(r"\s+", "", _(text or "", language)) in whole
    assert entry.says[0][0] == "line {line} (byte {offset}), {field}: {cause}"
    assert whole.count("{cause}") == 2


def test_no_entry_is_wider_than_a_terminal() -> None:
    """Only an address, a command or a list of words that cannot be broken goes beyond."""
    for language in ("zh", "en"):
        with speaking(language):
            lines = [line for entry in CATALOGUE.values() for line in entry_lines(entry)]
        assert [line for line in lines if columns(line) > 80] == []


def test_the_catalogue_is_listed_and_each_entry_is_data(gongji: Gongji) -> None:
    """One line each; the JSON is English whatever the language."""
    listed = gongji("error", "--lang", "zh").lines
    rows = gongji("error", "--json", "--lang", "zh").rows
    one = gongji("error", "money.decimals", "--json").data

    assert [line.split()[0] for line in listed] == sorted(CATALOGUE)
    assert [row["code"] for row in rows] == sorted(CATALOGUE)
    assert {row["schema"] for row in rows} == {"gongji.error-entry/1"}
    assert one in rows
    assert (one["kind"], one["exits"]) == ("error", [2, 5])
    assert one["says"] == [
        {"message": "`{text}` has more than two decimals", "hint": "write yuan such as 12.50"}
    ]
    assert one["placeholders"] == {"text": "what was written"}


def test_a_template_is_shown_with_its_placeholders_and_single_braces(gongji: Gongji) -> None:
    """As it is said, but for the values."""
    (said,) = gongji("error", "request.not-an-object", "--json").data["says"]

    assert said["hint"] == 'write {"relation": "parent", …}, one object a line'


def test_an_unknown_code_is_answered_with_the_nearest(gongji: Gongji) -> None:
    """Whatever was written."""
    near = gongji("error", "money.decimal", "--json").error
    far = gongji("error", "妈妈", "--json").error

    assert near["hint"].startswith("the nearest are money.decimals, ")
    assert (near["code"], far["code"]) == ("error.unknown", "error.unknown")


@pytest.mark.parametrize("name", [*NAMES, "limit.fail", "scope.not-known"])
def test_a_check_is_told_to_be_no_error(gongji: Gongji, name: str) -> None:
    """Neither a check nor what it found."""
    answer = gongji("error", name, "--json")

    assert (answer.code, answer.error["code"]) == (2, "error.check")
    assert "docs/reference/checks.md" in answer.error["hint"]

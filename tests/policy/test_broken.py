"""Broken rule files: what is wrong with each stands in its first lines.

A line `# expect: CODE LINE:COLUMN KEY` is one problem; the place is 0:0 where there is no text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Formatter
from tomllib import TOMLDecodeError

import pytest

from gongji.policy import reading
from gongji.policy.complaints import of_syntax
from gongji.policy.problems import (
    LETTERS,
    LONG_KEY,
    SENTENCES,
    SYNTAX,
    TOO_DEEP,
    TOO_LONG,
    BadRules,
    Problem,
)
from gongji.policy.reading import examine, load
from gongji.policy.schema import RuleFile
from gongji.policy.toml_text import ENTRIES_MAX

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path for path in BROKEN.iterdir())
NO_FILE = {"rule.unreadable", "rule.too-large", "rule.too-many", "rule.no-file", "rule.type"}
"""Problems that a file kept here cannot show; each has a test of its own, or is one of a case."""


def _rule_files(case: Path) -> list[Path]:
    return sorted(case.glob("*.toml")) if case.is_dir() else [case]


def _expected(case: Path) -> list[str]:
    return [
        f"{path.name} {line.removeprefix('# expect: ').strip()}"
        for path in _rule_files(case)
        for line in path.read_text("utf-8-sig", errors="replace").splitlines()
        if line.startswith("# expect: ")
    ]


def _told(problem: Problem) -> str:
    place = f"{problem.line}:{problem.column}"
    return f"{Path(problem.path).name} {problem.code} {place} {problem.dotted_key}".rstrip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_problem_is_told_with_its_place_and_key(case: Path) -> None:
    problems = examine([case])[1]

    assert [_told(problem) for problem in problems] == _expected(case)
    assert problems


def test_the_problems_of_all_files_come_in_one_run() -> None:
    problems = examine(CASES)[1]

    assert sorted(map(_told, problems)) == sorted(
        line for case in CASES for line in _expected(case)
    )


def test_the_problems_of_one_file_do_not_hide_those_of_its_neighbours(tmp_path: Path) -> None:
    for name in ("money.toml", "type.toml", "tie.toml"):
        (tmp_path / name).write_bytes((BROKEN / name).read_bytes())

    # The three are files of one region, which is a problem of its own.
    problems = [one for one in examine([tmp_path])[1] if one.code != "rule.region-twice"]

    expected = [*_expected(BROKEN / "money.toml"), *_expected(BROKEN / "tie.toml")]
    assert [_told(problem) for problem in problems] == expected + _expected(BROKEN / "type.toml")


def test_every_code_has_a_broken_file() -> None:
    shown = {line.split()[1] for case in CASES for line in _expected(case)}

    assert shown | NO_FILE == SENTENCES.keys()


def test_every_problem_has_the_values_that_its_sentences_name() -> None:
    problems = examine(CASES)[1]

    lacking = {
        (problem.code, field)
        for problem in problems
        for sentence in SENTENCES[problem.code]
        for _, field, _, _ in Formatter().parse(sentence)
        if field and not problem.values.get(field)
    }
    assert lacking == set()


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    pack, problems = examine([tmp_path / "nowhere"])

    assert [_told(problem) for problem in problems] == ["nowhere rule.unreadable 0:0"]
    assert pack is None or not pack.layers[0].clauses


def test_a_file_beyond_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BYTES_MAX", 9)
    (tmp_path / "just.toml").write_text("format = ", "utf-8")
    (tmp_path / "large.toml").write_text("format = 1", "utf-8")

    problems = examine([tmp_path])[1]

    assert [_told(problem) for problem in problems][1:] == ["large.toml rule.too-large 0:0"]
    assert problems[0].code == "rule.toml"


def test_a_file_that_says_too_much_is_understood_no_further(tmp_path: Path) -> None:
    """Keys and items of lists count alike, wherever they stand."""
    text = "format = 1\na = {b = [" + "1, " * (ENTRIES_MAX - 4) + "{}]}\n"
    (tmp_path / "just.toml").write_text(text, "utf-8")
    (tmp_path / "many.toml").write_text(text + "c = 1", "utf-8")

    *just, many = examine([tmp_path])[1]

    assert {problem.code for problem in just} == {"rule.key-missing", "rule.key-unknown"}
    assert (_told(many), many.values["limit"]) == ("many.toml rule.too-many 1:1", "10000")


def test_loading_raises_every_problem() -> None:
    with pytest.raises(BadRules) as raised:
        load([BROKEN / "several.toml", BROKEN / "tie.toml"])

    told = [_told(problem) for problem in raised.value.problems]
    assert told == _expected(BROKEN / "several.toml") + _expected(BROKEN / "tie.toml")


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        ("a = " + "[" * 5000 + "]" * 5000, "2:5", TOO_DEEP),
        ("a = " + "{ b = " * 5000 + "1" + " }" * 5000, "2:5", TOO_DEEP),
        ("a = " + "9" * 5000, "2:5", TOO_LONG),
        ("b = {c." + "a." * 32 + "a = 1}", "2:6", LONG_KEY),
        ("['a' . " + '"a" . ' * 32 + "a]", "2:2", LONG_KEY),
    ],
    ids=["lists", "tables", "digits", "key", "head"],
)
def test_what_the_reader_of_toml_cannot_take_is_a_problem_like_any_other(
    tmp_path: Path, text: str, place: str, cause: str
) -> None:
    (tmp_path / "amiss.toml").write_text(f"format = 1\n{text}\n", "utf-8")
    (tmp_path / "money.toml").write_bytes((BROKEN / "money.toml").read_bytes())

    first, *others = examine([tmp_path])[1]

    assert (_told(first), first.values["cause"]) == (f"amiss.toml rule.toml {place}", cause)
    assert [_told(problem) for problem in others] == _expected(BROKEN / "money.toml")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 150 + "]" * 150,
        ".".join(["a"] * 32) + " = 1",
        "region = " + "[" * 150 + "]" * 150,
        "format = 0x" + "f" * 5000,
    ],
    ids=["lists", "key", "region", "format"],
)
def test_deep_and_long_values_that_are_toml_can_be_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deep.toml"
    path.write_text(text, "utf-8")

    problems = examine([path])[1]

    assert problems
    assert all(problem.line == 1 for problem in problems)


def test_a_pipe_in_a_folder_of_rules_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    (tmp_path / "b.toml").mkdir()
    (tmp_path / "money.toml").write_bytes((BROKEN / "money.toml").read_bytes())

    told = [_told(problem) for problem in examine([tmp_path])[1]]

    assert told[:2] == ["a.toml rule.no-file 0:0", "b.toml rule.no-file 0:0"]
    assert told[2:] == _expected(BROKEN / "money.toml")


def test_a_path_that_is_too_long_is_told() -> None:
    problems = examine([Path("a" * 5000)])[1]

    assert [problem.code for problem in problems] == ["rule.unreadable"]
    assert problems[0].values["cause"] == "its name is too long"


def test_a_file_of_a_newer_format_is_judged_no_further() -> None:
    (problem,) = examine([BROKEN / "format-newer.toml"])[1]

    assert (problem.values["text"], problem.values["known"]) == ("2", "1")


def test_sources_that_are_no_tables_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text((BROKEN / "tie.toml").read_text("utf-8").replace("[source.a]", "[[source]]"))

    problems = examine([path])[1]

    assert [problem.code for problem in problems] == ["rule.shape", "rule.tie"]
    assert problems[0].values["example"] == "[source.KEY]"


def test_no_problem_is_told_in_the_words_of_a_library() -> None:
    told = [value for problem in examine(CASES)[1] for value in problem.values.values()]

    assert not [value for value in told if "Input should" in value or "should have" in value]


def test_every_form_of_letters_that_the_schema_asks_for_has_words() -> None:
    patterns = set(re.findall(r'pattern": "([^"]+)"', json.dumps(RuleFile.model_json_schema())))

    assert {pattern for pattern in patterns if "/" not in pattern} <= LETTERS.keys()


def test_every_syntax_error_is_told_in_words_of_our_own() -> None:
    texts = ["=", "a = 1 b", "a = 'x\n'", "a = '", 'a = "', "a", "[a", "[[a]", "a = [1", "a = {"]
    texts += ["a = {b = 1, b = 2}", "a = 1\na = 2", "[a]\n[a]", "a = {}\n[a.b]", r'a = "\q"']
    texts += [r'a = "\uZZZZ"', r'a = "\uD800"', "a = 2024-02-30", "a = yes", 'a = "\x01"', "é = 1"]

    for text in texts:
        with pytest.raises(TOMLDecodeError) as raised:
            tomllib.loads(text)
        cause = of_syntax("x.toml", text, raised.value).values["cause"]
        assert cause in SYNTAX.values(), (text, str(raised.value))


def test_the_command_tells_of_a_pipe_and_of_a_long_line_and_ends(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    (tmp_path / "b.toml").write_text("a = " + "[" * 5000, "utf-8")
    command = [sys.executable, "-m", "gongji", "--lang", "en", "rules", "check", str(tmp_path)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 5
    lines = done.stdout.splitlines()
    assert lines[:2] == ["error[rule.no-file]: is not a file", f"  --> {tmp_path / 'a.toml'}"]
    assert lines[3:5] == [
        "error[rule.toml]: this is not TOML: values are nested too deeply",
        f"  --> {tmp_path / 'b.toml'}:1:5",
    ]
    assert max(map(len, lines)) < 300

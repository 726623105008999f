"""Broken rule files: what is wrong with each stands in its first lines.

A line `# expect: CODE LINE:COLUMN KEY` is one problem; the place is 0:0 where there is no text.
"""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from gongji.policy import reading
from gongji.policy.problems import SENTENCES, BadRules, Problem
from gongji.policy.reading import examine, load

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path for path in BROKEN.iterdir())
NO_FILE = {"rule.unreadable", "rule.too-large"}
"""Problems that a file kept here cannot show; each has a test of its own."""


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


def test_loading_raises_every_problem() -> None:
    with pytest.raises(BadRules) as raised:
        load([BROKEN / "several.toml", BROKEN / "tie.toml"])

    told = [_told(problem) for problem in raised.value.problems]
    assert told == _expected(BROKEN / "several.toml") + _expected(BROKEN / "tie.toml")

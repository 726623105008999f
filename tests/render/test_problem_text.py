from __future__ import annotations

from string import Formatter

import pytest

from gongji.policy.problems import SENTENCES, Problem
from gongji.render import language
from gongji.render.problem_text import problem_lines

FILE = ["format = 1", "", "[[relatives]]", "inclde = ['spouse']", ""]
NEAR = Problem(
    "rule.key-near",
    "rules/x.toml",
    ("relatives", 0, "inclde"),
    line=4,
    column=1,
    values={"key": "inclde", "near": "include"},
)


def test_a_problem_is_told_with_place_line_and_hint() -> None:
    """Code and cause, the place, the line itself, then what to do."""
    assert problem_lines(NEAR, FILE) == [
        "error[rule.key-near]: unknown key `inclde`",
        "  --> rules/x.toml:4:1  relatives[1].inclde",
        " 4 | inclde = ['spouse']",
        "hint: did you mean `include`?",
    ]


def test_a_problem_is_told_in_chinese() -> None:
    """The code, the path and the keys stay; the sentences are Chinese."""
    language.use("zh")

    assert problem_lines(NEAR) == [
        "错误[rule.key-near]：未知的键 `inclde`",
        "  --> rules/x.toml:4:1  relatives[1].inclde",
        "提示：是不是想写 `include`？",
    ]


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    """Where there is no text there is neither line number nor excerpt."""
    problem = Problem("rule.unreadable", "rules/x.toml", values={"cause": "No such file"})

    assert problem_lines(problem, FILE)[1:] == [
        "  --> rules/x.toml",
        "hint: check the path and its permissions",
    ]


def test_the_excerpt_shows_nothing_that_controls_the_terminal() -> None:
    """A rule file from elsewhere cannot recolour or reorder the report."""
    problem = Problem("rule.clause-empty", "\x1b[1mx.toml", line=1, values={"known": "\u202eabc"})

    lines = problem_lines(problem, ["a\x1b[31m\tb\r", ""])

    assert lines[1:] == ["  --> [1mx.toml:1:0", " 1 | a[31m b", "hint: set one of: abc"]


@pytest.mark.parametrize("chosen", ["zh", "en"])
@pytest.mark.parametrize("code", SENTENCES)
def test_every_problem_can_be_told(code: str, chosen: str) -> None:
    """Each problem has a cause and a hint in both languages, filled with its values."""
    language.use(chosen)
    names = {name for text in SENTENCES[code] for _, name, _, _ in Formatter().parse(text) if name}
    problem = Problem(code, "x.toml", values={name: f"<{name}>" for name in names})

    told = " ".join(problem_lines(problem))

    assert all(f"<{name}>" in told for name in names)


def test_the_kind_of_a_word_is_translated() -> None:
    """A Chinese reader is told what sort of word is wrong in Chinese."""
    language.use("zh")
    values = {"text": "cosin", "kind": "relation", "known": "cousin"}

    lines = problem_lines(Problem("rule.word-unknown", "x.toml", values=values))

    assert lines[0] == "错误[rule.word-unknown]：`cosin` 不是亲属关系"

from __future__ import annotations

from pathlib import Path

import pytest

from docs import sessions
from docs.sessions import ROOT, agrees, language_of, mended, pages, rerun


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_session_shown_is_what_a_real_run_prints(page: Path) -> None:
    """If it is not: `python docs/generate.py --sessions` writes the outputs anew."""
    text = page.read_text("utf-8")

    again = rerun(text, language_of(page))

    assert again == text


def test_a_session_that_lies_is_written_anew() -> None:
    """The comparison can fail: a wrong exit code and a wrong output are both mended."""
    text = "```console\n$ gongji --version\nsomething else\n$ echo $?\n7\n```\n"

    again = rerun(text, "en")

    assert again.splitlines()[2].startswith("gongji ")
    assert again.splitlines()[4] == "0"


def test_a_session_runs_nothing_but_gongji() -> None:
    """Whatever else a page shows belongs into another kind of block."""
    with pytest.raises(ValueError, match="gongji alone"):
        rerun("```console\n$ rm -r somewhere\n```\n", "en")


def test_a_folder_of_rules_that_a_page_has_changed_is_read_anew() -> None:
    """As by a reader, whose every command is a process of its own."""
    rules = (ROOT / "rules" / "420000-hubei.toml").read_text("utf-8")
    wrong = rules.replace("[[relatives]]", "[[relatives]]\nnonsense = 1", 1)
    ask = "```console\n$ gongji rules show 武汉 --rules draft\n```\n"

    page = "".join(f"```toml draft/420000-hubei.toml\n{x}```\n{ask}" for x in (rules, wrong))
    [first, second] = rerun(page, "en").split("$ gongji")[1:]

    assert "nonsense" not in first.partition("```")[0]
    assert "unknown key `nonsense`" in second


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        (["a", "b", "c"], True),
        (["a", "…"], True),
        (["…", "c"], True),
        (["a", "…", "b", "c"], True),
        (["a", "…", "d"], False),
        (["a", "b"], False),
        (["a", "b", "c", "d"], False),
        (["a", "b…", "c"], True),
        (["a", "x…", "c"], False),
    ],
)
def test_an_elision_stands_for_any_lines_or_any_rest_of_a_line(
    shown: list[str], same: bool
) -> None:
    """Everything that is shown is compared exactly."""
    assert agrees(shown, ["a", "b", "c"]) is same


@pytest.mark.parametrize(
    ("shown", "now"),
    [
        (["old"], ["first 1", "second 2", "third 3", "fourth 4"]),
        (["first 0", "…"], ["first 1", "…"]),
        (["…", "third 0", "…"], ["…", "third 3", "…"]),
        (["first 0", "…", "fourth 0"], ["first 1", "…", "fourth 4"]),
        (["first…", "…", "third 0", "…"], ["first…", "…", "third 3", "…"]),
    ],
)
def test_an_output_written_anew_keeps_its_elisions(shown: list[str], now: list[str]) -> None:
    """Each line shown is replaced by the one that is most like it, in order."""
    found = ["first 1", "second 2", "third 3", "fourth 4"]

    assert mended(shown, found) == now


def test_a_command_may_go_over_several_lines() -> None:
    """As in a shell, a backslash at the end of a line goes on with the next."""
    [step] = sessions.steps(["$ gongji rules \\", "    check 'a b'", "output"])

    assert step.words == ["gongji", "rules", "check", "a b"]
    assert step.shown == ["output"]

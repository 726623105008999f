from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache

import pytest

from docs.sessions import ROOT
from gongji.cli.app import PLACES
from gongji.cli.catalogue import catalogue
from gongji.cli.exit import ExitCode
from gongji.engine.checks import NAMES
from gongji.engine.request import KEYS

READMES = ("README.md", "README.zh-CN.md")


@cache
def _page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _codes(text: str) -> Mapping[int, str]:
    rows = re.findall(r"^\| (\d+) \| (.+?) \|$", text, re.MULTILINE)
    return {int(number): meaning for number, meaning in rows}


def test_what_the_docs_take_from_the_code_is_up_to_date() -> None:
    """If it is not: `make docs`. A process of its own, for help is worded once a process."""
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("name", READMES)
def test_readme_and_enum_have_the_same_exit_codes(name: str) -> None:
    """Not one more, not one less, in the same order."""
    assert list(_codes(_page(name))) == [code.value for code in ExitCode]


def test_readme_help_and_enum_say_the_same_of_each_exit_code() -> None:
    """In English, word for word."""
    meanings = {code.value: code.meaning for code in ExitCode}
    help_lines = re.findall(r"^  (\d+) (.+)$", _page("docs/reference/commands.md"), re.MULTILINE)

    assert _codes(_page("README.md")) == meanings
    assert {int(number): meaning for number, meaning in help_lines} == meanings


def test_the_chinese_readme_says_the_exit_codes_in_chinese() -> None:
    """No sentence of the catalogue is missing."""
    meanings = _codes(_page("README.zh-CN.md")).values()

    assert all(re.search(r"[\u4e00-\u9fff]", meaning) for meaning in meanings)


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_commands_names_every_command_and_no_other(name: str) -> None:
    """A command that was added or renamed must be told of."""
    rows = re.findall(r"^\| `gongji ([\w-]+)` \|", _page(name), re.MULTILINE)

    assert rows == list(PLACES)


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_of_the_readme_are_in_the_makefile(name: str) -> None:
    """`make demo` tells the story, `make test` runs the tests."""
    shown = re.findall(r"^make (\w+)", _page(name), re.MULTILINE)
    targets = dict(
        re.findall(r"^(\w+): .*\n\t(.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )

    assert shown == ["demo", "test"]
    assert targets["demo"].endswith("gongji demo")
    assert "pytest" in targets["test"]


def test_the_reference_names_every_check_and_every_key() -> None:
    """One row each."""
    checks, request = _page("docs/reference/checks.md"), _page("docs/reference/request.md")

    assert re.findall(r"^\| \[`([\w-]+)`\]", checks, re.MULTILINE) == list(NAMES)
    assert re.findall(r"^\| `([\w.]+)` \|", request, re.MULTILINE) == [key.path for key in KEYS]


def test_the_reference_has_a_heading_for_every_error() -> None:
    """So that each can be linked."""
    errors = _page("docs/reference/errors.md")

    assert re.findall(r"^### (.+)$", errors, re.MULTILINE) == list(catalogue())

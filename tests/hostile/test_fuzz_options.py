"""Command lines of any words: every command, every option, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from gongji.cli.app import app
from gongji.cli.exit import ExitCode
from tests.hostile.payloads import WORDS, texts
from tests.hostile.running import Run

Command = tuple[tuple[str, ...], list[Any]]


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[Command]:
    """Yield every command: the words that name it, and its parameters."""
    inner = getattr(command, "list_commands", None)
    if inner is None:
        yield path, command.params
        return
    for name in inner(None):
        yield from commands(command.get_command(None, name), (*path, name))


COMMANDS = [one for one in commands(typer.main.get_command(app)) if one[0] != ("demo",)]
SAFE = {"--ledger", "--output", "-o", "--rules"}
"""What names a file: a word there would be a file of that name, made wherever the tests run."""


def can_be_handed_over(text: str) -> bool:
    """Return whether the system could pass the text to a program: any bytes but NUL."""
    try:
        return b"\0" not in text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return False


arguments = (texts | st.sampled_from(WORDS) | st.integers().map(str)).filter(can_be_handed_over)


def of(command: Command) -> st.SearchStrategy[list[str]]:
    """Lines for the command: its arguments, some of its options, some junk."""
    path, parameters = command
    options = [each for each in parameters if each.opts[0].startswith("-")]
    options = [each for each in options if not SAFE & set(each.opts) and each.name != "help"]
    places = len(parameters) - len(options)
    parts = [arguments.map(lambda word: [word])]
    for option in options:
        named = st.sampled_from([*option.opts, *option.secondary_opts])
        if option.is_flag:
            parts.append(named.map(lambda name: [name]))
        else:
            parts.append(st.builds(lambda name, word: [name, word], named, arguments))
    given_places = st.lists(arguments, max_size=places + 1)
    rest = st.lists(st.one_of(parts), max_size=8)
    return st.builds(
        lambda words, more: [*path, *words, *(word for part in more for word in part)],
        given_places,
        rest,
    )


def test_every_command_ends_as_it_must(
    gongji: Run, anew: Callable[[], None], effort: settings
) -> None:
    """Whatever the words, there is an answer or a named error, and the ledger is sound."""

    @effort
    @given(st.lists(st.sampled_from(COMMANDS).flatmap(of), min_size=1, max_size=6))
    def holds(lines: list[list[str]]) -> None:
        anew()
        for line in lines:
            gongji(*line)
        assert gongji("ledger", "verify").code == ExitCode.YES

    holds()


def test_a_word_where_a_command_belongs_is_told(gongji: Run, effort: settings) -> None:
    """No such command, no such option, or help."""

    @effort
    @given(st.lists(arguments, max_size=4))
    def holds(line: list[str]) -> None:
        gongji(*line)

    holds()

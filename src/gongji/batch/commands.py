"""Many commands at once: each line of NDJSON a command, each with an outcome of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongji.acts.commands import Command, Done, perform, read_command
from gongji.acts.forms import Scene
from gongji.acts.outcome import Misfit, Refused
from gongji.batch.lines import read_object
from gongji.engine.request import BadRequest
from gongji.ledger.books import Books
from gongji.ledger.errors import BrokenLaw, KeyConflict, LongRecord, UnfitDraft
from gongji.words.names import BadName

ASKED_WRONGLY = (BadRequest, BadName)
"""What is wrong with a line itself."""
OWN = (Misfit, Refused, KeyConflict, BrokenLaw, LongRecord, UnfitDraft)
"""What concerns one command alone: the next may go on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number from 1, and what it holds: a command, or why it is none."""

    number: int
    meant: Command | Exception


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a line: what was done, or why nothing was."""

    number: int
    came: Done | Exception


def read_commands(lines: Iterable[bytes | None], first: int, scene: Scene) -> list[Line]:
    """Return what the lines say, numbered from `first` on."""
    return [Line(number, _read(line, scene)) for number, line in enumerate(lines, first)]


def apply(books: Books, group: Iterable[Line]) -> Iterator[Outcome]:
    """Yield what came of every line, once all of them are safe on the disk.

    One lock and one wait for the disk for the whole group. A line is recorded whole or not at all.
    What stops more than one line (a disk that fails) is raised after the outcomes that stand.
    """
    outcomes: list[Outcome] = []
    stopped: Exception | None = None
    with books.writing(), books.together():
        for line in group:
            try:
                outcomes.append(Outcome(line.number, _do(books, line.meant)))
            except Exception as error:  # said again below, when what was done before is safe
                stopped = error
                break
    yield from outcomes
    if stopped is not None:
        raise stopped


def _read(line: bytes | None, scene: Scene) -> Command | Exception:
    try:
        return read_command(read_object(line), scene)
    except (*ASKED_WRONGLY, Misfit) as problem:
        return problem


def _do(books: Books, meant: Command | Exception) -> Done | Exception:
    if isinstance(meant, Exception):
        return meant
    try:
        return perform(books, meant)
    except OWN as problem:
        return problem

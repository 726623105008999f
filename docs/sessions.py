"""The sessions that the pages show: run again, compared, and on request written anew.

A session is a fenced block marked `console`; in it `$ gongji …` is a command, `$ echo $?` asks for
the exit code of the last one, and what follows is what was printed on either stream. A block
marked with a language and a file name puts that file into the folder first. In an output a line
that is only `…` stands for any lines, and a line that ends with `…` for any that begins so.
"""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

ELISION = "…"
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its mark (what stands behind the backticks) and its lines."""

    mark: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One command as it is written, in one or more lines, and the output shown below it."""

    typed: list[str]
    shown: list[str]

    @property
    def words(self) -> list[str]:
        """The words of the command, as a shell would split them."""
        return shlex.split("\n".join(self.typed).removeprefix("$ ").replace("\\\n", " "))


def pages() -> list[Path]:
    """Return every page whose sessions must run."""
    top = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")]
    return [*top, *sorted((ROOT / "docs").rglob("*.md"))]


def language_of(page: Path) -> str:
    """Return the language in which the page's commands are run: "zh" or "en"."""
    return "zh" if page.name.endswith(".zh-CN.md") else "en"


def fences(text: str) -> Iterator[Fence | str]:
    """Yield the page in order: each fenced block, and each line outside of one."""
    lines = iter(text.splitlines())
    for line in lines:
        if not line.startswith("```"):
            yield line
            continue
        inside: list[str] = []
        for inner in lines:
            if inner == "```":
                break
            inside.append(inner)
        yield Fence(line.removeprefix("```"), inside)


def steps(lines: list[str]) -> Iterator[Step]:
    """Yield the commands of a console block, each with its output."""
    step: Step | None = None
    for line in lines:
        if line.startswith("$ "):
            if step is not None:
                yield step
            step = Step([line], [])
        elif step is None:
            raise ValueError(f"a console block begins with a command, not with {line!r}")
        elif step.typed[-1].endswith("\\") and not step.shown:
            step.typed.append(line)
        else:
            step.shown.append(line)
    if step is not None:
        yield step


def rerun(text: str, language: str) -> str:
    """Return the page with every session run again and every output that differs written anew."""
    written: list[str] = []
    with _throw_away_folder(language):
        last = 0
        for part in fences(text):
            if isinstance(part, str):
                written.append(part)
                continue
            inside = part.lines
            if part.mark == "console":
                last, inside = _play(part.lines, last)
            elif " " in part.mark:
                _put(part.mark.split(" ")[1], part.lines)
            written += ["```" + part.mark, *inside, "```"]
    return "\n".join(written) + "\n"


def agrees(shown: list[str], found: list[str]) -> bool:
    """Whether the output shown, elisions and all, is the one found."""
    return re.fullmatch("".join(map(_pattern, shown)), "".join(f"{x}\n" for x in found)) is not None


def mended(shown: list[str], found: list[str]) -> list[str]:
    """Return the output found, leaving out what the output shown leaves out, as far as it can."""
    runs = [list(run) for elided, run in groupby(shown, lambda x: x == ELISION) if not elided]
    if ELISION not in shown:
        return [*map(_kept, shown, found)] if len(shown) == len(found) else found
    if not runs:
        return [ELISION]
    out = [ELISION] if shown[0] == ELISION else []
    start = 0
    for number, run in enumerate(runs):
        at = _nearest(run, found, start)
        if number == 0 and not out:
            at = 0
        elif number == len(runs) - 1 and shown[-1] != ELISION:
            at = max(start, len(found) - len(run))
        out += [*map(_kept, run, found[at : at + len(run)]), ELISION]
        start = at + len(run)
    return out if shown[-1] == ELISION else out[:-1]


def _pattern(line: str) -> str:
    if line == ELISION:
        return r"(?:.*\n)*?"
    if line.endswith(ELISION):
        return re.escape(line.removesuffix(ELISION)) + r".*\n"
    return re.escape(line) + r"\n"


def _nearest(run: list[str], found: list[str], start: int) -> int:
    def likeness(at: int) -> float:
        pairs = zip(run, found[at : at + len(run)], strict=False)
        return sum(SequenceMatcher(None, a, b).ratio() for a, b in pairs)

    return max(range(start, max(start, len(found) - len(run)) + 1), key=likeness)


def _kept(shown: str, found: str) -> str:
    return shown if agrees([shown], [found]) else found


def _play(lines: list[str], last: int) -> tuple[int, list[str]]:
    written: list[str] = []
    for step in steps(lines):
        last, found = _run(step.words, last)
        blank = [""] if step.shown[-1:] == [""] else []
        shown = step.shown[: len(step.shown) - len(blank)]
        written += [*step.typed, *(shown if agrees(shown, found) else mended(shown, found)), *blank]
    return last, written


def _run(words: list[str], last: int) -> tuple[int, list[str]]:
    if words == ["echo", "$?"]:
        return 0, [str(last)]
    if words[0] != "gongji":
        raise ValueError(f"a session runs gongji alone, not {words[0]!r}")
    from gongji.cli.exit import ExitCode
    from gongji.cli.main import main

    console = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    with redirect_stdout(console), redirect_stderr(console):
        code = main(words[1:])
        console.flush()
    if code == ExitCode.FAULT:
        raise RuntimeError(f"no page shows an unexpected fault: {shlex.join(words)}")
    assert isinstance(console.buffer, io.BytesIO)
    return code, [line.rstrip() for line in console.buffer.getvalue().decode().splitlines()]


def _put(name: str, lines: list[str]) -> None:
    from gongji.cli import session

    # A command of its own process would read the folder anew; here the rules are kept by its name.
    session._loaded.cache_clear()
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


@contextmanager
def _throw_away_folder(language: str) -> Iterator[None]:
    """Stand in an empty folder, with no ledger yet and no rules but the shipped ones."""
    environment = {"GONGJI_LEDGER": "ledger.jsonl", "GONGJI_LANG": language, "COLUMNS": "80"}
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="gongji-docs-"))
        stack.enter_context(chdir(folder))
        stack.enter_context(mock.patch.dict(os.environ, environment))
        os.environ.pop("GONGJI_RULES", None)
        yield

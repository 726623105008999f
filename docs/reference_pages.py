"""The pages that are made from the code: commands, exit codes, checks, requests."""

from __future__ import annotations

import inspect
import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from typing import Any

MADE = "<!-- Made by `make docs`; do not edit. -->"
EXAMPLE = {
    "id": "r1",
    "on": "2025-06-01",
    "relation": "sibling",
    "purpose": "pharmacy",
    "amount": "120.00",
    "holder": {"area": "440300", "insurance": "employee", "tier": "1", "balance": "5000.00"},
    "beneficiary": {"area": "430100", "insurance": "resident"},
}


def exit_code_table(language: str) -> str:
    """Return the table of exit codes, in "en" or "zh"."""
    from gongji.cli.exit import ExitCode
    from gongji.render.language import _

    head = {"en": "| code | meaning |", "zh": "| 退出码 | 含义 |"}[language]
    rows = [f"| {code.value} | {_(code.meaning, language)} |" for code in ExitCode]
    return "\n".join([head, "| ---: | --- |", *rows])


def exit_codes() -> str:
    """Return docs/reference/exit-codes.md."""
    return _page(
        "Exit codes",
        "They are the same in every language and with or without `--json`. A batch ends with 0"
        " when every line got a verdict, whatever the verdicts, and with 5 when any line was"
        " an error; a single check ends by its verdict. `settlement check` ends with 3 when a"
        " message does not balance and with 5 when any could not be read. A person, record, list"
        " or ledger that is named and not there, or that may not be read or written, is 2; a disk"
        " that is full or fails is 1; 5 is for rule files and for lines of a list.",
        exit_code_table("en"),
    )


def checks() -> str:
    """Return docs/reference/checks.md."""
    from gongji.engine import checks as room

    rows = ["| check | asks | ruling |", "| --- | --- | --- |"]
    for name in room.NAMES:
        function = getattr(room, name.replace("-", "_"))
        module = inspect.getmodule(function)
        assert module is not None
        asks = _first_line(module).partition(": ")[2]
        path = f"../../src/{module.__name__.replace('.', '/')}.py"
        rows.append(f"| [`{name}`]({path}) | {asks} | {_first_line(function)} |")
    return _page(
        "Checks",
        "A mechanism is eligible when every check of it passes, ineligible when any fails, and not"
        " known otherwise. Every check is evaluated: one failure does not hide the next."
        " The same names stand in JSON, in messages and in `--assume CHECK`.",
        "\n".join(rows),
    )


def errors() -> str:
    """Return docs/reference/errors.md: an entry for every code, under the first half of it."""
    from itertools import groupby

    from gongji.cli.catalogue import catalogue

    sections = []
    for area, entries in groupby(catalogue().values(), key=lambda entry: entry.code.split(".")[0]):
        sections += [f"## {area}", *map(_error, entries)]
    return _page(
        "Errors",
        "What goes wrong has a code, a message and most often a hint: `error[CODE]: message` on"
        " standard error, with `--json` an object of the schema `gongji.error/1`. Code and JSON are"
        " the same in every language. `gongji error CODE` prints an entry of this page in the"
        " language of the reader; `gongji error --json` prints all of them.",
        "What stands in braces is filled in. Where an error has two exit codes, 2 is that of a"
        " command line and 5 that of a line of a list. A refusal is an answer by the rules: 3 is no"
        " and 4 not known.",
        *sections,
    )


def _error(entry: Any) -> str:
    from gongji.render.error_entry import KINDS, entry_data

    told = entry_data(entry)
    said = [
        f"> {one['message']}" + (f"\\\n> hint: {one['hint']}" if one["hint"] else "")
        for one in told["says"]
    ]
    facts = [f"- `{{{name}}}`: {words}" for name, words in told["placeholders"].items()]
    facts += [f"- exit code {number}: {meaning}" for number, meaning in entry.exits.items()]
    kind = KINDS.get(entry.kind)
    about = [f"{kind[0].upper()}{kind[1:]}."] if kind else []
    about += [entry.why] if entry.why else []
    return "\n\n".join([f"### {entry.code}", *said, "\n".join(facts), *about])


def request() -> str:
    """Return docs/reference/request.md."""
    from gongji.engine.request import KEYS, REQUIRED

    rows = ["| key | option | form | meaning |", "| --- | --- | --- | --- |"]
    for key in KEYS:
        words = ": " + ", ".join(f"`{word}`" for word in key.words) if key.words else ""
        option = "" if key.path == "id" else f"`{key.option}`"
        rows.append(f"| `{key.path}` | {option} | {key.form} | {key.meaning}{words} |")
    required = ", ".join(f"`{path}`" for path in REQUIRED)
    return _page(
        "The request and the answer",
        f"Required: {required}, and `purpose` unless `action` says otherwise. `holder.area` is the"
        ' key `area` inside the object `holder`. An amount is a string (`"12.50"`) or a whole'
        " number of yuan, never a float; a day is `YYYY-MM-DD`. Words are accepted as code, in"
        " English and in Chinese. What is absent is taken as the ordinary case and named in"
        " `assumed`. Unknown and repeated keys are errors of the line.",
        "## Keys",
        "\n".join(rows),
        "## An example",
        "One request is one line of NDJSON; it is broken here for the eye.",
        _json(EXAMPLE),
        "The answer, one line for every line of the input, in the same order:",
        _json(_answer()),
        "`reasons` holds for a yes the checks that rest on a clause, otherwise every failed and"
        " every unknown check of every mechanism asked. `missing` accompanies an unknown verdict"
        " and names the facts that would settle it. `alternatives` are mechanisms that do not"
        " change the verdict. `rules` is the digest of all rule files read.",
        "A line that cannot be read answers on its own line, and the rest goes on:",
        _json(_answer_to(b'{"id":"r2","relation":"cousin"}')),
    )


def commands() -> str:
    """Return docs/reference/commands.md: the help of every command, in English."""
    sections = [f"## {' '.join(path)}\n\n```text\n{_help(path)}```" for path in _paths()]
    return _page("Commands", "What `--help` says.", *sections)


def _paths() -> Iterator[tuple[str, ...]]:
    from gongji.cli.app import Root

    yield ("gongji",)
    root = Root()
    for name in root.list_commands(None):
        yield ("gongji", name)
        inner = getattr(root.get_command(None, name), "commands", {})
        yield from (("gongji", name, each) for each in inner)


def _help(path: tuple[str, ...]) -> str:
    from gongji.cli.main import main

    console = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    with redirect_stdout(console):
        main([*path[1:], "--help"])
        console.flush()
    assert isinstance(console.buffer, io.BytesIO)
    return re.sub(r" +$", "", console.buffer.getvalue().decode(), flags=re.MULTILINE)


def _answer() -> dict[str, Any]:
    return _answer_to(json.dumps(EXAMPLE).encode()) | {"rules": "sha256:…"}


def _answer_to(line: bytes) -> dict[str, Any]:
    from gongji.batch.lines import answer_lines
    from gongji.policy.reading import load, shipped_rules

    return next(answer_lines([line], load([shipped_rules()]), date(2025, 6, 1)))


def _json(data: object) -> str:
    return f"```json\n{json.dumps(data, ensure_ascii=False, indent=2)}\n```"


def _first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").splitlines()[0]


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, *parts]) + "\n"

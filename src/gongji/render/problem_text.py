"""A problem of a rule file as lines: what is wrong, where, the line itself, what to do."""

from __future__ import annotations

from gongji.policy.problems import SENTENCES, Problem
from gongji.render.language import _
from gongji.render.request_text import told_of_line
from gongji.render.wording import word
from gongji.words.text import clean

_SENTENCES = ("cause", "found", "wanted")
"""The values that are sentences or words of the catalogue themselves."""
_WIDTH = 200
"""How much of a line is shown; one of a rule file is shorter."""


def problem_lines(problem: Problem, text_of_file: str | None) -> list[str]:
    """Return the lines of the problem; the source line is shown where the text is given."""
    cause, hint = told_of(problem)
    return [
        _("error[{code}]: {cause}").format(code=problem.code, cause=cause),
        f"  --> {clean(place_of(problem))}{_key(problem)}",
        *_excerpt(problem.line, text_of_file),
        *([_("hint: {hint}").format(hint=hint)] if hint else []),
    ]


def told_of(problem: Problem) -> tuple[str, str | None]:
    """Return cause and hint of the problem, for people."""
    if problem.code not in SENTENCES:
        told = told_of_line(problem, translated=True)
        return told["message"], told["hint"]
    cause, hint = SENTENCES[problem.code]
    values = {name: clean(text) for name, text in problem.values.items()}
    if "kind" in values:
        values["kind"] = word("kind", values["kind"])
    values |= {name: _(values[name]) for name in _SENTENCES if values.get(name)}
    return _(cause).format_map(values), _(hint).format_map(values)


def place_of(problem: Problem) -> str:
    """Return path, line and column; the path alone where there is no line."""
    return f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path


def _key(problem: Problem) -> str:
    return f"  {clean(problem.dotted_key)}" if problem.key else ""


def _excerpt(line: int, text: str | None) -> list[str]:
    lines = [] if text is None else text.split("\n")
    if not 0 < line <= len(lines):
        return []
    shown = clean(lines[line - 1].rstrip())
    return [f" {line} | {shown if len(shown) <= _WIDTH else shown[:_WIDTH] + '…'}"]

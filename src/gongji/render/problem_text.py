"""A problem of a rule file as lines: what is wrong, where, the line itself, what to do."""

from __future__ import annotations

from gongji.policy.problems import SENTENCES, Problem
from gongji.render.language import _
from gongji.render.wording import clean, word


def problem_lines(problem: Problem, text_of_file: str | None) -> list[str]:
    """Return the lines of the problem; the source line is shown where the text is given."""
    cause, hint = SENTENCES[problem.code]
    values = {name: clean(text) for name, text in problem.values.items()}
    if "kind" in values:
        values["kind"] = word("kind", values["kind"])
    return [
        _("error[{code}]: {cause}").format(code=problem.code, cause=_(cause).format_map(values)),
        f"  --> {_place(problem)}",
        *_excerpt(problem.line, text_of_file),
        _("hint: {hint}").format(hint=_(hint).format_map(values)),
    ]


def _place(problem: Problem) -> str:
    at = f":{problem.line}:{problem.column}" if problem.line else ""
    key = f"  {problem.dotted_key}" if problem.key else ""
    return clean(f"{problem.path}{at}{key}")


def _excerpt(line: int, text: str | None) -> list[str]:
    lines = [] if text is None else text.split("\n")
    if not 0 < line <= len(lines):
        return []
    return [f" {line} | {clean(lines[line - 1].rstrip())}"]

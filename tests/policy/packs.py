"""Small packs for tests: a few clauses, everything else filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from gongji.policy.pack import Pack
from gongji.policy.problems import Problem
from gongji.policy.reading import examine, load

REGIONS = {
    "nation": ("000000", "city"),
    "beijing": ("110000", "region"),
    "jiangsu": ("320000", "city"),
    "hubei": ("420000", "city"),
    "guangdong": ("440000", "city"),
}
"""The code of each region that a test may write, and whether it is one pooling area."""

SOURCE = '[source.a]\ntitle = "t"\ngrade = "recall"\n'
CLAUSE = re.compile(r"^(?=\[\[)", re.MULTILINE)


def pack_of(**files: str) -> Pack:
    """Return the pack of one layer, one file a region: `pack_of(hubei="[[roles]]…")`.

    A file is the text of its clauses, perhaps after a line `unknown = […]`. Where a clause names no
    source it gets one, where it names no confidence it is of high confidence.
    """
    return layered(files)


def layered(*layers: Mapping[str, str]) -> Pack:
    """Return the pack of several layers, the later over the earlier, each written as in pack_of."""
    with TemporaryDirectory() as root:
        return load(_written(Path(root), layers))


def codes_of(**files: str) -> list[str]:
    """Return the codes of the problems of one layer."""
    return [problem.code for problem in problems_of(**files)]


def problems_of(**files: str) -> list[Problem]:
    """Return the problems of one layer."""
    with TemporaryDirectory() as root:
        return examine(_written(Path(root), (files,)))[1]


def _written(root: Path, layers: tuple[Mapping[str, str], ...]) -> list[Path]:
    folders = []
    for number, files in enumerate(layers):
        folder = root / str(number)
        folder.mkdir()
        folders.append(folder)
        for region, text in files.items():
            (folder / f"{region}.toml").write_text(_file(region, text), encoding="utf-8")
    return folders


def _file(region: str, text: str) -> str:
    code, pooling = REGIONS[region]
    unknown, *clauses = CLAUSE.split(text)
    head = (
        f'[region]\ncode = "{code}"\nname = "{region}"\npinyin = "{region}"\n'
        f'pooling = "{pooling}"\nreviewed = 2026-11-21\nsummary = "s"\nsummary_en = "s"\n'
    )
    parts = ["format = 1", unknown, head, SOURCE if clauses else "", *map(_cited, clauses)]
    return "\n".join(parts)


def _cited(clause: str) -> str:
    lines = [clause.rstrip()]
    if not re.search(r"^source\b", clause, re.MULTILINE):
        lines.append('source = ["a"]')
    if not re.search(r"^confidence\b", clause, re.MULTILINE):
        lines.append('confidence = "high"')
    return "\n".join(lines) + "\n"

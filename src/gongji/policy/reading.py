"""Reads folders of rule files. The only module of the policy that touches files."""

from __future__ import annotations

import hashlib
import stat
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from gongji.policy import complaints
from gongji.policy.check import check_layer
from gongji.policy.compile import compile_layer
from gongji.policy.pack import Layer, Pack
from gongji.policy.problems import UNREADABLE, BadRules, Problem
from gongji.policy.schema import RuleFile
from gongji.policy.toml_text import tables_of

BYTES_MAX = 400_000
"""Bytes of the largest file: what lies beside the rules is no larger either."""


def shipped_rules() -> Path:
    """Return the folder of the rules that come with the program."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent.parent / "rules"


def load(folders: Iterable[Path]) -> Pack:
    """Return the pack of the folders, the later layer over the earlier.

    Raises BadRules with every problem of every file.
    """
    pack, problems = examine(folders)
    if problems or pack is None:
        raise BadRules(tuple(problems))
    return pack


def examine(paths: Iterable[Path]) -> tuple[Pack | None, list[Problem]]:
    """Return the pack of the folders (or single files), and every problem of every file.

    The pack is None where a file could not be understood at all.
    """
    layers: list[Layer] = []
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for path in paths:
        digest.update(b"layer\0")
        layer, found = _examine_layer(path, digest)
        problems += found
        layers.append(layer)
    if not layers:
        return None, problems
    return Pack(layers=tuple(layers), digest=f"sha256:{digest.hexdigest()}"), problems


def _rule_files(path: Path) -> tuple[list[Path], list[Problem]]:
    try:
        if not path.is_dir():
            return [path], []
        return sorted(each for each in path.iterdir() if each.match("*.toml")), []
    except OSError as error:
        return [], [_unreadable(path, error)]


def content_of(path: Path) -> bytes | Problem:
    """Return the bytes of a rule file, or of one beside them; or why there are none."""
    try:
        content = _content(path)
    except OSError as error:
        return _unreadable(path, error)
    if content is None:
        return Problem("rule.no-file", str(path))
    if len(content) > BYTES_MAX:
        return Problem("rule.too-large", str(path), values={"limit": str(BYTES_MAX)})
    return content


def text_of(path: Path, content: bytes) -> tuple[str | None, list[Problem]]:
    """Return the text of the bytes, None if it is not UTF-8, and what is wrong with them."""
    marked = content.startswith(BOM_UTF8)
    problems = [Problem("rule.byte-order-mark", str(path), line=1, column=1)] if marked else []
    try:
        return content.removeprefix(BOM_UTF8).decode(), problems
    except UnicodeDecodeError as error:
        before = content.removeprefix(BOM_UTF8)[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, [*problems, Problem("rule.encoding", str(path), line=line, column=column)]


def _unreadable(path: Path, error: OSError) -> Problem:
    cause = UNREADABLE.get(error.errno or 0) or error.strerror or str(error)
    return Problem("rule.unreadable", str(path), values={"cause": cause})


def _examine_layer(path: Path, digest: hashlib._Hash) -> tuple[Layer, list[Problem]]:
    files: list[tuple[str, RuleFile]] = []
    texts: dict[str, str] = {}
    paths, problems = _rule_files(path)
    for each in paths:
        text, found = _read(each, digest)
        problems += found
        if text is None:
            continue
        texts[str(each)] = text
        file, found = _understand(str(each), text)
        problems += found
        if file is not None:
            files.append((str(each), file))
    layer = compile_layer((path, file) for path, file in files if file.has_region)
    problems += check_layer(layer, files)
    return layer, list(_placed(problems, texts))


def _read(path: Path, digest: hashlib._Hash) -> tuple[str | None, list[Problem]]:
    content = content_of(path)
    if isinstance(content, Problem):
        return None, [content]
    name = path.name.encode(errors="surrogateescape")
    digest.update(name + f"\0{len(content)}\0".encode() + content)
    return text_of(path, content)


def _content(path: Path) -> bytes | None:
    """Return the bytes of a regular file, one more than the limit at most; None of another."""
    # To open a pipe would make the program wait for its other end.
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as stream:
        return stream.read(BYTES_MAX + 1)


def _understand(path: str, text: str) -> tuple[RuleFile | None, list[Problem]]:
    try:
        tables = tables_of(text)
    except (ValueError, RecursionError) as error:
        return None, [complaints.of_syntax(path, text, error)]
    try:
        return RuleFile.model_validate(tables), []
    except ValidationError as error:
        details = [dict(detail) for detail in error.errors(include_url=False)]
    file, others = RuleFile.of_the_sound(tables)
    problems = complaints.of_schema(path, [*details, *others])
    is_newer = any(problem.code == "rule.format-newer" for problem in problems)
    return None if is_newer else file, problems


def _placed(problems: Iterable[Problem], texts: dict[str, str]) -> Iterator[Problem]:
    """Yield each problem once, with line and column, in the order of files and lines."""
    problems = list({(p.code, p.path, p.key, p.values.get("other")): p for p in problems}.values())
    if not problems:
        return
    from gongji.policy.positions import locator

    sought = {problem.path for problem in problems if problem.line == 0}
    finders = {path: locator(texts[path]) for path in sought & texts.keys()}
    placed = []
    for problem in problems:
        if problem.line == 0 and problem.path in finders:
            line, column = finders[problem.path](problem.key)
            problem = replace(problem, line=line, column=column)
        placed.append(problem)
    yield from sorted(placed, key=lambda problem: (problem.path, problem.line, problem.column))

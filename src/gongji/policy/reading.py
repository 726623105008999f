"""Reads folders of rule files. The only module of the policy that touches files."""

from __future__ import annotations

import hashlib
import tomllib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gongji.policy import complaints
from gongji.policy.check import check_layer
from gongji.policy.compile import compile_layer
from gongji.policy.pack import Layer, Pack
from gongji.policy.problems import BadRules, Problem
from gongji.policy.schema import RuleFile

BYTES_MAX = 4_000_000


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
        layer, found = _examine_layer(_rule_files(path), digest)
        problems += found
        if layer is not None:
            layers.append(layer)
    if not layers:
        return None, problems
    return Pack(layers=tuple(layers), digest=f"sha256:{digest.hexdigest()}"), problems


def _rule_files(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]


def _examine_layer(paths: list[Path], digest: hashlib._Hash) -> tuple[Layer | None, list[Problem]]:
    files: list[tuple[str, RuleFile]] = []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        text, found = _read(path, digest)
        problems += found
        if text is None:
            continue
        texts[str(path)] = text
        file, found = _understand(str(path), text)
        problems += found
        if file is not None:
            files.append((str(path), file))
    layer = compile_layer(files)
    problems += check_layer(layer, files)
    return layer, list(_placed(problems, texts))


def _read(path: Path, digest: hashlib._Hash) -> tuple[str | None, list[Problem]]:
    try:
        with path.open("rb") as stream:
            content = stream.read(BYTES_MAX + 1)
    except OSError as error:
        return None, [Problem("rule.unreadable", str(path), values={"cause": error.strerror or ""})]
    if len(content) > BYTES_MAX:
        return None, [Problem("rule.too-large", str(path), values={"limit": str(BYTES_MAX)})]
    digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    if content.startswith(BOM_UTF8):
        return None, [Problem("rule.encoding", str(path))]
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        return None, [Problem("rule.encoding", str(path))]


def _understand(path: str, text: str) -> tuple[RuleFile | None, list[Problem]]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [complaints.of_syntax(path, error)]
    except RecursionError:
        return None, [Problem("rule.toml", path, values={"cause": "nested too deeply"})]
    try:
        return RuleFile.model_validate(tables), []
    except ValidationError as error:
        return _sound_part(tables, error), complaints.of_schema(path, error)


def _sound_part(tables: dict[str, Any], error: ValidationError) -> RuleFile | None:
    """Return the file without the clauses complained of, so that the rest is checked too."""
    places = [detail["loc"] for detail in error.errors(include_url=False)]
    unsound = {(str(place[0]), place[1]) for place in places if len(place) > 1}
    if not all(isinstance(at, int) for _topic, at in unsound) or any(
        len(place) < 2 for place in places
    ):
        return None
    try:
        return RuleFile.of_the_sound(tables, unsound)  # type: ignore[arg-type]
    except ValidationError:
        return None


def _placed(problems: Iterable[Problem], texts: dict[str, str]) -> Iterator[Problem]:
    """Yield the problems with line and column, in the order of files and lines."""
    problems = list(problems)
    if not problems:
        return
    from gongji.policy.positions import locator

    finders = {path: locator(texts[path]) for path in {p.path for p in problems} & texts.keys()}
    placed = []
    for problem in problems:
        if problem.line == 0 and problem.path in finders:
            line, column = finders[problem.path](problem.key)
            problem = replace(problem, line=line, column=column)
        placed.append(problem)
    yield from sorted(placed, key=lambda problem: (problem.path, problem.line, problem.column))

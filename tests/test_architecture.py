"""The rooms of the house: arrows run one way, and the pure rooms touch nothing outside."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongji

SOURCES = Path(gongji.__file__).parent
ROOMS = {
    "words": set[str](),
    "policy": {"words"},
    "engine": {"words", "policy"},
    "ledger": {"words"},
    "settlement": {"words"},
    "acts": {"words", "policy", "engine", "ledger"},
    "render": {"words", "policy", "engine", "ledger", "settlement", "acts"},
    "plan": {"words", "policy", "engine", "ledger", "acts"},
    "batch": {"words", "policy", "engine", "settlement", "ledger", "acts", "render"},
    "cli": {
        *("words", "policy", "engine", "ledger", "settlement", "acts", "render", "plan", "batch"),
    },
}
"""From which other rooms a room may import."""

FACE = {"typer", "rich"}
HEAVY = {"pydantic", "pydantic_core", "polars", "tree_sitter", "jinja2"}
WORLD = {"os", "io", "time", "pathlib", "shutil", "tempfile", "glob", "socket", "subprocess"}
READER = "policy/reading.py"
UNDERSTANDS = {
    READER,
    *(f"policy/{name}.py" for name in ("complaints", "schema", "topics", "clause", "fields")),
    "policy/positions.py",
}
"""The modules of the policy that take a text apart, with pydantic and a grammar."""
BY_WAY_OF_SCHEMA = {"policy/check.py", "policy/compile.py"}
"""They turn what the schema has read into what the engine asks."""


def modules(*rooms: str) -> list[str]:
    paths = [path for room in rooms for path in (SOURCES / room).rglob("*.py")]
    return sorted(path.relative_to(SOURCES).as_posix() for path in paths)


def imports(module: str) -> Iterator[str]:
    """The dotted names of all that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse((SOURCES / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_entered(module: str) -> set[str]:
    names = (name.split(".") for name in imports(module))
    return {parts[1] for parts in names if parts[0] == "gongji" and parts[1] in ROOMS}


def outside(module: str) -> set[str]:
    return {name.partition(".")[0] for name in imports(module)} - {"gongji"}


def test_every_room_stands_in_the_table() -> None:
    """A new room cannot be forgotten."""
    found = {path.parent.name for path in SOURCES.glob("*/__init__.py")}

    assert found - {"rules"} <= ROOMS.keys()


def test_the_table_has_no_circle() -> None:
    """Arrows run one way: the rooms can be put in an order."""
    known = set[str]()
    for room, others in ROOMS.items():
        assert others <= known
        known.add(room)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_the_rooms_below_it(room: str) -> None:
    """cli → batch, render → acts, ledger → engine → policy → words."""
    for module in modules(room):
        assert rooms_entered(module) <= {room} | ROOMS[room], module


@pytest.mark.parametrize("module", modules("words", "policy", "engine", "settlement"))
def test_a_pure_module_touches_neither_the_face_nor_the_world(module: str) -> None:
    """No typer, no rich, no clock, no files, and pydantic only where a text is understood."""
    allowed = {READER: {"pathlib"} | HEAVY}.get(module, HEAVY if module in UNDERSTANDS else set())

    assert outside(module) & (FACE | HEAVY | WORLD) <= allowed


@pytest.mark.parametrize("module", sorted(set(modules("policy", "engine")) - {READER}))
def test_only_one_module_of_the_policy_reads_files(module: str) -> None:
    """No other opens, reads, writes or asks for the day."""
    tree = ast.parse((SOURCES / module).read_text("utf-8"))
    touching = {"open", "read_text", "read_bytes", "write_text", "glob", "today", "now", "print"}

    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    assert not called & touching


def test_the_schema_is_imported_only_where_rule_files_are_read() -> None:
    """What the engine asks of the policy needs no pydantic."""
    importers = {
        module
        for module in modules("words", "policy", "engine")
        if any(name.startswith("gongji.policy.schema") for name in imports(module))
    }

    assert importers <= UNDERSTANDS | BY_WAY_OF_SCHEMA


def test_deciding_loads_nothing_heavy() -> None:
    """The engine, as it runs, brings in nothing but the standard library."""
    heavy = sorted(FACE | HEAVY)
    program = (
        "import sys, gongji.engine.decide, gongji.engine.request, gongji.engine.allocate\n"
        f"print(*(name for name in {heavy} if name in sys.modules))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SOURCES.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.split() == []


def test_deciding_imports_no_module_that_reads_rule_files() -> None:
    """The engine knows the policy by what it says, not by how it is written down."""
    entered = {name for module in modules("engine") for name in imports(module)}

    policy = {".".join(name.split(".")[:3]) for name in entered if name.startswith("gongji.policy")}
    assert policy <= {
        "gongji.policy.pack",
        "gongji.policy.resolve",
        "gongji.policy.parameters",
    }

"""Where a key of a TOML text stands, as line and column.

The standard reader gives values without places; the grammar of tree-sitter gives the places. It is
asked only when there is a problem to point at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from gongji.policy.problems import KeyPath

Position = tuple[int, int]
"""Line and column, both counted from 1; the column counts characters."""
DEPTH_MAX = 16
"""No key path of a rule file is longer; what lies deeper has the place of what holds it."""


def locator(text: str) -> Callable[[KeyPath], Position]:
    """Return a function from a key path to the position of the nearest thing that it names.

    A path into something absent (a missing key) finds what should hold it.
    """
    source = text.encode()
    lines = source.split(b"\n")
    parser = Parser(Language(tree_sitter_toml.language()))
    nodes: dict[KeyPath, Node] = {(): parser.parse(source).root_node}
    for path, node in _tables(nodes[()], source):
        nodes.setdefault(path, node)

    def find(path: KeyPath) -> Position:
        while path not in nodes:
            path = path[:-1]
        row, column = nodes[path].start_point
        return row + 1, len(lines[row][:column].decode(errors="replace")) + 1

    return find


def _tables(root: Node, source: bytes) -> Iterator[tuple[KeyPath, Node]]:
    counts: dict[KeyPath, int] = {}
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair((), node, source)
        elif node.type in ("table", "table_array_element"):
            yield from _table(node, source, counts)


def _table(node: Node, source: bytes, counts: dict[KeyPath, int]) -> Iterator[tuple[KeyPath, Node]]:
    header, *pairs = [child for child in node.named_children if child.type != "comment"]
    path = _key(header, source)
    if node.type == "table_array_element":
        counts[path] = counts.get(path, -1) + 1
        yield path, node
        path = (*path, counts[path])
    yield path, node
    for pair in pairs:
        yield from _pair(path, pair, source)


def _pair(path: KeyPath, node: Node, source: bytes) -> Iterator[tuple[KeyPath, Node]]:
    if node.type != "pair":
        return
    key, value = node.named_children[0], node.named_children[-1]
    path = path + _key(key, source)
    yield path, key
    yield from _value(path, value, source)


def _value(path: KeyPath, node: Node, source: bytes) -> Iterator[tuple[KeyPath, Node]]:
    if len(path) > DEPTH_MAX:
        return
    if node.type == "inline_table":
        for pair in node.named_children:
            yield from _pair(path, pair, source)
    elif node.type == "array":
        items = [child for child in node.named_children if child.type != "comment"]
        for position, item in enumerate(items):
            yield (*path, position), item
            yield from _value((*path, position), item, source)


def _key(node: Node, source: bytes) -> KeyPath:
    parts: list[str] = []
    while node.type == "dotted_key":
        node, last = node.named_children[0], node.named_children[-1]
        parts.append(_name(last, source))
    return (_name(node, source), *reversed(parts))


def _name(node: Node, source: bytes) -> str:
    return source[node.start_byte : node.end_byte].decode(errors="replace").strip("\"'")

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.sessions import ROOT, pages

ALL = [*pages(), ROOT / "CHANGELOG.md"]
PLACE = re.compile(r"`([a-z_/]+\.py)(?:: (\w+))?`")


@pytest.mark.parametrize("page", ALL, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    """Also to a heading of the same page."""
    text = page.read_text("utf-8")
    headings = {
        "#" + re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }

    targets = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    broken = [
        link
        for link in targets
        if (link not in headings if link.startswith("#") else not (page.parent / link).exists())
    ]

    assert broken == []


def test_the_index_of_the_docs_names_every_page() -> None:
    """A page that nothing leads to is read by nobody."""
    docs = ROOT / "docs"
    linked = re.findall(r"\]\(([\w/-]+\.md)\)", (docs / "README.md").read_text("utf-8"))

    found = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} - {"README.md"}

    assert sorted(linked) == sorted(found)


def test_every_function_that_contributing_names_is_where_it_says() -> None:
    """`room/module.py: name` is defined there."""
    places = PLACE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    missing = [(path, name) for path, name in places if not _defines(path, name)]

    assert len(places) > 20
    assert missing == []


def test_every_test_that_stands_for_a_promise_exists() -> None:
    """The table of docs/ledger.md names tests by their functions."""
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs" / "ledger.md").read_text("utf-8"))
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert named
    assert [name for name in named if f"def {name}(" not in code] == []


def _defines(path: str, name: str) -> bool:
    source = ROOT / path if path.startswith("tests/") else ROOT / "src" / "gongji" / path
    if not source.is_file():
        return False
    pattern = rf"^(?:(?:async )?def {name}\(|class {name}\b|{name}\b.*= )"
    return not name or re.search(pattern, source.read_text("utf-8"), re.MULTILINE) is not None

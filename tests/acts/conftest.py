from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gongji.ledger.books import Books
from tests.acts.household import open_books


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test's ledger is."""
    return tmp_path / "family.jsonl"


@pytest.fixture
def books(path: Path) -> Iterator[Books]:
    """Books in which nobody is yet."""
    with open_books(path) as opened:
        yield opened

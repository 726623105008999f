from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

settings.register_profile("gongji", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("gongji")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in the machine's memory where there is one: for tests that sync a thousand times."""
    shared = Path("/dev/shm")
    if not shared.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(prefix="gongji-", dir=shared) as folder:
        yield Path(folder)

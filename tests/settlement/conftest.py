from __future__ import annotations

from tests.acts.conftest import books, path

__all__ = ["books", "path"]

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gongji.cli import session
from gongji.cli.main import main
from gongji.policy import reading

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object that is all of the output."""
        (line,) = self.lines
        return json.loads(line)  # type: ignore[no-any-return]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON object of every line of the output."""
        return [json.loads(line) for line in self.lines]

    @property
    def lines(self) -> list[str]:
        """The lines of the output, each of which must be ended."""
        assert self.out.endswith("\n")
        return self.out.split("\n")[:-1]

    @property
    def error(self) -> dict[str, Any]:
        """The error that stands on standard error under --json; the output is empty then."""
        assert self.out == ""
        told = json.loads(self.err)
        assert (told["schema"], told["ok"]) == ("gongji.error/1", False)
        return told["error"]  # type: ignore[no-any-return]


Gongji = Callable[..., Answer]


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands of a test keep their ledger; they speak English."""
    path = tmp_path / "books" / "ledger.jsonl"
    for name in ("GONGJI_RULES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GONGJI_LEDGER", str(path))
    monkeypatch.setenv("GONGJI_LANG", "en")
    return path


@pytest.fixture
def gongji(ledger: Path, capsys: pytest.CaptureFixture[str]) -> Gongji:
    """Runs a command under the shipped rules: `gongji("balance", "--json")`."""

    def run(*arguments: str) -> Answer:
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def small(gongji: Gongji, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gongji]:
    """Runs a command as if the rules of the small province were all there are."""
    monkeypatch.setattr(reading, "shipped_rules", lambda: HERE / "rules")
    session._loaded.cache_clear()
    yield gongji
    session._loaded.cache_clear()


@pytest.fixture
def family(small: Gongji) -> Gongji:
    """The same, with two holders bound to a mother and to a father who has an account."""
    for line in (
        "person add 我 --area 420100 --insurance employee --current 500 --carryover 300",
        "person add 哥哥 --area 420100 --insurance employee --current 250 --carryover 0",
        "person add 妈妈 --area 420600 --insurance resident --born 1960-05-01",
        "person add 爸爸 --area 420100 --insurance employee --current 20 --carryover 5",
        "bind 我 妈妈 --relation parent",
        "bind 哥哥 妈妈 --relation parent",
        "bind 我 爸爸 --relation parent",
    ):
        assert small(*line.split(), "--on", "2025-01-02").code == 0
    return small


@pytest.fixture
def untouched(ledger: Path) -> Iterator[None]:
    """Holds that nothing beside the derived index changes where the ledger is kept."""
    before = _files(ledger.parent)
    yield
    assert _files(ledger.parent) == before


def _files(folder: Path) -> dict[str, bytes]:
    # The index may catch up by reading; the lock file is empty.
    derived = ("index", "lock", "-wal", "-shm", "-journal")
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.glob("*"))
        if not any(mark in path.name for mark in derived)
    }

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gongji.cli import session
from gongji.policy import reading
from tests.cli.conftest import HERE as CLI
from tests.hostile.running import Run, run

QUICK = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""The same few examples in every run."""
LONG = settings(QUICK, max_examples=1000, derandomize=False)

HOUSEHOLD = (
    "person add 我 --area 420100 --insurance employee --current 500 --carryover 300",
    "person add 哥哥 --area 420100 --insurance employee --current 250 --carryover 0",
    "person add 妈妈 --area 420600 --insurance resident --born 1960-05-01",
    "bind 我 妈妈 --relation parent",
    "bind 哥哥 妈妈 --relation parent",
    "pay-for 妈妈 20 --purpose 药店 --key bill",
    "credit 我 7 --key more",
    "reverse 7 --reason twice",
)


@pytest.fixture(params=[QUICK, pytest.param(LONG, marks=pytest.mark.long)], ids=["quick", "long"])
def effort(request: pytest.FixtureRequest) -> settings:
    """How many examples a property is tried with."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def household(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger with three people, two bindings and a payment; nobody writes it."""
    folder = tmp_path_factory.mktemp("household")
    with _small_rules(folder / "ledger.jsonl"):
        for line in HOUSEHOLD:
            assert run(*line.split(), "--on", "2025-01-02").code == 0
    return folder


@pytest.fixture
def ledger(tmp_path: Path, household: Path) -> Iterator[Path]:
    """A copy of that ledger, which the commands of the test read and write, in English."""
    path = tmp_path / "books" / "ledger.jsonl"
    shutil.copytree(household, path.parent)
    with _small_rules(path):
        yield path


@pytest.fixture
def anew(ledger: Path, household: Path) -> Callable[[], None]:
    """Puts the ledger back to what it was: every example begins with the same."""

    def back() -> None:
        shutil.rmtree(ledger.parent)
        shutil.copytree(household, ledger.parent)

    return back


@pytest.fixture
def gongji(ledger: Path) -> Run:
    """Runs a command on that ledger and checks that it ended as every command must."""
    return run


@contextmanager
def _small_rules(ledger: Path) -> Iterator[None]:
    """Let commands keep this ledger, speak English, and know the rules of the small province."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GONGJI_RULES", "NO_COLOR", "COLUMNS"):
            patch.delenv(name, raising=False)
        patch.setenv("GONGJI_LEDGER", str(ledger))
        patch.setenv("GONGJI_LANG", "en")
        patch.setattr(reading, "shipped_rules", lambda: CLI / "rules")
        session._loaded.cache_clear()
        yield
        session._loaded.cache_clear()

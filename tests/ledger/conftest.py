from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongji.ledger.books import Books, Draft, Posting
from gongji.words.money import format_yuan

JUNE = date(2025, 6, 1)


def _credit(person: str, fen: int, on: date = JUNE, key: str | None = None) -> Draft:
    postings = (Posting(f"{person}:current", fen), Posting("credit", -fen))
    return Draft("credit", on, {"person": person, "to": "current"}, postings, key)


def _pay(
    beneficiary: str,
    draws: dict[str, int],
    on: date = JUNE,
    purpose: str = "pharmacy",
    year: int | None = None,
    **draft: Any,
) -> Draft:
    fields = {
        "beneficiary": beneficiary,
        "purpose": purpose,
        "year": year,
        "amount": format_yuan(sum(draws.values())),
        "draws": [{"holder": who, "amount": format_yuan(fen)} for who, fen in draws.items()],
    }
    taken = tuple(Posting(f"{who}:current", -fen) for who, fen in draws.items())
    given = Posting("provider", sum(draws.values()))
    return Draft("pay-for", on, fields, (*taken, given), **draft)


def _bind(holder: str, beneficiary: str, on: date = JUNE, **fields: Any) -> Draft:
    pair = {"holder": holder, "beneficiary": beneficiary}
    kind = {"relation": "parent", "mechanism": "authorisation"}
    return Draft("bind", on, {**pair, **kind, **fields})


def _unbind(holder: str, beneficiary: str, on: date = JUNE) -> Draft:
    return Draft("unbind", on, {"holder": holder, "beneficiary": beneficiary})


@pytest.fixture(scope="session")
def credit() -> Callable[..., Draft]:
    """Makes the draft of a credit: (person, fen, on, key)."""
    return _credit


@pytest.fixture(scope="session")
def pay() -> Callable[..., Draft]:
    """Makes the draft of a payment: (beneficiary, {holder: fen}, on, purpose, year, …)."""
    return _pay


@pytest.fixture(scope="session")
def bind() -> Callable[..., Draft]:
    """Makes the draft of a binding: (holder, beneficiary, on, …)."""
    return _bind


@pytest.fixture(scope="session")
def unbind() -> Callable[..., Draft]:
    """Makes the draft of an unbinding: (holder, beneficiary, on)."""
    return _unbind


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test's ledger is to be."""
    return tmp_path / "books" / "family.jsonl"


@pytest.fixture
def write(path: Path) -> Callable[..., None]:
    """Appends drafts to the ledger at `path`, making it if need be."""

    def append(*drafts: Draft) -> None:
        with Books.open(path, create=True, new_id=lambda: "0" * 32) as books, books.writing():
            for draft in drafts:
                books.append(draft)

    return append

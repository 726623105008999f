"""What a record costs: the ledger beside the least that any careful program has to do."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from bench.measure import Act
from gongji.ledger.books import Books, Draft, Posting

RECORDS: Final = 200
BY_HAND: Final = "lock, write and fsync by hand"
BY_LEDGER: Final = "the ledger"


def acts(folder: Path) -> Mapping[str, Act]:
    """Return the act of appending RECORDS records, each under the lock and synced, both ways."""
    numbers = count()
    return {
        BY_HAND: lambda: _by_hand(folder / f"{next(numbers)}.jsonl"),
        BY_LEDGER: lambda: _by_ledger(folder / f"{next(numbers)}.jsonl"),
    }


def _by_hand(path: Path) -> None:
    line = b'{"do":"credit"' + b" " * 300 + b"}\n"  # as long as a record
    for _ in range(RECORDS):
        lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, line)
        os.fsync(descriptor)
        os.close(descriptor)
        os.close(lock)


def _by_ledger(path: Path) -> None:
    postings = (Posting("me:current", 100), Posting("credit", -100))
    draft = Draft("credit", date(2025, 1, 1), {"person": "me", "to": "current"}, postings)
    with Books.open(path, create=True) as books:
        for _ in range(RECORDS):
            with books.writing():
                books.append(draft)

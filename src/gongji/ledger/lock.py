"""The lock between processes: one writer of a ledger at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gongji.ledger.errors import LedgerBusy, unwritable

WAIT_SECONDS: Final = 30
_POLL_SECONDS: Final = 0.005


@contextmanager
def held(journal: Path) -> Iterator[None]:
    """Hold the lock of the ledger at `journal`, a file beside it that stays.

    Raises LedgerBusy after WAIT_SECONDS, and UnwritableLedger where no lock can be made.
    """
    from filelock import FileLock, Timeout  # heavy, and only writers and laggards need it

    lock = FileLock(journal.with_name(f"{journal.name}.lock"), mode=0o600)
    try:
        lock.acquire(timeout=WAIT_SECONDS, poll_interval=_POLL_SECONDS)
    except Timeout:
        raise LedgerBusy(WAIT_SECONDS) from None
    except OSError as error:
        raise unwritable(error) from error
    try:
        yield
    finally:
        lock.release()

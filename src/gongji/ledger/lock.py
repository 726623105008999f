"""The lock between processes: one writer of a ledger at a time.

It is the system's own (flock): whoever dies lets go of it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from gongji.ledger.errors import LedgerBusy, unwritable

WAIT_SECONDS: Final = 30
_POLL_SECONDS: Final = 0.005


@contextmanager
def held(journal: Path) -> Iterator[None]:
    """Hold the lock of the ledger at `journal`, a file beside it that stays.

    Raises LedgerBusy after WAIT_SECONDS, and UnwritableLedger where no lock can be made.
    """
    path = journal.with_name(f"{journal.name}.lock")
    until = monotonic() + WAIT_SECONDS
    try:
        while (descriptor := _taken(path)) is None:
            if monotonic() >= until:
                raise LedgerBusy(WAIT_SECONDS)
            sleep(_POLL_SECONDS)
    except OSError as error:
        raise unwritable(error) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _taken(path: Path) -> int | None:
    """Return the locked file, None if another has it."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = os.path.samestat(os.fstat(descriptor), path.stat())
    except (BlockingIOError, FileNotFoundError):  # held by another, or deleted meanwhile
        is_ours = False
    except BaseException:
        os.close(descriptor)
        raise
    if is_ours:
        return descriptor
    os.close(descriptor)
    return None

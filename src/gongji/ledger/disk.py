"""Every step that changes a file on the disk and may not be lost, one function each.

All of them go through here, so that a test can fail or end the process at any of them.
Each raises OSError.
"""

from __future__ import annotations

import os
from pathlib import Path


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, in one call if the system takes it so."""
    rest = memoryview(data)
    while rest:
        # The call after a short one tells why it was short.
        rest = rest[os.write(descriptor, rest) :]


def sync_file(descriptor: int) -> None:
    """Return when the file's bytes are on the disk."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the folder's names are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name; FileExistsError if the name is taken."""
    os.link(temporary, path)


def replace(temporary: Path, path: Path) -> None:
    """Give the finished file its name, whatever had it before."""
    temporary.replace(path)


def truncate(descriptor: int, size: int) -> None:
    """Cut the file to `size` bytes."""
    os.ftruncate(descriptor, size)

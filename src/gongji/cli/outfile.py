"""A file for an answer: whole under its name, or not there at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from gongji.acts.outcome import Misfit
from gongji.ledger.disk import sync_folder

_BESIDE = (".lock", ".key", ".index", ".torn-", ".backup-")
"""How the names of the files go on that lie beside a ledger and belong to it."""


def write_whole(path: Path, pieces: Iterable[str], ledger: Path) -> None:
    """Write the pieces to a file that takes the place of what `path` named before, if anything.

    Its owner alone may read it. Whatever goes wrong, what was there before stays. Raises Misfit
    for a path that cannot be written, is no regular file, or belongs to the ledger, and OSError
    without a file name where the disk is full or at fault.
    """
    try:
        _check(path, ledger)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            _write(temporary, pieces)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        if error.filename is None:  # the disk is at fault, not the path: told as of any answer
            raise
        raise _unwritable(path, error.strerror or str(error)) from None


def _check(path: Path, ledger: Path) -> None:
    if _belongs(path, ledger):
        raise Misfit("output.ledger", path=str(path))
    if path.is_symlink():
        raise _unwritable(path, "it is a symbolic link")
    if path.exists() and not path.is_file():
        raise _unwritable(path, "it is not a regular file")


def _unwritable(path: Path, cause: str) -> Misfit:
    return Misfit("output.file", path=str(path), cause=cause)


def _belongs(path: Path, ledger: Path) -> bool:
    if path.exists() and ledger.exists() and path.samefile(ledger):
        return True
    beside = tuple(ledger.name + end for end in _BESIDE)
    return path.name.startswith(beside) and path.parent.resolve() == ledger.parent.resolve()


def _write(path: Path, pieces: Iterable[str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for piece in pieces:
            stream.write(piece.encode())
        stream.flush()
        os.fsync(stream.fileno())

"""A file for an answer: whole under its name, or not there at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from gongji.acts.outcome import Misfit
from gongji.ledger import disk
from gongji.ledger.writing import put_whole

_BLOCK: Final = 1 << 16
_BESIDE: Final = (".lock", ".key", ".index", ".torn-", ".backup")
"""How the names of the files go on that lie beside a ledger and belong to it."""


def write_whole(path: Path, pieces: Iterable[str], ledger: Path) -> None:
    """Write the pieces to a file that takes the place of what `path` named before, if anything.

    Its owner alone may read it. Whatever goes wrong, what was there before stays. Raises Misfit
    for a path that cannot be written, is no regular file, or belongs to the ledger, and OSError
    without a file name where the disk is full or at fault.
    """
    try:
        _check(path, ledger)
        put_whole(path, _blocks(pieces), disk.replace)
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


def _blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield the pieces as bytes, many at a time."""
    block = bytearray()
    for piece in pieces:
        block += piece.encode()
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)

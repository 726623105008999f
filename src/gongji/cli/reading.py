"""The file that a command reads, or standard input."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from gongji.acts.outcome import Misfit

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK: Final = 1 << 16


@contextmanager
def opened(source: str) -> Iterator[BufferedReader]:
    """Open the file, or standard input for "-". Raises Misfit if it cannot be opened or read."""
    if source == "-":
        if sys.stdin is None:
            raise Misfit("input.unreadable", path="-", cause=os.strerror(errno.EBADF))
        yield BufferedReader(_Source(cast(BufferedReader, sys.stdin.buffer), source), _BLOCK)
        return
    try:
        # Not a `with` here: what goes wrong while answering is not about this file.
        stream = Path(source).open("rb")  # noqa: SIM115
    except OSError as error:
        raise _unreadable(source, error) from None
    with stream:
        yield BufferedReader(_Source(stream, source), _BLOCK)


class _Source(RawIOBase):
    """The bytes of a stream; that they cannot be read is told of the source by its name."""

    def __init__(self, stream: BufferedReader, name: str) -> None:
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        space = memoryview(buffer)
        try:
            found = self._stream.read1(len(space))
        except OSError as error:
            raise _unreadable(self._name, error) from None
        space[: len(found)] = found
        return len(found)


def _unreadable(source: str, error: OSError) -> Misfit:
    return Misfit("input.unreadable", path=source, cause=error.strerror or str(error))

"""The file that a command reads, or standard input."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from gongji.acts.outcome import Misfit


@contextmanager
def opened(source: str) -> Iterator[BinaryIO]:
    """Open the file, or standard input for "-". Raises Misfit if it cannot be opened."""
    if source == "-":
        if sys.stdin is None:
            raise Misfit("input.unreadable", path="-", cause=os.strerror(errno.EBADF))
        yield sys.stdin.buffer
        return
    try:
        # Not a `with` here: what goes wrong while answering is not about this file.
        stream = Path(source).open("rb")  # noqa: SIM115
    except OSError as error:
        raise Misfit("input.unreadable", path=source, cause=error.strerror or "") from None
    with stream:
        yield stream

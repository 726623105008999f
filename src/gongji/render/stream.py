"""The only way out: UTF-8 bytes with a final newline, whatever the locale."""

from __future__ import annotations

import sys
from typing import TextIO

from gongji.words.id_number import mask_id_numbers
from gongji.words.text import clean


def data(text: str) -> None:
    """Write what was asked for to the standard output.

    Every call flushes, so that a closed pipe shows here (BrokenPipeError): join many lines first.
    """
    _write(sys.stdout, text)


def say(text: str) -> None:
    """Write a message to a person to the standard error.

    What does not show is left out, and of an identity number typed in a wrong place stands a mask.
    """
    _write(sys.stderr, mask_id_numbers("\n".join(map(clean, text.split("\n")))))


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    line = text if text.endswith("\n") else text + "\n"
    raw = getattr(stream, "buffer", None)
    if raw is None:
        stream.write(line)
    else:
        # What was written as text must not be overtaken by the bytes.
        stream.flush()
        raw.write(line.encode(errors="backslashreplace"))
    stream.flush()

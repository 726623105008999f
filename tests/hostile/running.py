"""Runs commands on whatever bytes there are, and holds what must hold of every end."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unicodedata import category

import pytest

from gongji.cli.exit import ExitCode
from gongji.cli.main import main

UNSHOWN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""The categories of characters that control, reorder, hide, or are half of one."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and the bytes that it printed."""

    code: int
    out: bytes
    err: bytes

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON object of every line of the output."""
        return [json.loads(line) for line in self.out.decode().split("\n")[:-1]]


Run = Callable[..., "Ended"]


def run(*arguments: str, given: bytes = b"") -> Ended:
    """Run a command in this process, its standard input `given`, and check how it ended."""
    with _streams(given) as (out, err):
        code = main(list(arguments))
    ended = Ended(code, out.getvalue(), err.getvalue())
    check(ended)
    return ended


def check(ended: Ended) -> None:
    """Raise AssertionError unless the command ended as every command must.

    It ends with a code of the enum, says what went wrong by its name, prints whole lines of UTF-8
    of which every character shows, and no trace.
    """
    assert ended.code in set(ExitCode), ended
    assert ended.code != ExitCode.FAULT, ended
    for printed in (ended.out, ended.err):
        assert shows_all(printed.decode()), ended
        assert not printed or printed.endswith(b"\n"), ended
        assert b"Traceback" not in printed, ended
        assert b'"code":"fault"' not in printed, ended
        assert b"[fault]" not in printed, ended


def shows_all(text: str) -> bool:
    """Return whether nothing in the text controls a terminal or hides: lines may end in CR LF."""
    text = text.replace("\r\n", "").replace("\n", "")
    return text.isprintable() or not {category(one) for one in text} & UNSHOWN


@contextmanager
def _streams(given: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    out, err = io.BytesIO(), io.BytesIO()
    texts = [io.TextIOWrapper(each, "utf-8") for each in (io.BytesIO(given), out, err)]
    with pytest.MonkeyPatch.context() as patch:
        for name, text in zip(("stdin", "stdout", "stderr"), texts, strict=True):
            patch.setattr(sys, name, text)
        yield out, err
    for text in texts:
        text.flush()
        text.detach()  # else it would close the bytes under it when it is collected

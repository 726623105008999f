"""Runs commands on whatever bytes there are, and holds what must hold of every end."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from gongji.cli.exit import ExitCode
from gongji.cli.main import main


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
    """Run a command in this process, its standard input `given`, and check how it ended.

    It ends with a code of the enum and not with a fault, prints UTF-8 with a final newline, and
    no trace.
    """
    with _streams(given) as (out, err):
        code = main(list(arguments))
    ended = Ended(code, out.getvalue(), err.getvalue())
    check(ended)
    return ended


def check(ended: Ended) -> None:
    """Raise AssertionError unless the command ended as every command must."""
    assert ended.code in set(ExitCode), ended
    assert ended.code != ExitCode.FAULT, ended
    for printed in (ended.out, ended.err):
        printed.decode()
        assert not printed or printed.endswith(b"\n"), ended
        assert b"Traceback" not in printed, ended
        assert b'"code":"fault"' not in printed, ended
        assert b"[fault]" not in printed, ended


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

"""What was measured, as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from importlib.metadata import version

from bench.measure import Times
from gongji import __version__


def starting_table(times: Mapping[str, Times], baseline: str) -> str:
    """Return the table of what starting costs, in milliseconds and against the baseline."""
    return _table(
        "| spawn to reap | median ms | min | max | ratio |",
        [_row(name, taken, times[baseline], 1_000) for name, taken in times.items()],
    )


def batch_table(times: Mapping[int, Times]) -> str:
    """Return the table of rows a second, the start of the process included."""
    rows = [
        f"| {rows:,} | {rows / taken.median:,.0f} | {rows / max(taken.seconds):,.0f}"
        f" | {rows / min(taken.seconds):,.0f} |"
        for rows, taken in times.items()
    ]
    return _table("| rows in a batch | median rows/s | min | max |", rows)


def append_table(times: Mapping[str, Times], baseline: str, records: int) -> str:
    """Return the table of what a record costs, in microseconds and against the baseline."""
    return _table(
        "| append one record | median µs | min | max | ratio |",
        [_row(name, taken, times[baseline], 1_000_000 / records) for name, taken in times.items()],
    )


def machine() -> str:
    """Return what it was measured on, in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("typer", "pydantic"))
    return (
        f"gongji {__version__}, Python {platform.python_version()}, {packages};"
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )


def _row(name: str, taken: Times, baseline: Times, scale: float) -> str:
    low, high = min(taken.seconds) * scale, max(taken.seconds) * scale
    ratio = taken.median / baseline.median
    return f"| {name} | {taken.median * scale:,.1f} | {low:,.1f} | {high:,.1f} | {ratio:.1f} |"


def _table(head: str, rows: list[str]) -> str:
    columns = head.count("|") - 2
    return "\n".join([head, "| --- |" + " ---: |" * columns, *rows])

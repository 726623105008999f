"""`python -m bench` prints what was measured; `--write` puts it into docs/benchmarks.md as well."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import appends, batches, starting
from bench.measure import side_by_side
from bench.tables import append_table, batch_table, machine, starting_table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

<!-- Made by `python -m bench --write`; do not edit. -->

Measured side by side in one run, in a new random order each round, from the spawning of a process
to its end. Milliseconds differ from machine to machine; the ratios are what to look at."""


def main() -> None:
    """Measure, print, and with --write keep."""
    with TemporaryDirectory(prefix="gongji-bench-") as folder:
        tables = _measured(Path(folder))
    page = "\n\n".join([HEAD, machine(), *tables]) + "\n"
    sys.stdout.write(page)
    if "--write" in sys.argv:
        PAGE.write_text(page, "utf-8")


def _measured(folder: Path) -> list[str]:
    starts = side_by_side(starting.acts(folder), rounds=15)
    lists = side_by_side({str(rows): act for rows, act in batches.acts(folder).items()}, rounds=3)
    records = side_by_side(appends.acts(folder), rounds=7)
    return [
        starting_table(starts, starting.BASELINE),
        batch_table({int(rows): taken for rows, taken in lists.items()}),
        append_table(records, appends.BY_HAND, appends.RECORDS),
    ]


if __name__ == "__main__":
    main()

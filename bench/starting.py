"""What it costs to start: an interpreter, a bare Typer application, the commands of gongji."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.measure import Act, process

BASELINE: Final = "`python -c pass`"
SCRIPT: Final = "from gongji.cli.main import entry; entry()"
"""What the console script does."""

BARE: Final = """
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

@app.command()
def main(name: str = typer.Option("world", "--name")) -> None:
    print(name)

app()
"""
CHECK: Final = (
    *("check-eligibility", "--holder-area", "420100", "--holder-insurance", "employee"),
    *("--beneficiary-area", "420100", "--beneficiary-insurance", "resident"),
    *("--relation", "parent", "--purpose", "outpatient", "--on", "2025-06-01", "--json"),
)


def gongji(*words: str) -> Act:
    """Return the act of running a command of gongji in a process of its own."""
    return process([sys.executable, "-c", SCRIPT, *words], {"GONGJI_LANG": "en"})


def acts(folder: Path) -> Mapping[str, Act]:
    """Return what is started, by the name that the table shows."""
    bare = folder / "bare.py"
    bare.write_text(BARE, "utf-8")
    return {
        BASELINE: process([sys.executable, "-c", "pass"], {}),
        "a Typer application of one command": process([sys.executable, str(bare)], {}),
        "`gongji --version`": gongji("--version"),
        "`gongji --help`": gongji("--help"),
        "`gongji check-eligibility … --json`": gongji(*CHECK),
        "`gongji demo`": gongji("demo"),
    }

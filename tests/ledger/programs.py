"""The real programs that read an export: hledger, and Beancount in whatever Python has it.

A test that needs one which is not here is skipped; it fails if GONGJI_REQUIRE names it
("hledger,beancount"), so that a machine that must have them cannot pass without.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

_READ = """
import json, sys
from beancount import loader
from beancount.core import realization
entries, errors, options = loader.load_file(sys.argv[1])
tree = realization.iter_children(realization.realize(entries))
held = {real.account: real.balance.get_currency_units("CNY").number for real in tree}
told = {"errors": [error.message for error in errors], "held": {k: str(v) for k, v in held.items()}}
print(json.dumps(told))
"""
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "BEANCOUNT_DISABLE_LOAD_CACHE": "1"}

Held = dict[str, int]
"""The fen of every account, by the program's name for it."""


def hledger(journal: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run hledger on the journal."""
    found = shutil.which("hledger")
    if found is None:
        _missing("hledger")
    return _ran(str(found), "-f", str(journal), *arguments)


def read_by_hledger(journal: Path) -> Held:
    """Return what hledger finds in the accounts of a journal that it accepts, strictly."""
    checked = hledger(journal, "check", "--strict")
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    shown = hledger(journal, "balance", "--flat", "--empty", "--no-total", "--output-format=json")
    rows, _totals = json.loads(shown.stdout)
    return {name: sum(map(_fen_of_amount, amounts)) for name, _full, _depth, amounts in rows}


def beancount(ledger: Path) -> tuple[list[str], Held]:
    """Return the errors that Beancount finds in a ledger, and what it finds in the accounts."""
    told = json.loads(_ran(_python_with_beancount(), "-c", _READ, str(ledger)).stdout)
    return told["errors"], {name: _fen(number) for name, number in told["held"].items()}


def read_by_beancount(ledger: Path) -> Held:
    """Return what Beancount finds in the accounts of a ledger in which it finds no error."""
    checked = _ran(_python_with_beancount(), "-m", "beancount.scripts.check", str(ledger))
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    errors, held = beancount(ledger)
    assert errors == []
    return held


def _python_with_beancount() -> str:
    if find_spec("beancount") is not None:
        return sys.executable
    check = shutil.which("bean-check")
    beside = Path(check).resolve().with_name("python") if check else None
    if beside is None or not beside.exists():
        _missing("beancount")
    return str(beside)


def _missing(name: str) -> None:
    if name in os.environ.get("GONGJI_REQUIRE", "").split(","):
        pytest.fail(f"{name} is not installed, and GONGJI_REQUIRE names it")
    pytest.skip(f"{name} is not installed here")


def _ran(*command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: said for name, said in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        command, env=kept | _ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )


def _fen_of_amount(amount: dict[str, object]) -> int:
    assert amount["acommodity"] == "CNY"
    match amount["aquantity"]:
        case {"decimalMantissa": int(digits), "decimalPlaces": int(places)} if places <= 2:
            return digits * int(10 ** (2 - places))
        case other:
            raise AssertionError(other)


def _fen(number: str) -> int:
    yuan, _point, rest = number.partition(".")
    assert len(rest) <= 2
    return int(yuan + rest.ljust(2, "0"))

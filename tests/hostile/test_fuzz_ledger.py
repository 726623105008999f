"""Ledger files of whatever bytes: damage is named, and every command ends as it must."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongji.cli.exit import ExitCode
from tests.hostile.payloads import values
from tests.hostile.running import Run
from tests.hostile.test_fuzz_rules import altered, cut_and_pasted

READING = (
    *("balance", "balance --json", "history", "history --json", "history --totals"),
    *("history --receipt 6", "person list", "person list --json", "person show 妈妈"),
    *("person show 我 --json", "ledger head", "check-eligibility 我 妈妈 --purpose 药店"),
    *("ledger export hledger", "ledger export beancount", "ledger export csv"),
    *("ledger export json", "ledger export csv --redact", "ledger export json --redact"),
)
WRITING = (
    "credit 我 1 --key later",
    "pay-for 妈妈 5 --purpose 药店",
    "reverse 6 --reason x",
    "unbind 我 妈妈",
    "person set 妈妈 --area 420100",
    "person remove 哥哥",
    "settle --on 2026-01-01",
)


def told(gongji: Run) -> None:
    """Ask everything of the ledger, then write to it."""
    verified = gongji("ledger", "verify")
    assert verified.code in (ExitCode.YES, ExitCode.DAMAGED, ExitCode.USAGE)
    assert gongji("ledger", "verify", "--json").code == verified.code
    for line in (*READING, *WRITING):
        gongji(*line.split())


def test_a_ledger_of_any_bytes_is_damaged_or_read(
    gongji: Run, ledger: Path, anew: Callable[[], None], household: Path, effort: settings
) -> None:
    """Junk, and a good ledger with pieces of it elsewhere."""
    good = (household / "ledger.jsonl").read_bytes()

    @effort
    @given(st.binary(max_size=200) | cut_and_pasted(good))
    def holds(content: bytes) -> None:
        anew()
        ledger.write_bytes(content)
        told(gongji)

    holds()


def test_an_index_of_any_bytes_is_built_anew(
    gongji: Run, ledger: Path, anew: Callable[[], None], household: Path, effort: settings
) -> None:
    """Nothing of it is believed."""
    good = (household / "ledger.jsonl.index").read_bytes()

    @effort
    @given(st.binary(max_size=200) | cut_and_pasted(good))
    def holds(content: bytes) -> None:
        anew()
        ledger.with_name("ledger.jsonl.index").write_bytes(content)
        gongji("balance")
        gongji("credit", "我", "1")
        assert gongji("ledger", "verify").code == ExitCode.YES

    holds()


def resealed(records: list[Any]) -> bytes:
    """Return the records as lines, each sealed with its own hash and linked to the one before."""
    lines, prev = [], ""
    for record in records:
        said = record | {"prev": prev} if isinstance(record, dict) else record
        body = json.dumps(said, ensure_ascii=False).encode(errors="surrogatepass")[:-1]
        prev = hashlib.sha256(body).hexdigest()
        lines.append(b'%b,"hash":"%b"}\n' % (body, prev.encode()))
    return b"".join(lines)


@pytest.mark.xfail(reason="a sealed record of a person without an area is read", strict=False)
def test_a_forged_ledger_is_damaged_or_read(
    gongji: Run, ledger: Path, anew: Callable[[], None], household: Path, effort: settings
) -> None:
    """Any values in any field, with every hash right."""
    lines = (household / "ledger.jsonl").read_text("utf-8").splitlines()
    good = [json.loads(line) for line in lines]
    for record in good:
        del record["hash"]

    @effort
    @given(st.lists(st.tuples(st.integers(0, 10**6), values), min_size=1, max_size=3))
    def holds(changes: list[tuple[int, Any]]) -> None:
        anew()
        records = altered({str(number): record for number, record in enumerate(good)}, changes)
        ledger.write_bytes(resealed(list(records.values())))
        told(gongji)

    holds()

"""What a verification of the ledger found, and what went wrong with it, as data and for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from gongji.ledger.errors import (
    CAUSES,
    NOT_UNDONE,
    NOTHING_READABLE,
    AppendFailed,
    DamagedLedger,
    KeyConflict,
    LedgerError,
)
from gongji.render.language import N_, _
from gongji.render.wording import word
from gongji.words.text import clean

if TYPE_CHECKING:
    from gongji.ledger.repair import Dropped, Repair
    from gongji.ledger.verify import Verification

LAWS: Final[Mapping[str, str]] = {
    "newer-ledger": N_("the format is newer than this program knows"),
    "unbalanced": N_("the postings do not sum to zero"),
    "overdrawn": N_("a person's account would stand below zero"),
    "overfull": N_("an account would stand further from zero than any amount"),
    "no-such-record": N_("there is no such record to take back"),
    "already-reversed": N_("the record was taken back before"),
    "not-a-negation": N_("the postings are not those of the record taken back"),
    "not-reversible": N_("what is taken back is itself a reversal"),
}
"""What a verification found that is no damage of a line, by its code."""

FOR_ANOTHER_COMMAND: Final = N_("the key `{key}` was used before for another command")
OTHERWISE: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    DamagedLedger.code: ((DamagedLedger.sentence, NOTHING_READABLE),),
    AppendFailed.code: ((NOT_UNDONE, AppendFailed.hint),),
    KeyConflict.code: ((FOR_ANOTHER_COMMAND, KeyConflict.hint),),
}
"""What else an error of the ledger may say, with its next step, by its code."""

OPTIONS: Final[Mapping[str, str]] = {
    "person": "NAME",
    "holder": "HOLDER",
    "beneficiary": "BENEFICIARY",
    "amount": "AMOUNT",
    "record": "RECORD",
    "id": "--id-number",
}
"""What a field of a request is called on the command line, where it is not `--field`."""


def ledger_error(error: LedgerError) -> tuple[str, str]:
    """Return sentence and hint of an error of the ledger."""
    values = {name: clean(text) for name, text in error.values.items()}
    for name in {"reason", "cause"} & values.keys():
        values[name] = _(values[name]) if values[name] else ""
    sentence = error.sentence
    if isinstance(error, KeyConflict):
        values["field"] = _option(error.field)
        if error.field == "do":
            sentence = FOR_ANOTHER_COMMAND
    return _(sentence).format_map(values), _(error.hint)


def _option(field: str) -> str:
    return OPTIONS.get(field) or "--" + field.replace("_", "-")


def verification_data(found: Verification) -> dict[str, Any]:
    """Return what was found as plain JSON."""
    return {
        "schema": "gongji.verification/1",
        "ok": found.sound,
        "ledger": found.ledger,
        "records": found.records,
        "head": None if found.head is None else found.head.hash,
        "index": found.index,
        "problems": [asdict(problem) for problem in found.problems],
        "unlisted": found.unlisted,
    }


def verification_lines(data: Mapping[str, Any]) -> list[str]:
    """Return a sentence, then a line for every problem."""
    if data["ok"]:
        told = _("✓ sound: {records} records, head {head}")
        return [told.format(records=data["records"], head=data["head"])]
    lines = [_("✗ damaged: {records} good records").format(records=data["records"])]
    lines += [_problem_line(problem) for problem in data["problems"]]
    if data["unlisted"]:
        lines.append(_("  and {unlisted} more").format(unlisted=data["unlisted"]))
    if any(_is_unreadable(problem) for problem in data["problems"]):
        hint = DamagedLedger.hint if data["records"] else NOTHING_READABLE
        lines.append(_("hint: {hint}").format(hint=_(hint)))
    return lines


def repair_data(done: Repair, *, dry_run: bool) -> dict[str, Any]:
    """Return what a repair does, or did, as plain JSON."""
    return {
        "schema": "gongji.repair/1",
        "ok": True,
        "dry_run": dry_run,
        "ledger": done.head.ledger,
        "records": done.head.seq,
        "head": done.head.hash,
        "cause": None if done.cause is None else asdict(done.cause),
        "dropped": [_dropped_data(line) for line in done.dropped],
        "unlisted": done.unlisted,
        "backup": None if done.backup is None else str(done.backup),
    }


def _dropped_data(line: Dropped) -> dict[str, Any]:
    do, on = (None, None) if line.act is None else (line.act[0], line.act[1].isoformat())
    return {"line": line.line, "offset": line.offset, "do": do, "on": on, "whole": line.whole}


def repair_lines(data: Mapping[str, Any]) -> list[str]:
    """Return the cause, every line that goes, where the copy is and what stays."""
    if data["cause"] is None:
        return [_("✓ nothing to repair: {records} records, head {head}").format_map(data)]
    trial = [_("dry run: nothing is written")] if data["dry_run"] else []
    lines = [*trial, _("the first problem:"), _problem_line(data["cause"])]
    lines += [_("dropped:"), *(_dropped_line(line) for line in data["dropped"])]
    if data["unlisted"]:
        lines.append(_("  and {unlisted} more").format(unlisted=data["unlisted"]))
    if data["backup"]:
        lines.append(_("all of it as it was: {path}").format(path=clean(data["backup"])))
    lines.append(_("what stays: {records} records, head {head}").format_map(data))
    return lines


def _dropped_line(line: Mapping[str, Any]) -> str:
    if line["do"] is None:
        return _("  line {line}: cannot be read").format_map(line)
    values = {**line, "do": word("do", line["do"])}
    if line["whole"]:
        return _("  line {line}: {do}, {on}").format_map(values)
    return _("  line {line}: {do}, {on}, not as it was written").format_map(values)


def _is_unreadable(problem: Mapping[str, Any]) -> bool:
    return problem["line"] > 0 and problem["cause"] in CAUSES


def _problem_line(problem: Mapping[str, Any]) -> str:
    cause = problem["cause"]
    sentence = CAUSES.get(cause) or LAWS.get(cause)
    values = {**problem, "message": _(sentence) if sentence else problem["message"]}
    if not problem["line"]:
        return _("  {field}: {message} ({cause})").format(**values)
    return _("  line {line}, {field}: {message} ({cause})").format(**values)

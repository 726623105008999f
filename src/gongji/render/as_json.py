"""What the program answers, as plain JSON. It is the same whatever the language of the reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from gongji.engine.case import Check, Outcome
from gongji.engine.decision import Decision, Finding
from gongji.ledger.records import Record, content
from gongji.policy.pack import UNKNOWN, AtLeast, Clause, Qualifiers, Source
from gongji.policy.problems import SENTENCES, Problem
from gongji.policy.resolve import Ruling
from gongji.render.request_text import told_of_line
from gongji.render.wording import plain_sentence
from gongji.words.money import format_yuan

DECISION: Final = "gongji.decision/1"
ERROR: Final = "gongji.error/1"
PROBLEM: Final = "gongji.problem/1"
RECORD: Final = "gongji.record/1"


def decision(answer: Decision, name: str | None = None) -> dict[str, Any]:
    """Return the answer to a request as design and docs/reference give its shape."""
    premium = answer.premium
    return {
        "schema": DECISION,
        "id": name,
        "ok": True,
        "on": str(answer.on),
        "verdict": str(answer.verdict),
        "mechanism": answer.mechanism,
        "confidence": None if answer.confidence is None else str(answer.confidence),
        "reasons": [_reason(finding, check) for finding, check in answer.reasons],
        "assumed": list(answer.assumed),
        "missing": list(answer.missing),
        "alternatives": [_alternative(finding) for finding in answer.alternatives],
        "premium": None
        if premium is None
        else {
            "year": premium.year,
            "price": None if premium.fen is None else format_yuan(premium.fen),
            "mode": premium.mode,
        },
        "rules": answer.rules,
    }


def _reason(finding: Finding, check: Check) -> dict[str, Any]:
    clause = next((clause for ruling in check.rulings for clause in ruling.clauses), None)
    marks = sorted({mark for ruling in check.rulings for mark in ruling.marks})
    return {
        "check": check.name,
        "outcome": str(check.outcome),
        "mechanism": finding.mechanism,
        "reason": check.reason,
        "message": plain_sentence(check),
        "clause": None if clause is None else clause.id,
        "source": None if clause is None else _cited(clause),
        "doubts": marks,
    }


def _cited(clause: Clause) -> dict[str, Any] | None:
    if not clause.sources:
        return None
    source = clause.sources[0]
    return {"title": source.title, "url": source.url, "grade": source.grade}


def _alternative(finding: Finding) -> dict[str, Any]:
    amiss = finding.having(Outcome.FAIL, Outcome.UNKNOWN)
    return {
        "mechanism": finding.mechanism,
        "verdict": str(finding.verdict),
        "confidence": None if finding.confidence is None else str(finding.confidence),
        "reasons": [_reason(finding, check) for check in amiss],
    }


def line_of(data: Mapping[str, Any]) -> str:
    """Return the data as a line of JSON that shows every character: what would not is escaped."""
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if line.isprintable():
        return line
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in line)


def error(
    code: str, message: str, hint: str | None, values: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return an error as it stands on standard error under --json."""
    told = {"code": code, "message": message, "hint": hint, **(values or {})}
    return {"schema": ERROR, "ok": False, "error": told}


def problem(found: Problem) -> dict[str, Any]:
    """Return one problem of a rule file, or of a line of a file beside it."""
    return {
        "schema": PROBLEM,
        "code": found.code,
        "path": found.path,
        "line": found.line,
        "column": found.column,
        "key": found.dotted_key,
        **_told(found),
    }


def _told(found: Problem) -> dict[str, Any]:
    if found.code not in SENTENCES:
        told = told_of_line(found)
        return {"message": told["message"], "hint": told["hint"]}
    message, hint = SENTENCES[found.code]
    return {"message": message.format(**found.values), "hint": hint.format(**found.values)}


def record(written: Record, *, dry_run: bool = False, repeated: bool = False) -> dict[str, Any]:
    """Return a record of the ledger, and whether it stands there because of this command."""
    key = {} if written.key is None else {"key": written.key}
    return {
        "schema": RECORD,
        "ok": True,
        "seq": written.seq,
        **key,
        **content(written),
        "hash": written.hash,
        "written": not (dry_run or repeated),
        "repeated": repeated,
    }


def kept_record(stored: Record) -> dict[str, Any]:
    """Return a record of the ledger that was written by an earlier command."""
    return record(stored, repeated=True) | {"repeated": False}


def ruling(said: Ruling, when: Qualifiers) -> dict[str, Any]:
    """Return what a parameter is somewhere on a day, with the clauses that say so."""
    return {
        "parameter": said.parameter,
        "when": {name: sorted(words) for name, words in when},
        "value": None if said.value is UNKNOWN else plain(said.value),
        "unknown": said.why if said.value is UNKNOWN else None,
        "doubtful": sorted(said.doubtful),
        "confidence": str(said.confidence) if said.known else None,
        "marks": sorted(said.marks),
        "clauses": [clause(one) for one in said.clauses],
    }


def clause(said: Clause) -> dict[str, Any]:
    """Return a clause with its dates, sources and disputes."""
    return {
        "id": said.id,
        "region": said.region,
        "from" if said.start_is_exact else "by": plain(said.start),
        "until" if said.end_is_exact else "seen": plain(said.end),
        "confidence": str(said.confidence),
        "binds": said.binds,
        "note": said.note,
        "sources": [source(one) for one in said.sources],
        "disputes": [
            {
                "values": plain(dissent.values),
                "note": dissent.note,
                "sources": [source(one) for one in dissent.sources],
            }
            for dissent in said.dissents
        ],
    }


def source(cited: Source) -> dict[str, Any]:
    """Return a document as a rule file cites it."""
    return {
        "title": cited.title,
        "issuer": cited.issuer,
        "number": cited.number,
        "published": plain(cited.published) or cited.published_note,
        "url": cited.url,
        "grade": cited.grade,
    }


def plain(value: Any) -> Any:
    """Return a value of a rule as JSON: sets sorted, days as text, fen under their own name."""
    match value:
        case AtLeast():
            return {"at_least": value.count}
        case frozenset():
            return sorted(value)
        case tuple():
            return [plain(item) for item in value]
        case Mapping():
            return {str(name): plain(item) for name, item in value.items()}
        case date():
            return value.isoformat()
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return value

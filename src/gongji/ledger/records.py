"""Records, and the one line of JSON that each of them is.

A line is UTF-8 without blanks between tokens; the header's keys are format, ledger, prev, hash; a
record's are seq, do, on, key (if it has one), what the act recorded, postings, prev, hash. `hash`
is the SHA-256 of the line's bytes before `,"hash":`, so that checking needs no serialising.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongji.ledger.errors import NewerLedger
from gongji.ledger.shapes import Fault, check_shape
from gongji.words.days import BadDay, parse_day
from gongji.words.money import BadMoney, format_yuan, parse_yuan

FORMAT: Final = 1
LINE_LIMIT: Final = 1 << 20
"""Bytes of the longest line: a longer one is never written, and refused where it is read."""

_SEAL: Final = re.compile(rb',"hash":"([0-9a-f]{64})"}\n')
SEAL_LENGTH: Final = len(b',"hash":""}\n') + 64
_FORMAT: Final = re.compile(r"gongji\.ledger/([1-9][0-9]{0,8})")
_LEDGER: Final = re.compile(r"[0-9a-f]{32}")
_ACT: Final = re.compile(r"[a-z]+(?:-[a-z]+){0,3}")
_OWN: Final = frozenset({"seq", "do", "on", "key", "postings", "prev", "hash"})


@dataclass(frozen=True, slots=True)
class Posting:
    """`fen` put into an account; negative where they are taken out."""

    account: str
    fen: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What an act wants recorded.

    `fields` is plain JSON; `volatile` names the fields (or on, postings) that a repetition under
    the same `key` may state differently.
    """

    do: str
    on: date
    fields: Mapping[str, Any]
    postings: tuple[Posting, ...] = ()
    key: str | None = None
    volatile: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the journal, as it stands there. `seq` counts from 1."""

    seq: int
    do: str
    on: date
    fields: dict[str, Any]
    postings: tuple[Posting, ...]
    key: str | None
    prev: str
    hash: str


def chain_hash(body: bytes) -> str:
    """Return the SHA-256 of a line's bytes before `,"hash":`, in hex."""
    return hashlib.sha256(body).hexdigest()


def stated_hash(line: bytes) -> str | None:
    """Return the hash that the line states at its end, right or wrong; None if it states none."""
    seal = _SEAL.fullmatch(line[-SEAL_LENGTH:])
    return seal[1].decode() if seal else None


def stated_seq(line: bytes) -> int | None:
    """Return the number that the line states, right or wrong; None if it states none."""
    try:
        return _number(_object(line[:-SEAL_LENGTH] + b"}"))
    except Fault:
        return None


def stated_act(line: bytes) -> tuple[str, date] | None:
    """Return what the line says was done and on which day, right or wrong; None if not both."""
    try:
        said = _object(line[:-SEAL_LENGTH] + b"}")
        do, day = _text(said, "do"), _day(said)
    except Fault:
        return None
    return (do, day) if _ACT.fullmatch(do) else None


def negated(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """Return the postings that take these back."""
    return tuple(Posting(posting.account, -posting.fen) for posting in postings)


def netted(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """Return the postings that move as much, one an account, in the order of the accounts."""
    total: Counter[str] = Counter()
    for posting in postings:
        total[posting.account] += posting.fen
    return tuple(Posting(account, fen) for account, fen in total.items() if fen)


def diverted_in(fields: Mapping[str, Any]) -> tuple[Posting, ...]:
    """Return what a reversal states that it posts beside the negation, () if it states none."""
    return _postings_in(fields, "diverted") if "diverted" in fields else ()


def postings_out(postings: Iterable[Posting]) -> list[dict[str, str]]:
    """Return the postings as a record writes them."""
    return [_posting_out(posting) for posting in postings]


def plain(value: object) -> Any:
    """Return the value as JSON would give it back. ValueError or TypeError if it is not plain."""
    return json.loads(_dump(value))


def content(record: Draft | Record) -> dict[str, Any]:
    """Return what a record says, as plain JSON: do, on, its fields, postings."""
    written: dict[str, Any] = plain(
        {"do": record.do, "on": record.on.isoformat(), **record.fields}
        | {"postings": postings_out(record.postings)}
    )
    return written


def encode_header(ledger: str) -> bytes:
    """Return the first line of the ledger whose id is the 32 hex digits `ledger`."""
    return _seal({"format": f"gongji.ledger/{FORMAT}", "ledger": ledger, "prev": ""})


def encode_record(draft: Draft, seq: int, prev: str) -> bytes:
    """Return the line of the draft as record `seq` after a line of hash `prev`.

    Raises Fault. What it returns is readable if `decode_record` says so.
    """
    if taken := _OWN & draft.fields.keys():
        raise Fault(min(taken), "malformed")
    key = {} if draft.key is None else {"key": draft.key}
    said = {"seq": seq, "do": draft.do, "on": draft.on.isoformat(), **key, **draft.fields}
    try:
        return _seal({**said, "postings": postings_out(draft.postings), "prev": prev})
    except (TypeError, ValueError, RecursionError):
        raise Fault("fields", "malformed") from None


def decode_header(line: bytes) -> str:
    """Return the ledger's id. Raises Fault, or NewerLedger."""
    try:
        header = _object(line[:-SEAL_LENGTH] + b"}" if stated_hash(line) else line)
    except Fault:
        raise Fault("format", "not-a-ledger") from None
    form = _FORMAT.fullmatch(str(header.get("format")))
    if form is None:
        raise Fault("format", "not-a-ledger")
    if int(form[1]) > FORMAT:
        raise NewerLedger(form[0])
    _unseal(line)
    ledger = header.get("ledger")
    if not isinstance(ledger, str) or not _LEDGER.fullmatch(ledger):
        raise Fault("ledger", "malformed")
    return ledger


def decode_record(line: bytes, seq: int, prev: str | None) -> Record:
    """Return the record of a line that must be number `seq` after a line of hash `prev`.

    None as `prev` accepts any. Raises Fault with the first field that is at fault.
    """
    body, stated = _unseal(line)
    said = _object(body + b"}")
    if _number(said) != seq:
        raise Fault("seq", "seq-gap")
    if prev is not None and said.get("prev") != prev:
        raise Fault("prev", "prev-mismatch")
    do, key = _text(said, "do"), _text(said, "key") if "key" in said else None
    fields = {name: value for name, value in said.items() if name not in _OWN}
    check_shape(do, fields)
    diverted_in(fields)
    day, postings = _day(said), _postings_in(said, "postings")
    return Record(seq, do, day, fields, postings, key, _text(said, "prev"), stated)


def is_torn(line: bytes) -> bool:
    """Return whether a last line that is no record was never wholly written.

    It lacks its newline, has blocks that the disk never got (runs of NUL), or nothing of it is a
    record's. One wrong byte in a line that was whole does not make it torn: that is damage.
    """
    if len(line) > LINE_LIMIT:
        return False
    if not line.endswith(b"\n"):
        # Another character where the newline was; a NUL there is a block that the disk never got.
        return line.endswith(b"\0") or stated_hash(line[:-1] + b"\n") is None
    if b"\0\0" in line:
        return True
    try:
        _object(line[:-SEAL_LENGTH] + b"}")
    except Fault:
        return stated_hash(line) is None
    return False


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _seal(said: Mapping[str, object]) -> bytes:
    body = _dump(said).encode()[:-1]
    return b'%b,"hash":"%b"}\n' % (body, chain_hash(body).encode())


def _unseal(line: bytes) -> tuple[bytes, str]:
    if len(line) > LINE_LIMIT:
        raise Fault("line", "too-long")
    stated = stated_hash(line)
    if stated is None:
        raise Fault("hash", "not-sealed")
    body = line[:-SEAL_LENGTH]
    if chain_hash(body) != stated:
        raise Fault("hash", "hash-mismatch")
    return body, stated


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text.decode())
        if b"\\u" in text:  # an escape may hide half a character, which nothing could store
            _dump(found).encode()
    except (ValueError, RecursionError):
        raise Fault("line", "not-json") from None
    if not isinstance(found, dict):
        raise Fault("line", "not-json")
    return found


def _number(said: Mapping[str, Any]) -> int | None:
    seq = said.get("seq")
    return seq if type(seq) is int else None


def _text(said: Mapping[str, Any], field: str) -> str:
    value = said.get(field)
    if not isinstance(value, str) or (not value and field != "prev"):
        raise Fault(field, "malformed" if field in said else "missing")
    return value


def _day(said: Mapping[str, Any]) -> date:
    try:
        return parse_day(_text(said, "on"))
    except BadDay:
        raise Fault("on", "malformed") from None


def _posting_out(posting: Posting) -> dict[str, str]:
    return {"account": posting.account, "amount": format_yuan(posting.fen)}


def _postings_in(said: Mapping[str, Any], field: str) -> tuple[Posting, ...]:
    listed = said.get(field)
    if not isinstance(listed, list):
        raise Fault(field, "malformed" if field in said else "missing")
    return tuple(_posting_in(posting, field) for posting in listed)


def _posting_in(said: object, field: str) -> Posting:
    if not isinstance(said, dict) or said.keys() != {"account", "amount"}:
        raise Fault(field, "malformed")
    account, amount = said["account"], said["amount"]
    if not isinstance(account, str) or not account or not isinstance(amount, str):
        raise Fault(field, "malformed")
    return Posting(account, _fen(amount, field))


def _fen(amount: str, field: str) -> int:
    try:
        size = parse_yuan(amount.removeprefix("-"))
    except BadMoney:
        raise Fault(field, "malformed") from None
    fen = -size if amount.startswith("-") else size
    if format_yuan(fen) != amount:
        raise Fault(field, "malformed")
    return fen

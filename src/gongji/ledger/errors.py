"""What can go wrong with a ledger: named errors that build their own sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from gongji.words.money import format_yuan

CAUSES: Final[Mapping[str, str]] = {
    "not-a-ledger": "this is not the header of a ledger",
    "not-sealed": "the line does not end in its own hash",
    "hash-mismatch": "the line does not have the hash that it states",
    "prev-mismatch": "the line does not follow the one before it",
    "seq-gap": "the record does not have the next number",
    "not-json": "the line is not one JSON object",
    "missing": "the field is missing",
    "malformed": "the field does not have its form",
    "too-long": "the line is longer than a record may be",
    "torn": "the last line was not written to its end",
    "index-differs": "the index does not say what the records say",
}
"""Why a line is damaged: the sentence of each cause."""


class LedgerError(Exception):
    """Any error of this room. `code` is its short name, `hint` the next step."""

    code: ClassVar[str]
    hint: ClassVar[str]


class NoLedger(LedgerError):
    """There is no file at `path`."""

    code = "no-ledger"
    hint = "check the path, or add the first person to begin a ledger there"

    def __init__(self, path: str) -> None:
        super().__init__(f"there is no ledger at {path}")
        self.path = path


class UnsuitableLedger(LedgerError):
    """The path is a thing that no ledger can be: `reason` says what."""

    code = "unsuitable-ledger"
    hint = "give the path of a regular file"

    def __init__(self, reason: str) -> None:
        super().__init__(f"this cannot be a ledger: {reason}")
        self.reason = reason


class UnwritableLedger(LedgerError):
    """The ledger, or its folder, cannot be written: `reason` is the system's."""

    code = "unwritable-ledger"
    hint = "check the permissions of the file and of its folder, and the space on the disk"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the ledger cannot be written: {reason}")
        self.reason = reason


class NewerLedger(LedgerError):
    """The header states a newer `format` than this program knows."""

    code = "newer-ledger"
    hint = "use the version of the program that wrote it, or a later one"

    def __init__(self, format: str) -> None:
        super().__init__(f"the ledger has the newer format {format}")
        self.format = format


class DamagedLedger(LedgerError):
    """A line that is not as it was written; what stands before it is good.

    `line` counts from 1, the header; `offset` is the line's first byte; `cause` a key of CAUSES.
    """

    code = "damaged-ledger"
    hint = "restore the file from a copy; what stands before the damage can still be read"

    def __init__(self, line: int, offset: int, field: str, cause: str) -> None:
        super().__init__(f"line {line} (byte {offset}), {field}: {CAUSES[cause]}")
        self.line = line
        self.offset = offset
        self.field = field
        self.cause = cause


class LedgerBusy(LedgerError):
    """Another process has held the lock for all the `seconds` that were waited."""

    code = "ledger-busy"
    hint = "try again when the other command has ended"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"another process has been writing the ledger for {seconds} seconds")
        self.seconds = seconds


class ChangedUnderneath(LedgerError):
    """The file does not end where the record `seq`, the last one known, ended."""

    code = "changed-underneath"
    hint = "something else wrote or replaced the file; verify the ledger, then try again"

    def __init__(self, seq: int) -> None:
        super().__init__(f"the ledger no longer ends in record {seq}")
        self.seq = seq


class AppendFailed(LedgerError):
    """The record was not written. `undone` tells that the file is as long as before."""

    code = "append-failed"
    hint = "see to the disk (space, quota, limit of file size), then try again"

    def __init__(self, reason: str, undone: bool) -> None:
        rest = "" if undone else "; what was written of it could not be taken back"
        super().__init__(f"the record could not be written: {reason}{rest}")
        self.reason = reason
        self.undone = undone


class UnfitDraft(LedgerError):
    """A draft that cannot become a record: `field` is at fault; `cause` is a key of CAUSES."""

    code = "unfit-draft"
    hint = "this is a fault of the program, please report it"
    field: str

    def __init__(self, field: str, cause: str) -> None:
        super().__init__(f"{field}: {CAUSES[cause]}")
        self.field = field
        self.cause = cause


class KeyConflict(LedgerError):
    """`key` was used before with other content; `field` is the first that differs."""

    code = "key-conflict"
    hint = "use a new key for a new command"

    def __init__(self, key: str, field: str) -> None:
        super().__init__(f"the key {key!r} was used before with another {field}")
        self.key = key
        self.field = field


class BrokenLaw(LedgerError):
    """A record that would break a law of the books; `field` is the one at fault."""

    field: ClassVar[str]


class Unbalanced(BrokenLaw):
    """The postings sum to `fen` instead of zero."""

    code = "unbalanced"
    hint = "this is a fault of the program, please report it"
    field = "postings"

    def __init__(self, fen: int) -> None:
        super().__init__(f"the postings sum to {format_yuan(fen)} yuan, not to zero")
        self.fen = fen


class Overdrawn(BrokenLaw):
    """The person's `account` would stand at `fen`, below zero; the sentence does not name it."""

    code = "overdrawn"
    hint = "look at the balance, and take a smaller amount"
    field = "postings"

    def __init__(self, account: str, fen: int) -> None:
        super().__init__(f"a person's account would stand at {format_yuan(fen)} yuan")
        self.account = account
        self.fen = fen


class NoSuchRecord(BrokenLaw):
    """There is no record `seq` to reverse."""

    code = "no-such-record"
    hint = "look for the record's number in the history"
    field = "record"

    def __init__(self, seq: int) -> None:
        super().__init__(f"there is no record {seq}")
        self.seq = seq


class AlreadyReversed(BrokenLaw):
    """The record `seq` was reversed before, by record `by`."""

    code = "already-reversed"
    hint = "nothing is left to do"
    field = "record"

    def __init__(self, seq: int, by: int) -> None:
        super().__init__(f"record {seq} was reversed by record {by}")
        self.seq = seq
        self.by = by


class NotANegation(BrokenLaw):
    """The reversal's postings are not those of record `seq` with the opposite sign."""

    code = "not-a-negation"
    hint = "this is a fault of the program, please report it"
    field = "postings"

    def __init__(self, seq: int) -> None:
        super().__init__(f"the postings do not take back those of record {seq}")
        self.seq = seq


class NotReversible(BrokenLaw):
    """Record `seq` is itself a reversal: what it took back can be done again, not restored."""

    code = "not-reversible"
    hint = "do again what the reversed record did"
    field = "record"

    def __init__(self, seq: int) -> None:
        super().__init__(f"record {seq} is itself a reversal")
        self.seq = seq

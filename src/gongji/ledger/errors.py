"""What can go wrong with a ledger: named errors that build their own sentence."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import ClassVar, Final

from gongji.words.money import format_yuan


def N_(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return sentence


CAUSES: Final[Mapping[str, str]] = {
    "not-a-ledger": N_("this is not the header of a ledger"),
    "not-sealed": N_("the line does not end in its own hash"),
    "hash-mismatch": N_("the line does not have the hash that it states"),
    "prev-mismatch": N_("the line does not follow the one before it"),
    "seq-gap": N_("the record does not have the next number"),
    "not-json": N_("the line is not one JSON object"),
    "missing": N_("the field is missing"),
    "malformed": N_("the field does not have its form"),
    "too-long": N_("the line is longer than a record may be"),
    "torn": N_("the last line was not written to its end"),
    "index-differs": N_("the index does not say what the records say"),
}
"""Why a line is damaged: the sentence of each cause."""

REASONS: Final = (
    N_("it is a symbolic link"),
    N_("it is not a regular file"),
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Operation not supported"),
    N_("Function not implemented"),
    N_("No locks available"),
    N_("Too many levels of symbolic links"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("Read-only file system"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("File too large"),
    N_("Input/output error"),
)
"""The usual reasons of the system's, and those for which a path can be no ledger."""

DISK_ERRNOS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What the system says where the disk is full or fails, and not the path is at fault."""

FIRST_RECORD_LINE: Final = 2
NOTHING_READABLE: Final = N_(
    "no record of the file can be read: see whether `--ledger` names the right file;"
    " if it does, restore it from a copy"
)
"""The next step where the damage stands before the end of the first record."""

NOT_UNDONE: Final = N_(
    "the record could not be written: {reason}; what was written of it could not be taken back"
)
"""The sentence of an AppendFailed that left something behind."""


class LedgerError(Exception):
    """Any error of this room: `code` is its short name, `hint` the next step.

    `sentence` is its template in English, which `values` fill.
    """

    code: ClassVar[str]
    sentence: str
    hint: str

    def __init__(self, **values: object) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(self.sentence.format_map(self.values))


class NoLedger(LedgerError):
    """There is no file at `path`."""

    code = "no-ledger"
    sentence = N_("there is no ledger at {path}")
    hint = N_("check the path, or add the first person to begin a ledger there")

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self.path = path


class UnsuitableLedger(LedgerError):
    """The path is a thing that no ledger can be: `reason` says what."""

    code = "unsuitable-ledger"
    sentence = N_("this cannot be a ledger: {reason}")
    hint = N_("give the path of a regular file")

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class UnwritableLedger(LedgerError):
    """The ledger, or its folder, may not be written: `reason` is the system's."""

    code = "unwritable-ledger"
    sentence = N_("the ledger cannot be written: {reason}")
    hint = N_("check the permissions of the file and of its folder")

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class DiskFailed(UnwritableLedger):
    """The disk of the ledger is full, or fails: `reason` is the system's."""

    code = "disk-failed"
    hint = N_("see to the disk (space, quota, limit of file size), then try again")


def unwritable(error: OSError) -> UnwritableLedger:
    """Return why the ledger could not be written, by what the system said."""
    kind = DiskFailed if error.errno in DISK_ERRNOS else UnwritableLedger
    return kind(error.strerror or str(error))


class NewerLedger(LedgerError):
    """The header states a newer `format` than this program knows."""

    code = "newer-ledger"
    sentence = N_("the ledger has the newer format {format}")
    hint = N_("use the version of the program that wrote it, or a later one")

    def __init__(self, format: str) -> None:
        super().__init__(format=format)
        self.format = format


class DamagedLedger(LedgerError):
    """A line that is not as it was written; what stands before it is good.

    `line` counts from 1, the header; `offset` is the line's first byte; `cause` a key of CAUSES.
    """

    code = "damaged-ledger"
    sentence = N_("line {line} (byte {offset}), {field}: {cause}")
    hint = N_(
        "restore the file from a copy, or see what `gongji ledger repair --dry-run` would drop;"
        " what stands before the damage can still be read"
    )

    def __init__(self, line: int, offset: int, field: str, cause: str) -> None:
        if line <= FIRST_RECORD_LINE:
            self.hint = NOTHING_READABLE
        super().__init__(line=line, offset=offset, field=field, cause=CAUSES[cause])
        self.line = line
        self.offset = offset
        self.field = field
        self.cause = cause


class LedgerBusy(LedgerError):
    """Another process has held the lock for all the `seconds` that were waited."""

    code = "ledger-busy"
    sentence = N_("another process has been writing the ledger for {seconds} seconds")
    hint = N_("try again when the other command has ended")

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.seconds = seconds


class ChangedUnderneath(LedgerError):
    """The file does not end where the record `seq`, the last one known, ended."""

    code = "changed-underneath"
    sentence = N_("the ledger no longer ends in record {seq}")
    hint = N_("something else wrote or replaced the file; verify the ledger, then try again")

    def __init__(self, seq: int) -> None:
        super().__init__(seq=seq)
        self.seq = seq


class AppendFailed(LedgerError):
    """The record was not written. `undone` tells that the file is as long as before."""

    code = "append-failed"
    sentence = N_("the record could not be written: {reason}")
    hint = N_("see to the disk (space, quota, limit of file size), then try again")

    def __init__(self, reason: str, undone: bool) -> None:
        if not undone:
            self.sentence = NOT_UNDONE
        super().__init__(reason=reason)
        self.reason = reason
        self.undone = undone


class UnfitDraft(LedgerError):
    """A draft that cannot become a record: `field` is at fault; `cause` is a key of CAUSES."""

    code = "unfit-draft"
    sentence = "{field}: {cause}"
    hint = N_("this is a fault of the program, please report it")
    field: str

    def __init__(self, field: str, cause: str) -> None:
        super().__init__(field=field, cause=CAUSES[cause])
        self.field = field
        self.cause = cause


class RecordTooLong(LedgerError):
    """A draft would become a line longer than `limit` bytes."""

    code = "record-too-long"
    sentence = N_("the record would be longer than {limit} bytes")
    hint = N_("say less in one command: fewer or shorter words")

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit)
        self.limit = limit


class KeyConflict(LedgerError):
    """`key` was used before with other content; `field` is the first that differs."""

    code = "key-conflict"
    sentence = N_("the key `{key}` was used before with another `{field}`")
    hint = N_("use a new key for a new command")

    def __init__(self, key: str, field: str) -> None:
        super().__init__(key=key, field=field)
        self.key = key
        self.field = field


class BrokenLaw(LedgerError):
    """A record that would break a law of the books; `field` is the one at fault."""

    field: ClassVar[str]


class Unbalanced(BrokenLaw):
    """The postings sum to `fen` instead of zero."""

    code = "unbalanced"
    sentence = N_("the postings sum to {yuan} yuan, not to zero")
    hint = N_("this is a fault of the program, please report it")
    field = "postings"

    def __init__(self, fen: int) -> None:
        super().__init__(yuan=format_yuan(fen))
        self.fen = fen


class Overdrawn(BrokenLaw):
    """The person's `account` would stand at `fen`, below zero; the sentence does not name it."""

    code = "overdrawn"
    sentence = N_("a person's account would stand at {yuan} yuan")
    hint = N_("look at the balance, and take a smaller amount")
    field = "postings"

    def __init__(self, account: str, fen: int) -> None:
        super().__init__(yuan=format_yuan(fen))
        self.account = account
        self.fen = fen


class Overfull(BrokenLaw):
    """The `account` would stand at `fen`, further from zero than any amount is."""

    code = "overfull"
    sentence = N_("an account would stand at {yuan} yuan, beyond all amounts")
    hint = N_("take a smaller amount")
    field = "postings"

    def __init__(self, account: str, fen: int) -> None:
        super().__init__(yuan=format_yuan(fen))
        self.account = account
        self.fen = fen


class NoSuchRecord(BrokenLaw):
    """There is no record `seq` to reverse."""

    code = "no-such-record"
    sentence = N_("there is no record {seq}")
    hint = N_("look for the record's number in the history")
    field = "record"

    def __init__(self, seq: int) -> None:
        super().__init__(seq=seq)
        self.seq = seq


class AlreadyReversed(BrokenLaw):
    """The record `seq` was reversed before, by record `by`."""

    code = "already-reversed"
    sentence = N_("record {seq} was reversed by record {by}")
    hint = N_("nothing is left to do")
    field = "record"

    def __init__(self, seq: int, by: int) -> None:
        super().__init__(seq=seq, by=by)
        self.seq = seq
        self.by = by


class NotANegation(BrokenLaw):
    """The reversal's postings are not those of record `seq` with the opposite sign."""

    code = "not-a-negation"
    sentence = N_("the postings do not take back those of record {seq}")
    hint = N_("this is a fault of the program, please report it")
    field = "postings"

    def __init__(self, seq: int) -> None:
        super().__init__(seq=seq)
        self.seq = seq


class NotReversible(BrokenLaw):
    """Record `seq` is itself a reversal: what it took back can be done again, not restored."""

    code = "not-reversible"
    sentence = N_("record {seq} is itself a reversal")
    hint = N_("do again what the reversed record did")
    field = "record"

    def __init__(self, seq: int) -> None:
        super().__init__(seq=seq)
        self.seq = seq

"""How the program ends: one number each, from which README, help and docs are made."""

from __future__ import annotations

from enum import IntEnum


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue."""
    return sentence


class ExitCode(IntEnum):
    """The exit codes. They do not change with the language or the form of the output."""

    YES = 0
    FAULT = 1
    USAGE = 2
    NO = 3
    UNKNOWN = 4
    BAD_DATA = 5
    CONFLICT = 6
    DAMAGED = 7
    INTERRUPTED = 130
    CLOSED_PIPE = 141

    @property
    def meaning(self) -> str:
        """What the number means, in English; the catalogue has the Chinese."""
        return MEANINGS[self]


MEANINGS = {
    ExitCode.YES: _("yes, or done"),
    ExitCode.FAULT: _("an unexpected fault, of the program or of the disk"),
    ExitCode.USAGE: _("the command was not used as it must be"),
    ExitCode.NO: _("no: ineligible, or declined"),
    ExitCode.UNKNOWN: _("not known: the rules or the facts do not say"),
    ExitCode.BAD_DATA: _("bad data: a rule file, or a line of the input"),
    ExitCode.CONFLICT: _("conflict: a key used before, a duplicate, or changed underneath"),
    ExitCode.DAMAGED: _("the ledger is damaged"),
    ExitCode.INTERRUPTED: _("interrupted"),
    ExitCode.CLOSED_PIPE: _("the reader closed the pipe"),
}

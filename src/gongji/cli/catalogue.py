"""The error catalogue: what every code means, gathered from where the errors are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gongji.cli.errors import AROUND, LEDGER_EXITS, MISFITS, NAMES
from gongji.cli.exit import ExitCode
from gongji.cli.usage import NEXT_STEPS, USAGE
from gongji.ledger.errors import LedgerError
from gongji.policy.problems import SENTENCES
from gongji.render.error_entry import Entry, Kind, Said
from gongji.render.ledger_text import OTHERWISE
from gongji.render.refusal_text import REFUSALS
from gongji.render.request_text import LINE_ERRORS
from gongji.render.sentences import REQUEST_ERRORS
from gongji.render.settlement_errors import SETTLEMENT_ERRORS
from gongji.render.wording import OF_NO_NEAR_WORD

_AS_OPTION: Final = (ExitCode.USAGE,)
_IN_A_LINE: Final = (ExitCode.BAD_DATA,)
_NO: Final = (ExitCode.NO,)
_NOT_KNOWN: Final = (ExitCode.UNKNOWN,)
_EITHER: Final = (ExitCode.USAGE, ExitCode.BAD_DATA)

REQUEST_EXITS: Final[Mapping[str, tuple[ExitCode, ...]]] = {
    **dict.fromkeys((code for code in LINE_ERRORS if code.startswith("line.")), _IN_A_LINE),
    **dict.fromkeys(("request.not-an-object", "request.key-unknown"), _IN_A_LINE),
    **dict.fromkeys(("request.key-near", "command.unknown", "command.key-unknown"), _IN_A_LINE),
    "line.key-twice": _EITHER,
    "request.known-from-ledger": _AS_OPTION,
}
"""How a request that cannot be read ends; one that is not here is an option or stands in a line."""

REFUSAL_EXITS: Final[Mapping[str, tuple[ExitCode, ...]]] = {
    **dict.fromkeys(("pay.nothing-drawn", "credit.nothing", "credit.no-account"), _NO),
    **dict.fromkeys(("credit.not-said", "credit.average-pension"), _NOT_KNOWN),
    **dict.fromkeys(("credit.by-age", "pay.price-by-group", "pay.price-by-tier"), _NOT_KNOWN),
}
"""How a refusal ends; one that is not here says no or not known."""

FAULTS: Final = frozenset(
    {
        "fault.unexpected",
        "ledger.unfit-draft",
        "ledger.unbalanced",
        "ledger.no-such-record",
        "ledger.already-reversed",
        "ledger.not-a-negation",
        "ledger.not-reversible",
    }
)
"""What the program finds of itself: commands see to it before they write."""


def catalogue() -> dict[str, Entry]:
    """Return every entry by its code, in the order of the codes."""
    return {entry.code: entry for entry in sorted(entries(), key=lambda entry: entry.code)}


def entries() -> Iterator[Entry]:
    """Yield an entry for every code of every table."""
    for code, (end, cause, hint) in {**MISFITS, **AROUND}.items():
        yield _entry(code, (end,), (cause, hint))
    for reason, told in NAMES.items():
        yield _entry(f"name.{reason}", _EITHER, told)
    for code, said in USAGE.items():
        others = ((said[0], step) for step in NEXT_STEPS.get(code, ()))
        yield _entry(code, _AS_OPTION, said, *others)
    for code, problem in SENTENCES.items():
        yield _entry(code, _IN_A_LINE, problem)
    for code, sentence in REFUSALS.items():
        verdicts = REFUSAL_EXITS.get(code, (ExitCode.NO, ExitCode.UNKNOWN))
        yield _entry(code, verdicts, (sentence, None), kind=Kind.REFUSAL)
    yield from _of_requests()
    yield from _of_the_ledger()


def _entry(code: str, ends: tuple[ExitCode, ...], *says: Said, kind: Kind = Kind.ERROR) -> Entry:
    kind = Kind.FAULT if code in FAULTS else kind
    return Entry(code, kind, {end.value: end.meaning for end in ends}, says)


def _of_requests() -> Iterator[Entry]:
    """Yield what may be wrong with a request, a command, a line or a settlement message."""
    tables: tuple[Mapping[str, Said], ...] = (REQUEST_ERRORS, LINE_ERRORS, SETTLEMENT_ERRORS)
    codes = dict.fromkeys(code for table in tables for code in table)
    forms = {form for others in OF_NO_NEAR_WORD.values() for form in others}
    for code in codes:
        if code in forms:
            continue
        says = [table[code] for table in tables if code in table]
        says += [REQUEST_ERRORS[form] for form in OF_NO_NEAR_WORD.get(code, ())]
        own = _IN_A_LINE if code in SETTLEMENT_ERRORS else _EITHER
        yield _entry(code, REQUEST_EXITS.get(code, own), *says)


def _of_the_ledger() -> Iterator[Entry]:
    for kind in _kinds(LedgerError):
        if "code" in vars(kind):
            ends = LEDGER_EXITS.get(kind.code, ExitCode.CONFLICT)
            says = ((kind.sentence, kind.hint), *OTHERWISE.get(kind.code, ()))
            yield _entry(f"ledger.{kind.code}", (ends,), *says)


def _kinds(kind: type[LedgerError]) -> Iterator[type[LedgerError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)

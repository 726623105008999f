"""From every error to its exit code and its words: place, cause, next step."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from gongji.cli.exit import ExitCode
from gongji.render import as_json as shapes
from gongji.render import stream
from gongji.render.language import N_, _, speaking
from gongji.words.text import clean

if TYPE_CHECKING:
    from gongji.engine.request import BadRequest
    from gongji.ledger.errors import LedgerError
    from gongji.settlement.errors import BadSettlement

Table = Mapping[str, tuple[ExitCode, str, str | None]]
"""Exit code, cause and next step, by code."""

MISFITS: Final[Table] = {
    "person.exists": (
        ExitCode.CONFLICT,
        N_("`{name}` is in the household already"),
        N_("change it with `gongji person set`, or choose another name"),
    ),
    "person.was-there": (
        ExitCode.CONFLICT,
        N_("`{name}` is the name of somebody who was in the household before"),
        N_("choose another name: what was paid and bound stands under the old one"),
    ),
    "person.owed": (
        ExitCode.CONFLICT,
        N_("money of `{name}` is set aside or waits to be accepted"),
        N_("see `gongji person show {name}`; take it back, or wait for `gongji settle`"),
    ),
    "person.unknown": (
        ExitCode.USAGE,
        N_("nobody in the household is called `{name}`"),
        N_("see `gongji person list`, or add the person with `gongji person add`"),
    ),
    "person.bound": (
        ExitCode.CONFLICT,
        N_("`{name}` is still bound to somebody"),
        N_("end the bindings with `gongji unbind` first"),
    ),
    "person.no-account": (
        ExitCode.USAGE,
        N_("`{name}` has no personal account: only employee insurance has one"),
        N_("leave the balances out, or say `--insurance employee`"),
    ),
    "person.no-change": (
        ExitCode.USAGE,
        N_("nothing is named that would change of `{name}`"),
        N_("see the options in `gongji person set --help`"),
    ),
    "person.born-later": (
        ExitCode.USAGE,
        N_("`{name}` cannot be born on {born}: that is after {on}"),
        N_("see to `--born`, or name a later day with `--on`"),
    ),
    "bind.self": (
        ExitCode.USAGE,
        N_("nobody is bound to themselves"),
        N_("name two people; one's own account pays one's own bills first anyway"),
    ),
    "bind.exists": (
        ExitCode.CONFLICT,
        N_("`{holder}` has bound `{beneficiary}` already"),
        N_("end it with `gongji unbind` before binding anew"),
    ),
    "bind.over": (
        ExitCode.CONFLICT,
        N_(
            "the binding of `{holder}` and `{beneficiary}` was over after {until}, but is not ended"
        ),
        N_("end it with `gongji settle` (money set aside then goes back), and bind anew"),
    ),
    "bind.ends-before": (
        ExitCode.USAGE,
        N_("the last day, {until}, is before the day of the binding, {on}"),
        N_("name a later day with `--until`"),
    ),
    "binding.none": (
        ExitCode.CONFLICT,
        N_("`{holder}` has not bound `{beneficiary}` on that day"),
        N_("see `gongji person show`, or bind with `gongji bind`"),
    ),
    "pay.no-binding": (
        ExitCode.NO,
        N_("nobody has bound `{name}` on that day"),
        N_("bind with `gongji bind HOLDER {name} --relation …` first"),
    ),
    "pay.not-bound": (
        ExitCode.NO,
        N_("`{holder}` has not bound `{beneficiary}` on that day"),
        N_("see `gongji person show {beneficiary}`, or bind with `gongji bind`"),
    ),
    "pay.choose": (
        ExitCode.USAGE,
        N_("there the payer chooses whose account pays: {holders}"),
        N_("choose with `--from`, repeated in the order of paying"),
    ),
    "pay.price-other": (
        ExitCode.NO,
        N_("the premium of {year} is {price} yuan"),
        N_("leave the amount out; who pays less says so with `gongji person set NAME --group …`"),
    ),
    "pay.price-unknown": (
        ExitCode.UNKNOWN,
        N_("the rules do not say what the premium costs"),
        N_("name the amount: `gongji pay-for NAME AMOUNT --purpose …`"),
    ),
    "credit.accrued": (
        ExitCode.CONFLICT,
        N_("`{name}` has what the rules accrue for {month} already, by record {record}"),
        N_("take it back with `gongji reverse {record}` first, or name an amount to be added"),
    ),
    "credit.base-missing": (
        ExitCode.USAGE,
        N_("the base of contribution is missing"),
        N_("name it with `--base`, in yuan a month"),
    ),
    "amount.missing": (
        ExitCode.USAGE,
        N_("the amount is missing"),
        N_("name it in yuan, such as 120.50"),
    ),
    "amount.zero": (ExitCode.USAGE, N_("the amount is zero"), N_("name an amount above zero")),
    "transfer.no-family": (
        ExitCode.CONFLICT,
        N_("`{name}` has no family pool on that day"),
        N_("make one by binding: `gongji bind … --mechanism family_pool`"),
    ),
    "transfer.no-relation": (
        ExitCode.USAGE,
        N_("what `{beneficiary}` is to `{holder}` is not known"),
        N_("say it with `--relation`, or bind the two first"),
    ),
    "accept.nothing": (
        ExitCode.CONFLICT,
        N_("record {record} is no transfer that waits to be accepted"),
        N_("see `gongji history`"),
    ),
    "accept.too-late": (
        ExitCode.CONFLICT,
        N_("record {record} could be accepted until before {day}"),
        N_("let `gongji settle` return it, and transfer anew"),
    ),
    "quota.none": (
        ExitCode.CONFLICT,
        N_("`{holder}` has no quota for `{beneficiary}` on that day"),
        N_(
            "make one with"
            " `gongji bind {holder} {beneficiary} --relation … --mechanism wallet_quota`"
        ),
    ),
    "quota.other-mechanism": (
        ExitCode.CONFLICT,
        N_("`{holder}` has bound `{beneficiary}` by another mechanism"),
        N_("bind with `--mechanism wallet_quota` to set a quota aside"),
    ),
    "release.too-much": (
        ExitCode.CONFLICT,
        N_("no more than the {reserved} yuan that are reserved can be given back"),
        N_("see `gongji balance`"),
    ),
    "release.not-back": (
        ExitCode.NO,
        N_("money in a family pool does not go back to the account there"),
        N_("its members spend it, or `gongji unbind` ends the pool"),
    ),
    "release.not-known": (
        ExitCode.UNKNOWN,
        N_("the rules do not say whether money in a family pool may go back to the account"),
        N_("ask the local insurance office (12393)"),
    ),
    "claim.nothing": (
        ExitCode.CONFLICT,
        N_("record {record} is no premium that waits to be claimed"),
        N_("see `gongji history`"),
    ),
    "record.unknown": (
        ExitCode.USAGE,
        N_("there is no record {record}"),
        N_("see the numbers in `gongji history`"),
    ),
    "receipt.none": (
        ExitCode.USAGE,
        N_("record {record} (`{do}`) has no receipt"),
        N_("a payment, a claim and a transfer have one; see their numbers in `gongji history`"),
    ),
    "record.reversed": (
        ExitCode.CONFLICT,
        N_("record {record} was taken back already, by record {by}"),
        None,
    ),
    "record.not-reversible": (
        ExitCode.USAGE,
        N_("record {record} (`{do}`) cannot be taken back"),
        N_(
            "end a binding with `gongji unbind`, change a person with `gongji person set`;"
            " what was moved goes back with `gongji release`, `gongji unbind` or `gongji settle`"
        ),
    ),
    "record.later": (
        ExitCode.USAGE,
        N_("record {record} is of {day}, after the day of the reversal"),
        N_("name a later day with `--on`"),
    ),
    "id.form": (
        ExitCode.USAGE,
        N_("that is not an identity number: it must have 17 digits and a check digit"),
        N_("copy it from the card; it is not repeated here on purpose"),
    ),
    "id.check-digit": (
        ExitCode.USAGE,
        N_("that is not an identity number: its check digit is wrong"),
        N_("one of its digits is mistyped; it is not repeated here on purpose"),
    ),
    "id.birth": (
        ExitCode.USAGE,
        N_("that is not an identity number: its day of birth is impossible"),
        N_("one of its digits is mistyped; it is not repeated here on purpose"),
    ),
    "id.key": (
        ExitCode.CONFLICT,
        N_("`{path}`, the key of the digests of identity numbers, cannot be used: {cause}"),
        N_(
            "put it back from a copy; or move it away, and numbers recorded before are no longer"
            " recognised"
        ),
    ),
    "batch.options": (
        ExitCode.USAGE,
        N_("`--batch` takes its facts from the lines, so `{option}` has no place beside it"),
        N_("leave it out, or ask one question without `--batch`"),
    ),
    "input.unreadable": (
        ExitCode.USAGE,
        N_("`{path}` cannot be read: {cause}"),
        N_("check the path and its permissions"),
    ),
    "settlement.amount-given": (
        ExitCode.USAGE,
        N_("the settlement message says the amount, so `AMOUNT` has no place beside it"),
        N_("leave `AMOUNT` or `--settlement` out"),
    ),
    "settlement.premium": (
        ExitCode.USAGE,
        N_("a premium has no settlement message"),
        N_("leave `--settlement` out, or name the purpose of the bill"),
    ),
    "settlement.taken-back": (
        ExitCode.USAGE,
        N_("the own share of the message is negative: it takes a settlement back"),
        N_("take the payment back with `gongji reverse`"),
    ),
    "output.file": (
        ExitCode.USAGE,
        N_("`{path}` cannot be written: {cause}"),
        N_("check the path and its permissions; leave `-o` out to print instead"),
    ),
    "output.ledger": (
        ExitCode.USAGE,
        N_("`{path}` is the ledger, or a file that belongs to it"),
        N_("name another file after `-o`"),
    ),
    "history.days": (
        ExitCode.USAGE,
        N_("the first day, {since}, is after the last, {until}"),
        N_("write the earlier day after `--from` and the later after `--to`"),
    ),
    "error.unknown": (
        ExitCode.USAGE,
        N_("there is no error `{text}`"),
        N_("the nearest are {near}; `gongji error` lists all"),
    ),
    "error.check": (
        ExitCode.USAGE,
        N_("`{text}` is a check or one of its answers, not an error"),
        N_(
            "`gongji check-eligibility` tells how it comes out and why; what it asks stands in"
            " docs/reference/checks.md"
        ),
    ),
    "head.unexpected": (
        ExitCode.CONFLICT,
        N_("the ledger's head is {found}, not the one expected"),
        N_("somebody has written meanwhile, or the file was replaced; see `gongji ledger verify`"),
    ),
}
"""What does not fit the books or the command: exit code, cause, next step."""

NAMES: Final[Mapping[str, tuple[str, str]]] = {
    reason: (
        cause,
        N_("a short name has 1 to 32 letters, digits, `_`, `-`, `·` or `.`, such as 我 or mum"),
    )
    for reason, cause in {
        "empty": N_("a name is empty"),
        "too-long": N_("a name is too long"),
        "character": N_("a name has a character that it may not have"),
        "start": N_("a name begins with a character that it may not begin with"),
        "reserved": N_(
            "a name is a word of the ledger's own: cash, provider, premium, credit, bank"
        ),
        "identity": N_("a name holds an identity number, of which a ledger keeps none whole"),
    }.items()
}
"""What is wrong with a person's name, and the next step, by reason."""

AROUND: Final[Table] = {
    "language.unknown": (
        ExitCode.USAGE,
        N_("no language `{text}`"),
        N_("write zh or en"),
    ),
    "output.unwritable": (
        ExitCode.FAULT,
        N_("the answer cannot be written: {reason}"),
        N_("see to the place where the answer goes; `gongji history` tells what was recorded"),
    ),
    "fault.unexpected": (
        ExitCode.FAULT,
        N_("unexpected fault {number}"),
        N_("run the command again with `--debug` and report what it prints"),
    ),
}
"""What goes wrong around a command: exit code, cause, next step."""

LEDGER_EXITS: Final[Mapping[str, ExitCode]] = {
    "no-ledger": ExitCode.USAGE,
    "unsuitable-ledger": ExitCode.USAGE,
    "newer-ledger": ExitCode.BAD_DATA,
    "damaged-ledger": ExitCode.DAMAGED,
    "unwritable-ledger": ExitCode.USAGE,
    "disk-failed": ExitCode.FAULT,
    "record-too-long": ExitCode.USAGE,
    "append-failed": ExitCode.FAULT,
    "unfit-draft": ExitCode.FAULT,
    "unbalanced": ExitCode.FAULT,
    "not-a-negation": ExitCode.FAULT,
}
"""Exit codes of the ledger's own errors; all others are conflicts."""

_SENTENCES: Final = ("cause", "reason")
"""The values that are sentences of the catalogue, or of the system's, themselves."""


def report(error: Exception, *, as_json: bool, debug: bool) -> int:
    """Tell what went wrong on standard error and return the exit code."""
    code, told = told_of_error(error, as_json=as_json)
    if debug:
        stream.say("".join(traceback.format_exception(error)))
    for one in told:
        stream.say(_line(one) if as_json else "\n".join(_lines(one)))
    return code


def told_of_error(error: Exception, *, as_json: bool) -> tuple[ExitCode, list[dict[str, Any]]]:
    """Return the exit code of an error, and code, message, hint and place of each thing wrong.

    As JSON in English: it does not change with the language.
    """
    if as_json:
        with speaking("en"):
            return _told(error, as_json)
    return _told(error, as_json)


def _told(error: Exception, as_json: bool) -> tuple[ExitCode, list[dict[str, Any]]]:
    from gongji.acts.outcome import Misfit
    from gongji.cli.session import BadOption
    from gongji.cli.usage import told_of
    from gongji.engine.request import BY_PATH, BadRequest
    from gongji.ledger.errors import DISK_ERRNOS, LedgerError
    from gongji.policy.problems import BadRules
    from gongji.render.language import UnknownLanguage
    from gongji.settlement.errors import BadSettlement
    from gongji.words.names import BadName

    match error:
        case Misfit():
            return _of(MISFITS, error.code, **error.values)
        case BadOption():
            return ExitCode.USAGE, [_option(error.problem, error.option)]
        case BadRequest():
            key = BY_PATH.get(error.key or "")
            return ExitCode.USAGE, [_option(error, key.option if key else error.key)]
        case LedgerError():
            return LEDGER_EXITS.get(error.code, ExitCode.CONFLICT), [_ledger(error)]
        case BadRules():
            return ExitCode.BAD_DATA, [_problem(one, as_json) for one in error.problems]
        case BadSettlement():
            return ExitCode.BAD_DATA, [_settlement(error, as_json)]
        case UnknownLanguage():
            code, (told,) = _of(AROUND, "language.unknown", text=clean(error.text))
            return code, [{**told, "key": error.place}]
        case BadName():
            cause, hint = NAMES[error.reason]
            return ExitCode.USAGE, [_error(f"name.{error.reason}", _(cause), _(hint))]
        case _ if hasattr(error, "format_message"):
            return ExitCode.USAGE, [told_of(error)]
        case OSError() if error.errno in DISK_ERRNOS and error.filename is None:
            # An answer has no file name.
            return _of(AROUND, "output.unwritable", reason=error.strerror or str(error))
        case _:
            return _of(AROUND, "fault.unexpected", number=_number(error))


def _of(table: Table, code: str, **values: str) -> tuple[ExitCode, list[dict[str, Any]]]:
    exit_code, cause, hint = table[code]
    told = {name: _(text) if text and name in _SENTENCES else text for name, text in values.items()}
    said = _(hint).format(**told) if hint else None
    return exit_code, [_error(code, _(cause).format(**told), said)]


def _option(problem: BadRequest, option: str | None) -> dict[str, Any]:
    from gongji.render.request_text import told_of

    return {**told_of(problem, translated=True, name=option), "key": option}


def _ledger(error: LedgerError) -> dict[str, Any]:
    from gongji.render.ledger_text import ledger_error

    message, hint = ledger_error(error)
    return _error(f"ledger.{error.code}", message, hint)


def _settlement(problem: BadSettlement, as_json: bool) -> dict[str, Any]:
    from gongji.render.settlement_errors import told_of

    return told_of(problem, translated=not as_json)


def _problem(problem: Any, as_json: bool) -> dict[str, Any]:
    from gongji.render.problem_text import place_of, told_of

    told = shapes.problem(problem)
    cause, hint = (told["message"], told["hint"]) if as_json else told_of(problem)
    place = {"place": place_of(problem), "key": told["key"]}
    return {"code": problem.code, **place, "message": cause, "hint": hint}


def _number(error: Exception) -> str:
    """Return a number that the same fault of the program always has."""
    from hashlib import sha256

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}:{last.name}:{last.lineno}"
    return sha256(place.encode()).hexdigest()[:8]


def _error(code: str, message: str, hint: str | None) -> dict[str, Any]:
    return {"code": code, "message": message, "hint": hint}


def _line(told: dict[str, Any]) -> str:
    return shapes.line_of({"schema": shapes.ERROR, "ok": False, "error": told})


def _lines(told: dict[str, Any]) -> list[str]:
    from gongji.cli.usage import HELP

    if told["code"] == HELP:
        return [told["message"]]
    lines = [_("error[{code}]: {message}").format(code=told["code"], message=told["message"])]
    if told.get("place"):
        lines.append(f"  --> {told['place']}  {told.get('key') or ''}".rstrip())
    elif told.get("key"):
        lines.append(f"  --> {told['key']}")
    if told.get("hint"):
        lines.append(_("hint: {hint}").format(hint=told["hint"]))
    return lines

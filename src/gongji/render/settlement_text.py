"""What is said of a settlement message, for people: whether it balances, and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.render.language import N_, _
from gongji.render.settlement_errors import told_of
from gongji.render.verdict_text import SYMBOLS
from gongji.render.wording import listed
from gongji.settlement.balance import Balance, Finding
from gongji.settlement.errors import BadSettlement
from gongji.settlement.split import FIELDS, Comparison
from gongji.words.money import format_yuan

DOUBTS: Final[Mapping[str, str]] = {
    "verdict": N_("the rules do not say whether a relative may pay"),
    "own-account": N_("no relative's account pays; what the own account pays was not worked out"),
    "wallet": N_("the own wallet pays a part, and which field counts that is not known"),
}
"""Why the split that the rules give is not wholly known."""


def answer_lines(line: int, found: Balance | BadSettlement) -> list[str]:
    """Return a sentence on the message, and a line for every identity that is not plainly right."""
    if isinstance(found, BadSettlement):
        return _error_lines(line, found)
    told = _("{symbol} line {line} balances ({profile})")
    if not found.balances:
        told = _("{symbol} line {line} does not balance ({profile})")
    symbol = SYMBOLS["pass" if found.balances else "fail"]
    lines = [told.format(symbol=symbol, line=line, profile=found.profile)]
    lines += [f"  {_off_line(finding)}" for finding in found.findings if finding.off_fen]
    unchecked = [_unchecked(finding) for finding in found.findings if finding.off_fen is None]
    if unchecked:
        told = _("{symbol} not checked: {identities}")
        lines.append("  " + told.format(symbol=SYMBOLS["unknown"], identities=listed(unchecked)))
    if not found.balances:
        lines.append(f"  {_instead(found)}")
    return lines


def _instead(found: Balance) -> str:
    if not found.instead:
        return _("it would not balance under another profile either")
    names = listed([str(profile) for profile in found.instead])
    return _("it would balance under {profiles}").format(profiles=names)


def _error_lines(line: int, problem: BadSettlement) -> list[str]:
    told = told_of(problem, translated=True)
    cause = _("{symbol} line {line} cannot be read: {message} ({code})")
    lines = [cause.format(symbol=SYMBOLS["fail"], line=line, **told)]
    return lines + ([f"  {_('hint: {hint}').format(**told)}"] if told["hint"] else [])


def _unchecked(finding: Finding) -> str:
    told = _("{identity} ({fields} is not there)")
    fields = ", ".join(finding.sides.missing)
    return told.format(identity=finding.identity.number, fields=fields)


def _off_line(finding: Finding) -> str:
    identity, sides = finding.identity, finding.sides
    told = _("{symbol} {identity} {says}: {left} against {right}, off by {off}")
    if not identity.binding:
        told = _("{symbol} {identity} {says}: {left} against {right}, off by {off}; only a warning")
    return told.format(
        symbol=SYMBOLS["fail"] if identity.binding else "!",
        identity=identity.number,
        says=sides.says,
        left=_amount(sides.left_fen),
        right=_amount(sides.right_fen),
        off=_amount(finding.off_fen),
    )


def comparison_lines(compared: Comparison) -> list[str]:
    """Return how the message splits the own share beside how the rules do."""
    lines = [_comparison_head(compared)]
    if compared.agrees is not True:
        lines += [f"  {_field_line(compared, field)}" for field in FIELDS]
    if compared.due.doubt:
        lines.append(f"  {_(DOUBTS[compared.due.doubt])}")
    if not compared.balances:
        told = _("the message does not balance ({profile}): see `gongji settlement check`")
        lines.append("  " + told.format(profile=compared.profile))
    return lines


def _comparison_head(compared: Comparison) -> str:
    if compared.agrees:
        return _("{symbol} the message splits it as the rules do").format(symbol=SYMBOLS["pass"])
    if compared.agrees is None:
        told = _("{symbol} whether the message splits it as the rules do is not known")
        return told.format(symbol=SYMBOLS["unknown"])
    return _("{symbol} the message splits it otherwise").format(symbol=SYMBOLS["fail"])


def _field_line(compared: Comparison, field: str) -> str:
    stated, due = getattr(compared.stated, field), getattr(compared.due, field)
    return _("{field}: message {stated}, rules {due}").format(
        field=field, stated=_amount(stated), due=_amount(due)
    )


def _amount(fen: int | None) -> str:
    return _("not known") if fen is None else format_yuan(fen)

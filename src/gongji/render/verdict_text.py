"""A decision as sentences: the verdict, why, under which clauses, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gongji.engine.case import Check, Outcome
from gongji.engine.decision import Decision, Finding, PremiumAnswer, Verdict
from gongji.engine.facts import Request
from gongji.engine.request import BY_PATH
from gongji.policy.pack import Clause
from gongji.policy.resolve import Ruling
from gongji.render.citations import (
    clause_line,
    confidence_text,
    dissent_lines,
    numbered,
    reference,
    source_lines,
)
from gongji.render.language import N_, _
from gongji.render.sentences import ASSUMED
from gongji.render.values import wait_of, yuan
from gongji.render.wording import area_word, beside, hint, listed, sentence, word

SYMBOLS: Final = {"pass": "✓", "fail": "✗", "unknown": "?"}
_VERDICT_SYMBOLS = {Verdict.ELIGIBLE: "✓", Verdict.INELIGIBLE: "✗", Verdict.UNKNOWN: "?"}
_DIGEST_CHARACTERS = len("sha256:") + 12

_HEADS = {
    Verdict.ELIGIBLE: N_("Yes, by {mechanism}"),
    Verdict.INELIGIBLE: N_("No"),
    Verdict.UNKNOWN: N_("Not known"),
}
_ACTS = {
    "use": N_("pay for {purpose}"),
    "bind": N_("bind"),
    "unbind": N_("unbind"),
    "transfer": N_("move money beforehand"),
    "claim": N_("claim back a premium that was paid"),
    "reverse": N_("take back a premium that was paid"),
}


def verdict_lines(decision: Decision, request: Request, *, from_ledger: bool = False) -> list[str]:
    """Return the decision on the request as lines of the current language, none of them cut.

    What the ledger tells of two people cannot be said by an option, so none is offered for it.
    """
    checks = [check for _finding, check in decision.reasons]
    told = list(decision.chosen.checks) if decision.chosen else checks
    premium = decision.premium
    return [
        _head(decision),
        *(f"  {line}" for line in _case(request)),
        *_section(_("because"), _reasons(decision)),
        *_section(_("under"), _clauses(checks)),
        *_section(_("doubts"), _doubts(told)),
        *_section(_("assumed"), [_assumption(fact, from_ledger) for fact in decision.assumed]),
        *_section(_("missing"), [_missing(fact, from_ledger) for fact in decision.missing]),
        *_section(_("other ways"), [_alternative(finding) for finding in decision.alternatives]),
        *_section(_("premium"), [_premium(premium)] if premium else []),
        _foot(decision),
    ]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines)] if lines else []


def _head(decision: Decision) -> str:
    mechanism = word("mechanism", decision.mechanism or "")
    head = _(_HEADS[decision.verdict]).format(mechanism=mechanism)
    if decision.confidence is not None:
        head = _("{said} ({remark})").format(said=head, remark=confidence_text(decision.confidence))
    return f"{_VERDICT_SYMBOLS[decision.verdict]} {head}"


def _case(request: Request) -> list[str]:
    holder, beneficiary = request.holder, request.beneficiary
    pair = _("holder in {area} ({insurance}) → {relation} in {other} ({other_insurance})").format(
        area=area_word(holder.area),
        insurance=word("insurance", holder.insurance),
        relation=word("relation", request.relation),
        other=area_word(beneficiary.area),
        other_insurance=word("insurance", beneficiary.insurance),
    )
    act = _(_ACTS[request.action]).format(purpose=word("purpose", request.purpose or ""))
    amount = [] if request.amount is None else [yuan(request.amount)]
    return [pair, beside([act, *amount, str(request.on)])]


def _reasons(decision: Decision) -> list[str]:
    several = len(decision.candidates) > 1
    lines: dict[str, None] = {}  # a hint that is given already is not repeated
    for finding, check in decision.reasons:
        if _passed_in_silence(check):
            continue
        lines[_reason(finding.mechanism if several else None, check)] = None
        remedy = hint(check)
        if remedy is not None:
            lines["  " + _("hint: {hint}").format(hint=remedy)] = None
    return list(lines)


def _reason(mechanism: str | None, check: Check) -> str:
    label = check_label(check.name)
    if mechanism is not None:
        label = f"{word('mechanism', mechanism)} · {label}"
    said = _("{label}: {sentence}").format(label=label, sentence=sentence(check))
    ids = [clause.id for clause in _cited([check])]
    return f"{SYMBOLS[check.outcome]} {said}" + (f" [{', '.join(ids)}]" if ids else "")


def check_label(name: str) -> str:
    """Return the name of a check in words, with its short name where that is another."""
    label = word("check", name)
    return name if label == name else f"{label} {name}"


def _cited(checks: Iterable[Check]) -> list[Clause]:
    clauses = (clause for check in checks for ruling in check.rulings for clause in ruling.clauses)
    return list({clause.id: clause for clause in clauses}.values())


def _clauses(checks: Iterable[Check]) -> list[str]:
    clauses = _cited(checks)
    numbers = numbered(clauses)
    lines = [f"{clause_line(clause)} {reference(clause, numbers)}".rstrip() for clause in clauses]
    return lines + source_lines(numbers)


def _doubts(checks: Sequence[Check]) -> list[str]:
    rulings = [ruling for check in checks for ruling in check.rulings]
    lines = [line for ruling in rulings for line in _doubts_of(ruling)]
    silent = [check_label(check.name) for check in checks if _passed_in_silence(check)]
    if silent:
        lines.append(_("no clause settles: {checks}").format(checks=listed(silent)))
    return list(dict.fromkeys(lines))


def _doubts_of(ruling: Ruling) -> list[str]:
    ids = ", ".join(clause.id for clause in ruling.clauses)
    said = _("{label}: {sentence}")
    marks = [said.format(label=ids, sentence=word("mark", mark)) for mark in sorted(ruling.marks)]
    voices = [
        said.format(label=clause.id, sentence=line)
        for clause in ruling.clauses
        for line in dissent_lines(clause)
    ]
    return marks + voices


def _passed_in_silence(check: Check) -> bool:
    known = any(ruling.known for ruling in check.rulings)
    return check.outcome is Outcome.PASS and bool(check.rulings) and not known


def _assumption(fact: str, from_ledger: bool) -> str:
    if fact.startswith("check:"):
        label = check_label(fact.removeprefix("check:"))
        return _("{check} was taken as passed (`--assume`)").format(check=label)
    said = _(ASSUMED[fact])
    if from_ledger:
        return said
    return _("{said} (say otherwise: `{option}`)").format(said=said, option=BY_PATH[fact].option)


def _missing(fact: str, from_ledger: bool) -> str:
    key = BY_PATH[fact]
    of_a_person = "." in fact
    option = "gongji person set" if from_ledger and of_a_person else key.option
    return _("{fact}: `{option}`").format(fact=_(key.meaning), option=option)


def _alternative(finding: Finding) -> str:
    verdict = finding.verdict
    said = f"{_VERDICT_SYMBOLS[verdict]} {word('mechanism', finding.mechanism)}"
    amiss = finding.having(Outcome.FAIL, Outcome.UNKNOWN)
    line = _("{label}: {sentence}").format(label=said, sentence=word("verdict", verdict))
    if not amiss:
        return line
    return _("{said} ({remark})").format(
        said=line, remark=listed([check_label(check.name) for check in amiss])
    )


def _premium(premium: PremiumAnswer) -> str:
    price = _("price not known") if premium.fen is None else yuan(premium.fen)
    ways = [word("mode", mode) for mode in (premium.mode, premium.also) if mode is not None]
    mode = _(" or ").join(ways) or _("way of payment not known")
    year = _("year {year}").format(year=premium.year)
    return beside([year, price, mode, *wait_of(premium.wait_months, premium.wait_days)])


def _foot(decision: Decision) -> str:
    return _("rules {digest}, as of {on}; this is a simulation, the office decides (12393)").format(
        digest=decision.rules[:_DIGEST_CHARACTERS], on=decision.on
    )

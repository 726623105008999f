"""`decide`: may this account pay for this relative, by which mechanism, and why?"""

from __future__ import annotations

from dataclasses import replace

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.checks import checks_of
from gongji.engine.decision import RANK, Decision, Finding, PremiumAnswer
from gongji.engine.facts import Request
from gongji.engine.premiums import is_premium, terms
from gongji.policy.pack import BINDS, NATION, Confidence, Pack
from gongji.words.areas import chain, province_of
from gongji.words.mechanisms import MECHANISMS, WALLET_MECHANISMS

MOVING = ("family_pool", "wallet_transfer")
"""The mechanisms by which money is moved beforehand."""


def decide(request: Request, pack: Pack, min_confidence: Confidence = Confidence.LOW) -> Decision:
    """Return the decision on the request under the rules of `request.on`.

    Every check of every candidate is evaluated. A check that rests on a clause weaker than
    `min_confidence` becomes unknown.
    """
    offered = _offered(request, pack)
    candidates = tuple(name for name in offered if _is_candidate(request, name))
    others = tuple(name for name in offered if name not in candidates)
    findings = tuple(_find(request, pack, name, min_confidence) for name in candidates)
    if not findings:
        findings = (_nothing_offered(request, pack),)
    best = min(findings, key=lambda finding: RANK.index(finding.verdict))
    is_yes = best.verdict is RANK[0]
    return Decision(
        on=request.on,
        verdict=best.verdict,
        confidence=best.confidence if is_yes else _confidence(findings, best),
        chosen=best if is_yes else None,
        candidates=findings,
        premium=_premium(request, pack, best.mechanism),
        rules=pack.digest,
        look_aside=lambda: tuple(_find(request, pack, name, min_confidence) for name in others),
    )


def _offered(request: Request, pack: Pack) -> tuple[str, ...]:
    """Return the mechanisms that clauses for the holder's area speak of, or the one asked for."""
    if request.mechanism is not None:
        return (request.mechanism,)
    spoken = [name for name in MECHANISMS.codes if _is_spoken_of(request.holder.area, pack, name)]
    if request.action == "transfer":
        return tuple(name for name in spoken if name in MOVING)
    return tuple(spoken)


def _is_spoken_of(area: str, pack: Pack, mechanism: str) -> bool:
    for layer in pack.layers:
        areas = layer.timelines.get(f"mechanism.{mechanism}", {})
        for code in chain(area):
            for when in areas.get(code, {}):
                if area == NATION or (BINDS, frozenset({NATION})) not in when:
                    return True
    return False


def _is_candidate(request: Request, mechanism: str) -> bool:
    """Wallets are candidates across provinces or when asked for; at home they are alternatives."""
    if mechanism not in WALLET_MECHANISMS or request.mechanism == mechanism:
        return True
    return province_of(request.holder.area) != province_of(request.beneficiary.area)


def _find(request: Request, pack: Pack, mechanism: str, least: Confidence) -> Finding:
    case = Case.of(pack, request, mechanism, request.action)
    checks = (check(case) for check in checks_of(case))
    return Finding(mechanism, tuple(_judged(check, request, least) for check in checks))


def _judged(check: Check, request: Request, least: Confidence) -> Check:
    if check.outcome is not Outcome.UNKNOWN and check.confidence < least:
        values = {**check.values, "confidence": str(check.confidence), "least": str(least)}
        check = replace(check, outcome=Outcome.UNKNOWN, reason="confidence.too-low", values=values)
    if check.outcome is Outcome.UNKNOWN and check.name in request.assume:
        assumed = (*check.assumed, f"check:{check.name}")
        return replace(check, outcome=Outcome.PASS, missing=(), assumed=assumed)
    return check


def _nothing_offered(request: Request, pack: Pack) -> Finding:
    """Return the finding of a place of which no clause says how it is done there."""
    case = Case.of(pack, request, "authorisation", request.action)
    ruling = case.ask("mechanism.authorisation")
    values = {"mechanism": "authorisation", "area": request.holder.area}
    check = Check("mechanism-live", Outcome.UNKNOWN, "mechanism.none-known", values, (ruling,))
    return Finding("authorisation", (check,))


def _confidence(findings: tuple[Finding, ...], best: Finding) -> Confidence | None:
    """A no is as sure as the least sure of its mechanisms; an unknown has no confidence."""
    sure = [finding.confidence for finding in findings if finding.confidence is not None]
    return min(sure) if best.confidence is not None else None


def _premium(request: Request, pack: Pack, mechanism: str) -> PremiumAnswer | None:
    case = Case.of(pack, request, mechanism, request.action)
    if not is_premium(case):
        return None
    asked, phase = terms(case), terms(case).phase_on(request.on)
    said = [case.ask(f"premium_payment.{name}") for name in ("mode", "also")]
    mode, also = (ruling.value if ruling.known else None for ruling in said)
    return PremiumAnswer(
        year=asked.year,
        fen=asked.fen_on(request.on),
        mode=request.mode or mode,
        also=None if request.mode else also,
        wait_months=phase.wait_months if phase else 0,
        wait_days=phase.wait_days if phase else 0,
    )

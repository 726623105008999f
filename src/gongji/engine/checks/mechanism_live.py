"""mechanism-live: is the mechanism in use there and then, at both ends for a wallet?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.policy.resolve import Ruling
from gongji.words.mechanisms import WALLET_MECHANISMS

NAME = "mechanism-live"


def mechanism_live(case: Case) -> Check:
    """A wallet must be live where both are insured; anything else where the holder is."""
    parameter = f"mechanism.{case.mechanism}"
    rulings = [case.ask(parameter)]
    if case.mechanism in WALLET_MECHANISMS:
        rulings.append(case.ask(parameter, of="beneficiary"))
    for ruling in rulings:
        if ruling.value == "not_live":
            return _check(case, Outcome.FAIL, "mechanism.not-live", ruling)
    for ruling in rulings:
        if not ruling.known:
            return _check(case, Outcome.UNKNOWN, f"mechanism.{ruling.why}", ruling)
    return _check(case, Outcome.PASS, "mechanism.live", *rulings)


def _check(case: Case, outcome: Outcome, reason: str, *rulings: Ruling) -> Check:
    values = {"mechanism": case.mechanism, "area": rulings[0].area}
    return Check(NAME, outcome, reason, values, rulings)

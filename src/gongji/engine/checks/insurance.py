"""holder-insurance and beneficiary-insurance: is either side insured in the right scheme?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome

NO_ACCOUNT = "pooled_only"
"""The tier of people who share the pooled fund and have no account, wherever they are."""


def holder_insurance(case: Case) -> Check:
    """Only a scheme (and a tier) with a personal account can pay."""
    holder = case.request.holder
    if case.request.from_wallet:
        # A wallet has no account behind it: whoever may receive may send on.
        return _insured(case, "holder", holder.insurance, role="beneficiary")
    if holder.tier == NO_ACCOUNT:
        return Check("holder-insurance", Outcome.FAIL, "insurance.no-account")
    check = _insured(case, "holder", holder.insurance)
    if check.outcome is not Outcome.PASS:
        return check
    tiers = case.ask("insurance.holder_tier")
    if not tiers.known:
        return check
    rulings = (*check.rulings, tiers)
    if holder.tier is None:
        assumed = ("holder.tier",)
        return Check(check.name, Outcome.PASS, check.reason, check.values, rulings, (), assumed)
    values = {"tier": holder.tier, "tiers": ", ".join(sorted(tiers.value))}
    if holder.tier in tiers.value:
        return Check(check.name, Outcome.PASS, "insurance.tier-right", values, rulings)
    return Check(check.name, Outcome.FAIL, "insurance.tier-wrong", values, (tiers,))


def beneficiary_insurance(case: Case) -> Check:
    """The relative must have a basic insurance that takes part."""
    return _insured(case, "beneficiary", case.request.beneficiary.insurance)


def _insured(case: Case, side: str, insurance: str, role: str | None = None) -> Check:
    name = f"{side}-insurance"
    ruling = case.ask(f"insurance.{role or side}", of=side)
    values = {"insurance": insurance}
    if not ruling.known or insurance in ruling.doubtful:
        return Check(name, Outcome.UNKNOWN, "insurance.not-known", values, (ruling,))
    values["wanted"] = ", ".join(sorted(ruling.value))
    outcome = Outcome.PASS if insurance in ruling.value else Outcome.FAIL
    return Check(name, outcome, f"insurance.{outcome}", values, (ruling,))

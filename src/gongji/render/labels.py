"""What the topics and parameters of the rules are called before people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.render.language import N_, _
from gongji.render.wording import word

TOPICS: Final[Mapping[str, str]] = {
    "mechanism": N_("Mechanisms"),
    "relatives": N_("Relatives"),
    "insurance": N_("Insurance"),
    "status": N_("State of the insurance"),
    "exclusion": N_("Groups that take no part"),
    "scope": N_("How far apart the two may be insured"),
    "provider": N_("Where the bill may arise"),
    "limits": N_("How many may be bound"),
    "roles": N_("Both parts at once"),
    "consent": N_("Consent"),
    "purposes": N_("What may be paid"),
    "funds": N_("Which money may be used"),
    "caps": N_("Caps"),
    "order": N_("Whose money goes first"),
    "premium": N_("Premiums: price and window"),
    "premium_payment": N_("Premiums: way of payment"),
    "reversal": N_("Taking a premium back"),
    "binding": N_("How a binding is made and ends"),
    "transfer": N_("Moving money beforehand"),
    "accrual": N_("What comes in each month"),
    "account_year": N_("The year of the account"),
    "contribution_years": N_("Years of contribution"),
    "channel": N_("Where it is done"),
    "materials": N_("What to bring"),
    "standing": N_("Good to know"),
}
"""The topics in the order in which they are shown."""

PARAMETERS: Final[Mapping[str, str]] = {
    "relatives.include": N_("relatives who count"),
    "insurance.holder": N_("insurance of the holder"),
    "insurance.beneficiary": N_("insurance of the relative"),
    "insurance.holder_tier": N_("tiers with a personal account"),
    "status.holder": N_("good states of the holder"),
    "status.beneficiary": N_("good states of the relative"),
    "exclusion.holder": N_("holders who take no part"),
    "exclusion.beneficiary": N_("relatives who take no part"),
    "scope.reach": N_("reach between the two"),
    "provider.reach": N_("reach of the account"),
    "limits.beneficiaries": N_("relatives a holder may bind"),
    "limits.cumulative": N_("distinct persons ever bound"),
    "limits.holders": N_("holders a relative may have"),
    "roles.exclusive": N_("nobody may be holder and beneficiary at once"),
    "consent.from_age": N_("the relative agrees in person from the age of"),
    "funds.use": N_("money that may be used"),
    "funds.keep": N_("must remain in the account"),
    "funds.gate": N_("needed to start"),
    "funds.strict": N_("more than the gate is needed"),
    "caps.payment": N_("most per payment"),
    "caps.day": N_("most per day"),
    "caps.month": N_("most per month"),
    "caps.year": N_("most per year"),
    "caps.authorisation": N_("most per authorisation"),
    "order.own": N_("the relative's own account"),
    "order.own_pools": N_("order within the own account"),
    "order.sources": N_("order of the sources of money"),
    "order.holders": N_("order among several holders"),
    "order.tie": N_("order where that leaves a tie"),
    "order.holders_per_settlement": N_("holders who may pay one bill"),
    "premium.phases": N_("windows"),
    "premium.price": N_("price"),
    "premium.price_at_least": N_("price, at least"),
    "premium.accounts_from": N_("accounts may pay from"),
    "premium.accounts_until": N_("accounts may pay until"),
    "premium.subsidy": N_("subsidy"),
    "premium_payment.mode": N_("way of payment"),
    "premium_payment.also": N_("second way of payment"),
    "premium_payment.full_amount": N_("the full amount is needed"),
    "premium_payment.wait_days": N_("days to wait before the claim"),
    "premium_payment.payout_days": N_("working days to the refund"),
    "premium_payment.window_only": N_("only within the window"),
    "premium_payment.years": N_("years that may be paid"),
    "premium_payment.prior_year": N_("insured there the year before"),
    "premium_payment.persons_per_year": N_("persons paid for in a year"),
    "premium_payment.payee": N_("refunded to"),
    "reversal.allowed": N_("can be taken back"),
    "reversal.window_only": N_("only within the window"),
    "reversal.after_hours": N_("hours to wait after payment"),
    "reversal.until_day": N_("last day in the year of benefit"),
    "reversal.before": N_("only before"),
    "reversal.refund_to": N_("refunded to"),
    "reversal.reasons": N_("accepted reasons"),
    "binding.started_by": N_("started by"),
    "binding.proof": N_("proof of the relation"),
    "binding.review_days": N_("days of review"),
    "binding.effective_hours": N_("hours until it takes effect"),
    "binding.term": N_("term"),
    "binding.term_years": N_("term in years"),
    "binding.ended_by": N_("ended by"),
    "binding.ends_with": N_("ends when"),
    "binding.rebind_wait_days": N_("days before binding again"),
    "binding.switches": N_("switches"),
    "binding.steps": N_("steps"),
    "transfer.most": N_("most per transfer"),
    "transfer.least": N_("least per transfer"),
    "transfer.per_day": N_("transfers a day"),
    "transfer.per_month": N_("transfers a month"),
    "transfer.closed_from": N_("closed from"),
    "transfer.closed_until": N_("closed until"),
    "transfer.returned_at": N_("returned at, where not accepted"),
    "transfer.must_be_accepted": N_("must be accepted"),
    "transfer.pending_blocks": N_("nothing else while one is pending"),
    "transfer.moves_money": N_("money leaves the holder's account"),
    "transfer.may_go_back": N_("may go back"),
    "transfer.holder_may_spend": N_("the holder may still spend it"),
    "transfer.on_end": N_("when it ends"),
    "account_year.starts": N_("current money becomes carry-over on"),
    "contribution_years.men": N_("years for men"),
    "contribution_years.women": N_("years for women"),
    "contribution_years.paid": N_("years actually paid"),
    "contribution_years.shortfall": N_("where years are short"),
}
"""Every parameter that does not take its name from a word: a mechanism, purpose, relation …"""

_NAMED_BY_WORD = {"mechanism": "mechanism", "purposes": "purpose", "accrual": "who"}

QUALIFIERS: Final[Mapping[str, str]] = {
    "mechanism": N_("mechanism"),
    "purpose": N_("purpose"),
    "relation": N_("relation"),
    "action": N_("action"),
    "item": N_("item"),
    "insurance": N_("insurance of the relative"),
    "group": N_("group"),
    "tier": N_("tier"),
    "holder_type": N_("holder type"),
    "holder_group": N_("group of the holder"),
    "holder_tier": N_("tier of the holder"),
    "distance": N_("distance"),
    "year": N_("year of benefit"),
}
"""What the qualifiers of a clause are called."""


def parameter_label(parameter: str) -> str:
    """Return what a parameter is called."""
    topic, _dot, field = parameter.partition(".")
    if topic in _NAMED_BY_WORD:
        return word(_NAMED_BY_WORD[topic], field)
    if parameter.startswith("limits.each."):
        relation = word("relation", parameter.removeprefix("limits.each."))
        return _("relatives a holder may bind ({relation})").format(relation=relation)
    return _(PARAMETERS[parameter])

"""The sentences of a guide that stand in no rule file: headings, general steps, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.policy.guide import Guide
from gongji.render.language import N_

ACTIONS: Final[Mapping[str, str]] = {
    "bind": N_("binding a relative"),
    "premium": N_("paying a relative's resident premium"),
    "pay": N_("paying a relative's bill"),
    "wallet": N_("using the insurance wallet across provinces"),
    "unbind": N_("ending a binding"),
    "reverse": N_("taking a premium back"),
    "retire": N_("years of contribution before retirement"),
}
"""What each guide is about."""

PARTS: Final[Mapping[str, str]] = {
    "ways": N_("Mechanisms"),
    "channels": N_("Where it is done"),
    "people": N_("Who may take part"),
    "limits": N_("How many, and how far apart"),
    "steps": N_("Step by step"),
    "materials": N_("What to bring"),
    "waiting": N_("How long it takes, and how long it holds"),
    "money": N_("Which money may be used"),
    "prices": N_("Price and window for {year}"),
    "payment": N_("Way of payment"),
    "purposes": N_("What may be paid"),
    "order": N_("Whose money goes first"),
    "provider": N_("Where the bill may arise"),
    "moving": N_("Moving money beforehand"),
    "ending": N_("How it ends, and what becomes of the money"),
    "reversal": N_("When it can be taken back"),
    "years": N_("Years of contribution"),
    "income": N_("What comes in each month after retirement"),
    "names": N_("亲情账户 is not 家庭共济"),
    "standing": N_("Good to know"),
}
"""The heading of each part."""

NEXT_BEST: Final[Mapping[str, str]] = {
    "unbind": N_("no source says where a binding is ended; it is made here"),
    "reverse": N_("no source says where a premium is taken back; it is paid here"),
}
"""What is said of channels that are not known to serve the action itself."""

NAMES: Final = (
    N_(
        "亲情账户 (family credential account) only shows a relative's code on your phone: the"
        " relative's own money is spent, and none is moved."
    ),
    N_(
        "家庭共济 (family pooling) pays from the holder's personal account and needs a binding of"
        " its own."
    ),
    N_(
        "A published guide takes adding a child in 亲情账户 for pooling: that is a mistake; the"
        " child can show the code and still cannot use your account."
    ),
)
"""What people mix up, and the guide that did."""

WARNING: Final = N_(
    "This is gathered from published sources and is a simulation: it decides nothing, the local"
    " insurance office does. Ask it before you rely on this: hotline {hotline}."
)

_BIND = (
    N_("Both sides activate the electronic credential or the card and verify their real name."),
    N_(
        "Open one of the channels above and look for 家庭共济 or 个人账户共济. Without a"
        " smartphone, ask at a counter or in the employer's office."
    ),
    N_(
        "Enter the relative's name, identity number and relation, and sign or upload what is asked."
    ),
    N_("Look up whether the binding stands before anybody relies on it."),
)
_POOL = (
    N_("Look up how much the account may give, then move money into the family account."),
    N_("The relative settles with their own code or card; nobody lends a credential."),
    N_("Check on the receipt which account paid what; the rest is paid in cash."),
)
_PAY = (
    N_("Look up before the visit that the binding stands and that the account has money."),
    N_("Go to a designated hospital or pharmacy that settles over the network."),
    N_("The relative settles with their own code or card; nobody lends a credential."),
    N_("Check on the receipt which account paid what; the rest is paid in cash."),
)
_UNBIND = (
    N_("Look up whether a payment, a premium or a transfer is still under way, and let it end."),
    N_("Open the list of relatives in the channel above, choose the relative, end the binding."),
    N_("Look up that it has ended: from then on the relative can no longer use the account."),
    N_("Ask what becomes of money that was moved beforehand."),
)
_REVERSE = (
    N_("Look up the state of the payment first; a system may be late, so do not pay twice."),
    N_("Compare the day with the last day on which it can be taken back, and with its conditions."),
    N_("Apply where the premium was paid, or at the office, with proof of payment and the reason."),
    N_("Look up that the money has come back, and where to."),
)
_RETIRE = (
    N_("Ask the office for the record of your years: actually paid, deemed, and paid elsewhere."),
    N_("Compare with the years needed where you retire; sex and day of enrolment may matter."),
    N_(
        "Where years are short, places know three ways: paying them at once, going on monthly, or"
        " resident insurance. Ask which of them this place offers, and at what price."
    ),
    N_("Whoever goes over to resident insurance asks whether the premium is lower for the old."),
    N_("Do not let payments lapse meanwhile: reimbursement may stop."),
)
_DIRECT = (
    N_("Make sure that the relative is bound and that nobody has paid for the year already."),
    N_("In the channel above choose paying for a relative, then the relative and the year."),
    N_("Confirm; the amount is taken from the account at once."),
    N_("Look up that it has arrived before you try again: nobody is paid for twice."),
)
_SCHEDULED = (
    N_("Make sure that the relative is bound and that nobody has paid for the year already."),
    N_("Register the relative and the year in the channel above before the run of the month."),
    N_("Keep the full amount in the account until the run has taken it."),
    N_("Look up after the run that it has arrived; if not, pay in cash before the window closes."),
)
_REIMBURSE = (
    N_("The relative pays the premium in cash within the window and keeps the proof."),
    N_("Wait until the payment has reached the insurance system; see the waiting days here."),
    N_("The holder applies in the channel above: relative, year and bank account."),
    N_("Look up whether the refund has come before you apply again."),
)
_MODE_UNKNOWN = (
    N_("Ask first whether the account is charged at once or refunds what was paid in cash."),
    N_("Make sure that the relative is bound and that nobody has paid for the year already."),
    N_("Pay within the window, in whichever way is right here, and keep the proof."),
    N_("Look up that it has arrived before you try again: nobody is paid for twice."),
)
_WALLET_TRANSFER = (
    N_("Both sides open a wallet in the app 国家医保服务平台 and verify their real name."),
    N_("The holder chooses the relative and the amount, within the limits below, and transfers."),
    N_("The relative accepts it in time; otherwise it goes back."),
    N_("The relative pays from the wallet with their own code, or pays a premium with it."),
)
_WALLET_QUOTA = (
    N_("Ask at both places of insurance whether quotas are in use there."),
    N_("The holder binds the relative in the app 国家医保服务平台 and sets a quota."),
    N_("The relative settles with their own code; what is paid comes out of the quota."),
    N_("Release what is not needed: the holder cannot spend it while it is set aside."),
)

STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "bind": _BIND,
    "pay": _PAY,
    "pay-authorisation": _PAY,
    "pay-family_pool": _POOL,
    "premium": _MODE_UNKNOWN,
    "premium-direct": _DIRECT,
    "premium-scheduled": _SCHEDULED,
    "premium-reimburse": _REIMBURSE,
    "wallet-wallet_transfer": _WALLET_TRANSFER,
    "wallet-wallet_quota": _WALLET_QUOTA,
    "unbind": _UNBIND,
    "reverse": _REVERSE,
    "retire": _RETIRE,
}
"""The steps that hold anywhere, by action and mechanism or way of payment."""


def general_steps(guide: Guide) -> list[tuple[str, tuple[str, ...]]]:
    """Return the steps that hold anywhere as (mechanism or way of payment, sentences).

    There are none where the place tells its own. The first is empty where it is not known which
    way is meant. The sentences are message ids.
    """
    if guide.value("binding.steps") is not None:
        return []
    kinds = _modes(guide) if guide.action == "premium" else guide.mechanisms
    told = [kind for kind in kinds if f"{guide.action}-{kind}" in STEPS]
    return [(kind, STEPS[f"{guide.action}-{kind}"]) for kind in told] or _for_any(guide.action)


def _for_any(action: str) -> list[tuple[str, tuple[str, ...]]]:
    return [("", STEPS[action])] if action in STEPS else []


def _modes(guide: Guide) -> dict[str, None]:
    return dict.fromkeys(
        str(said.ruling.value)
        for part in guide.parts
        for said in part.said
        if said.parameter == "premium_payment.mode"
    )

"""The actions of a guide, and what is asked for each: parts, channels, standing rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.words.purposes import PURPOSES

HOTLINE: Final = "12393"
"""The telephone number of every medical-insurance office in the country."""


def _of(topic: str, names: str) -> tuple[str, ...]:
    return tuple(f"{topic}.{name}" for name in names.split())


_PEOPLE = (
    *_of("relatives", "include"),
    *_of("insurance", "holder holder_tier beneficiary"),
    *_of("status", "holder beneficiary"),
    *_of("exclusion", "holder beneficiary"),
    *_of("consent", "from_age"),
)
_LIMITS = (
    *_of("limits", "beneficiaries each cumulative holders"),
    *_of("roles", "exclusive"),
    *_of("scope", "reach"),
)
_FUNDS = _of("funds", "use keep gate strict")
_PURPOSES = tuple(f"purposes.{code}" for code in PURPOSES.codes)
_CHECK_OF_RELATIVE = (
    *_of("relatives", "include"),
    *_of("insurance", "beneficiary"),
    *_of("status", "beneficiary"),
    *_of("scope", "reach"),
)

MOVING: Final = _of(
    "transfer",
    "moves_money least most per_day per_month closed_from closed_until must_be_accepted"
    " returned_at pending_blocks holder_may_spend may_go_back",
)
"""What is asked where money must be moved beforehand."""

PARTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "bind": {
        "channels": (),
        "people": (*_of("binding", "started_by"), *_PEOPLE),
        "limits": _LIMITS,
        "steps": _of("binding", "steps"),
        "materials": _of("binding", "proof"),
        "waiting": _of("binding", "review_days effective_hours term term_years switches"),
        "money": _of("funds", "gate keep"),
    },
    "premium": {
        "channels": (),
        "prices": _of(
            "premium", "price price_at_least phases accounts_from accounts_until subsidy"
        ),
        "payment": (
            *_of("purposes", "resident_premium"),
            *_of("premium_payment", "mode also full_amount window_only years prior_year payee"),
            *_of("premium_payment", "persons_per_year wait_days payout_days"),
        ),
        "steps": (),
        "people": _CHECK_OF_RELATIVE,
        "money": _FUNDS,
    },
    "pay": {
        "purposes": _PURPOSES,
        "steps": (),
        "money": (*_FUNDS, *_of("caps", "payment day month year authorisation")),
        "order": _of("order", "own own_pools sources holders tie holders_per_settlement"),
        "provider": _of("provider", "reach"),
        "channels": (),
    },
    "wallet": {
        "channels": (),
        "people": (*_of("insurance", "holder"), *_CHECK_OF_RELATIVE),
        "steps": _of("binding", "steps"),
        "materials": (),
        "moving": MOVING,
        "purposes": _PURPOSES,
        "ending": (*_of("binding", "ended_by ends_with"), *_of("transfer", "on_end")),
    },
    "unbind": {
        "channels": (),
        "steps": (),
        "ending": (
            *_of("binding", "ended_by ends_with rebind_wait_days"),
            *_of("transfer", "on_end may_go_back"),
            *_of("limits", "cumulative"),
        ),
    },
    "reverse": {
        "channels": (),
        "steps": (),
        "reversal": _of(
            "reversal", "allowed window_only after_hours until_day before reasons refund_to"
        ),
    },
    "retire": {
        "years": _of("contribution_years", "men women paid shortfall"),
        "steps": (),
        "income": _of("accrual", "retired"),
        "channels": (),
    },
}
"""The parts of the guide to each action in reading order, and the parameters each part asks for.

`limits.each` stands for one parameter a relation.
"""

NEEDED: Final = frozenset(
    (
        *_of("relatives", "include"),
        *_of("insurance", "beneficiary"),
        *_of("limits", "beneficiaries holders"),
        *_of("scope", "reach"),
        *_of("binding", "started_by steps proof review_days effective_hours"),
        *_of("binding", "ended_by rebind_wait_days"),
        *_of("premium", "price phases"),
        *_of("premium_payment", "mode"),
        *_of("purposes", "resident_premium outpatient inpatient pharmacy"),
        *_of("funds", "use keep"),
        *_of("order", "own"),
        *_of("provider", "reach"),
        *_of("transfer", "most may_go_back on_end"),
        *_of("reversal", "allowed refund_to"),
        *_of("contribution_years", "men women paid shortfall"),
    )
)
"""The parameters of which even silence is told; of the others only what was looked for in vain."""

ABOUT_MOVED_MONEY: Final = frozenset(_of("transfer", "on_end may_go_back"))
"""Asked in vain where no money is moved beforehand."""

DOES: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "bind": (frozenset({"bind"}),),
    "premium": (frozenset({"premium", "premium_cash", "enrol"}),),
    "pay": (frozenset({"pay", "transfer", "query"}),),
    "wallet": (frozenset({"wallet"}),),
    "unbind": (frozenset({"unbind"}), frozenset({"bind"})),
    "reverse": (frozenset({"reverse"}), frozenset({"premium"})),
    "retire": (frozenset({"query"}),),
}
"""What a channel must do to be of use; where none does, the next best."""

RULES_ABOUT: Final[Mapping[str, frozenset[str]]] = {
    "bind": frozenset(
        ("activated", "bind", "standing", "relatives", "member", "proof", "group", "guide")
    ),
    "premium": frozenset(("premium", "claim", "waiting", "enrolment", "june")),
    "pay": frozenset(
        ("own", "cash", "immunisation", "lending", "pharmacy", "doctor", "pay", "settlement")
    ),
    "wallet": frozenset(("wallet",)),
    "unbind": frozenset(("unbind", "changed", "closed")),
    "reverse": frozenset(("reversal", "refund", "claim", "failed")),
    "retire": frozenset(("retired", "retirement", "years", "relief", "lapse")),
}
"""The words by which the name of a standing rule tells which actions it is about."""

NAMES_RULES: Final = ("credential_account", "pooling_is_money")
"""The nation's standing rules that tell 亲情账户 from 家庭共济."""

MIXED_UP: Final = frozenset({"bind", "pay"})
"""The actions at which people take 亲情账户 for 家庭共济."""

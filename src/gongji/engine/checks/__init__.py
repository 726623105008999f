"""The checks, each by the short name that code, JSON, help, docs and tests share.

Every check is a function from a case to a Check; it lives in the module of its name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gongji.engine.case import Case, Check
from gongji.engine.checks.binding import binding
from gongji.engine.checks.cap import cap
from gongji.engine.checks.consent import consent
from gongji.engine.checks.due import due
from gongji.engine.checks.duplicate_premium import duplicate_premium
from gongji.engine.checks.funds import funds
from gongji.engine.checks.insurance import beneficiary_insurance, holder_insurance
from gongji.engine.checks.limits import limit_beneficiaries, limit_holders
from gongji.engine.checks.mechanism_live import mechanism_live
from gongji.engine.checks.prior_cover import prior_cover
from gongji.engine.checks.provider import provider
from gongji.engine.checks.purpose import purpose
from gongji.engine.checks.relation import relation
from gongji.engine.checks.reversal import reversal
from gongji.engine.checks.roles import roles
from gongji.engine.checks.scope import scope
from gongji.engine.checks.status import beneficiary_status, holder_status
from gongji.engine.checks.transfer_limits import transfer_limits
from gongji.engine.checks.window import claim_window, window
from gongji.engine.premiums import is_premium

STANDING: Final = (holder_insurance, holder_status, beneficiary_insurance, beneficiary_status)
TOGETHER: Final = (mechanism_live, scope)
BINDING: Final = (relation, limit_beneficiaries, limit_holders, consent)
PREMIUM: Final = (window, due, duplicate_premium, prior_cover)
OWNER: Final = "self"
"""The relation of an account to its owner: whom a clause may name, and nobody is bound to."""

NAMES: Final = (
    "holder-insurance",
    "holder-status",
    "beneficiary-insurance",
    "beneficiary-status",
    "relation",
    "mechanism-live",
    "scope",
    "limit-beneficiaries",
    "limit-holders",
    "roles",
    "consent",
    "binding",
    "purpose",
    "provider",
    "funds",
    "cap",
    "window",
    "due",
    "duplicate-premium",
    "prior-cover",
    "transfer-limits",
    "reversal",
)


def checks_of(case: Case) -> tuple[Callable[[Case], Check], ...]:
    """Return the checks that the action asks for. A binding that exists is not examined again.

    Of one that the books know it is asked at all payments whether it is in force. To end one is no
    action that anybody asks about beforehand: `unbind` comes from the books alone.
    """
    binding_checks = BINDING if case.binds else ()
    known = (binding,) if case.request.binding else ()
    match case.action:
        case "bind":
            return (*STANDING, *TOGETHER, *BINDING, roles, binding)
        case "unbind":
            return (binding,)
        case "transfer":
            return (*STANDING, *TOGETHER, *binding_checks, roles, *known, funds, transfer_limits)
        case "claim":
            return (*STANDING, *known, purpose, funds, claim_window, prior_cover)
        case "reverse":
            return (*STANDING, reversal)
        case _:
            paying = (purpose, provider, funds, cap)
            premium = PREMIUM if is_premium(case) else ()
            if case.request.relation == OWNER:
                # A wallet pays for its owner everywhere, an account where a clause says so.
                named = () if case.request.from_wallet else (relation,)
                return (*STANDING, *TOGETHER, *named, *paying, *premium)
            return (*STANDING, *TOGETHER, *binding_checks, roles, binding, *paying, *premium)

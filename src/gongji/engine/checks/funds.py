"""funds: is there money that the rules let the relative use?"""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.engine.funds import FundsRule, funds_rule, usable_fen
from gongji.engine.premiums import is_premium, terms
from gongji.policy.resolve import Ruling
from gongji.words.money import format_yuan

NAME = "funds"
WHOLE_ONLY = ("transfer", "claim")
"""The actions that move an amount whole or not at all."""
SET_ASIDE = ("family_pool", "wallet_quota")
"""The mechanisms that pay with money moved or reserved beforehand."""


def funds(case: Case) -> Check:
    """Less than the amount is a yes, the rest being cash, unless the full amount is demanded."""
    if case.request.later:
        return Check(NAME, Outcome.PASS, "funds.later")
    own = _own_account_first(case)
    if own is not None:
        return own
    holder = case.request.holder
    if _is_set_aside(case) and holder.pooled is not None:
        return _enough(case, holder.pooled, ())
    if case.request.from_wallet:
        return _enough(case, holder.wallet_balance or 0, ())
    rule = funds_rule(case)
    if holder.balance is None and holder.carryover is None and holder.current is None:
        return Check(NAME, Outcome.PASS, "funds.assumed", {}, rule.rulings, (), ("holder.balance",))
    return _account(case, rule)


def _account(case: Case, rule: FundsRule) -> Check:
    holder = case.request.holder
    if rule.carryover_only and holder.carryover is None:
        missing = ("holder.carryover",)
        return Check(NAME, Outcome.UNKNOWN, "funds.carryover-not-known", {}, rule.rulings, missing)
    if not rule.carryover_only and holder.balance is None:
        # One pool alone is at least something; only where that does not do is the rest missed.
        known = usable_fen(rule, holder.current or 0, holder.carryover or 0)
        if known <= 0:
            missing = ("holder.balance",)
            return Check(
                NAME, Outcome.UNKNOWN, "funds.balance-not-known", {}, rule.rulings, missing
            )
        return _enough(case, known, rule.rulings, rule)
    carryover = holder.carryover or 0
    current = (holder.balance or carryover) - carryover
    return _enough(case, usable_fen(rule, current, carryover), rule.rulings, rule)


def _enough(
    case: Case, fen: int, rulings: tuple[Ruling, ...], rule: FundsRule | None = None
) -> Check:
    values = {"usable": format_yuan(fen)}
    if rule is not None:
        values |= {"keep": format_yuan(rule.keep_fen), "gate": format_yuan(rule.gate_fen)}
    if fen <= 0:
        return Check(NAME, Outcome.FAIL, _why_nothing(case, rule), values, rulings)
    full = _full_amount_rule(case)
    wanted = _wanted(case) if full is not None else None
    if wanted is not None and fen < wanted:
        values["wanted"] = format_yuan(wanted)
        beforehand = rule is None and _is_set_aside(case)
        reason = "funds.set-aside-short" if beforehand else "funds.not-in-full"
        return Check(NAME, Outcome.FAIL, reason, values, (*rulings, *(full or ())))
    return Check(NAME, Outcome.PASS, "funds.pass", values, rulings)


def _is_set_aside(case: Case) -> bool:
    return case.mechanism in SET_ASIDE and case.action == "use"


def _why_nothing(case: Case, rule: FundsRule | None) -> str:
    if rule is None and _is_set_aside(case):
        return "funds.set-aside-empty"
    return "funds.carryover-empty" if rule and rule.carryover_only else "funds.none"


def _full_amount_rule(case: Case) -> tuple[Ruling, ...] | None:
    """Return the rulings that demand the full amount, None where part of it will do."""
    if case.action in WHOLE_ONLY:
        return ()
    ruling = case.ask("premium_payment.full_amount") if is_premium(case) else None
    return (ruling,) if ruling is not None and ruling.value is True else None


def _wanted(case: Case) -> int | None:
    if case.request.amount is not None or not is_premium(case):
        return case.request.amount
    return terms(case).fen_on(case.request.on)


def _own_account_first(case: Case) -> Check | None:
    """Where the own account must be empty first, money in it keeps the holder's shut."""
    own = case.request.beneficiary.own_balance
    if case.action != "use" or is_premium(case):
        return None
    ruling = case.ask("order.own")
    if ruling.value != "empty" or not own:
        return None
    values = {"own": format_yuan(own)}
    return Check(NAME, Outcome.FAIL, "funds.own-account-first", values, (ruling,))

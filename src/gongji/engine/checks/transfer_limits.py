"""transfer-limits: how much, how often and at what hours money may be moved beforehand."""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.policy.resolve import Ruling
from gongji.words.mechanisms import WALLET_MECHANISMS
from gongji.words.money import format_yuan

NAME = "transfer-limits"


def transfer_limits(case: Case) -> Check:
    """Every limit that is known must hold; the first that does not is the answer."""
    found = [
        _amount(case),
        _times(case),
        _monthly(case),
        _hours(case),
        _wallets(case),
        _pending(case),
    ]
    failed = [check for check in found if check and check.outcome is Outcome.FAIL]
    if failed:
        return failed[0]
    said = [check for check in found if check]
    if not said:
        return Check(NAME, Outcome.PASS, "transfer.not-ruled")
    rulings = tuple(ruling for check in said for ruling in check.rulings)
    assumed = tuple(fact for check in said for fact in check.assumed)
    return Check(NAME, Outcome.PASS, "transfer.pass", {}, rulings, (), assumed)


def _amount(case: Case) -> Check | None:
    most, least = case.ask("transfer.most"), case.ask("transfer.least")
    said = tuple(ruling for ruling in (most, least) if ruling.known)
    if not said:
        return None
    amount = case.request.amount
    if amount is None:
        return Check(NAME, Outcome.PASS, "transfer.pass", {}, said, (), ("amount",))
    values = {"amount": format_yuan(amount)}
    if most.known and amount > most.value:
        values["most"] = format_yuan(most.value)
        return Check(NAME, Outcome.FAIL, "transfer.too-much", values, (most,))
    if least.known and amount < least.value:
        values["least"] = format_yuan(least.value)
        return Check(NAME, Outcome.FAIL, "transfer.too-little", values, (least,))
    return Check(NAME, Outcome.PASS, "transfer.pass", values, said)


def _times(case: Case) -> Check | None:
    ruling = case.ask("transfer.per_day")
    if not ruling.known:
        return None
    today = case.request.transfers_today
    values = {"times": str(today or 0), "limit": str(ruling.value)}
    if (today or 0) >= ruling.value:
        return Check(NAME, Outcome.FAIL, "transfer.too-often", values, (ruling,))
    assumed = ("transfers_today",) if today is None else ()
    return Check(NAME, Outcome.PASS, "transfer.pass", values, (ruling,), (), assumed)


def _monthly(case: Case) -> Check | None:
    ruling, this_month = case.ask("transfer.per_month"), case.request.transfers_this_month
    if not ruling.known or this_month is None:
        return None
    values = {"times": str(this_month), "limit": str(ruling.value)}
    if this_month >= ruling.value:
        return Check(NAME, Outcome.FAIL, "transfer.too-often-a-month", values, (ruling,))
    return Check(NAME, Outcome.PASS, "transfer.pass", values, (ruling,))


def _pending(case: Case) -> Check | None:
    ruling = case.ask("transfer.pending_blocks")
    if ruling.value is not True or not case.request.pending_transfer:
        return None
    return Check(NAME, Outcome.FAIL, "transfer.pending", {}, (ruling,))


def _hours(case: Case) -> Check | None:
    closed, opens = case.ask("transfer.closed_from"), case.ask("transfer.closed_until")
    if not (closed.known and opens.known):
        return None
    rulings = (closed, opens)
    at = case.request.at
    if at is None:
        return Check(NAME, Outcome.PASS, "transfer.pass", {}, rulings, (), ("at",))
    values = {"at": at, "from": closed.value, "until": opens.value}
    if _within(at, closed, opens):
        return Check(NAME, Outcome.FAIL, "transfer.closed", values, rulings)
    return Check(NAME, Outcome.PASS, "transfer.pass", values, rulings)


def _within(at: str, closed: Ruling, opens: Ruling) -> bool:
    """HH:MM compares as text; a closed stretch may run over midnight."""
    start, end = str(closed.value), str(opens.value)
    return start <= at < end if start < end else at >= start or at < end


def _wallets(case: Case) -> Check | None:
    if case.mechanism not in WALLET_MECHANISMS:
        return None
    sides = {"holder": case.request.holder.wallet, "beneficiary": case.request.beneficiary.wallet}
    for side, wallet in sides.items():
        if wallet == "none":
            return Check(NAME, Outcome.FAIL, "transfer.no-wallet", {"side": side})
    assumed = tuple(f"{side}.wallet" for side, wallet in sides.items() if wallet is None)
    return Check(NAME, Outcome.PASS, "transfer.pass", {}, (), (), assumed)

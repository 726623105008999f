"""limit-beneficiaries and limit-holders: how many relatives, how many holders, at once and ever."""

from __future__ import annotations

from gongji.engine.case import Case, Check, Outcome
from gongji.policy.pack import UNLIMITED, AtLeast
from gongji.policy.resolve import Ruling


def limit_beneficiaries(case: Case) -> Check:
    """At once, by relation, and ever by distinct person: one more must fit into each."""
    holder, relation = case.request.holder, case.request.relation
    by_relation = holder.by_relation or {}
    total = holder.beneficiaries
    if total is None and by_relation:
        total = sum(by_relation.values())
    name = "limit-beneficiaries"
    checks = [
        _fits(
            name,
            case.ask("limits.beneficiaries"),
            total,
            "holder.beneficiaries",
            silence_is_unknown=True,
        ),
        _fits(
            name,
            case.ask(f"limits.each.{relation}"),
            None if holder.by_relation is None else by_relation.get(relation, 0),
            "holder.by_relation",
        ),
    ]
    if not case.request.beneficiary.bound_before:
        # The same person bound again takes no new place among the persons ever bound.
        ever = holder.beneficiaries_cumulative
        ruling = case.ask("limits.cumulative")
        checks.append(_fits(name, ruling, ever, "holder.beneficiaries_cumulative"))
    return _worst(checks)


def limit_holders(case: Case) -> Check:
    """How many holders the relative may have, by the rules of the relative's own area."""
    return _fits(
        "limit-holders",
        case.ask("limits.holders", of="beneficiary"),
        case.request.beneficiary.holders,
        "beneficiary.holders",
        silence_is_unknown=True,
    )


def _fits(
    name: str, ruling: Ruling, count: int | None, fact: str, *, silence_is_unknown: bool = False
) -> Check:
    values = {"count": str(count or 0), "limit": str(ruling.value)}
    if isinstance(ruling.value, AtLeast):
        if (count or 0) >= ruling.value.count:
            return Check(name, Outcome.UNKNOWN, "limit.more-not-known", values, (ruling,))
        return Check(
            name, Outcome.PASS, "limit.at-least", values, (ruling,), (), _absent(count, fact)
        )
    if ruling.known:
        fits = ruling.value == UNLIMITED or (count or 0) < ruling.value
        outcome = Outcome.PASS if fits else Outcome.FAIL
        reason = "limit.none" if ruling.value == UNLIMITED else f"limit.{outcome}"
        assumed = () if ruling.value == UNLIMITED else _absent(count, fact)
        return Check(name, outcome, reason, values, (ruling,), (), assumed)
    if count and (silence_is_unknown or ruling.why != "silent"):
        return Check(name, Outcome.UNKNOWN, "limit.not-known", values, (ruling,))
    return Check(name, Outcome.PASS, "limit.not-ruled", values, (ruling,))


def _absent(count: int | None, fact: str) -> tuple[str, ...]:
    return (fact,) if count is None else ()


def _worst(checks: list[Check]) -> Check:
    """Return the first fail, else the first unknown, else all that passed joined into one."""
    for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
        for check in checks:
            if check.outcome is outcome:
                return check
    said = [check for check in checks if check.rests_on_clause] or checks[:1]
    return Check(
        said[0].name,
        Outcome.PASS,
        said[0].reason,
        said[0].values,
        tuple(ruling for check in said for ruling in check.rulings),
        (),
        tuple(fact for check in said for fact in check.assumed),
    )

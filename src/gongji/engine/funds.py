"""Which money of a holder's account the rules let a relative use, in fen."""

from __future__ import annotations

from dataclasses import dataclass

from gongji.engine.case import Case
from gongji.policy.resolve import Ruling


@dataclass(frozen=True, slots=True)
class FundsRule:
    """What the rules say of the money itself; silence leaves all of it usable.

    `keep_fen` must remain; `gate_fen` is needed to start (more than it where `gate_is_strict`).
    """

    carryover_only: bool
    keep_fen: int
    gate_fen: int
    gate_is_strict: bool
    rulings: tuple[Ruling, ...]


def funds_rule(case: Case) -> FundsRule:
    """Return the rule on the holder's money for this case."""
    use, keep, gate, strict = (
        case.ask(f"funds.{name}") for name in ("use", "keep", "gate", "strict")
    )
    return FundsRule(
        carryover_only=use.value == "carryover",
        keep_fen=keep.value if keep.known else 0,
        gate_fen=gate.value if gate.known else 0,
        gate_is_strict=strict.value is True,
        rulings=(use, keep, gate),
    )


def usable_fen(rule: FundsRule, current: int, carryover: int) -> int:
    """Return how much of the two pools may be used, keeping what must remain."""
    base = carryover if rule.carryover_only else current + carryover
    short_of_gate = base <= rule.gate_fen if rule.gate_is_strict else base < rule.gate_fen
    return 0 if short_of_gate else max(0, base - rule.keep_fen)

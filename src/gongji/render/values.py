"""The value of a parameter as people read it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from gongji.policy.pack import Accrual, AtLeast, Cap, PremiumPhase
from gongji.render.language import _
from gongji.render.wording import beside, listed, word
from gongji.words.money import format_yuan
from gongji.words.text import clean

MONEY: Final = frozenset(
    {"funds.keep", "funds.gate", "premium.price", "premium.price_at_least", "premium.subsidy"}
    | {"transfer.most", "transfer.least"}
)
"""The parameters whose numbers are fen; other numbers are counts."""

REACHES_WIDEST_FIRST: Final = ("nation", "province", "pooling_area")
"""A reach that holds several of them is named by the first."""
_NAMES_BY_TOPIC = {"mechanism": "state"} | {
    topic: topic for topic in ("insurance", "status", "exclusion")
}


def value_text(parameter: str, value: Any) -> str:
    """Return the value of `parameter` in words; a reach is named by the widest it holds."""
    topic, _dot, field = parameter.partition(".")
    name = _NAMES_BY_TOPIC.get(topic, field.partition(".")[0])
    match value:
        case bool():
            return word("allowed" if topic == "purposes" else "truth", str(value).lower())
        case AtLeast():
            return word("limit", str(value))
        case Cap():
            return _cap(value)
        case Accrual():
            return _accrual(value)
        case int() if parameter in MONEY:
            return yuan(value)
        case frozenset() if name == "reach":
            return word("reach", next(each for each in REACHES_WIDEST_FIRST if each in value))
        case frozenset() | tuple():
            return _several(name, value)
        case date():
            return value.isoformat()
        case _:
            return clean(word(name, str(value)))


def yuan(fen: int) -> str:
    """Return fen as an amount of yuan with its unit."""
    return _("{amount} yuan").format(amount=format_yuan(fen))


def _several(name: str, values: frozenset[Any] | tuple[Any, ...]) -> str:
    ordered = values if isinstance(values, tuple) else sorted(values)
    return listed(
        [
            _phase(value) if isinstance(value, PremiumPhase) else clean(word(name, str(value)))
            for value in ordered
        ]
    )


def _cap(cap: Cap) -> str:
    amount = None if cap.fen is None else yuan(cap.fen)
    scope = None if cap.of is None else word("of", cap.of)
    setter = None if cap.set_by is None else word("set_by", cap.set_by)
    return beside([part for part in (amount, scope, setter) if part])


def _phase(phase: PremiumPhase) -> str:
    parts = [_opening(phase), _closing(phase)]
    if phase.fen is not None:
        parts.append(yuan(phase.fen))
    if phase.days is not None:
        parts.append(_("days {first} to {last} of a month").format_map(_ends(phase.days)))
    return f"[{beside(parts + wait_of(phase.wait_months, phase.wait_days))}]"


def wait_of(months: int, days: int) -> list[str]:
    """Return how long benefits wait after payment, as words; nothing where they do not."""
    waits = ((_("benefits {count} months later"), months), (_("benefits {count} days later"), days))
    return [told.format(count=count) for told, count in waits if count]


def _ends(days: tuple[int, int]) -> dict[str, int]:
    return {"first": days[0], "last": days[1]}


def _opening(phase: PremiumPhase) -> str:
    if phase.opens is None:
        return _("start not known")
    known = _("from {day}") if phase.opens_is_exact else _("by {day} at the latest")
    return known.format(day=phase.opens)


def _closing(phase: PremiumPhase) -> str:
    if phase.closes is not None:
        return _("to {day}").format(day=phase.closes)
    return _("without an end") if phase.endless else _("end not known")


def _accrual(accrual: Accrual) -> str:
    parts = []
    if accrual.rate is not None:
        parts.append(_("{share} of the base").format(share=_percent(accrual.rate)))
    if accrual.pension_share is not None:
        told = _("{share} of the area's average pension, whose figure is not known")
        parts.append(told.format(share=_percent(accrual.pension_share)))
    if accrual.fen is not None:
        parts.append(yuan(accrual.fen))
    if accrual.deduction_fen is not None:
        parts.append(_("less {amount}").format(amount=yuan(accrual.deduction_fen)))
    for age, fen in accrual.bands:
        amount = yuan(fen)
        parts.append(
            _("from age {age}: {amount}").format(age=age, amount=amount) if age else amount
        )
    return beside(parts)


def _percent(share: str) -> str:
    return f"{(Decimal(share) * 100).normalize():f}%"

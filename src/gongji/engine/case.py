"""One mechanism of one request under the rules of one day: what every check looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from gongji.engine.distance import distance
from gongji.engine.facts import Request
from gongji.policy.pack import Confidence, Pack
from gongji.policy.resolve import Ruling, resolve


class Outcome(StrEnum):
    """What a check found."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found, and why.

    `reason` names the sentence, `values` fill it; `rulings` are what the rules said; `missing` are
    facts that would settle an unknown; `assumed` are absent facts that were taken as given.
    """

    name: str
    outcome: Outcome
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)
    rulings: tuple[Ruling, ...] = ()
    missing: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def rests_on_clause(self) -> bool:
        """Whether any clause stands behind the outcome."""
        return any(ruling.clauses for ruling in self.rulings)

    @property
    def confidence(self) -> Confidence:
        """The weakest ruling relied on; high where none was needed."""
        known = [ruling.confidence for ruling in self.rulings if ruling.known]
        return min(known, default=Confidence.HIGH)


@dataclass(frozen=True, slots=True)
class Case:
    """A request, one mechanism for it, and the rules."""

    pack: Pack
    request: Request
    mechanism: str
    action: str
    query: Mapping[str, frozenset[str]]
    """What is known of the request, by qualifier."""

    @classmethod
    def of(cls, pack: Pack, request: Request, mechanism: str, action: str) -> Case:
        """Return the case of one mechanism and action."""
        return cls(pack, request, mechanism, action, _query(pack, request, mechanism, action))

    def ask(self, parameter: str, *, of: str = "holder", **more: frozenset[str]) -> Ruling:
        """Return what `parameter` is in the area of the holder (or the beneficiary) that day."""
        side = self.request.holder if of == "holder" else self.request.beneficiary
        return self.ask_in(side.area, parameter, **more)

    def ask_in(self, area: str, parameter: str, **more: frozenset[str]) -> Ruling:
        """Return what `parameter` is in `area` that day."""
        return resolve(self.pack, parameter, area, {**self.query, **more}, self.request.on)

    def acting(self, action: str) -> Case:
        """Return the same case for another action."""
        return replace(self, action=action, query={**self.query, "action": frozenset({action})})

    def as_of(self, day: date) -> Case:
        """Return the same case under the rules of another day."""
        return replace(self, request=replace(self.request, on=day))

    @property
    def binds(self) -> bool:
        """Whether the conditions of binding are part of the question."""
        return self.request.bound is not True


def _query(
    pack: Pack, request: Request, mechanism: str, action: str
) -> Mapping[str, frozenset[str]]:
    holder, beneficiary = request.holder, request.beneficiary
    single = {
        "mechanism": mechanism,
        "purpose": request.purpose,
        "relation": request.relation,
        "action": action,
        "item": request.item,
        "insurance": beneficiary.insurance,
        "tier": beneficiary.tier,
        "holder_type": holder.type,
        "holder_tier": holder.tier,
        "distance": distance(pack, holder.area, beneficiary.area),
    }
    query = {name: frozenset({word}) for name, word in single.items() if word is not None}
    return query | {"group": beneficiary.group, "holder_group": holder.group}

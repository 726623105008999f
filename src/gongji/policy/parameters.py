"""The parameters that clauses set: how each behaves over dates and when nothing is said."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """How the values of a parameter join over time."""

    SET = "set"
    """In a gap, what both neighbours hold is held and what neither holds is not."""
    STATE = "state"
    """A roll-out state: `live` stays, `partial` and `not_live` are observations that fade."""
    VALUE = "value"
    """In a gap, known only where both neighbours agree."""
    COLLECTION = "collection"
    """Clauses add up instead of replacing each other: channels, materials, standing rules."""


class Stance(Enum):
    """What silence means."""

    PERMISSION = "permission"
    """Not said is not known; a wider layer may answer for an unknown of a narrower one."""
    RESTRICTION = "restriction"
    """Not said does not stand in the way; a narrower unknown stops inheritance."""
    INFORMATION = "information"
    """Tells, and decides nothing by itself."""


_SETS = {"relatives.include", "insurance", "status", "exclusion", "scope.reach", "provider.reach"}
_COLLECTIONS = {"channel", "materials", "standing"}
_PERMISSIONS = {"relatives", "insurance.holder", "insurance.beneficiary", "mechanism"} | {
    "scope",
    "purposes",
}
_INFORMATION = {"channel", "materials", "standing", "accrual", "contribution_years", "account_year"}


def kind_of(parameter: str) -> Kind:
    """Return how the values of `parameter` ("topic.field") join over time."""
    topic = parameter.partition(".")[0]
    if topic == "mechanism":
        return Kind.STATE
    if topic in _COLLECTIONS:
        return Kind.COLLECTION
    return Kind.SET if {parameter, topic} & _SETS else Kind.VALUE


def stance_of(parameter: str) -> Stance:
    """Return what silence about `parameter` ("topic.field") means."""
    topic = parameter.partition(".")[0]
    if {parameter, topic} & _PERMISSIONS:
        return Stance.PERMISSION
    return Stance.INFORMATION if topic in _INFORMATION else Stance.RESTRICTION

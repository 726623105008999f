"""What every clause of a rule file has: area, qualifiers, dates, sources, confidence, doubt."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from gongji.policy.fields import (
    Action,
    Area,
    Confidence,
    HolderType,
    Insurance,
    Item,
    Key,
    Mechanism,
    Purpose,
    Reach,
    Relation,
    Strict,
    Text,
    Word,
)
from gongji.policy.parameters import Kind, kind_of


class When(Strict):
    """`when = {…}`: the clause speaks only where every qualifier holds one of its words.

    Plain names are the beneficiary's (insurance, group, tier) or the request's; those of the
    holder begin with `holder_`. `distance` is how far apart the two are insured.
    """

    mechanism: list[Mechanism] | None = None
    purpose: list[Purpose] | None = None
    relation: list[Relation] | None = None
    action: list[Action] | None = None
    item: list[Item] | None = None
    insurance: list[Insurance] | None = None
    group: list[Word] | None = None
    tier: list[Word] | None = None
    holder_type: list[HolderType] | None = None
    holder_group: list[Word] | None = None
    holder_tier: list[Word] | None = None
    distance: list[Reach] | None = None


class Dispute(BaseModel):
    """One voice against the clause: another value of its parameters, or a note of what is said."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    source: list[Key] = []
    note: Text | None = None


class Clause(Strict):
    """What every clause has. Dates are inclusive days.

    `from` in force from this day; `by` in force by this day, its start unknown; `until` in force
    to this day; `seen` still so on this day, its end unknown.
    """

    topic: ClassVar[str]
    about: ClassVar[frozenset[str]] = frozenset(
        {"area", "when", "from_", "by", "until", "seen", "source", "confidence", "binds"}
        | {"note", "dispute", "unknown"}
    )

    area: Annotated[list[Area], Field(min_length=1)] | None = None
    when: When = When()
    from_: date | None = Field(default=None, alias="from")
    by: date | None = None
    until: date | None = None
    seen: date | None = None
    source: list[Key] = []
    confidence: Confidence = "low"
    binds: Literal["nation", "default"] | None = None
    note: Text | None = None
    dispute: list[Dispute] = []
    unknown: Annotated[list[Word], Field(min_length=1)] | None = None

    @classmethod
    def parameters(cls) -> frozenset[str]:
        """Return the field names that are parameters of this topic."""
        return frozenset(cls.model_fields) - cls.about

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return the names under which the values of this topic are asked for and shown."""
        return cls.parameters()

    @classmethod
    def may_be_unknown(cls) -> frozenset[str]:
        """Return the names that a clause may list under `unknown`: what is asked for by them."""
        collects = kind_of(cls.topic) is Kind.COLLECTION
        return frozenset() if collects else cls.parameters() & cls.asked()

    @model_validator(mode="after")
    def _dates_are_possible(self) -> Self:
        if self.from_ and self.by:
            raise PydanticCustomError("dates-from-by", "`from` and `by` exclude each other")
        if self.until and self.seen:
            raise PydanticCustomError("dates-until-seen", "`until` and `seen` exclude each other")
        start, end = self.from_ or self.by, self.until or self.seen
        if start and end and end < start:
            raise PydanticCustomError(
                "dates-order", "ends on {end}, before {start}", {"end": end, "start": start}
            )
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        names = self.parameters()
        says = self.model_fields_set & names
        if not says and not self.unknown:
            raise PydanticCustomError(
                "clause-empty", "sets no parameter", {"known": ", ".join(sorted(names))}
            )
        strangers = set(self.unknown or ()) - names
        strangers |= {key for entry in self.dispute for key in entry.model_extra or {}} - names
        for stranger in sorted(strangers):
            raise PydanticCustomError(
                "parameter-unknown",
                "`{text}` is no parameter of this topic",
                {"text": stranger, "known": ", ".join(sorted(names))},
            )
        for name in sorted(set(self.unknown or ()) - self.may_be_unknown()):
            raise PydanticCustomError(
                "unknown-elsewhere", "nobody asks for `{text}` by that name", {"text": name}
            )
        return self

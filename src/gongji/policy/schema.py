"""Format 1 of a rule file, as pydantic models. docs/rules/format.md explains every field.

Dates are TOML dates, never strings, and inclusive. Money is a string of yuan with at most two
decimals and becomes integer fen. Words are codes: a file is read by people of both languages and
by programs, so it spells each idea in one way.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    HttpUrl,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gongji.policy.clause import Clause
from gongji.policy.fields import Area, Key, Strict, Text
from gongji.policy.topics import (
    TOPICS,
    AccountYear,
    Accrual,
    Binding,
    Caps,
    Channel,
    Consent,
    ContributionYears,
    Exclusion,
    Funds,
    InsuranceClause,
    Limits,
    Materials,
    MechanismClause,
    Order,
    Premium,
    PremiumPayment,
    Provider,
    Purposes,
    Relatives,
    Reversal,
    Roles,
    Scope,
    Standing,
    StatusClause,
    Transfer,
)


class RegionTable(Strict):
    """`[region]`: what the file covers and when somebody last read its sources."""

    code: Area
    name: Text
    pinyin: Annotated[str, Field(pattern=r"^[a-z]+$")]
    pooling: Literal["city", "region"]
    reviewed: date
    summary: Text
    summary_en: Text


class SourceTable(Strict):
    """`[source.KEY]`: one document. Grade `recall` is memory and has no address."""

    title: Text
    issuer: Text | None = None
    number: Text | None = None
    published: date | None = None
    published_note: Text | None = None
    url: Text | None = None
    grade: Literal["official", "press", "aggregator", "recall"]

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, url: str | None) -> str | None:
        if url is not None:
            try:
                TypeAdapter(HttpUrl).validate_python(url)
            except ValidationError:
                raise PydanticCustomError(
                    "url", "`{url}` is no web address", {"url": url}
                ) from None
        return url

    @model_validator(mode="after")
    def _address_follows_grade(self) -> Self:
        if self.grade == "recall" and self.url is not None:
            raise PydanticCustomError("source-address", "grade `recall` has no `url`")
        return self


class RuleFile(Strict):
    """A whole rule file: `format`, `unknown`, `[region]`, `[source.KEY]` and the clauses."""

    format: Literal[1]
    unknown: list[
        Annotated[str, Field(pattern=r"^([0-9]{6}/)?[a-z_]+\.[a-z_]+(\.[a-z0-9_]+)?$")]
    ] = []
    region: RegionTable
    source: dict[Key, SourceTable] = {}
    relatives: list[Relatives] = []
    insurance: list[InsuranceClause] = []
    status: list[StatusClause] = []
    exclusion: list[Exclusion] = []
    mechanism: list[MechanismClause] = []
    scope: list[Scope] = []
    provider: list[Provider] = []
    limits: list[Limits] = []
    roles: list[Roles] = []
    consent: list[Consent] = []
    purposes: list[Purposes] = []
    funds: list[Funds] = []
    caps: list[Caps] = []
    order: list[Order] = []
    premium: list[Premium] = []
    premium_payment: list[PremiumPayment] = []
    reversal: list[Reversal] = []
    binding: list[Binding] = []
    transfer: list[Transfer] = []
    accrual: list[Accrual] = []
    account_year: list[AccountYear] = []
    channel: list[Channel] = []
    materials: list[Materials] = []
    contribution_years: list[ContributionYears] = []
    standing: list[Standing] = []

    _positions: dict[str, list[int]] = PrivateAttr(default_factory=dict)

    def clauses(self) -> list[tuple[str, int, Clause]]:
        """Return (topic, position in its table, clause) of every clause, in the file's order."""
        return [
            (kind.topic, position, clause)
            for kind in TOPICS
            for position, clause in self._placed(kind.topic)
        ]

    def _placed(self, topic: str) -> list[tuple[int, Clause]]:
        found: list[Clause] = getattr(self, topic)
        return list(zip(self._positions.get(topic, range(len(found))), found, strict=True))

    @property
    def is_partial(self) -> bool:
        """Whether clauses that could not be understood were left out."""
        return bool(self._positions)

    @classmethod
    def of_the_sound(cls, tables: dict[str, Any], unsound: set[tuple[str, int]]) -> Self:
        """Return the file without its unsound clauses; positions stay those of the text.

        Raises ValidationError where more than clauses is amiss.
        """
        topics = {topic for topic, _position in unsound}
        kept = {
            topic: [at for at in range(len(tables[topic])) if (topic, at) not in unsound]
            for topic in topics
        }
        sound = {topic: [tables[topic][at] for at in places] for topic, places in kept.items()}
        file = cls.model_validate({**tables, **sound})
        file._positions = kept
        return file

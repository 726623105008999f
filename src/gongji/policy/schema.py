"""Format 1 of a rule file, as pydantic models. docs/rules/format.md explains every field.

Dates are TOML dates, never strings, and inclusive. Money is a string of yuan with at most two
decimals and becomes integer fen. Words are codes: a file is read by people of both languages and
by programs, so it spells each idea in one way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    PrivateAttr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gongji.policy.clause import Clause, Dispute
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


class Citation(BaseModel):
    """What a clause names of other things; it can be read where the rest of the clause cannot."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    area: list[Area] | None = None
    source: list[Key] = []
    dispute: list[Dispute] = []


class Torn(NamedTuple):
    """A clause of which something is amiss: where it stands, its keys, what it cites."""

    topic: str
    position: int
    keys: frozenset[str]
    citation: Citation


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
    _torn: list[Torn] = PrivateAttr(default_factory=list)
    _mentioned: frozenset[str] = PrivateAttr(default=frozenset())

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
    def torn(self) -> list[Torn]:
        """The clauses that could not be understood as a whole."""
        return self._torn

    @property
    def mentioned(self) -> frozenset[str]:
        """Every text of the clauses, where some of them could not be understood."""
        return self._mentioned

    @property
    def has_region(self) -> bool:
        """Whether it could be understood which region the file covers."""
        return bool(self.region.code)

    @classmethod
    def of_the_sound(cls, tables: dict[str, Any]) -> tuple[Self, list[Detail]]:
        """Return the file of all that is sound in the tables, and the details of what is not.

        Every clause is understood on its own and keeps the position that it has in the text. What
        is amiss with the file as a whole (its keys, its format) is not among the details.
        """
        details: list[Detail] = []
        kept: dict[str, Any] = {}
        positions: dict[str, list[int]] = {}
        torn: list[Torn] = []
        for kind, at, table in _clause_tables(tables):
            clause, found = _mend(kind, table, (kind.topic, at))
            details += found
            if clause is None or found:
                citation = _mend(Citation, table)[0] or Citation()
                torn.append(Torn(kind.topic, at, frozenset(table), citation))
            else:
                kept.setdefault(kind.topic, []).append(clause)
                positions.setdefault(kind.topic, []).append(at)
        region, found = _region(tables.get("region"))
        mentioned = frozenset(_strings(tables))
        sources, others = _sources(tables.get("source", {}), mentioned)
        file = cls.model_construct(
            format=1, region=region, source=sources, unknown=_texts(tables.get("unknown")), **kept
        )
        file._positions, file._torn, file._mentioned = positions, torn, mentioned
        return file, [*details, *found, *others]


Model = TypeVar("Model", bound=BaseModel)
Detail = dict[str, Any]
"""A complaint of pydantic: type, place, input, context."""

_BLAMED: Mapping[str, frozenset[str]] = {
    "dates-from-by": frozenset({"by", "opens_by"}),
    "dates-until-seen": frozenset({"seen"}),
    "dates-order": frozenset({"until", "seen", "closes"}),
    "parameter-unknown": frozenset({"unknown", "dispute"}),
    "unknown-elsewhere": frozenset({"unknown"}),
    "premium-dated": frozenset({"from", "by", "until", "seen"}),
    "premium-window-twice": frozenset({"phases"}),
    "source-address": frozenset({"url"}),
}
"""The keys without which a complaint of a whole table would not be made."""
_REGION: dict[str, Any] = {
    **dict.fromkeys(("name", "summary", "summary_en"), "-"),
    **{"pinyin": "a", "pooling": "city", "reviewed": date.max},
}
_SOURCE: dict[str, Any] = {"title": "-", "grade": "press"}
"""What stands in for the keys of a region and of a source that are amiss."""


def _mend(
    model: type[Model],
    table: dict[str, Any],
    place: tuple[str | int, ...] = (),
    stand_ins: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Model | None, list[Detail]]:
    """Return what is left of a table without the keys complained of, and all the complaints.

    A complaint of one key would hide what is amiss between others, so the rest is asked again. The
    result is None where a key is lacking for which nothing stands in.
    """
    found: list[Detail] = []
    dropped: set[str] = set()
    while True:
        try:
            return model.model_validate(table), found
        except ValidationError as error:
            details: list[Detail] = [dict(each) for each in error.errors(include_url=False)]
        fresh = [each for each in details if not _follows(each, dropped)]
        found += [{**each, "loc": (*place, *each["loc"])} for each in fresh]
        lacking = {str(each["loc"][0]) for each in details if each["type"] == "missing"}
        blamed = {key for each in details for key in _blamed(each)} & table.keys()
        if not blamed and not lacking & stand_ins.keys():
            return None, found
        dropped |= blamed
        sound = {key: value for key, value in table.items() if key not in blamed}
        table = sound | {key: stand_ins[key] for key in lacking & stand_ins.keys()}


def _blamed(detail: Detail) -> frozenset[str]:
    if detail["loc"]:
        return frozenset({str(detail["loc"][0])})
    return _BLAMED.get(detail["type"], frozenset())


def _follows(detail: Detail, dropped: set[str]) -> bool:
    """Whether a complaint is made only because keys were dropped."""
    if detail["type"] == "missing":
        return detail["loc"][0] in dropped
    return detail["type"] == "clause-empty" and bool(dropped)


def _clause_tables(
    tables: dict[str, Any],
) -> Iterator[tuple[type[Clause], int, dict[str, Any]]]:
    for kind in TOPICS:
        entries = tables.get(kind.topic)
        for at, table in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(table, dict):
                yield kind, at, table


def _region(table: object) -> tuple[RegionTable, list[Detail]]:
    region, found = None, list[Detail]()
    if isinstance(table, dict):
        region, found = _mend(RegionTable, table, ("region",), _REGION)
    return region or RegionTable.model_construct(code="", **_REGION), found


def _sources(
    tables: object, mentioned: frozenset[str]
) -> tuple[dict[str, SourceTable], list[Detail]]:
    """Return the sources; where they are no tables, something stands in for all that are cited."""
    sources: dict[str, SourceTable] = {}
    details: list[Detail] = []
    named = tables if isinstance(tables, dict) else dict.fromkeys(mentioned)
    for key, table in named.items():
        source = None
        if isinstance(table, dict):
            source, found = _mend(SourceTable, table, ("source", key), _SOURCE)
            details += found
        sources[key] = source or SourceTable.model_construct(**_SOURCE)
    return sources, details


def _texts(entries: object) -> list[str]:
    """Return the entries of a list of texts, none where one of them is no text."""
    texts = entries if isinstance(entries, list) else []
    return texts if all(isinstance(text, str) for text in texts) else []


def _strings(tables: dict[str, Any]) -> Iterator[str]:
    """Yield every text outside the sources."""
    heap: list[Any] = [value for key, value in tables.items() if key != "source"]
    while heap:
        value = heap.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            heap += value.values()
        elif isinstance(value, list):
            heap += value

"""What the rule files say once they are read: plain, frozen values that the engine asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, Final

UNLIMITED: Final = "unlimited"
"""The value of a limit that is stated to be none."""

Qualifiers = tuple[tuple[str, frozenset[str]], ...]
"""`when`, sorted by name: every name must hold one of its words."""


NATION: Final = "000000"
BINDS: Final = "area"
"""A silent qualifier: the clause answers for the nation alone."""
HOME: Final = "home"
"""A silent qualifier: the clause speaks of the mechanisms that stay within a region."""
HOME_TOPICS: Final = frozenset(
    {"relatives", "scope", "provider", "limits", "roles", "consent", "purposes", "funds", "caps"}
    | {"order", "binding", "transfer", "premium_payment", "reversal"}
)
"""The topics of which a region's own rules stay at home."""


def explicit(when: Qualifiers) -> Qualifiers:
    """Return the qualifiers that the rule file names, without the silent ones."""
    return tuple(pair for pair in when if pair[0] not in (BINDS, HOME))


class Unknown:
    """The value of a parameter that somebody looked for and did not find."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


class Confidence(IntEnum):
    """How sure a clause is; the weakest one relied on is the confidence of an answer."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Source:
    """One document, as its rule file cites it."""

    key: str
    title: str
    issuer: str | None
    number: str | None
    published: date | None
    published_note: str | None
    url: str | None
    grade: str


@dataclass(frozen=True, slots=True)
class Dissent:
    """A voice against a clause: other values of its parameters, or a note of what is said."""

    values: Mapping[str, Any]
    sources: tuple[Source, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: who says what sort of thing, since when, how surely. Dates are inclusive."""

    id: str
    region: str
    topic: str
    position: int
    path: str
    start: date | None
    start_is_exact: bool
    end: date | None
    end_is_exact: bool
    sources: tuple[Source, ...]
    confidence: Confidence
    note: str | None
    dissents: tuple[Dissent, ...]
    binds: str | None

    @property
    def undated(self) -> bool:
        """Whether neither a start nor an end is known."""
        return self.start is None and self.end is None


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of one parameter for one area, and the clause that says so."""

    parameter: str
    area: str
    when: Qualifiers
    value: Any
    clause: Clause


@dataclass(frozen=True, slots=True)
class Region:
    """`[region]` of a rule file."""

    code: str
    name: str
    pinyin: str
    pooling: str
    reviewed: date
    summary: str
    summary_en: str
    path: str


@dataclass(frozen=True, slots=True)
class Layer:
    """The files of one folder. `timelines[parameter][area]` holds the statements by qualifiers."""

    regions: Mapping[str, Region]
    sources: tuple[Source, ...]
    clauses: tuple[Clause, ...]
    statements: tuple[Statement, ...]
    timelines: Mapping[str, Mapping[str, Mapping[Qualifiers, tuple[Statement, ...]]]]
    unknowns: Mapping[str, frozenset[str]]
    """Parameters looked for and not found, by area."""


@dataclass(frozen=True, slots=True)
class Pack:
    """All layers, the shipped rules first, and one digest of every byte of them."""

    layers: tuple[Layer, ...]
    digest: str = field(repr=False)

    def region(self, code: str) -> Region | None:
        """Return what the last layer says of the region, or None where no file covers it."""
        return next(
            (layer.regions[code] for layer in reversed(self.layers) if code in layer.regions), None
        )


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A limit of which only so much is known: `count` are allowed, of more nobody says."""

    count: int

    def __str__(self) -> str:
        return f"{self.count}+"


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that may be paid in a period. `fen` is None where the holder sets the figure."""

    fen: int | None
    of: str | None
    set_by: str | None


@dataclass(frozen=True, slots=True)
class PremiumPhase:
    """A stretch of a premium window, days inclusive; None is not known. `fen` is its price.

    An `endless` one has no last day, which is another thing than one that is not known.
    """

    opens: date | None
    opens_is_exact: bool
    closes: date | None
    endless: bool
    fen: int | None
    wait_months: int
    wait_days: int
    days: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Accrual:
    """What comes into an account each month: a share of the base, an amount, or bands by age."""

    rate: str | None
    fen: int | None
    deduction_fen: int | None
    pension_share: str | None
    bands: tuple[tuple[int, int], ...]

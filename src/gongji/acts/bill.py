"""The bill: what is to be paid for whom, and who may be asked to pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongji.words.purposes import PREMIUMS


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid for a relative. `fen` is the own share; None asks for a premium's price.

    `holders` names who may pay, in that order; without it all whom the books bind. `at` is the time
    of day, HH:MM. `key` is the record's key: a random order is drawn from it, so that it can be
    drawn again. `mode` is the way of paying a premium where a clause offers two; without it the
    first.
    """

    beneficiary: str
    purpose: str
    on: date
    fen: int | None = None
    holders: tuple[str, ...] = ()
    year: int | None = None
    at: str | None = None
    provider_area: str | None = None
    item: str | None = None
    assume: frozenset[str] = frozenset()
    key: str | None = None
    mode: str | None = None

    @property
    def is_premium(self) -> bool:
        """Whether this is a premium rather than a bill."""
        return self.purpose in PREMIUMS

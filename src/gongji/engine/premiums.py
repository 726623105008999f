"""The premium asked about: which year, what price, which window, paid in which way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongji.engine.case import Case
from gongji.policy.pack import PremiumPhase
from gongji.policy.resolve import Ruling
from gongji.words.purposes import PREMIUMS

NEXT_YEAR_FROM_MONTH = 9
"""From September on, an unsaid year is the next one: the collecting season has begun."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one year: `phases` and the price beside them, as ruled where the relative is."""

    year: int
    phases: Ruling
    price: Ruling
    accounts_from: Ruling
    accounts_until: Ruling

    def phase_on(self, day: date) -> PremiumPhase | None:
        """Return the phase that surely holds the day, or None."""
        phases = self.phases.value if self.phases.known else ()
        return next((phase for phase in phases if holds(phase, day) is True), None)

    def fen_on(self, day: date) -> int | None:
        """Return the price on the day in fen, None where it is not known."""
        phase = self.phase_on(day)
        if phase is not None and phase.fen is not None and not self._has_own_price:
            return phase.fen
        fen: int | None = self.price.value if self.price.known else None
        return fen

    @property
    def _has_own_price(self) -> bool:
        """Whether a price meant for fewer people stands beside a window meant for more."""
        return self.price.known and self.price.qualifiers > self.phases.qualifiers


def is_premium(case: Case) -> bool:
    """Whether the purpose is a premium rather than a bill."""
    return case.request.purpose in PREMIUMS


def terms(case: Case) -> Terms:
    """Return the terms of the year asked about, or of the year that the day suggests."""
    year = case.request.year
    if year is not None:
        return _terms_of(case, year)
    day = case.request.on
    for candidate in (day.year + 1, day.year):
        found = _terms_of(case, candidate)
        if found.phase_on(day) is not None:
            return found
    return _terms_of(case, day.year + 1 if day.month >= NEXT_YEAR_FROM_MONTH else day.year)


def _terms_of(case: Case, year: int) -> Terms:
    which = frozenset({str(year)})
    phases, price, accounts_from, accounts_until = (
        case.ask(f"premium.{name}", of="beneficiary", year=which)
        for name in ("phases", "price", "accounts_from", "accounts_until")
    )
    return Terms(year, phases, price, accounts_from, accounts_until)


def holds(phase: PremiumPhase, day: date) -> bool | None:
    """Return whether the phase holds the day; None where an end that matters is not known."""
    if phase.closes is not None and day > phase.closes:
        return False
    if phase.opens is not None and day < phase.opens:
        return False if phase.opens_is_exact else None
    if phase.opens is None or (phase.closes is None and not phase.endless):
        return None
    return phase.days is None or phase.days[0] <= day.day <= phase.days[1]

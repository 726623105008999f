"""The premium asked about: which year, what price, which window, paid in which way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongji.engine.case import Case
from gongji.policy.pack import PremiumPhase
from gongji.policy.resolve import Ruling, qualifiers_of
from gongji.words.days import add_months
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
        if phase is not None and self._is_priced_by_phase:
            return phase.fen
        fen: int | None = self.price.value if self.price.known else None
        return fen

    def is_collected_on(self, day: date) -> bool | None:
        """Return whether the day lies in the collection window proper, before the late phases.

        Late is a phase that makes wait for benefits or costs more than the first. None where an
        end that matters is not known, or no window at all.
        """
        if not self.phases.known:
            return None
        proper = [phase for phase in self.phases.value if not self._is_late(phase)]
        states = [holds(phase, day) for phase in proper]
        return True if True in states else None if None in states else False

    def _is_late(self, phase: PremiumPhase) -> bool:
        first = self.phases.value[0]
        dearer = phase.fen is not None and first.fen is not None and phase.fen > first.fen
        return dearer or phase.wait_months > 0 or phase.wait_days > 0

    @property
    def _is_priced_by_phase(self) -> bool:
        """Whether the price goes by phase, so that one without a price has none that is known.

        Not where a price meant for fewer people stands beside a window meant for more.
        """
        has_own_price = self.price.known and self.price.qualifiers > self.phases.qualifiers
        return not has_own_price and any(phase.fen is not None for phase in self.phases.value)


def is_premium(case: Case) -> bool:
    """Whether the purpose is a premium rather than a bill."""
    return case.request.purpose in PREMIUMS


def terms(case: Case) -> Terms:
    """Return the terms of the year asked about, or of the year that the day suggests.

    That is the year whose window holds the day. Where accounts pay in the collection window alone,
    a late phase is no window for them.
    """
    year = case.request.year
    if year is not None:
        return _terms_of(case, year)
    day = case.request.on
    proper_only = case.ask("premium_payment.window_only").value is True
    for candidate in (day.year + 1, day.year):
        found = _terms_of(case, candidate)
        in_late_phase = proper_only and found.is_collected_on(day) is False
        if found.phase_on(day) is not None and not in_late_phase:
            return found
    return _terms_of(case, day.year + 1 if day.month >= NEXT_YEAR_FROM_MONTH else day.year)


def _terms_of(case: Case, year: int) -> Terms:
    which = frozenset({str(year)})
    phases, price, accounts_from, accounts_until = (
        case.ask(f"premium.{name}", of="beneficiary", year=which)
        for name in ("phases", "price", "accounts_from", "accounts_until")
    )
    return Terms(year, phases, price, accounts_from, accounts_until)


def benefit_from(year: int, paid: date, wait_months: int, wait_days: int) -> date:
    """Return the first day of benefits after a wait that counts from payment, in the year."""
    return max(date(year, 1, 1), add_months(paid, wait_months) + timedelta(wait_days))


def told_apart_by(case: Case, year: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the groups and the tiers by which prices of the year go where the relative is."""
    request = case.request
    words: dict[str, set[str]] = {"group": set(), "tier": set()}
    which = {"year": frozenset({str(year)}), "purpose": frozenset({request.purpose or ""})}
    for parameter in ("premium.price", "premium.phases"):
        for when in qualifiers_of(case.pack, parameter, request.beneficiary.area):
            named = dict(when)
            if all(named.get(name, said) & said for name, said in which.items()):
                for name, told in words.items():
                    told |= named.get(name, frozenset())
    return frozenset(words["group"]), frozenset(words["tier"])


def holds(phase: PremiumPhase, day: date) -> bool | None:
    """Return whether the phase holds the day; None where an end that matters is not known."""
    if phase.closes is not None and day > phase.closes:
        return False
    if phase.opens is not None and day < phase.opens:
        return False if phase.opens_is_exact else None
    if phase.opens is None or (phase.closes is None and not phase.endless):
        return None
    return phase.days is None or phase.days[0] <= day.day <= phase.days[1]

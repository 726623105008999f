"""What the engine answers: a verdict, the mechanism, and every check with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongji.engine.case import Check, Outcome
from gongji.policy.pack import Confidence


class Verdict(StrEnum):
    """Yes, no, or not known; never a guess."""

    ELIGIBLE = "eligible"
    UNKNOWN = "unknown"
    INELIGIBLE = "ineligible"


RANK = (Verdict.ELIGIBLE, Verdict.UNKNOWN, Verdict.INELIGIBLE)
"""Which verdict is better: among several mechanisms the best one answers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What all checks of one mechanism found."""

    mechanism: str
    checks: tuple[Check, ...]

    @property
    def verdict(self) -> Verdict:
        """Any fail makes it ineligible, else any unknown unknown."""
        outcomes = {check.outcome for check in self.checks}
        if Outcome.FAIL in outcomes:
            return Verdict.INELIGIBLE
        return Verdict.UNKNOWN if Outcome.UNKNOWN in outcomes else Verdict.ELIGIBLE

    @property
    def confidence(self) -> Confidence | None:
        """The weakest clause relied on. A no needs one fail, so its surest one counts."""
        match self.verdict:
            case Verdict.ELIGIBLE:
                return min((check.confidence for check in self.checks), default=Confidence.HIGH)
            case Verdict.INELIGIBLE:
                return max(check.confidence for check in self.having(Outcome.FAIL))
            case _:
                return None

    def having(self, *outcomes: Outcome) -> tuple[Check, ...]:
        """Return the checks with one of the outcomes."""
        return tuple(check for check in self.checks if check.outcome in outcomes)


@dataclass(frozen=True, slots=True)
class PremiumAnswer:
    """The premium asked about. `fen` and `mode` are None where they are not known.

    `also` is a second way of paying it; benefits wait so long after payment on that day.
    """

    year: int
    fen: int | None
    mode: str | None
    also: str | None = None
    wait_months: int = 0
    wait_days: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one request.

    `chosen` is the finding of the mechanism that makes it eligible, else None; `candidates` are all
    that were asked.
    """

    on: date
    verdict: Verdict
    confidence: Confidence | None
    chosen: Finding | None
    candidates: tuple[Finding, ...]
    premium: PremiumAnswer | None
    rules: str
    look_aside: Callable[[], tuple[Finding, ...]] = field(repr=False, compare=False)
    """Examines the mechanisms that do not bear on the verdict; costs as much as the rest."""

    @property
    def alternatives(self) -> tuple[Finding, ...]:
        """The mechanisms that were no candidates, with their own verdicts."""
        return self.look_aside()

    @property
    def mechanism(self) -> str | None:
        """The mechanism of an eligible decision, else None."""
        return self.chosen.mechanism if self.chosen else None

    @property
    def reasons(self) -> tuple[tuple[Finding, Check], ...]:
        """For a yes the checks that rest on a clause; else every fail and unknown."""
        if self.chosen:
            return tuple(
                (self.chosen, check) for check in self.chosen.checks if check.rests_on_clause
            )
        return tuple(
            (finding, check)
            for finding in self.candidates
            for check in finding.having(Outcome.FAIL, Outcome.UNKNOWN)
        )

    @property
    def assumed(self) -> tuple[str, ...]:
        """Absent facts taken as given that bear on the verdict, each once."""
        checks = self.chosen.checks if self.chosen else tuple(check for _, check in self.reasons)
        return tuple(dict.fromkeys(fact for check in checks for fact in check.assumed))

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would settle an unknown verdict, each once."""
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(fact for _, check in self.reasons for fact in check.missing))

"""Whether a settlement message balances, what is off by how much, which profile would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongji.settlement.identities import IDENTITIES, Identity, Sides
from gongji.settlement.message import Message
from gongji.settlement.profiles import Profile


@dataclass(frozen=True, slots=True)
class Finding:
    """What one identity says of one message."""

    identity: Identity
    sides: Sides

    @property
    def off_fen(self) -> int | None:
        """By how many fen the left side is above the right; None where an amount is missing."""
        if self.sides.left_fen is None or self.sides.right_fen is None:
            return None
        return self.sides.left_fen - self.sides.right_fen

    @property
    def outcome(self) -> Literal["pass", "fail", "unknown"]:
        """Whether the identity holds; not known where an amount is missing."""
        if self.off_fen is None:
            return "unknown"
        return "fail" if self.off_fen else "pass"

    @property
    def breaks(self) -> bool:
        """Whether it fails and is one that must hold."""
        return self.identity.binding and self.outcome == "fail"


@dataclass(frozen=True, slots=True)
class Balance:
    """The findings on a message under a profile, one for every identity, in their order.

    `instead` names the other profiles under which a message that does not balance would.
    """

    profile: Profile
    findings: tuple[Finding, ...]
    instead: tuple[Profile, ...] = ()

    @property
    def balances(self) -> bool:
        """Whether nothing that could be checked is off by a single fen, warnings left out."""
        return not any(finding.breaks for finding in self.findings)


def check(message: Message, profile: Profile = Profile.OF_WHICH) -> Balance:
    """Return what every identity says of the message, and which other profile would balance."""
    findings = _findings(message, profile)
    balance = Balance(profile, findings)
    if balance.balances:
        return balance
    others = (other for other in Profile if other is not profile)
    instead = tuple(other for other in others if _would_do(message, other, findings))
    return Balance(profile, findings, instead)


def _findings(message: Message, profile: Profile) -> tuple[Finding, ...]:
    return tuple(Finding(one, one.sides(message, profile)) for one in IDENTITIES)


def _would_do(message: Message, other: Profile, failed: tuple[Finding, ...]) -> bool:
    """Whether nothing breaks under the other profile, and all that broke is checked there too."""
    pairs = zip(failed, _findings(message, other), strict=True)
    return all(now.outcome == "pass" if before.breaks else not now.breaks for before, now in pairs)

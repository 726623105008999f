"""`allocate`: who pays how much of a bill, in order, to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Purse:
    """Money that may pay, of one person: accounts in the order in which they are drawn.

    `accounts` are (account, fen in it); no more than `most_fen` is drawn from all of them together.
    """

    owner: str
    accounts: tuple[tuple[str, int], ...]
    most_fen: int


@dataclass(frozen=True, slots=True)
class Draw:
    """So many fen out of one account of one person."""

    owner: str
    account: str
    fen: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """The draws in order, and what is left to be paid in cash. Together they are the bill."""

    draws: tuple[Draw, ...]
    cash_fen: int

    def drawn_from(self, owner: str) -> int:
        """Return how many fen the person pays from any account."""
        return sum(draw.fen for draw in self.draws if draw.owner == owner)


def allocate(fen: int, purses: Sequence[Purse]) -> Allocation:
    """Return how the purses, in their order, pay a bill of `fen`; the rest is cash."""
    draws: list[Draw] = []
    for purse in purses:
        for draw in _drawn(purse, fen):
            draws.append(draw)
            fen -= draw.fen
    return Allocation(tuple(draws), fen)


def _drawn(purse: Purse, wanted_fen: int) -> list[Draw]:
    left = min(wanted_fen, purse.most_fen)
    draws = []
    for account, balance_fen in purse.accounts:
        taken = min(left, max(0, balance_fen))
        if taken > 0:
            draws.append(Draw(purse.owner, account, taken))
            left -= taken
    return draws

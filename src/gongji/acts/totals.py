"""What was paid in all: by year, person and purpose, and whose money it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gongji.acts.paid import CASH, Paid, paid_by
from gongji.ledger.books import Books
from gongji.ledger.records import Record


class Group(NamedTuple):
    """What is added up together: the year of the payment's day, for whom and for what."""

    year: int
    person: str
    purpose: str


@dataclass(slots=True)
class Total:
    """The sum of payments: who gave how much, and how much of the cash was claimed back since."""

    paid: Paid = field(default_factory=Paid)
    claimed_fen: int = 0

    def add(self, paid: Paid, claimed_fen: int) -> None:
        """Count one payment, or another sum, in."""
        self.paid.update(paid)
        self.claimed_fen += claimed_fen


def totals_of(books: Books, records: Iterable[Record]) -> dict[Group, Total]:
    """Return the totals of the payments among the records, sorted; what was reversed is left out.

    Whether a payment was reversed or claimed is asked as of the last record. The records are read
    one by one and none is kept.
    """
    unclaimed = frozenset(books.open_items("claim"))
    totals: dict[Group, Total] = {}
    for record in records:
        if record.do != "pay-for" or books.reversed_by(record.seq) is not None:
            continue
        group = Group(record.on.year, record.fields["beneficiary"], record.fields["purpose"])
        paid = paid_by(record)
        is_claimed = _is_claimable(record) and record.seq not in unclaimed
        totals.setdefault(group, Total()).add(paid, paid[CASH] if is_claimed else 0)
    return dict(sorted(totals.items()))


def by_year(totals: Mapping[Group, Total]) -> dict[int, Total]:
    """Return the sum of each year, of all persons and purposes."""
    years: dict[int, Total] = {}
    for group, total in totals.items():
        years.setdefault(group.year, Total()).add(total.paid, total.claimed_fen)
    return years


def _is_claimable(payment: Record) -> bool:
    opens = payment.fields.get("opens")
    return opens is not None and opens["kind"] == "claim"

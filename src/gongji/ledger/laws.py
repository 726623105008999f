"""The laws of the books: a record that breaks one is neither written nor passed by `verify`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from gongji.ledger.accounts import holds_money
from gongji.ledger.errors import (
    AlreadyReversed,
    BrokenLaw,
    NoSuchRecord,
    NotANegation,
    NotReversible,
    Overdrawn,
    Unbalanced,
)
from gongji.ledger.records import Draft, Record, negated


class Before(Protocol):
    """The books as they stood before the record."""

    def balance(self, account: str) -> int:
        """Return the fen of an account."""

    def record(self, seq: int) -> Record | None:
        """Return record `seq`."""

    def reversed_by(self, seq: int) -> int | None:
        """Return the number of the record that reversed record `seq`."""


def broken_laws(record: Draft | Record, before: Before) -> Iterator[BrokenLaw]:
    """Yield what the record breaks: it balances, overdraws nobody, and reverses exactly and once.

    `record` has passed check_shape.
    """
    yield from _balance(record)
    yield from _funds(record, before)
    if record.do == "reverse":
        yield from _reversal(record, before)


def _balance(record: Draft | Record) -> Iterator[BrokenLaw]:
    if total := sum(posting.fen for posting in record.postings):
        yield Unbalanced(total)


def _funds(record: Draft | Record, before: Before) -> Iterator[BrokenLaw]:
    change: Counter[str] = Counter()
    for posting in record.postings:
        change[posting.account] += posting.fen
    for account, fen in change.items():
        if fen < 0 and holds_money(account):
            left = before.balance(account) + fen
            if left < 0:
                yield Overdrawn(account, left)


def _reversal(record: Draft | Record, before: Before) -> Iterator[BrokenLaw]:
    seq = record.fields["record"]
    original = before.record(seq)
    if original is None:
        yield NoSuchRecord(seq)
        return
    if original.do == "reverse":
        yield NotReversible(seq)
    if by := before.reversed_by(seq):
        yield AlreadyReversed(seq, by)
    if record.postings != negated(original.postings):
        yield NotANegation(seq)

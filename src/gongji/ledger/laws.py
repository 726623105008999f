"""The laws of the books: a record that breaks one is neither written nor passed by `verify`."""

from __future__ import annotations

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
    Overfull,
    Unbalanced,
)
from gongji.ledger.records import Draft, Record, diverted_in, negated, netted
from gongji.words.money import FEN_MAX


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

    No account stands at more than an amount can say, so that every sum is exact.

    A reversal negates what it takes back; what it posts beside that it states in `diverted`.

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
    for posting in netted(record.postings):
        left = before.balance(posting.account) + posting.fen
        if posting.fen < 0 and left < 0 and holds_money(posting.account):
            yield Overdrawn(posting.account, left)
        if abs(left) > FEN_MAX:
            yield Overfull(posting.account, left)


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
    stated = netted((*negated(original.postings), *diverted_in(record.fields)))
    if set(netted(record.postings)) != set(stated):
        yield NotANegation(seq)

"""Whose money a record moved: the person's own, relatives' by mechanism, a wallet's, cash."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from gongji.ledger.records import Record
from gongji.words.money import parse_yuan


class Source(NamedTuple):
    """Where money came from: `own`, `wallet`, `cash`, or a mechanism and the holder behind it."""

    kind: str
    holder: str | None = None


Paid = Counter[Source]
"""Fen by source."""

OWN, WALLET, CASH = Source("own"), Source("wallet"), Source("cash")
_MECHANISM_OF = {"pool": "family_pool", "quota": "wallet_quota"}


def paid_by(record: Record) -> Paid:
    """Return what each source gave in a payment, a claim or a transfer.

    In a claim and a transfer it is all the holder's, by the mechanism that was decided on.
    """
    if record.do == "pay-for":
        beneficiary = record.fields["beneficiary"]
        taken = Paid()
        for posting in record.postings:
            if posting.fen < 0:
                taken[_source(posting.account, beneficiary)] -= posting.fen
        return taken
    fields = record.fields
    source = Source(fields["decision"]["mechanism"], fields["holder"])
    return Paid({source: parse_yuan(fields["amount"])})


def relatives_of(paid: Paid) -> Paid:
    """Return the part that relatives' accounts gave."""
    return Paid({source: fen for source, fen in paid.items() if source.holder is not None})


def _source(account: str, beneficiary: str) -> Source:
    owner, _, rest = account.partition(":")
    kind = rest.partition(":")[0]
    if owner == "cash":
        return CASH
    if kind == "wallet":
        return WALLET
    if kind in _MECHANISM_OF:
        return Source(_MECHANISM_OF[kind], owner)
    return OWN if owner == beneficiary else Source("authorisation", owner)

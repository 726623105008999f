"""A journal for hledger: accounts and the commodity declared, the balances asserted at the end.

It passes `hledger check --strict`. Records come in the order of the ledger, which need not be that
of their days; one that moves nothing is a transaction without postings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import quote

from gongji.ledger.records import Record
from gongji.render.export.shared import CURRENCY, Tally, class_of, facts_of, is_name
from gongji.words.money import format_yuan
from gongji.words.text import clean


def hledger_journal(records: Iterable[Record]) -> Iterator[str]:
    """Yield the journal in pieces of whole lines."""
    yield f"commodity 1000.00 {CURRENCY}\n"
    tally = Tally()
    for record in records:
        declared = [f"account {account_name(account)}" for account in tally.add(record)]
        yield "\n".join(["", *declared, *_transaction(record), ""])
    if tally.fen:
        yield f"\n{tally.last} balances\n"
    for account, fen in tally.fen.items():
        yield f"{_posting(account, 0)} = {_amount(fen)}\n"


@cache
def account_name(account: str) -> str:
    """Return what hledger calls an account: its class, then its own name.

    What stands in it and could be no name of a person is percent-encoded, so that every account
    has one name of its own, and `%` alone stands for nothing.
    """
    return ":".join([class_of(account), *map(_part, account.split(":"))])


def _part(text: str) -> str:
    return text if is_name(text) else quote(text, safe="") or "%"


def _transaction(record: Record) -> Iterator[str]:
    yield f"{record.on} ({record.seq}) {clean(record.do)}"
    for name, fact in facts_of(record).items():
        # A comma would end the value, and what follows it could pass for a tag of its own.
        yield f"    ; {name}: {fact.replace(',', ';')}"
    for posting in record.postings:
        yield _posting(posting.account, posting.fen)


def _posting(account: str, fen: int) -> str:
    return f"    {account_name(account)}  {_amount(fen)}"


def _amount(fen: int) -> str:
    return f"{format_yuan(fen)} {CURRENCY}"

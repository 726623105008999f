"""A ledger for Beancount: accounts opened, the balances asserted at the end, to the fen.

It passes `bean-check`. A record that moves nothing is a transaction without postings; a record and
what takes it back, claims or accepts it have one link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final
from unicodedata import category

from gongji.ledger.accounts import parts_of
from gongji.ledger.records import Record
from gongji.render.export.shared import CURRENCY, Tally, class_of, facts_of, is_name
from gongji.words.money import format_yuan
from gongji.words.text import clean

FIRST_DAY: Final = date(1900, 1, 1)
"""No record is of an earlier day, and they need not come in the order of their days."""


def beancount_ledger(records: Iterable[Record]) -> Iterator[str]:
    """Yield the ledger in pieces of whole lines."""
    yield f'option "operating_currency" "{CURRENCY}"\n\n{FIRST_DAY} commodity {CURRENCY}\n'
    tally = Tally()
    for record in records:
        opened = [f"{FIRST_DAY} open {account_name(one)} {CURRENCY}" for one in tally.add(record)]
        yield "\n".join(["", *opened, *_transaction(record), ""])
    if tally.fen:
        yield from _balances(tally, tally.last + timedelta(days=1))


@cache
def account_name(account: str) -> str:
    """Return what Beancount calls an account: its class, then its own name.

    Words of the ledger begin with a capital; a name begins with `P-`, its letters and digits stay,
    `-` is doubled, and any other character is its code point in hex between two `-`. Beancount
    takes letters, digits and `-` alone, and at the beginning only capitals and digits, which no
    Chinese character is. So every account has one name of its own.
    """
    parts = [_name(part) if named else part.capitalize() for part, named in parts_of(account)]
    return ":".join([class_of(account).capitalize(), *parts])


def _name(text: str) -> str:
    shows = is_name(text)
    return "P-" + "".join(
        each if _is_taken(each) and (shows or each.isascii()) else _escaped(each) for each in text
    )


def _is_taken(character: str) -> bool:
    kind = category(character)
    return kind[0] == "L" or kind == "Nd"


def _escaped(character: str) -> str:
    return "--" if character == "-" else f"-{ord(character):X}-"


def _transaction(record: Record) -> Iterator[str]:
    linked = [record.seq, record.fields.get("record")]
    links = [f"^record-{seq}" for seq in linked if isinstance(seq, int)]
    yield " ".join([f"{record.on} * {_quoted(clean(record.do))}", *links])
    for name, fact in facts_of(record).items():
        yield f"  {name}: {_quoted(fact)}"
    for posting in record.postings:
        yield f"  {account_name(posting.account)}  {format_yuan(posting.fen)} {CURRENCY}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _balances(tally: Tally, day: date) -> Iterator[str]:
    """Yield what every account holds at the beginning of the day, with those below it."""
    sums: Counter[str] = Counter()
    for account, fen in tally.fen.items():
        parts = account_name(account).split(":")
        for count in range(1, len(parts) + 1):
            sums[":".join(parts[:count])] += fen
    yield "\n"
    for account in tally.fen:
        name = account_name(account)
        # Without a tolerance of its own a balance may be one fen off.
        yield f"{day} balance {name}  {format_yuan(sums[name])} ~ 0.00 {CURRENCY}\n"

"""What the formats share: the facts of a record, the class of an account, the closing balances."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from gongji.ledger.accounts import holds_money
from gongji.ledger.records import Record
from gongji.words.names import BadName, parse_name
from gongji.words.text import clean

FACTS: Final = (
    *("person", "holder", "beneficiary", "family", "relation", "mechanism"),
    *("purpose", "year", "month", "to", "record", "reason"),
)
"""The fields of a record that are told beside its postings; JSON alone tells all of them."""

CURRENCY: Final = "CNY"

_CLASSES: Final = {"credit": "income", "provider": "expenses", "premium": "expenses"}


def facts_of(record: Record) -> dict[str, str]:
    """Return what a record has of FACTS, and its key, as text of one line that hides nothing."""
    said = {name: record.fields.get(name) for name in FACTS} | {"key": record.key}
    return {name: clean(str(fact)) for name, fact in said.items() if isinstance(fact, str | int)}


def class_of(account: str) -> str:
    """Return assets, income, expenses or equity: what a person holds, gets, spends, and the rest.

    Cash and bank are equity: they are the household's other side, of which the books know no
    balance.
    """
    return "assets" if holds_money(account) else _CLASSES.get(account, "equity")


def is_name(part: str) -> bool:
    """Return whether a part of an account's name could be the name of a person as it stands."""
    try:
        return parse_name(part) == part
    except BadName:
        return False


class Tally:
    """The fen of every account so far, in the order of first use, and the last day."""

    def __init__(self) -> None:
        self.fen: Counter[str] = Counter()
        self.last = date.min

    def add(self, record: Record) -> list[str]:
        """Add the postings of a record and return the accounts that had none before."""
        new = list(dict.fromkeys(p.account for p in record.postings if p.account not in self.fen))
        for posting in record.postings:
            self.fen[posting.account] += posting.fen
        self.last = max(self.last, record.on)
        return new

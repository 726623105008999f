"""Records without what is personal: for showing them to somebody outside the household.

What is kept is listed, so that what a later act records is left out until it is listed too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from gongji.ledger.accounts import parts_of
from gongji.ledger.records import Posting, Record

_NAMES: Final = frozenset({"person", "holder", "beneficiary", "family", "ends"})
"""Fields, at any depth, whose texts are names of people."""
_KEPT: Final = _NAMES | {
    *("relation", "mechanism", "purpose", "year", "month", "record", "priority"),
    *("amount", "own", "draws", "account", "wallet", "cash", "to", "at", "base"),
    *("cap_per_payment", "authorised", "opens", "kind", "due", "closes"),
    *("decision", "decisions", "verdict", "confidence", "failing", "check"),
    *("clauses", "assumed", "rules", "attributes", "area", "insurance", "status", "type"),
    "unsplit",
}
"""Fields that stay: codes, amounts, dates, numbers of records."""

Alias = Callable[[str], str]


def redacted(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records with people called p1, p2 … by first appearance.

    Free texts, keys, what is kept of ID numbers, days of birth and hashes are left out (the hash
    of a line would let names be tried); days, amounts, areas and relations stay.
    """
    aliases: dict[str, str] = {}

    def alias(name: str) -> str:
        return aliases.setdefault(name, f"p{len(aliases) + 1}")

    for record in records:
        fields = _without(record.fields, alias)
        postings = tuple(
            Posting(_renamed(posting.account, alias), posting.fen) for posting in record.postings
        )
        yield replace(record, fields=fields, postings=postings, key=None, prev="", hash="")


def _without(fields: dict[str, Any], alias: Alias) -> dict[str, Any]:
    return {name: _told(name, said, alias) for name, said in fields.items() if name in _KEPT}


def _told(name: str, said: Any, alias: Alias) -> Any:
    match said:
        case dict():
            return _without(said, alias)
        case list():
            return [_told(name, one, alias) for one in said]
        case str() if name in _NAMES:
            return alias(said)
        case str() if name == "account":
            return _renamed(said, alias)
        case _:
            return said


def _renamed(account: str, alias: Alias) -> str:
    return ":".join(alias(part) if is_name else part for part, is_name in parts_of(account))

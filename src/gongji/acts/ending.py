"""What ends with a binding: money set aside goes back; an insurance or a term ends it by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from gongji.acts.account import put_back
from gongji.acts.facts import request_of, set_aside_fen
from gongji.acts.people import Ended, person
from gongji.acts.pool import returned_pool
from gongji.engine.case import Case
from gongji.engine.distance import distance
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting, Record
from gongji.policy.pack import Pack
from gongji.policy.resolve import Ruling
from gongji.words.areas import chain


def returned(
    books: Books,
    pack: Pack,
    binding: Binding,
    on: date,
    gone: frozenset[str] = frozenset(),
) -> list[Posting]:
    """Return the postings that the end of a binding causes.

    `gone` are other relatives of the holder whose bindings end with it and come before it.
    """
    match binding.mechanism:
        case "wallet_quota":
            reserved = set_aside_fen(books, binding) or 0
            return returned_quota(books, pack, binding, on, reserved)
        case "family_pool":
            return returned_pool(books, pack, binding, on, gone)
        case _:
            return []


def returned_quota(books: Books, pack: Pack, binding: Binding, on: date, fen: int) -> list[Posting]:
    """Return the postings that give `fen` of a quota back to the holder's account."""
    account = quota_of(binding.holder, binding.beneficiary)
    return put_back(books, pack, account, fen, on) if fen else []


def quota_of(holder: str, beneficiary: str) -> str:
    """Return the account that holds what is reserved for the relative."""
    return f"{holder}:quota:{beneficiary}"


def closed_with(bindings: Iterable[Binding]) -> dict[str, Any]:
    """Return what a record says that ends the bindings: their terms wait for no day any more."""
    closes = [binding.seq for binding in bindings if "opens" in binding.fields]
    return {"closes": closes} if closes else {}


def term_over(books: Books, pack: Pack, bound: Record) -> Draft | None:
    """Return the end of the binding of a record on the day after its term; None if it has ended."""
    two = {name: bound.fields[name] for name in ("holder", "beneficiary")}
    binding = next((one for one in books.bindings(**two) if one.seq == bound.seq), None)
    if binding is None:
        return None
    day = date.fromisoformat(bound.fields["opens"]["due"])
    fields = {**two, "why": "term", **closed_with([binding])}
    return Draft("unbind", day, fields, tuple(returned(books, pack, binding, day)))


def ended_bindings(books: Books, pack: Pack, name: str, on: date) -> Ended:
    """Return what ends, once somebody's attributes are others, by `binding.ends_with`.

    The clauses speak of either side's insurance, under the rules where the holder is insured.
    """
    return partial(_ended, books, pack, name, on)


def _ended(
    books: Books, pack: Pack, name: str, on: date, after: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Posting]]:
    happened = _happened(pack, person(books, name), after)
    ended: list[Binding] = []
    rulings: list[Ruling] = []
    postings: list[Posting] = []
    for binding in [*books.bindings(holder=name, on=on), *books.bindings(beneficiary=name, on=on)]:
        ruling = _case(books, pack, binding, on, "unbind").ask("binding.ends_with")
        if ruling.known and happened.intersection(ruling.value):
            gone = frozenset(one.beneficiary for one in ended if one.holder == binding.holder)
            postings += returned(books, pack, binding, on, gone)
            ended.append(binding)
            rulings.append(ruling)
    if not ended:
        return {}, []
    fields = {
        "ends": [[binding.holder, binding.beneficiary] for binding in ended],
        "clauses": sorted({clause.id for ruling in rulings for clause in ruling.clauses}),
        **closed_with(ended),
    }
    return fields, postings


def _happened(pack: Pack, before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """Return what has happened to an insurance, in the words of `binding.ends_with`."""
    insurance_changes = before["insurance"] != after["insurance"]
    status = after.get("status") if before.get("status") != after.get("status") else None
    events = {
        "insurance_ends": status == "ended" or (insurance_changes and after["insurance"] == "none"),
        "insurance_suspended": status == "suspended",
        "insurance_moves": insurance_changes or _moves(pack, before["area"], after["area"]),
    }
    return frozenset(event for event, happens in events.items() if happens)


def _moves(pack: Pack, area: str, other: str) -> bool:
    """Return whether that is another pooling area, and not the same place named less exactly."""
    if area in chain(other) or other in chain(area):
        return False
    return distance(pack, area, other) != "pooling_area"


def _case(books: Books, pack: Pack, binding: Binding, on: date, action: str) -> Case:
    request = request_of(books, binding.holder, binding.beneficiary, on, binding.relation)
    return Case.of(pack, request, binding.mechanism, action)

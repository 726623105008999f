"""persons: who is in the household, and where and how they are insured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gongji.acts.outcome import Misfit, Plan
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting

ATTRIBUTES: Final = (
    *("area", "insurance", "status", "type", "tier", "group", "born", "id", "wallet"),
    "order",
)
"""What the books keep of a person beside balances; all but area and insurance may be absent.

`order` lists the holders in the order in which the person wants their accounts to pay.
"""


Ended = Callable[[Mapping[str, Any]], tuple[dict[str, Any], list[Posting]]]
"""Tells what ends once somebody's attributes are these: what the record then says of it, and the
money that goes back."""


@dataclass(frozen=True, slots=True)
class Balances:
    """What a person's account holds, in fen: the whole, or its two pools; None was not said."""

    whole: int | None = None
    current: int | None = None
    carryover: int | None = None

    @property
    def pools(self) -> dict[str, int]:
        """The fen of each pool. A whole that is not split stands in `current`."""
        if self.whole is not None and self.current is None and self.carryover is None:
            return {"current": self.whole}
        pairs = {"current": self.current, "carryover": self.carryover}
        return {pool: fen for pool, fen in pairs.items() if fen is not None}


def add_person(
    books: Books, name: str, attributes: Mapping[str, Any], balances: Balances, on: date
) -> Plan:
    """Plan a new person. `attributes` are plain JSON.

    Raises Misfit, as where the name is taken or somebody in `order` is not known.

    The name of somebody removed stays taken: their bindings and payments stand under it.
    """
    if books.person(name) is not None:
        raise Misfit("person.exists", name=name)
    if any(books.history(person=name, limit=1)):
        raise Misfit("person.was-there", name=name)
    kept = {key: value for key, value in attributes.items() if value is not None}
    _check_order(books, kept)
    return _plan(books, "person-add", name, kept, balances, on)


def set_person(
    books: Books,
    name: str,
    changes: Mapping[str, Any],
    balances: Balances,
    on: date,
    ended: Callable[[], Ended] | None = None,
) -> Plan:
    """Plan a change of some attributes or balances; what is None stays.

    Raises Misfit, also if somebody in `order` is not known.
    Where the insurance changes, so may what hangs on it: `ended` is asked for that then.
    """
    known = person(books, name)
    changed = {key: value for key, value in changes.items() if value is not None}
    _check_order(books, changed)
    plan = _plan(books, "person-set", name, {**known, **changed}, balances, on)
    hanging = ("area", "insurance", "status")
    if ended is None or all(changed.get(key, known.get(key)) == known.get(key) for key in hanging):
        return plan
    said, postings = ended()({**known, **changed})
    fields = {**plan.draft.fields, **said}
    return Plan(replace(plan.draft, fields=fields, postings=(*plan.draft.postings, *postings)))


def _check_order(books: Books, attributes: Mapping[str, Any]) -> None:
    for name in attributes.get("order", ()):
        person(books, name)


def remove_person(books: Books, name: str, on: date) -> Plan:
    """Plan to take a person and their money out of the household. Raises Misfit.

    That is while a binding is open, or while something is ordered, claimed or waits for them.
    """
    person(books, name)
    if books.bindings(holder=name) or books.bindings(beneficiary=name):
        raise Misfit("person.bound", name=name)
    left = {account: fen for account, fen in books.balances(f"{name}:").items() if fen}
    if any(account.count(":") > 1 for account in left):
        raise Misfit("person.owed", name=name)
    postings = [Posting(account, -fen) for account, fen in left.items()]
    if postings:
        postings.append(Posting("credit", sum(left.values())))
    return Plan(Draft("person-remove", on, {"person": name}, tuple(postings)))


def person(books: Books, name: str) -> dict[str, Any]:
    """Return the attributes of a person of the books. Raises Misfit if there is none."""
    attributes = books.person(name)
    if attributes is None:
        raise Misfit("person.unknown", name=name)
    return attributes


def _plan(
    books: Books, do: str, name: str, attributes: dict[str, Any], balances: Balances, on: date
) -> Plan:
    pools = balances.pools
    born = attributes.get("born")
    if born is not None and born > str(on):
        raise Misfit("person.born-later", name=name, born=born, on=str(on))
    if pools:
        attributes["unsplit"] = balances.current is None and balances.carryover is None
    if pools and attributes["insurance"] != "employee":
        raise Misfit("person.no-account", name=name)
    changes = {
        f"{name}:{pool}": fen - books.balance(f"{name}:{pool}") for pool, fen in pools.items()
    }
    if attributes.get("unsplit") and "current" in pools:
        changes[f"{name}:carryover"] = -books.balance(f"{name}:carryover")
    postings = [Posting(account, fen) for account, fen in changes.items() if fen]
    if postings:
        postings.append(Posting("credit", -sum(posting.fen for posting in postings)))
    fields = {"person": name, "attributes": attributes}
    return Plan(Draft(do, on, fields, tuple(postings)))

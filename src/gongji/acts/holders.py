"""Several holders of one relative: in which order they pay, and how much each may at most."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from datetime import date

from gongji.acts.bill import Bill
from gongji.acts.facts import own_fen
from gongji.acts.outcome import Asked, Misfit
from gongji.acts.people import person
from gongji.engine.case import Case
from gongji.ledger.books import Binding, Books
from gongji.policy.pack import Pack


@dataclass(frozen=True, slots=True)
class Payer:
    """A holder who may pay: the binding, and the decision that said yes."""

    binding: Binding
    asked: Asked

    @property
    def name(self) -> str:
        """The holder's name."""
        return self.binding.holder

    def case(self, pack: Pack) -> Case:
        """Return the case that was decided."""
        return Case.of(pack, self.asked.request, self.binding.mechanism, "use")


def in_order(books: Books, pack: Pack, payers: list[Payer], bill: Bill) -> list[Payer]:
    """Return the payers in the order of payment: as the bill names them, else as the rule says.

    Where their areas name different orders, or none, it is as the people of the household wish: the
    relative's own list, then the priorities of the bindings, then the order of binding. Raises
    Misfit where the payer must choose.
    """
    if bill.holders:
        return payers
    match _agreed(pack, payers, "order.holders"):
        case "binding_order":
            return sorted(payers, key=_binding)
        case "last_bound":
            return sorted(payers, key=_binding, reverse=True)
        case "holder_order":
            return sorted(payers, key=_priority)
        case "largest_balance":
            return _richest_first(books, pack, payers)
        case "payer_choice" if len(payers) > 1:
            raise Misfit("pay.choose", holders=", ".join(payer.name for payer in payers))
        case "random":
            # Without a key it is the record before that tells, which the record names.
            seed = bill.key or books.head.hash
            return sorted(payers, key=lambda payer: _lot(seed, payer.name))
        case _:
            return _as_listed(books, payers, bill.beneficiary)


def most_at_once(pack: Pack, payers: list[Payer]) -> int:
    """Return how many holders one settlement may draw on."""
    rulings = [payer.case(pack).ask("order.holders_per_settlement") for payer in payers]
    return min((ruling.value for ruling in rulings if ruling.known), default=len(payers))


def _agreed(pack: Pack, payers: list[Payer], parameter: str) -> object:
    """Return what the areas of all payers say, None where they differ or one does not say."""
    said = {payer.case(pack).ask(parameter).value for payer in payers}
    return said.pop() if len(said) == 1 else None


def _richest_first(books: Books, pack: Pack, payers: list[Payer]) -> list[Payer]:
    """Order by balance; of equal ones by name (its characters) where the rule says so."""
    by_name = _agreed(pack, payers, "order.tie") == "name"

    def key(payer: Payer) -> tuple[int, str, tuple[date, int]]:
        name = payer.name if by_name else ""
        return -own_fen(books, payer.name), name, _binding(payer)

    return sorted(payers, key=key)


def _as_listed(books: Books, payers: list[Payer], beneficiary: str) -> list[Payer]:
    listed = person(books, beneficiary).get("order") or []

    def place(payer: Payer) -> int:
        return listed.index(payer.name) if payer.name in listed else len(listed)

    return sorted(payers, key=lambda payer: (place(payer), _priority(payer)))


def _priority(payer: Payer) -> tuple[int, tuple[date, int]]:
    """Order by the holder's priority, 1 before 2 and both before none; then by binding."""
    priority = payer.binding.fields.get("priority")
    return (priority if priority is not None else sys.maxsize, _binding(payer))


def _binding(payer: Payer) -> tuple[date, int]:
    return payer.binding.opened, payer.binding.seq


def _lot(seed: str, name: str) -> str:
    """Draw a lot that can be drawn again: it hangs on the record, not on chance."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()

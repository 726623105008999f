"""Several holders of one relative: in which order they pay, and how much each may at most."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass

from gongji.acts.bill import Bill
from gongji.acts.facts import own_fen
from gongji.acts.outcome import Asked, Misfit
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

    Where their areas name different orders, or none, it is the order of binding.
    """
    if bill.holders:
        return payers
    said = {payer.case(pack).ask("order.holders").value for payer in payers}
    rule = said.pop() if len(said) == 1 else None
    if rule == "largest_balance":
        return sorted(payers, key=lambda payer: -own_fen(books, payer.name))
    if rule == "last_bound":
        return sorted(payers, key=_bound_first, reverse=True)
    if rule == "payer_choice" and len(payers) > 1:
        raise Misfit("pay.choose", holders=", ".join(payer.name for payer in payers))
    if rule == "random":
        seed = bill.key or books.head.hash
        return sorted(payers, key=lambda payer: _lot(seed, payer.name))
    return sorted(payers, key=_bound_first)


def most_at_once(pack: Pack, payers: list[Payer]) -> int:
    """Return how many holders one settlement may draw on."""
    rulings = [payer.case(pack).ask("order.holders_per_settlement") for payer in payers]
    return min((ruling.value for ruling in rulings if ruling.known), default=len(payers))


def _bound_first(payer: Payer) -> tuple[int, int]:
    """Order by the user's priority, then by binding; without a priority after those with one."""
    priority = payer.binding.fields.get("priority")
    return (priority if priority is not None else sys.maxsize, payer.binding.seq)


def _lot(seed: str, name: str) -> str:
    """Draw a lot that can be drawn again: it hangs on the record, not on chance."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()

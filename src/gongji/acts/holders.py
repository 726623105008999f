"""Several holders of one relative: in which order they pay, and how much each may at most."""

from __future__ import annotations

import hashlib
import sys
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from gongji.acts.bill import Bill
from gongji.acts.facts import own_fen
from gongji.acts.outcome import Asked
from gongji.engine.allocate import Purse
from gongji.engine.case import Case
from gongji.engine.funds import funds_rule, usable_fen
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
        return Case(pack, self.asked.request, self.binding.mechanism, "use")


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
    if rule == "random":
        seed = bill.key or books.head.hash
        return sorted(payers, key=lambda payer: _lot(seed, payer.name))
    return sorted(payers, key=_bound_first)


def most_at_once(pack: Pack, payers: list[Payer]) -> int:
    """Return how many holders one settlement may draw on."""
    rulings = [payer.case(pack).ask("order.holders_per_settlement") for payer in payers]
    return min((ruling.value for ruling in rulings if ruling.known), default=len(payers))


def purse_of(books: Books, pack: Pack, payer: Payer, bill: Bill, others_fen: int) -> Purse:
    """Return what the holder may pay of the bill: usable money, under every cap.

    `others_fen` is what holders before this one pay of it: a cap of the relative counts it too.
    """
    case = payer.case(pack)
    rule = funds_rule(case)
    current, carryover = (
        books.balance(f"{payer.name}:{pool}") for pool in ("current", "carryover")
    )
    pools = case.ask("order.own_pools").value if case.ask("order.own_pools").known else None
    order = ("carryover",) if rule.carryover_only else (pools or ("current", "carryover"))
    accounts = {"current": current, "carryover": carryover}
    return Purse(
        payer.name,
        tuple((f"{payer.name}:{pool}", accounts[pool]) for pool in order),
        min([usable_fen(rule, current, carryover), *_caps(books, case, payer, others_fen)]),
    )


def _caps(books: Books, case: Case, payer: Payer, others_fen: int) -> list[int]:
    holder, on = case.request.holder, case.request.on
    caps = [fen for fen in (holder.cap_per_payment, holder.authorised) if fen is not None]
    # Whole periods: a payment of an earlier day may be recorded after one of a later day.
    periods = {
        "payment": None,
        "day": (on, on),
        "month": (on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])),
        "year": (on.replace(month=1, day=1), on.replace(month=12, day=31)),
        "authorisation": (payer.binding.opened, date.max),
    }
    for per, days in periods.items():
        ruling = case.ask(f"caps.{per}")
        if ruling.known and ruling.value.fen is not None:
            paid = others_fen if ruling.value.of == "beneficiary" else 0
            spent = _spent(books, payer, ruling.value.of, *days) if days else 0
            caps.append(max(0, ruling.value.fen - spent - paid))
    return caps


def _spent(books: Books, payer: Payer, of: str | None, since: date, until: date) -> int:
    holder = None if of == "beneficiary" else payer.name
    beneficiary = None if of == "holder" else payer.binding.beneficiary
    return books.spent(holder=holder, beneficiary=beneficiary, since=since, until=until)


def _bound_first(payer: Payer) -> tuple[int, int]:
    """Order by the user's priority, then by binding; without a priority after those with one."""
    priority = payer.binding.fields.get("priority")
    return (priority if priority is not None else sys.maxsize, payer.binding.seq)


def _lot(seed: str, name: str) -> str:
    """Draw a lot that can be drawn again: it hangs on the record, not on chance."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()

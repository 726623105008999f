"""A household for tests: acts done on real books, one record each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from gongji.acts.bill import Bill
from gongji.acts.bind import Wish, bind
from gongji.acts.outcome import Plan, Refused
from gongji.acts.pay import pay_for
from gongji.acts.people import Balances, add_person
from gongji.acts.settle import due_drafts
from gongji.acts.transfer import Move, accept, transfer
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from gongji.words.money import parse_yuan

DAY = date(2025, 6, 1)
WUHAN = "420100"


def open_books(path: Path) -> Books:
    """Return the books at `path`, begun with a fixed id if nothing is there."""
    return Books.open(path, create=True, new_id=lambda: "0" * 32)


def write(books: Books, plan: Plan) -> Record:
    """Write what an act planned."""
    with books.writing():
        return books.append(plan.draft).record


def add(
    books: Books,
    name: str,
    current: int | None = None,
    carryover: int | None = None,
    *,
    insurance: str = "employee",
    whole: int | None = None,
    on: date = DAY,
    **attributes: Any,
) -> Record:
    """Add a person insured in Wuhan; amounts are fen."""
    known = {"area": WUHAN, "insurance": insurance, **attributes}
    balances = Balances(whole, current, carryover)
    return write(books, add_person(books, name, known, balances, on))


def join(
    books: Books,
    pack: Pack,
    holder: str,
    beneficiary: str,
    relation: str = "parent",
    on: date = DAY,
    **wishes: Any,
) -> Record:
    """Bind the two."""
    return write(books, bind(books, pack, Wish(holder, beneficiary, relation, on, **wishes)))


def pay(
    books: Books,
    pack: Pack,
    beneficiary: str,
    fen: int | None,
    purpose: str = "pharmacy",
    on: date = DAY,
    **more: Any,
) -> Record:
    """Pay a bill of so many fen."""
    return write(books, pay_for(books, pack, Bill(beneficiary, purpose, on, fen, **more)))


def move(
    books: Books,
    pack: Pack,
    holder: str,
    fen: int,
    beneficiary: str | None = None,
    on: date = DAY,
    **more: Any,
) -> Record:
    """Move money to the relative's wallet, or without one into the family pool."""
    return write(books, transfer(books, pack, Move(holder, beneficiary, fen, on, **more)))


def send(books: Books, pack: Pack, holder: str, fen: int, to: str, **more: Any) -> Record:
    """Move money to the relative's wallet and accept it on the same day."""
    sent = move(books, pack, holder, fen, to, **more)
    return write(books, accept(books, sent.seq, sent.on))


def settle(books: Books, pack: Pack, on: date, at: str = "23:59") -> list[Record]:
    """Write all that falls due up to the day and the time of day."""
    with books.writing():
        return [books.append(draft).record for draft in due_drafts(books, pack, on, at)]


def amiss(refused: Refused) -> set[str]:
    """Return the reasons of every check that did not pass, of every holder asked."""
    return {
        check.reason
        for one in refused.asked
        for _finding, check in one.decision.reasons
        if check.outcome != "pass"
    }


def split(payment: Record) -> dict[str, int]:
    """Return who paid how many fen of a payment: "own", every holder, "cash"; nobody pays 0."""
    paid = {"own": parse_yuan(payment.fields["own"]), "cash": parse_yuan(payment.fields["cash"])}
    for draw in payment.fields["draws"]:
        paid[draw["holder"]] = paid.get(draw["holder"], 0) + parse_yuan(draw["amount"])
    return {who: fen for who, fen in paid.items() if fen}


def holdings(books: Books) -> dict[str, int]:
    """Return the fen of every account of the two pools that is not empty."""
    names = [name for name, _attributes in books.people()]
    accounts = [f"{name}:{pool}" for name in names for pool in ("current", "carryover")]
    return {account: fen for account in accounts if (fen := books.balance(account))}

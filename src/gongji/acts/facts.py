"""The facts that the books hold of two people, as the engine asks for them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from gongji.acts.people import person
from gongji.acts.premiums import with_premium_facts
from gongji.engine.facts import Beneficiary, Holder, Request
from gongji.ledger.books import Binding, Books
from gongji.words.money import parse_yuan
from gongji.words.purposes import PREMIUMS


def holder_facts(books: Books, name: str, beneficiary: str, on: date) -> Holder:
    """Return what is known of the holder on the day; counts leave out the beneficiary."""
    attributes = person(books, name)
    others = [
        binding
        for binding in books.bindings(holder=name, on=on)
        if binding.beneficiary != beneficiary
    ]
    binding = pair(books, name, beneficiary, on)
    ever = books.bound_ever(name) - {beneficiary}
    return Holder(
        **_insured(attributes),
        **_balances(books, name, attributes),
        pooled=set_aside_fen(books, binding),
        wallet=attributes.get("wallet"),
        wallet_balance=books.balance(f"{name}:wallet"),
        authorised=_authorised(books, binding),
        cap_per_payment=_fen(binding, "cap_per_payment"),
        beneficiaries=len(others),
        by_relation=Counter(other.relation for other in others),
        beneficiaries_cumulative=len(ever),
        is_beneficiary=bool(books.bindings(beneficiary=name, on=on)),
    )


def beneficiary_facts(
    books: Books, name: str, holder: str, on: date, purpose: str | None, year: int | None
) -> Beneficiary:
    """Return what is known of the relative on the day; counts leave out the holder."""
    attributes = person(books, name)
    holders = {binding.holder for binding in books.bindings(beneficiary=name, on=on)} - {holder}
    has_account = attributes["insurance"] == "employee"
    paid = None
    if purpose in PREMIUMS and year is not None:
        paid = bool(books.premiums(name, purpose, year))
    return Beneficiary(
        **_insured(attributes),
        wallet=attributes.get("wallet"),
        age=age_on(attributes.get("born"), on),
        own_balance=own_fen(books, name) if has_account else 0,
        holders=len(holders),
        is_holder=bool(books.bindings(holder=name, on=on)),
        bound_before=name in books.bound_ever(holder),
        premium_paid=paid,
    )


def request_of(
    books: Books, holder: str, beneficiary: str, on: date, relation: str, **more: Any
) -> Request:
    """Return the question about two people of the books. `more` are further facts of Request."""
    return Request(
        on=on,
        relation=relation,
        holder=holder_facts(books, holder, beneficiary, on),
        beneficiary=beneficiary_facts(
            books, beneficiary, holder, on, more.get("purpose"), more.get("year")
        ),
        **with_premium_facts(books, holder, beneficiary, on, more),
    )


def pair(books: Books, holder: str, beneficiary: str, on: date) -> Binding | None:
    """Return the binding of the two that is in force on the day, or None."""
    found = books.bindings(holder=holder, beneficiary=beneficiary, on=on)
    return found[-1] if found else None


def own_fen(books: Books, name: str) -> int:
    """Return the fen of both pools of a person's account."""
    return books.balance(f"{name}:current") + books.balance(f"{name}:carryover")


def set_aside_fen(books: Books, binding: Binding | None) -> int | None:
    """Return the fen moved or reserved beforehand, None where the mechanism moves none."""
    match binding.mechanism if binding else None:
        case "family_pool":
            return sum(books.balances(f"{binding.holder}:pool:").values()) if binding else None
        case "wallet_quota":
            account = f"{binding.holder}:quota:{binding.beneficiary}" if binding else ""
            return books.balance(account)
        case _:
            return None


def _insured(attributes: dict[str, Any]) -> dict[str, Any]:
    known = {key: attributes.get(key) for key in ("area", "insurance", "status", "type", "tier")}
    return {**known, "group": frozenset(attributes.get("group") or ())}


def _balances(books: Books, name: str, attributes: dict[str, Any]) -> dict[str, Any]:
    """Return the balance, and its two pools unless only the whole was ever said."""
    current, carryover = books.balance(f"{name}:current"), books.balance(f"{name}:carryover")
    whole = {"balance": current + carryover}
    if attributes.get("unsplit"):
        return whole
    return {**whole, "current": current, "carryover": carryover}


def _authorised(books: Books, binding: Binding | None) -> int | None:
    """Return what is left of the amount, whatever the days of the payments recorded so far."""
    authorised = _fen(binding, "authorised")
    if binding is None or authorised is None:
        return None
    used = books.spent(
        holder=binding.holder,
        beneficiary=binding.beneficiary,
        since=binding.opened,
        until=date.max,
    )
    return max(0, authorised - used)


def _fen(binding: Binding | None, field: str) -> int | None:
    text = binding.fields.get(field) if binding else None
    return None if text is None else parse_yuan(text)


def age_on(born: str | None, on: date) -> int | None:
    """Return full years: who was born on 29 February is a year older on 1 March."""
    if born is None:
        return None
    birth = date.fromisoformat(born)
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))

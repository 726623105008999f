"""The facts that the books hold of two people, as the engine asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gongji.acts.people import person
from gongji.acts.premiums import with_premium_facts
from gongji.engine.facts import Beneficiary, BindingFacts, Holder, Request
from gongji.ledger.books import Binding, Books
from gongji.words.mechanisms import WALLET_MECHANISMS
from gongji.words.money import parse_yuan
from gongji.words.purposes import PREMIUMS


def holder_facts(
    books: Books, name: str, beneficiary: str, on: date, mechanism: str | None
) -> Holder:
    """Return what is known of the holder on the day; counts leave out the beneficiary."""
    attributes = person(books, name)
    others = [
        binding
        for binding in _counting(books, on, mechanism, holder=name)
        if binding.beneficiary != beneficiary
    ]
    binding = pair(books, name, beneficiary, on)
    ever = {
        bound.beneficiary
        for bound in books.bindings(holder=name, open_only=False)
        if _wallet(bound.mechanism) == _wallet(mechanism)
    } - {beneficiary}
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
        is_beneficiary=bool(_counting(books, on, mechanism, beneficiary=name)),
    )


def account_holder(attributes: dict[str, Any]) -> Holder:
    """Return what is known of somebody with an account by themselves, without a relative."""
    return Holder(**_insured(attributes))


def beneficiary_facts(
    books: Books, name: str, holder: str, on: date, asked: Mapping[str, Any]
) -> Beneficiary:
    """Return what is known of the relative on the day; counts leave out the holder.

    `asked` is what else is asked: of it mechanism, purpose and year matter here.
    """
    mechanism, purpose, year = (asked.get(name) for name in ("mechanism", "purpose", "year"))
    attributes = person(books, name)
    bindings = _counting(books, on, mechanism, beneficiary=name)
    holders = {binding.holder for binding in bindings} - {holder}
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
        is_holder=bool(_counting(books, on, mechanism, holder=name)),
        bound_before=name in books.bound_ever(holder),
        premium_paid=paid,
    )


def request_of(
    books: Books, holder: str, beneficiary: str, on: date, relation: str, **more: Any
) -> Request:
    """Return the question about two people of the books. `more` are further facts of Request.

    Of two that are bound it says what the books know of their binding; of two that would be, when
    their last one ended.
    """
    known = None
    if more.get("bound"):
        binding = pair(books, holder, beneficiary, on)
        known = binding_facts(binding) if binding else None
    elif more.get("action") == "bind":
        known = BindingFacts(last_ended=_last_ended(books, holder, beneficiary, on))
    more = {"binding": known} | more
    return Request(
        on=on,
        relation=relation,
        holder=holder_facts(books, holder, beneficiary, on, more.get("mechanism")),
        beneficiary=beneficiary_facts(books, beneficiary, holder, on, more),
        **with_premium_facts(books, holder, beneficiary, on, more),
    )


def pair(books: Books, holder: str, beneficiary: str, on: date) -> Binding | None:
    """Return the binding of the two that is in force on the day, or None."""
    found = books.bindings(holder=holder, beneficiary=beneficiary, on=on)
    return found[-1] if found else None


def binding_facts(binding: Binding) -> BindingFacts:
    """Return what the record of a binding says about when and for what it is in force."""
    said = binding.fields
    effective, switches = _moment(said.get("effective")), said.get("switches")
    return BindingFacts(
        since=binding.opened,
        maybe_from=_moment(said.get("maybe_from")) or effective,
        effective=effective,
        until=last_day_of(binding),
        switches=None if switches is None else frozenset(switches),
    )


def last_day_of(binding: Binding) -> date | None:
    """Return the last day of the binding's term, None if it has no end of its own."""
    until = binding.fields.get("until")
    return None if until is None else date.fromisoformat(until)


def is_over(binding: Binding, on: date) -> bool:
    """Return whether the binding's term was over before the day, though nothing has closed it."""
    until = last_day_of(binding)
    return until is not None and until < on


def in_force(binding: Binding, on: date) -> bool:
    """Return whether the binding is in force at some hour of the day."""
    known = binding_facts(binding)
    begun = known.effective is None or known.effective.date() <= on
    return begun and not is_over(binding, on)


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


def _last_ended(books: Books, holder: str, beneficiary: str, on: date) -> date | None:
    """Return the first day without the last binding of the two, None if they had none."""
    earlier = books.bindings(holder=holder, beneficiary=beneficiary, on=on, open_only=False)
    return max((day for day in map(_ended, earlier) if day <= on), default=None)


def _ended(binding: Binding) -> date:
    """Return the first day without the binding, which may have been closed after its term."""
    until, closed = last_day_of(binding), binding.closed or date.max
    return closed if until is None else min(closed, until + timedelta(days=1))


def _counting(
    books: Books,
    on: date,
    mechanism: str | None,
    *,
    holder: str | None = None,
    beneficiary: str | None = None,
) -> list[Binding]:
    """Return the bindings that count on the day: those under review do, one that is over not.

    Limits and roles are rules of a mechanism: a wallet is counted by itself, and what is bound at
    home, by authorisation or in a pool, together (000000/limits/2026-01-09).
    """
    found = books.bindings(holder=holder, beneficiary=beneficiary, on=on)
    return [
        binding
        for binding in found
        if not is_over(binding, on) and _wallet(binding.mechanism) == _wallet(mechanism)
    ]


def _wallet(mechanism: str | None) -> str | None:
    return mechanism if mechanism in WALLET_MECHANISMS else None


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


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

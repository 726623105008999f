"""bind and unbind: opens or ends a binding after the checks that the rules ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongji.acts.facts import pair, request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import person
from gongji.acts.pool import returned_pool
from gongji.acts.quota import quota_of, returned_quota
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan


@dataclass(frozen=True, slots=True)
class Wish:
    """A binding that somebody wants. The relation is the beneficiary as seen from the holder."""

    holder: str
    beneficiary: str
    relation: str
    on: date
    mechanism: str | None = None
    cap_per_payment_fen: int | None = None
    authorised_fen: int | None = None
    priority: int | None = None
    assume: frozenset[str] = frozenset()


def bind(books: Books, pack: Pack, wish: Wish) -> Plan:
    """Plan the binding. Raises Refused, or Misfit if the two are one or are bound already."""
    if wish.holder == wish.beneficiary:
        raise Misfit("bind.self", name=wish.holder)
    person(books, wish.holder)
    person(books, wish.beneficiary)
    two = wish.holder, wish.beneficiary
    if pair(books, *two, wish.on) or books.binding(*two):
        raise Misfit("bind.exists", holder=wish.holder, beneficiary=wish.beneficiary)
    request = request_of(
        books,
        wish.holder,
        wish.beneficiary,
        wish.on,
        wish.relation,
        action="bind",
        mechanism=wish.mechanism,
        assume=wish.assume,
    )
    asked = Asked(wish.holder, request, decide(request, pack))
    if asked.decision.verdict is not Verdict.ELIGIBLE:
        raise Refused("bind.refused", asked.decision.verdict, (asked,))
    return Plan(_draft(wish, asked), (asked,))


def unbind(books: Books, pack: Pack, holder: str, beneficiary: str, on: date) -> Plan:
    """Plan the end of the binding; from that day on it is not in force. Raises Misfit.

    A quota returns to the holder. A family pool ends with its last member; what is in it goes where
    the clause says, and stays where no clause does.
    """
    person(books, holder)
    person(books, beneficiary)
    binding = pair(books, holder, beneficiary, on)
    if binding is None:
        raise Misfit("binding.none", holder=holder, beneficiary=beneficiary)
    postings = _returned(books, pack, binding, on)
    fields = {"holder": holder, "beneficiary": beneficiary}
    return Plan(Draft("unbind", on, fields, tuple(postings)))


def _returned(books: Books, pack: Pack, binding: Binding, on: date) -> list[Posting]:
    if binding.mechanism == "wallet_quota":
        reserved = books.balance(quota_of(binding.holder, binding.beneficiary))
        return returned_quota(books, pack, binding, on, reserved)
    if binding.mechanism == "family_pool":
        return returned_pool(books, pack, binding, on)
    return []


def _draft(wish: Wish, asked: Asked) -> Draft:
    amounts = {"cap_per_payment": wish.cap_per_payment_fen, "authorised": wish.authorised_fen}
    fields = {
        "holder": wish.holder,
        "beneficiary": wish.beneficiary,
        "relation": wish.relation,
        "mechanism": asked.decision.mechanism,
        "priority": wish.priority,
        **{name: None if fen is None else format_yuan(fen) for name, fen in amounts.items()},
        "decision": reasons_on_record(asked),
        "rules": asked.decision.rules,
    }
    return Draft("bind", wish.on, fields)

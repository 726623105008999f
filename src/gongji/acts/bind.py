"""bind and unbind: opens or ends a binding after the checks that the rules ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from gongji.acts.ending import closed_with, returned
from gongji.acts.facts import is_over, last_day_of, pair, request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import person
from gongji.engine.case import Case
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.engine.facts import BindingFacts, Request
from gongji.engine.life import Life, life_of
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan


@dataclass(frozen=True, slots=True)
class Wish:
    """A binding that somebody wants. The relation is the beneficiary as seen from the holder.

    `evidence` (none, commitment, documents) shows the relation, `by` (holder, beneficiary) starts
    it, at the time of day `at` (HH:MM); `until` is its last day; `switches` (pay, premium) are
    those that are on; `accepted` is whether the relative has agreed. None is not said.
    """

    holder: str
    beneficiary: str
    relation: str
    on: date
    mechanism: str | None = None
    cap_per_payment_fen: int | None = None
    authorised_fen: int | None = None
    priority: int | None = None
    assume: frozenset[str] = frozenset()
    evidence: str | None = None
    at: str | None = None
    until: date | None = None
    switches: frozenset[str] | None = None
    by: str | None = None
    accepted: bool | None = None


def bind(books: Books, pack: Pack, wish: Wish) -> Plan:
    """Plan the binding. Raises Refused, or Misfit if the two are one or are bound already.

    When it is in force follows from the rules of its day, and stands in the record from then on.
    """
    _check_fits(books, wish)
    request = _request(books, wish)
    asked = Asked(wish.holder, request, decide(request, pack))
    if asked.decision.verdict is not Verdict.ELIGIBLE:
        raise Refused("bind.refused", asked.decision.verdict, (asked,))
    case = Case.of(pack, request, asked.decision.mechanism or "", "bind")
    return Plan(_draft(wish, asked, life_of(case, wish.at, wish.until)), (asked,))


def unbind(
    books: Books, pack: Pack, holder: str, beneficiary: str, on: date, by: str | None = None
) -> Plan:
    """Plan the end of the binding; from that day on it is not in force. Raises Misfit, Refused.

    `by` (holder, beneficiary) ends it: the relative only where the rules let them. A quota returns
    to the holder. A family pool ends with its last member; what is in it goes where the clause
    says, and stays where no clause does.
    """
    person(books, holder)
    person(books, beneficiary)
    binding = pair(books, holder, beneficiary, on)
    if binding is None:
        raise Misfit("binding.none", holder=holder, beneficiary=beneficiary)
    fields: dict[str, Any] = {"holder": holder, "beneficiary": beneficiary}
    asked: tuple[Asked, ...] = ()
    if by is not None:
        asked = (_ending(books, pack, binding, on, by),)
        fields |= {"by": by, "decision": reasons_on_record(asked[0])}
    postings = tuple(returned(books, pack, binding, on))
    return Plan(Draft("unbind", on, {**fields, **closed_with([binding])}, postings), asked)


def _check_fits(books: Books, wish: Wish) -> None:
    if wish.holder == wish.beneficiary:
        raise Misfit("bind.self", name=wish.holder)
    person(books, wish.holder)
    person(books, wish.beneficiary)
    if wish.until is not None and wish.until < wish.on:
        raise Misfit("bind.ends-before", until=str(wish.until), on=str(wish.on))
    two = wish.holder, wish.beneficiary
    names = {"holder": wish.holder, "beneficiary": wish.beneficiary}
    found = pair(books, *two, wish.on) or books.binding(*two)
    if found is not None and is_over(found, wish.on):
        raise Misfit("bind.over", **names, until=str(last_day_of(found)))
    if found is not None:
        raise Misfit("bind.exists", **names)


def _request(books: Books, wish: Wish) -> Request:
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
    known = replace(
        request.binding or BindingFacts(),
        by=wish.by,
        evidence=wish.evidence,
        until=wish.until,
        switches=wish.switches,
    )
    relative = replace(request.beneficiary, accepted=wish.accepted)
    return replace(request, beneficiary=relative, binding=known)


def _ending(books: Books, pack: Pack, binding: Binding, on: date, by: str) -> Asked:
    request = request_of(
        books,
        binding.holder,
        binding.beneficiary,
        on,
        binding.relation,
        action="unbind",
        mechanism=binding.mechanism,
        binding=BindingFacts(by=by),
    )
    asked = Asked(binding.holder, request, decide(request, pack))
    if asked.decision.verdict is not Verdict.ELIGIBLE:
        raise Refused("unbind.refused", asked.decision.verdict, (asked,))
    return asked


def _draft(wish: Wish, asked: Asked, life: Life) -> Draft:
    amounts = {"cap_per_payment": wish.cap_per_payment_fen, "authorised": wish.authorised_fen}
    decision = reasons_on_record(asked)
    said = {clause.id for ruling in life.rulings for clause in ruling.clauses}
    fields = {
        "holder": wish.holder,
        "beneficiary": wish.beneficiary,
        "relation": wish.relation,
        "mechanism": asked.decision.mechanism,
        "priority": wish.priority,
        **{name: None if fen is None else format_yuan(fen) for name, fen in amounts.items()},
        **_told(wish),
        **_lived(life),
        "decision": {**decision, "clauses": sorted({*decision["clauses"], *said})},
        "rules": asked.decision.rules,
    }
    return Draft("bind", wish.on, fields)


def _told(wish: Wish) -> dict[str, Any]:
    """Return what was said of how the binding is made."""
    told = {
        "by": wish.by,
        "evidence": wish.evidence,
        "accepted": wish.accepted,
        "at": wish.at,
        "switches": None if wish.switches is None else sorted(wish.switches),
    }
    return {name: value for name, value in told.items() if value is not None}


def _lived(life: Life) -> dict[str, Any]:
    """Return when the binding is in force; a term falls due on the day after its last."""
    fields: dict[str, Any] = {}
    if life.effective is not None:
        fields["effective"] = _moment(life.effective)
    if life.maybe_from is not None and life.maybe_from != life.effective:
        fields["maybe_from"] = _moment(life.maybe_from)
    if life.until is not None:
        due = life.until + timedelta(days=1)
        fields |= {"until": str(life.until), "opens": {"kind": "term", "due": str(due)}}
    return fields


def _moment(moment: datetime) -> str:
    """Return the day, and the time of day unless it is the beginning of the day."""
    if moment.time() == time.min:
        return str(moment.date())
    return moment.isoformat(timespec="minutes")

"""transfer and accept: moves money beforehand, into a family pool or a relative's wallet."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongji.acts.account import taken_out
from gongji.acts.facts import binding_facts, in_force, pair, request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import person
from gongji.acts.pool import pool_of
from gongji.acts.purses import wallet_of
from gongji.engine.case import Case
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting, Record
from gongji.policy.pack import NATION, Pack
from gongji.policy.resolve import resolve
from gongji.words.money import format_yuan
from gongji.words.relations import inverse


@dataclass(frozen=True, slots=True)
class Move:
    """Money to be moved beforehand: to a pool (`beneficiary` is None) or to a relative's wallet."""

    holder: str
    beneficiary: str | None
    fen: int
    on: date
    at: str | None = None
    relation: str | None = None
    from_wallet: bool = False
    assume: frozenset[str] = frozenset()


def transfer(books: Books, pack: Pack, move: Move) -> Plan:
    """Plan the transfer. Raises Refused by the rules, Misfit if the books do not fit."""
    person(books, move.holder)
    if move.fen == 0:
        raise Misfit("amount.zero")
    if move.beneficiary is None:
        return _to_pool(books, pack, move)
    return _to_wallet(books, pack, move, move.beneficiary)


def accept(books: Books, seq: int, on: date, *, is_early: bool = False) -> Plan:
    """Plan that the relative accepts what record `seq` sent to their wallet. Raises Misfit.

    On the day on which it goes back only while it `is_early`.
    """
    record = _pending(books, seq)
    if not _is_acceptable(record, on, is_early):
        raise Misfit("accept.too-late", record=str(seq), day=record.fields["opens"]["due"])
    fields = {
        "record": seq,
        "holder": record.fields["holder"],
        "beneficiary": record.fields["beneficiary"],
        "closes": [seq],
    }
    fen = sum(posting.fen for posting in record.postings if posting.fen > 0)
    postings = (
        Posting(_pending_account(record.fields), -fen),
        Posting(wallet_of(record.fields["beneficiary"]), fen),
    )
    return Plan(Draft("accept", on, fields, postings))


def is_early(books: Books, pack: Pack, seq: int, on: date, at: str) -> bool:
    """Return whether the hour has not come at which record `seq` goes back. Raises Misfit."""
    return at < returned_at(books, pack, _pending(books, seq).fields["holder"], on)


def returned_at(books: Books, pack: Pack, holder: str, on: date) -> str:
    """Return the hour at which what nobody accepted goes back there, as the clause says.

    Where none does it is the beginning of the day: from then on nobody can accept it.
    """
    attributes = books.person(holder)
    wallet = {"mechanism": frozenset({"wallet_transfer"}), "action": frozenset({"transfer"})}
    area = attributes["area"] if attributes else NATION
    ruling = resolve(pack, "transfer.returned_at", area, wallet, on)
    return str(ruling.value) if ruling.known else "00:00"


def _pending(books: Books, seq: int) -> Record:
    record = books.record(seq)
    if record is None:
        raise Misfit("record.unknown", record=str(seq))
    if record.do != "transfer" or seq not in books.open_items("transfer"):
        raise Misfit("accept.nothing", record=str(seq))
    return record


def _pending_account(fields: dict[str, Any]) -> str:
    return f"{fields['holder']}:pending:{fields['beneficiary']}"


def _to_pool(books: Books, pack: Pack, move: Move) -> Plan:
    family, bindings = _family(books, move)
    made = _made(books, move)
    asked = _allowed(_ask_of_pool(books, pack, move, binding, made) for binding in bindings)
    case = Case.of(pack, asked.request, "family_pool", "transfer")
    postings = taken_out(books, case, move.holder, move.fen)
    postings.append(Posting(pool_of(family, move.holder), move.fen))
    fields = {"holder": move.holder, "family": family, "to": "pool"}
    return Plan(_draft(move, asked, fields, postings), (asked,))


def _family(books: Books, move: Move) -> tuple[str, list[Binding]]:
    """Return whose pool it is, and by which bindings the contributor is in it.

    Those in force come first: one of them speaks for the family.
    """
    own = books.bindings(holder=move.holder, on=move.on)
    others = books.bindings(beneficiary=move.holder, on=move.on)
    pooled = [one for one in (*own, *others) if one.mechanism == "family_pool"]
    if not pooled:
        raise Misfit("transfer.no-family", name=move.holder)
    pooled.sort(key=lambda one: not in_force(one, move.on))
    family = pooled[0].holder
    return family, [one for one in pooled if one.holder == family]


def _ask_of_pool(books: Books, pack: Pack, move: Move, binding: Binding, made: int) -> Asked:
    """Ask about the contributor and the other of the binding, whoever of them is the creator."""
    other, relation = binding.beneficiary, binding.relation
    if other == move.holder:
        other, relation = binding.holder, inverse(relation)
    facts = {"transfers_this_month": made, "binding": binding_facts(binding), "bound": True}
    return _ask(books, pack, move, other, relation, "family_pool", **facts)


def _made(books: Books, move: Move) -> int:
    """Return how many transfers into a pool the holder has made in the month.

    The whole month: a transfer of an earlier day may be recorded after one of a later day.
    """
    last = move.on.replace(day=monthrange(move.on.year, move.on.month)[1])
    records = books.history(person=move.holder, since=move.on.replace(day=1), until=last)
    return sum(
        record.do == "transfer"
        and record.fields["holder"] == move.holder
        and record.fields["to"] == "pool"
        for record in records
    )


def _to_wallet(books: Books, pack: Pack, move: Move, beneficiary: str) -> Plan:
    person(books, beneficiary)
    if beneficiary == move.holder:
        raise Misfit("bind.self", name=move.holder)
    binding = pair(books, move.holder, beneficiary, move.on)
    relation = move.relation or (binding.relation if binding else None)
    if relation is None:
        raise Misfit("transfer.no-relation", holder=move.holder, beneficiary=beneficiary)
    from_wallet = move.from_wallet or person(books, move.holder)["insurance"] != "employee"
    facts = {
        "from_wallet": from_wallet,
        "pending_transfer": _waits(books, move),
        "transfers_today": _sent_today(books, move),
    }
    asked = _allowed([_ask(books, pack, move, beneficiary, relation, "wallet_transfer", **facts)])
    case = Case.of(pack, asked.request, "wallet_transfer", "transfer")
    source = [Posting(wallet_of(move.holder), -move.fen)] if from_wallet else None
    fields: dict[str, Any] = {"holder": move.holder, "beneficiary": beneficiary, "to": "wallet"}
    postings = source or taken_out(books, case, move.holder, move.fen)
    if case.ask("transfer.must_be_accepted").value is False:
        postings.append(Posting(wallet_of(beneficiary), move.fen))
    else:
        fields["opens"] = {"kind": "transfer", "due": str(move.on + timedelta(days=1))}
        postings.append(Posting(_pending_account(fields), move.fen))
    return Plan(_draft(move, asked, fields, postings), (asked,))


def _waits(books: Books, move: Move) -> bool:
    """Return whether an earlier transfer of the holder can still be accepted on the day."""
    earlier = (books.record(seq) for seq in books.open_items("transfer", holder=move.holder))
    return any(record is not None and _is_acceptable(record, move.on) for record in earlier)


def _is_acceptable(record: Record, on: date, is_early: bool = False) -> bool:
    due = date.fromisoformat(record.fields["opens"]["due"])
    return record.on <= on < due or (on == due and is_early)


def _sent_today(books: Books, move: Move) -> int:
    records = books.history(person=move.holder, since=move.on, until=move.on)
    return sum(
        record.do == "transfer"
        and record.fields["holder"] == move.holder
        and record.fields["to"] == "wallet"
        for record in records
    )


def _ask(
    books: Books,
    pack: Pack,
    move: Move,
    beneficiary: str,
    relation: str,
    mechanism: str,
    **facts: Any,
) -> Asked:
    request = request_of(
        books,
        move.holder,
        beneficiary,
        move.on,
        relation,
        action="transfer",
        mechanism=mechanism,
        amount=move.fen,
        at=move.at,
        assume=move.assume,
        **facts,
    )
    return Asked(move.holder, request, decide(request, pack))


def _allowed(asked: Iterable[Asked]) -> Asked:
    """Return the first decision that says yes. Raises Refused with the best of those that do not.

    A member whose insurance is suspended does not keep money from the others.
    """
    order = (Verdict.ELIGIBLE, Verdict.UNKNOWN, Verdict.INELIGIBLE)
    best = min(asked, key=lambda one: order.index(one.decision.verdict))
    if best.decision.verdict is not Verdict.ELIGIBLE:
        raise Refused("transfer.refused", best.decision.verdict, (best,))
    return best


def _draft(move: Move, asked: Asked, fields: dict[str, Any], postings: list[Posting]) -> Draft:
    told = {
        "amount": format_yuan(move.fen),
        "at": move.at,
        "decision": reasons_on_record(asked),
        "rules": asked.decision.rules,
    }
    return Draft("transfer", move.on, {**fields, **told}, tuple(postings))

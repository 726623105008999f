"""transfer and accept: moves money beforehand, into a family pool or a relative's wallet."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongji.acts.account import taken_out
from gongji.acts.facts import binding_facts, in_force, pair, request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import person
from gongji.acts.purses import wallet_of
from gongji.engine.case import Case
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting, Record
from gongji.policy.pack import Pack
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


def accept(books: Books, seq: int, on: date) -> Plan:
    """Plan that the relative accepts what record `seq` sent to their wallet. Raises Misfit."""
    record = _pending(books, seq)
    due = date.fromisoformat(record.fields["opens"]["due"])
    if not record.on <= on < due:
        raise Misfit("accept.too-late", record=str(seq), day=str(due))
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
    family, member, relation, binding = _family(books, move)
    asked = _asked(
        books,
        pack,
        move,
        member,
        relation,
        "family_pool",
        transfers_this_month=_made(books, move),
        binding=binding_facts(binding),
    )
    case = Case.of(pack, asked.request, "family_pool", "transfer")
    postings = taken_out(books, case, move.holder, move.fen)
    postings.append(Posting(f"{family}:pool:{move.holder}", move.fen))
    fields = {"holder": move.holder, "family": family, "to": "pool"}
    return Plan(_draft(move, asked, fields, postings), (asked,))


def _family(books: Books, move: Move) -> tuple[str, str, str, Binding]:
    """Return whose pool it is, another member, what that member is to the contributor, and why.

    Of several bindings one that is in force speaks for the family.
    """
    own = books.bindings(holder=move.holder, on=move.on)
    others = books.bindings(beneficiary=move.holder, on=move.on)
    for binding in sorted((*own, *others), key=lambda one: not in_force(one, move.on)):
        if binding.mechanism != "family_pool":
            continue
        if binding.holder == move.holder:
            return move.holder, binding.beneficiary, binding.relation, binding
        return binding.holder, binding.holder, inverse(binding.relation), binding
    raise Misfit("transfer.no-family", name=move.holder)


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
    asked = _asked(
        books,
        pack,
        move,
        beneficiary,
        relation,
        "wallet_transfer",
        from_wallet=from_wallet,
        pending_transfer=bool(books.open_items("transfer", holder=move.holder)),
        transfers_today=_sent_today(books, move),
    )
    case = Case.of(pack, asked.request, "wallet_transfer", "transfer")
    source = [Posting(wallet_of(move.holder), -move.fen)] if from_wallet else None
    fields = {
        "holder": move.holder,
        "beneficiary": beneficiary,
        "to": "wallet",
        "opens": {"kind": "transfer", "due": str(move.on + timedelta(days=1))},
    }
    postings = source or taken_out(books, case, move.holder, move.fen)
    postings.append(Posting(_pending_account(fields), move.fen))
    return Plan(_draft(move, asked, fields, postings), (asked,))


def _sent_today(books: Books, move: Move) -> int:
    records = books.history(person=move.holder, since=move.on, until=move.on)
    return sum(
        record.do == "transfer"
        and record.fields["holder"] == move.holder
        and record.fields["to"] == "wallet"
        for record in records
    )


def _asked(
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
        bound=True if mechanism == "family_pool" else None,
        assume=move.assume,
        **facts,
    )
    asked = Asked(move.holder, request, decide(request, pack))
    if asked.decision.verdict is not Verdict.ELIGIBLE:
        raise Refused("transfer.refused", asked.decision.verdict, (asked,))
    return asked


def _draft(move: Move, asked: Asked, fields: dict[str, Any], postings: list[Posting]) -> Draft:
    told = {
        "amount": format_yuan(move.fen),
        "at": move.at,
        "decision": reasons_on_record(asked),
        "rules": asked.decision.rules,
    }
    return Draft("transfer", move.on, {**fields, **told}, tuple(postings))

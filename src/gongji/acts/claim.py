"""claim: the holder's account pays back a premium that the relative paid in cash."""

from __future__ import annotations

from datetime import date

from gongji.acts.account import taken_out
from gongji.acts.facts import pair, request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.engine.case import Case
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Posting, Record
from gongji.policy.pack import Pack
from gongji.words.money import parse_yuan


def claim(
    books: Books, pack: Pack, seq: int, on: date, assume: frozenset[str] = frozenset()
) -> Plan:
    """Plan the claim of record `seq` after its wait, paid to the bank card that the rules name.

    It is the holder's where they name none. The days until it arrives are working days, which no
    calendar here knows: they are told, not counted.

    Raises Refused by the rules, Misfit if there is nothing to claim.
    """
    record = books.record(seq)
    if record is None:
        raise Misfit("record.unknown", record=str(seq))
    if seq not in books.open_items("claim"):
        raise Misfit("claim.nothing", record=str(seq))
    asked = _asked(books, pack, record, on, assume)
    if asked.decision.verdict is not Verdict.ELIGIBLE:
        raise Refused("claim.refused", asked.decision.verdict, (asked,))
    holder, fen = record.fields["holder"], parse_yuan(record.fields["amount"])
    case = Case.of(pack, asked.request, asked.decision.mechanism or "", "claim")
    payee, payout = (case.ask(f"premium_payment.{name}") for name in ("payee", "payout_days"))
    owner = record.fields["beneficiary"] if payee.value == "beneficiary_bank" else holder
    postings = [*taken_out(books, case, holder, fen), Posting(f"bank:{owner}", fen)]
    fields = {
        "record": seq,
        "holder": holder,
        "beneficiary": record.fields["beneficiary"],
        "amount": record.fields["amount"],
        "paid_to": owner,
        "payee": payee.value if payee.known else None,
        "payout_days": payout.value if payout.known else None,
        "closes": [seq],
        "decision": reasons_on_record(asked),
        "rules": asked.decision.rules,
    }
    return Plan(Draft("claim", on, fields, tuple(postings)), (asked,))


def _asked(books: Books, pack: Pack, record: Record, on: date, assume: frozenset[str]) -> Asked:
    holder, beneficiary = record.fields["holder"], record.fields["beneficiary"]
    binding = pair(books, holder, beneficiary, on)
    if binding is None:
        raise Misfit("binding.none", holder=holder, beneficiary=beneficiary)
    request = request_of(
        books,
        holder,
        beneficiary,
        on,
        binding.relation,
        action="claim",
        purpose=record.fields["purpose"],
        year=record.fields["year"],
        amount=parse_yuan(record.fields["amount"]),
        mechanism=binding.mechanism,
        paid_on=record.on,
        bound=True,
        assume=assume,
    )
    return Asked(holder, request, decide(request, pack))

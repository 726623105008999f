"""reserve and release: sets money aside for a relative in the holder's wallet quota."""

from __future__ import annotations

from datetime import date

from gongji.acts.account import put_back, taken_out
from gongji.acts.ending import quota_of
from gongji.acts.facts import pair, request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import person
from gongji.acts.pool import check_may_go_back, members, pool_of
from gongji.engine.case import Case
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan

MECHANISM = "wallet_quota"


def reserve(
    books: Books,
    pack: Pack,
    holder: str,
    beneficiary: str,
    fen: int,
    on: date,
    assume: frozenset[str] = frozenset(),
) -> Plan:
    """Plan to set `fen` aside; the holder cannot spend it. Raises Refused, Misfit."""
    if fen == 0:
        raise Misfit("amount.zero")
    binding = _binding(books, holder, beneficiary, on)
    request = request_of(
        books,
        holder,
        beneficiary,
        on,
        binding.relation,
        action="transfer",
        mechanism=MECHANISM,
        amount=fen,
        bound=True,
        assume=assume,
    )
    asked = Asked(holder, request, decide(request, pack))
    if asked.decision.verdict is not Verdict.ELIGIBLE:
        raise Refused("transfer.refused", asked.decision.verdict, (asked,))
    case = Case.of(pack, request, MECHANISM, "transfer")
    postings = taken_out(books, case, holder, fen)
    postings.append(Posting(quota_of(holder, beneficiary), fen))
    fields = {
        "holder": holder,
        "beneficiary": beneficiary,
        "amount": format_yuan(fen),
        "decision": reasons_on_record(asked),
        "rules": asked.decision.rules,
    }
    return Plan(Draft("reserve", on, fields, tuple(postings)), (asked,))


def release(
    books: Books, pack: Pack, holder: str, beneficiary: str, fen: int | None, on: date
) -> Plan:
    """Plan to give back what is reserved, by default all of it. Raises Misfit.

    So goes back, where the rules let it, what the holder put into the pool of the two.
    """
    if fen == 0:
        raise Misfit("amount.zero")
    if beneficiary in members(books, holder):
        check_may_go_back(books, pack, holder, on)
        account = pool_of(holder, holder)
    else:
        _binding(books, holder, beneficiary, on)
        account = quota_of(holder, beneficiary)
    reserved = books.balance(account)
    returned = reserved if fen is None else fen
    if not 0 < returned <= reserved:
        raise Misfit("release.too-much", reserved=format_yuan(reserved))
    fields = {"holder": holder, "beneficiary": beneficiary, "amount": format_yuan(returned)}
    postings = put_back(books, pack, account, returned, on)
    return Plan(Draft("release", on, fields, tuple(postings)))


def _binding(books: Books, holder: str, beneficiary: str, on: date) -> Binding:
    person(books, holder)
    person(books, beneficiary)
    binding = pair(books, holder, beneficiary, on)
    if binding is None:
        raise Misfit("quota.none", holder=holder, beneficiary=beneficiary)
    if binding.mechanism != MECHANISM:
        raise Misfit("quota.other-mechanism", holder=holder, beneficiary=beneficiary)
    return binding

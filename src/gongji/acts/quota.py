"""reserve and release: sets money aside for a relative in the holder's wallet quota."""

from __future__ import annotations

from datetime import date

from gongji.acts.account import put_back, taken_out
from gongji.acts.facts import pair, request_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import Ended, person
from gongji.engine.case import Case
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan

MECHANISM = "wallet_quota"


def quota_of(holder: str, beneficiary: str) -> str:
    """Return the account that holds what is reserved for the relative."""
    return f"{holder}:quota:{beneficiary}"


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
    """Plan to give back what is reserved, by default all of it. Raises Misfit."""
    if fen == 0:
        raise Misfit("amount.zero")
    binding = _binding(books, holder, beneficiary, on)
    reserved = books.balance(quota_of(holder, beneficiary))
    returned = reserved if fen is None else fen
    if not 0 < returned <= reserved:
        raise Misfit("release.too-much", reserved=format_yuan(reserved))
    fields = {"holder": holder, "beneficiary": beneficiary, "amount": format_yuan(returned)}
    postings = returned_quota(books, pack, binding, on, returned)
    return Plan(Draft("release", on, fields, tuple(postings)))


def ended_quotas(books: Books, pack: Pack, name: str, on: date) -> Ended:
    """Return the quotas that end because somebody's insurance has ended or moved.

    Both as holder and as relative, by the notice of 2026-01-09 on cross-province pooling; what is
    not used goes back to the holder.
    """
    bindings = [*books.bindings(holder=name, on=on), *books.bindings(beneficiary=name, on=on)]
    quotas = [binding for binding in bindings if binding.mechanism == MECHANISM]
    postings = [
        posting
        for binding in quotas
        for posting in returned_quota(
            books,
            pack,
            binding,
            on,
            books.balance(quota_of(binding.holder, binding.beneficiary)),
        )
    ]
    return [(binding.holder, binding.beneficiary) for binding in quotas], postings


def returned_quota(books: Books, pack: Pack, binding: Binding, on: date, fen: int) -> list[Posting]:
    """Return the postings that give `fen` of a quota back to the holder's account."""
    if not fen:
        return []
    request = request_of(books, binding.holder, binding.beneficiary, on, binding.relation)
    case = Case.of(pack, request, MECHANISM, "transfer")
    account = quota_of(binding.holder, binding.beneficiary)
    return [Posting(account, -fen), *put_back(case, binding.holder, fen)]


def _binding(books: Books, holder: str, beneficiary: str, on: date) -> Binding:
    person(books, holder)
    person(books, beneficiary)
    binding = pair(books, holder, beneficiary, on)
    if binding is None:
        raise Misfit("binding.none", holder=holder, beneficiary=beneficiary)
    if binding.mechanism != MECHANISM:
        raise Misfit("quota.other-mechanism", holder=holder, beneficiary=beneficiary)
    return binding

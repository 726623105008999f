"""pay-for: splits a relative's bill or premium over accounts and cash, and plans its posting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongji.acts.bill import Bill
from gongji.acts.facts import own_fen, request_of
from gongji.acts.holders import Payer, in_order, most_at_once, purse_of
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import person
from gongji.engine.allocate import Allocation, Purse, allocate
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan


def pay_for(books: Books, pack: Pack, bill: Bill) -> Plan:
    """Plan the payment. Raises Refused if no relative can pay, Misfit if the books do not fit."""
    person(books, bill.beneficiary)
    bindings = _bindings(books, bill)
    asked = tuple(_ask(books, pack, bill, binding) for binding in bindings)
    payers = [
        Payer(binding, one)
        for binding, one in zip(bindings, asked, strict=True)
        if one.decision.verdict is Verdict.ELIGIBLE
    ]
    if not payers:
        raise _nobody(asked)
    fen = _fen(bill, payers[0].asked)
    ordered = in_order(books, pack, payers, bill)
    allocation = _allocated(books, pack, bill, fen, ordered)
    if not any(allocation.drawn_from(payer.name) for payer in ordered):
        raise Refused("pay.nothing-drawn", Verdict.INELIGIBLE, asked)
    return Plan(_draft(bill, fen, allocation, asked, payers), asked)


def _bindings(books: Books, bill: Bill) -> list[Binding]:
    found = {
        binding.holder: binding
        for binding in books.bindings(beneficiary=bill.beneficiary, on=bill.on)
    }
    for name in bill.holders:
        person(books, name)
        if name not in found:
            raise Misfit("unbind.none", holder=name, beneficiary=bill.beneficiary)
    if not found:
        raise Misfit("pay.no-binding", name=bill.beneficiary)
    return [found[name] for name in bill.holders] if bill.holders else list(found.values())


def _ask(books: Books, pack: Pack, bill: Bill, binding: Binding) -> Asked:
    request = request_of(
        books,
        binding.holder,
        bill.beneficiary,
        bill.on,
        binding.relation,
        purpose=bill.purpose,
        amount=bill.fen,
        mechanism=binding.mechanism,
        year=bill.year,
        bound=True,
        provider_area=bill.provider_area,
        item=bill.item,
        assume=bill.assume,
    )
    decision = decide(request, pack)
    if decision.premium and bill.year is None:
        # The rules have told the year: now the books can tell whether it is paid.
        return _ask(books, pack, replace(bill, year=decision.premium.year), binding)
    return Asked(binding.holder, request, decision)


def _nobody(asked: tuple[Asked, ...]) -> Refused:
    unknown = any(one.decision.verdict is Verdict.UNKNOWN for one in asked)
    return Refused("pay.nobody", Verdict.UNKNOWN if unknown else Verdict.INELIGIBLE, asked)


def _fen(bill: Bill, asked: Asked) -> int:
    premium = asked.decision.premium
    if premium is not None and premium.mode not in (None, "direct"):
        raise Refused(f"pay.mode-{premium.mode}", Verdict.INELIGIBLE, (asked,))
    fen = bill.fen if bill.fen is not None else (premium.fen if premium else None)
    if fen is None:
        raise Misfit("pay.price-unknown" if bill.is_premium else "amount.missing")
    if fen == 0:
        raise Misfit("amount.zero")
    return fen


def _allocated(books: Books, pack: Pack, bill: Bill, fen: int, payers: list[Payer]) -> Allocation:
    """Return the split: own account first, then the holders, as many as may pay at once."""
    purses = own = _own_purse(books, pack, bill, payers[0])
    most = len(own) + most_at_once(pack, payers)
    for payer in payers:
        draws = allocate(fen, purses).draws
        others_fen = sum(draw.fen for draw in draws if draw.owner != bill.beneficiary)
        purse = purse_of(books, pack, payer, bill, others_fen)
        if purse.most_fen and len(purses) < most:
            purses = [*purses, purse]
    return allocate(fen, purses)


def _own_purse(books: Books, pack: Pack, bill: Bill, payer: Payer) -> list[Purse]:
    """Return the relative's own account, which pays bills first; a premium is the holders'."""
    if bill.is_premium or person(books, bill.beneficiary)["insurance"] != "employee":
        return []
    case = payer.case(pack)
    if case.ask("order.own").value == "not_drawn":
        return []
    ruling = case.ask("order.own_pools", of="beneficiary")
    order = ruling.value if ruling.known else ("current", "carryover")
    name = bill.beneficiary
    pools = tuple((f"{name}:{pool}", books.balance(f"{name}:{pool}")) for pool in order)
    return [Purse(name, pools, own_fen(books, name))]


def _draft(
    bill: Bill, fen: int, allocation: Allocation, asked: tuple[Asked, ...], payers: list[Payer]
) -> Draft:
    postings = [Posting(draw.account, -draw.fen) for draw in allocation.draws]
    if allocation.cash_fen:
        postings.append(Posting(f"cash:{bill.beneficiary}", -allocation.cash_fen))
    postings.append(Posting("premium" if bill.is_premium else "provider", fen))
    premium = payers[0].asked.decision.premium
    fields: dict[str, Any] = {
        "beneficiary": bill.beneficiary,
        "purpose": bill.purpose,
        "year": premium.year if premium else None,
        "amount": format_yuan(fen),
        "own": format_yuan(allocation.drawn_from(bill.beneficiary)),
        "draws": [
            {"holder": draw.owner, "account": draw.account, "amount": format_yuan(draw.fen)}
            for draw in allocation.draws
            if draw.owner != bill.beneficiary
        ],
        "cash": format_yuan(allocation.cash_fen),
        "decisions": [reasons_on_record(one) for one in asked],
        "rules": asked[0].decision.rules,
    }
    return Draft("pay-for", bill.on, fields, tuple(postings), bill.key)

"""pay-for: splits a relative's bill or premium over accounts and cash, and plans its posting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, Final

from gongji.acts.bill import Bill
from gongji.acts.deferred import order, paid_in_cash, payers_left
from gongji.acts.facts import own_fen, request_of
from gongji.acts.holders import Payer, in_order, most_at_once
from gongji.acts.outcome import Asked, Misfit, Plan, Refused, reasons_on_record
from gongji.acts.people import person
from gongji.acts.premiums import own_money, terms_on_record
from gongji.acts.purses import purse_of, source_of, sources_in_order, wallet_of, wallet_purse
from gongji.acts.spent import spent_of
from gongji.engine.allocate import Allocation, Purse, allocate
from gongji.engine.case import Case
from gongji.engine.decide import decide
from gongji.engine.decision import Verdict
from gongji.engine.premiums import is_premium
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Draft, Posting, Record
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan, parse_yuan

DEFERRED: Final = ("scheduled", "reimburse")
"""The ways of paying a premium by which the account pays on a later day."""


def pay_for(books: Books, pack: Pack, bill: Bill) -> Plan:
    """Plan the payment. Raises Refused if no relative can pay, Misfit if the books do not fit.

    A premium is ordered where a month-end run takes it, and paid in cash where it is claimed later.
    """
    person(books, bill.beneficiary)
    if bill.fen == 0:
        raise Misfit("amount.zero")
    if bill.fen is None and not bill.is_premium:
        raise Misfit("amount.missing")
    asked, payers = _asked(books, pack, bill)
    if not payers and not _wallet_fen(books, bill):
        raise _nobody(asked)
    fen = _fen(bill, payers, asked)
    ordered = in_order(books, pack, payers, bill)
    mode = _mode(ordered[0]) if ordered else None
    match mode:
        case "reimburse":
            return Plan(paid_in_cash(bill, fen, ordered[0], asked), asked)
        case "scheduled":
            return Plan(order(bill, fen, ordered[0], asked), asked)
        case _:
            alike = [payer for payer in ordered if _mode(payer) == mode]
            return Plan(_paid(books, pack, bill, fen, alike, asked), asked)


def debit(books: Books, pack: Pack, ordered: Record, on: date) -> Draft | None:
    """Return what a month-end run takes for an order, None while no account holds all of it.

    The price is that of the day of the run, where the rules say one.
    """
    fields = ordered.fields
    named = payers_left(books, ordered, on) if fields.get("from") else ()
    bill = Bill(fields["beneficiary"], fields["purpose"], on, holders=named, year=fields["year"])
    asked, payers = _asked(books, pack, bill, orders={}, later=False)
    if not payers:
        return None
    premium = payers[0].asked.decision.premium
    said = premium.fen if premium else None
    fen = parse_yuan(fields["amount"]) if said is None else said
    whole = [
        payer
        for payer in _run_order(books, pack, payers, bill, fields["holder"])
        if purse_of(books, pack, payer, 0).most_fen >= fen
    ]
    if not whole:
        return None
    draft = _paid(books, pack, bill, fen, whole[:1], asked)
    return replace(draft, fields={**draft.fields, "closes": [ordered.seq]})


def _run_order(
    books: Books, pack: Pack, payers: list[Payer], bill: Bill, chosen: str
) -> list[Payer]:
    """Return the payers in order; where the payer chooses, who was chosen with the order."""
    try:
        return in_order(books, pack, payers, bill)
    except Misfit:
        return [payer for payer in payers if payer.name == chosen]


def _asked(
    books: Books, pack: Pack, bill: Bill, **more: Any
) -> tuple[tuple[Asked, ...], list[Payer]]:
    """Return the decision on every binding, and who may pay by it."""
    bindings = _bindings(books, pack, bill)
    asked = tuple(ask(books, pack, bill, binding, **more) for binding in bindings)
    payers = [
        Payer(binding, one)
        for binding, one in zip(bindings, asked, strict=True)
        if one.decision.verdict is Verdict.ELIGIBLE
    ]
    return asked, payers


def _paid(
    books: Books,
    pack: Pack,
    bill: Bill,
    fen: int,
    payers: list[Payer],
    asked: tuple[Asked, ...],
) -> Draft:
    allocation = _allocated(books, pack, bill, fen, payers)
    theirs = {payer.name for payer in payers} | {wallet_of(bill.beneficiary)}
    if all(draw.owner not in theirs for draw in allocation.draws):
        raise Refused("pay.nothing-drawn", Verdict.INELIGIBLE, asked)
    return _draft(bill, fen, allocation, asked, payers, pack.digest)


def _wallet_fen(books: Books, bill: Bill) -> int:
    return 0 if bill.is_premium else books.balance(wallet_of(bill.beneficiary))


def paying_bindings(books: Books, beneficiary: str, on: date) -> dict[str, Binding]:
    """Return by holder the bindings by which somebody may pay on the day, the oldest first.

    A wallet is filled by them and pays itself.
    """
    return {
        binding.holder: binding
        for binding in books.bindings(beneficiary=beneficiary, on=on)
        if binding.mechanism != "wallet_transfer" and books.person(binding.holder) is not None
    }


def _bindings(books: Books, pack: Pack, bill: Bill) -> list[Binding]:
    """Return the bindings by which somebody may pay, those of the relative's own money first."""
    found = paying_bindings(books, bill.beneficiary, bill.on)
    found = _own(books, pack, bill, found) | found
    for name in bill.holders:
        person(books, name)
        if name not in found:
            raise Misfit("pay.not-bound", holder=name, beneficiary=bill.beneficiary)
    if not found and not _wallet_fen(books, bill):
        raise Misfit("pay.no-binding", name=bill.beneficiary)
    return [found[name] for name in bill.holders] if bill.holders else list(found.values())


def _own(books: Books, pack: Pack, bill: Bill, bound: Collection[str]) -> dict[str, Binding]:
    """Return what the relative may pay a premium with alone: account, or wallet if nobody else."""
    name = bill.beneficiary
    if not bill.is_premium:
        return {}
    if person(books, name)["insurance"] == "employee":
        own = own_money(name, "authorisation", bill.on)
        checks = ask(books, pack, bill, own).decision.candidates[0].checks
        if any(check.name == "relation" and check.outcome == "pass" for check in checks):
            return {name: own}
    if books.balance(wallet_of(name)) and (name in bill.holders or not bound):
        return {name: own_money(name, "wallet_transfer", bill.on)}
    return {}


def ask(books: Books, pack: Pack, bill: Bill, binding: Binding, **more: Any) -> Asked:
    """Return the decision on whether the bill may be paid by the binding."""
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
        at=bill.at,
        bound=True,
        provider_area=bill.provider_area,
        item=bill.item,
        mode=bill.mode,
        from_wallet=binding.mechanism == "wallet_transfer",
        assume=bill.assume,
        **more,
    )
    if binding.mechanism == "authorisation":
        case = Case.of(pack, request, binding.mechanism, "use")
        request = replace(request, spent=spent_of(books, case, binding))
    decision = decide(request, pack)
    if "later" not in more and decision.premium and decision.premium.mode in DEFERRED:
        request = replace(request, later=True)
        decision = decide(request, pack)
    return Asked(binding.holder, request, decision)


def _nobody(asked: tuple[Asked, ...]) -> Refused:
    unknown = any(one.decision.verdict is Verdict.UNKNOWN for one in asked)
    return Refused("pay.nobody", Verdict.UNKNOWN if unknown else Verdict.INELIGIBLE, asked)


def _fen(bill: Bill, payers: list[Payer], asked: tuple[Asked, ...]) -> int:
    premium = payers[0].asked.decision.premium if payers else None
    fen = bill.fen if bill.fen is not None else (premium.fen if premium else None)
    if fen is None:
        raise _no_price(bill, payers[0], asked)
    if fen == 0:
        raise Misfit("amount.zero")
    if premium and premium.fen is not None and fen != premium.fen:
        raise Misfit("pay.price-other", price=format_yuan(premium.fen), year=str(premium.year))
    return fen


def _no_price(bill: Bill, payer: Payer, asked: tuple[Asked, ...]) -> Refused | Misfit:
    """Return why there is no price: nobody says one, or not of whom it is the price."""
    chosen = payer.asked.decision.chosen
    for check in chosen.checks if chosen else ():
        if check.reason in ("due.price-by-group", "due.price-by-tier"):
            code = check.reason.replace("due", "pay")
            values = {"name": bill.beneficiary, **check.values}
            return Refused(code, Verdict.UNKNOWN, asked, values=values)
    return Misfit("pay.price-unknown")


def _mode(payer: Payer) -> str | None:
    premium = payer.asked.decision.premium
    return premium.mode if premium else None


def _takes_whole(pack: Pack, payer: Payer) -> bool:
    """Return whether the rules let the payer pay a premium in full or not at all."""
    case = payer.case(pack)
    return is_premium(case) and case.ask("premium_payment.full_amount").value is True


def _allocated(books: Books, pack: Pack, bill: Bill, fen: int, payers: list[Payer]) -> Allocation:
    """Return the split: source by source, of the holders as many as may pay at once."""
    purses: list[Purse] = []
    left = most_at_once(pack, payers)
    for source in sources_in_order(pack, payers):
        if source == "own":
            purses += _own_purse(books, pack, bill, payers)
        elif source == "wallet":
            area = person(books, bill.beneficiary)["area"]
            purses += [] if bill.is_premium else wallet_purse(books, pack, bill, area)
        for payer in (one for one in payers if source_of(one) == source):
            draws = allocate(fen, purses).draws
            others_fen = sum(draw.fen for draw in draws if draw.owner != bill.beneficiary)
            purse = purse_of(books, pack, payer, others_fen)
            if _takes_whole(pack, payer) and purse.most_fen < fen:
                continue
            if purse.most_fen and left:
                purses, left = [*purses, purse], left - 1
    return allocate(fen, purses)


def _own_purse(books: Books, pack: Pack, bill: Bill, payers: list[Payer]) -> list[Purse]:
    """Return the relative's own account, which pays bills; a premium is the holders'."""
    if bill.is_premium or person(books, bill.beneficiary)["insurance"] != "employee":
        return []
    cases = [payer.case(pack) for payer in payers[:1]]
    if any(case.ask("order.own").value == "not_drawn" for case in cases):
        return []
    said = [case.ask("order.own_pools", of="beneficiary") for case in cases]
    order = next((ruling.value for ruling in said if ruling.known), ("current", "carryover"))
    name = bill.beneficiary
    pools = tuple((f"{name}:{pool}", books.balance(f"{name}:{pool}")) for pool in order)
    return [Purse(name, pools, own_fen(books, name))]


def _draft(
    bill: Bill,
    fen: int,
    allocation: Allocation,
    asked: tuple[Asked, ...],
    payers: list[Payer],
    rules: str,
) -> Draft:
    postings = [Posting(draw.account, -draw.fen) for draw in allocation.draws]
    if allocation.cash_fen:
        postings.append(Posting(f"cash:{bill.beneficiary}", -allocation.cash_fen))
    postings.append(Posting("premium" if bill.is_premium else "provider", fen))
    premium = payers[0].asked.decision.premium if payers else None
    wallet = wallet_of(bill.beneficiary)
    fields: dict[str, Any] = {
        "beneficiary": bill.beneficiary,
        "purpose": bill.purpose,
        **({"at": bill.at} if bill.at else {}),
        "year": premium.year if premium else None,
        "amount": format_yuan(fen),
        "own": format_yuan(allocation.drawn_from(bill.beneficiary)),
        "draws": [
            {"holder": draw.owner, "account": draw.account, "amount": format_yuan(draw.fen)}
            for draw in allocation.draws
            if draw.owner not in (bill.beneficiary, wallet)
        ],
        "wallet": format_yuan(allocation.drawn_from(wallet)),
        "cash": format_yuan(allocation.cash_fen),
        **(terms_on_record(premium, bill.on) if premium else {}),
        "decisions": [reasons_on_record(one) for one in asked],
        "rules": rules,
    }
    return Draft("pay-for", bill.on, fields, tuple(postings), bill.key)

"""The purses that may pay a bill: accounts, pools, quotas and the relative's own wallet."""

from __future__ import annotations

from dataclasses import replace

from gongji.acts.account import account_purse
from gongji.acts.bill import Bill
from gongji.acts.holders import Payer
from gongji.acts.spent import PERIODS
from gongji.engine.allocate import Purse
from gongji.engine.case import Case
from gongji.engine.distance import distance
from gongji.ledger.books import Books
from gongji.policy.pack import Pack

SOURCES = ("own", "pool", "authorisation", "wallet", "quota")
"""Whose money goes first where no clause says otherwise; what is left over is cash."""
_SOURCE_OF = {
    "authorisation": "authorisation",
    "family_pool": "pool",
    "wallet_quota": "quota",
    "wallet_transfer": "wallet",
}


def source_of(payer: Payer) -> str:
    """Return the word of an order for the money that the payer's mechanism draws on."""
    return _SOURCE_OF[payer.binding.mechanism]


def sources_in_order(pack: Pack, payers: list[Payer]) -> tuple[str, ...]:
    """Return the sources in the order of payment, as the first payer's area says."""
    said = payers[0].case(pack).ask("order.sources").value if payers else None
    named = tuple(word for word in said if word != "cash") if isinstance(said, tuple) else ()
    return named + tuple(word for word in SOURCES if word not in named)


def purse_of(books: Books, pack: Pack, payer: Payer, others_fen: int) -> Purse:
    """Return what the holder may pay of a bill.

    `others_fen` is what holders before this one pay of it: a cap of the relative counts it too.
    """
    match payer.binding.mechanism:
        case "family_pool":
            return _whole(payer.name, books.balances(f"{payer.name}:pool:"))
        case "wallet_quota":
            account = f"{payer.name}:quota:{payer.binding.beneficiary}"
            return _whole(payer.name, {account: books.balance(account)})
        case "wallet_transfer":
            account = wallet_of(payer.name)
            return _whole(account, {account: books.balance(account)})
        case _:
            return _capped(books, pack, payer, others_fen)


def wallet_of(name: str) -> str:
    """Return the account that is a person's insurance wallet."""
    return f"{name}:wallet"


def wallet_purse(books: Books, pack: Pack, bill: Bill, area: str) -> list[Purse]:
    """Return the relative's own wallet, which pays only where its owner is insured (`area`)."""
    account = wallet_of(bill.beneficiary)
    elsewhere = bill.provider_area and distance(pack, area, bill.provider_area) != "pooling_area"
    fen = 0 if elsewhere else books.balance(account)
    return [Purse(account, ((account, fen),), fen)] if fen else []


def _whole(owner: str, accounts: dict[str, int]) -> Purse:
    return Purse(owner, tuple(accounts.items()), sum(accounts.values()))


def _capped(books: Books, pack: Pack, payer: Payer, others_fen: int) -> Purse:
    """Return the holder's own account: usable money, under every cap."""
    case = payer.case(pack)
    purse = account_purse(books, case, payer.name)
    return replace(purse, most_fen=min([purse.most_fen, *_caps(case, others_fen)]))


def _caps(case: Case, others_fen: int) -> list[int]:
    holder, spent = case.request.holder, case.request.spent or {}
    caps = [fen for fen in (holder.cap_per_payment, holder.authorised) if fen is not None]
    for per in ("payment", *PERIODS):
        ruling = case.ask(f"caps.{per}")
        if ruling.known and ruling.value.fen is not None:
            paid = others_fen if ruling.value.of == "beneficiary" else 0
            caps.append(max(0, ruling.value.fen - spent.get(per, 0) - paid))
    return caps

"""Money taken out of a holder's account, and put back into it, as the rules say."""

from __future__ import annotations

from gongji.engine.allocate import Purse, allocate
from gongji.engine.case import Case
from gongji.engine.funds import funds_rule, usable_fen
from gongji.ledger.books import Books
from gongji.ledger.records import Posting

POOLS = ("current", "carryover")


def account_purse(books: Books, case: Case, name: str) -> Purse:
    """Return what the rules let relatives use of a person's account, in the order of drawing."""
    rule = funds_rule(case)
    fen = {pool: books.balance(f"{name}:{pool}") for pool in POOLS}
    said = case.ask("order.own_pools")
    order = ("carryover",) if rule.carryover_only else (said.value if said.known else POOLS)
    accounts = tuple((f"{name}:{pool}", fen[pool]) for pool in order)
    return Purse(name, accounts, usable_fen(rule, fen["current"], fen["carryover"]))


def taken_out(books: Books, case: Case, name: str, fen: int) -> list[Posting]:
    """Return the postings that take `fen` out; the checks have seen that so much may be used."""
    draws = allocate(fen, [account_purse(books, case, name)]).draws
    return [Posting(draw.account, -draw.fen) for draw in draws]


def put_back(case: Case, name: str, fen: int) -> list[Posting]:
    """Return the posting that puts `fen` back: to carry-over where only that may be used."""
    pool = "carryover" if funds_rule(case).carryover_only else "current"
    return [Posting(f"{name}:{pool}", fen)] if fen else []

"""Money taken out of a holder's account, and put back into it, as the rules say."""

from __future__ import annotations

from gongji.engine.allocate import Purse, allocate
from gongji.engine.case import Case
from gongji.engine.funds import funds_rule, usable_fen
from gongji.ledger.books import Books
from gongji.ledger.errors import Overdrawn
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
    """Return the postings that take `fen` out; the checks have seen that so much may be used.

    Raises Overdrawn where that was only assumed and the books know of less.
    """
    purse = account_purse(books, case, name)
    allocation = allocate(fen, [purse])
    if allocation.cash_fen:
        raise Overdrawn(purse.accounts[-1][0], -allocation.cash_fen)
    return [Posting(draw.account, -draw.fen) for draw in allocation.draws]


def put_back(case: Case, name: str, fen: int) -> list[Posting]:
    """Return the posting that puts `fen` back into the account.

    To carry-over where the region shares nothing else at home, so that it does not turn into money
    of the year on the way; else to the current pool.
    """
    at_home = case.ask("funds.use", mechanism=frozenset({"authorisation", "family_pool"}))
    pool = "carryover" if at_home.value == "carryover" else "current"
    return [Posting(f"{name}:{pool}", fen)] if fen else []

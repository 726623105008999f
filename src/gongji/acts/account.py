"""Money taken out of a holder's account, and put back into it, as the rules say."""

from __future__ import annotations

from datetime import date

from gongji.acts.account_year import last_start
from gongji.engine.allocate import Purse, allocate
from gongji.engine.case import Case
from gongji.engine.funds import funds_rule, usable_fen
from gongji.ledger.accounts import names_in
from gongji.ledger.books import Books
from gongji.ledger.errors import Overdrawn
from gongji.ledger.records import Posting
from gongji.policy.pack import Pack

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


def put_back(
    books: Books, pack: Pack, account: str, fen: int, on: date, owner: str | None = None
) -> list[Posting]:
    """Return the postings that move `fen` out of a pool or a quota into a personal account.

    It is the account of who put them in, or the `owner`'s. The oldest go first; what left a current
    pool since the account year began goes to one, all else is carry-over. Who is no longer in the
    household takes them out of the books.
    """
    giver = names_in(account)[0 if ":quota:" in account else -1]
    owner = owner or giver
    attributes = books.person(owner)
    if attributes is None:
        return [Posting(account, -fen), Posting("credit", fen)]
    start = last_start(pack, attributes["area"], on)
    there = max(fen, books.balance(account))
    kept = _of_the_year(books, account, giver, start, there - fen)
    current = _of_the_year(books, account, giver, start, there) - kept
    parts = {f"{owner}:current": current, f"{owner}:carryover": fen - current}
    return [Posting(account, -fen), *(Posting(pool, part) for pool, part in parts.items() if part)]


def _of_the_year(books: Books, account: str, giver: str, start: date, newest_fen: int) -> int:
    """Return how many of the last fen put into the account left the current pool since `start`."""
    current, left = 0, newest_fen
    for record in reversed(list(books.history(person=giver, since=start))):
        moved = {posting.account: posting.fen for posting in record.postings}
        taken = {pool: -moved.get(f"{giver}:{pool}", 0) for pool in POOLS}
        if moved.get(account, 0) > 0 and max(taken.values()) > 0:
            part = min(left, moved[account])
            # The current pool is emptied first, so the carry-over is the last that went in.
            current += max(0, part - taken["carryover"])
            left -= part
    return current

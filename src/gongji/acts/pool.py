"""The family pool: who is in it, and where its money goes when somebody leaves."""

from __future__ import annotations

from datetime import date

from gongji.acts.account import put_back
from gongji.acts.outcome import Misfit
from gongji.acts.people import person
from gongji.ledger.accounts import names_in
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Posting
from gongji.policy.pack import Pack
from gongji.policy.resolve import Ruling, resolve

MECHANISM = "family_pool"


def members(books: Books, creator: str) -> set[str]:
    """Return whom the creator has in the pool, whatever the day: who leaves it is out at once."""
    bindings = books.bindings(holder=creator)
    return {binding.beneficiary for binding in bindings if binding.mechanism == MECHANISM}


def pool_of(creator: str, contributor: str) -> str:
    """Return the account that holds what somebody put into the creator's pool."""
    return f"{creator}:pool:{contributor}"


def returned_pool(
    books: Books,
    pack: Pack,
    binding: Binding,
    on: date,
    gone: frozenset[str] = frozenset(),
) -> list[Posting]:
    """Return the postings that a leaving member causes, as the clause on `transfer.on_end` says.

    to_contributor: the member takes along what they put in, and with the last member everybody gets
    back what is left of theirs. to_creator: with the last member all of it is the creator's; until
    then it stays for the others. Where money stays, or no clause speaks, nothing moves. `gone` are
    members who leave at once and took theirs along already.
    """
    remaining = members(books, binding.holder) - {binding.beneficiary, *gone}
    return [
        posting
        for account, fen in books.balances(f"{binding.holder}:pool:").items()
        if fen
        for posting in left_over(books, pack, account, fen, on, remaining, gone)
    ]


def left_over(
    books: Books,
    pack: Pack,
    account: str,
    fen: int,
    on: date,
    remaining: set[str],
    gone: frozenset[str] = frozenset(),
) -> list[Posting]:
    """Return the postings that move `fen` out of an account of a pool in which some remain.

    None where they stay: as long as whoever put them in is in the family, or it has a member.
    """
    creator, contributor = names_in(account)
    if books.person(creator) is None:
        return put_back(books, pack, account, fen, on)
    match _ruling(books, pack, creator, "transfer.on_end", on).value:
        case "to_contributor" if remaining and contributor in {creator, *remaining}:
            return []
        case "to_contributor" if contributor not in gone:
            return put_back(books, pack, account, fen, on)
        case "to_creator" if not remaining:
            return put_back(books, pack, account, fen, on, creator)
        case _:
            return []


def check_may_go_back(books: Books, pack: Pack, creator: str, on: date) -> None:
    """Raise Misfit unless the rules let money go back while the pool lasts, as Ningbo's did."""
    ruling = _ruling(books, pack, creator, "transfer.may_go_back", on)
    if not ruling.known:
        raise Misfit("release.not-known")
    if ruling.value is not True:
        raise Misfit("release.not-back")


def _ruling(books: Books, pack: Pack, creator: str, parameter: str, on: date) -> Ruling:
    """Return what holds for the whole pool: no relation or purpose plays a part in it."""
    query = {"mechanism": frozenset({MECHANISM}), "action": frozenset({"transfer"})}
    return resolve(pack, parameter, person(books, creator)["area"], query, on)

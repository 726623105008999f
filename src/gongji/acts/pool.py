"""The family pool: what is in it, and where that goes when somebody leaves."""

from __future__ import annotations

from datetime import date

from gongji.acts.account import put_back
from gongji.acts.facts import request_of
from gongji.engine.case import Case
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Posting
from gongji.policy.pack import Pack

MECHANISM = "family_pool"


def returned_pool(
    books: Books,
    pack: Pack,
    binding: Binding,
    on: date,
    gone: frozenset[str] = frozenset(),
) -> list[Posting]:
    """Return the postings that a leaving member causes, as the clause on `transfer.on_end` says.

    The member takes along what they put in. With the last member the pool ends: the rest goes to
    its contributors or to the creator. Where the clause says that money stays, or none says
    anything, nothing moves. `gone` are members who leave at once and took theirs along already.
    """
    request = request_of(books, binding.holder, binding.beneficiary, on, binding.relation)
    case = Case.of(pack, request, MECHANISM, "transfer")
    goes_to = case.ask("transfer.on_end").value
    if goes_to not in ("to_contributor", "to_creator"):
        return []
    others = [
        other
        for other in books.bindings(holder=binding.holder, on=on)
        if other.mechanism == MECHANISM and other.beneficiary not in {binding.beneficiary, *gone}
    ]
    leaving = None if not others else binding.beneficiary
    return [
        posting
        for account, fen in books.balances(f"{binding.holder}:pool:").items()
        if fen and leaving in (None, _contributor(account)) and _contributor(account) not in gone
        for posting in _moved(case, account, fen, goes_to, binding.holder)
    ]


def _contributor(account: str) -> str:
    return account.rpartition(":")[2]


def _moved(case: Case, account: str, fen: int, goes_to: str, creator: str) -> list[Posting]:
    owner = creator if goes_to == "to_creator" else _contributor(account)
    return [Posting(account, -fen), *put_back(case, owner, fen)]

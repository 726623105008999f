"""Money that comes back after what it came from has changed: where it goes instead."""

from __future__ import annotations

from datetime import date

from gongji.acts.account import put_back
from gongji.acts.account_year import has_turned, last_start
from gongji.acts.pool import left_over, members
from gongji.ledger.accounts import holds_money
from gongji.ledger.books import Books
from gongji.ledger.records import Posting, Record, negated
from gongji.policy.pack import Pack


def diverted(books: Books, pack: Pack, record: Record, on: date) -> tuple[Posting, ...]:
    """Return what is to be posted beside the negation of `record`, where it cannot be left at that.

    Money of a quota or a pool that has ended goes where its end sent the rest. Money of a year that
    has turned since is carry-over. That of somebody who is no longer in the household leaves the
    books, as theirs did.
    """
    return tuple(
        posting
        for back in negated(record.postings)
        if holds_money(back.account)
        for posting in _diverted(books, pack, back, record.on, on)
    )


def _diverted(books: Books, pack: Pack, back: Posting, since: date, on: date) -> list[Posting]:
    owner, kind, *other = back.account.split(":")
    match kind:
        case "current":
            return _turned(books, pack, owner, back, since, on)
        case "quota":
            binding = books.binding(owner, other[0])
            is_open = binding is not None and binding.mechanism == "wallet_quota"
            return [] if is_open else put_back(books, pack, back.account, back.fen, on)
        case "pool":
            remaining = members(books, owner)
            return left_over(books, pack, back.account, back.fen, on, remaining)
        case _:
            return _gone(books, owner, back)


def _turned(
    books: Books, pack: Pack, owner: str, back: Posting, since: date, on: date
) -> list[Posting]:
    """Divert what comes back into, or is taken back from, the current pool of a later year.

    What is taken back lies there until the turn is settled.
    """
    attributes = books.person(owner)
    if attributes is None:
        return _gone(books, owner, back)
    start = last_start(pack, attributes["area"], on)
    if since >= start or (back.fen < 0 and not has_turned(books, owner, start)):
        return []
    return _to(f"{owner}:carryover", back)


def _gone(books: Books, owner: str, back: Posting) -> list[Posting]:
    return [] if books.person(owner) else _to("credit", back)


def _to(account: str, back: Posting) -> list[Posting]:
    return [Posting(back.account, -back.fen), Posting(account, back.fen)]

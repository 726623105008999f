"""settle: what falls due up to a day, once: returns, terms, ordered premiums, turns of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gongji.acts.account_year import turns_of_year
from gongji.acts.coming_back import diverted
from gongji.acts.deferred import is_over, lapsed, month_end, ordered_anew
from gongji.acts.ending import term_over
from gongji.acts.pay import debit
from gongji.ledger.books import Books
from gongji.ledger.records import Draft, Record, negated, netted
from gongji.policy.pack import NATION, Pack
from gongji.policy.resolve import resolve


def due_drafts(books: Books, pack: Pack, on: date, at: str) -> Iterator[Draft]:
    """Yield what falls due up to the day and the time of day, one record each, oldest first.

    What has been settled is closed by its record, so that settling again yields nothing.
    """
    yield from _returns(books, pack, on, at)
    yield from _terms(books, pack, on)
    yield from _debits(books, pack, on)
    yield from turns_of_year(books, pack, on)


def _returns(books: Books, pack: Pack, on: date, at: str) -> Iterator[Draft]:
    for seq in books.open_items("transfer", due=on):
        record = books.record(seq)
        if record is None:
            continue
        day = date.fromisoformat(record.fields["opens"]["due"])
        if day == on and at < _returned_at(books, pack, record.fields["holder"], day):
            continue
        fields = {
            "record": seq,
            "holder": record.fields["holder"],
            "beneficiary": record.fields["beneficiary"],
            "closes": [seq],
        }
        back = (*negated(record.postings), *diverted(books, pack, record, day))
        yield Draft("return", day, fields, netted(back))


def _returned_at(books: Books, pack: Pack, holder: str, on: date) -> str:
    """Return the hour at which what nobody accepted goes back there, as the clause says.

    Where none does it is the beginning of the day: from then on nobody can accept it.
    """
    attributes = books.person(holder)
    wallet = {"mechanism": frozenset({"wallet_transfer"}), "action": frozenset({"transfer"})}
    area = attributes["area"] if attributes else NATION
    ruling = resolve(pack, "transfer.returned_at", area, wallet, on)
    return str(ruling.value) if ruling.known else "00:00"


def _terms(books: Books, pack: Pack, on: date) -> Iterator[Draft]:
    """Yield the end of every binding whose term is over, on the day after its last."""
    bound = [books.record(seq) for seq in books.open_items("term", due=on)]
    for record in sorted(filter(None, bound), key=lambda record: record.fields["opens"]["due"]):
        draft = term_over(books, pack, record)
        if draft is not None:
            yield draft


def _debits(books: Books, pack: Pack, on: date) -> Iterator[Draft]:
    for seq in books.open_items("debit", due=on):
        order = books.record(seq)
        if order is not None:
            yield _debited(books, pack, order, on)


def _debited(books: Books, pack: Pack, order: Record, on: date) -> Draft:
    """Return the payment by the first run that finds enough, or the order for the next run.

    Where there is nothing left to pay the order lapses.
    """
    run = date.fromisoformat(order.fields["opens"]["due"])
    while run <= on:
        if is_over(books, order, run):
            return lapsed(order, run)
        draft = debit(books, pack, order, run)
        if draft is not None:
            return draft
        missed, run = run, month_end(run + timedelta(days=1))
    return ordered_anew(order, missed, run)

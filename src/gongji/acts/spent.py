"""What a holder, a relative or the two together have spent of a cap's period."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from gongji.engine.case import Case
from gongji.ledger.books import Binding, Books

PERIODS: Final = ("day", "month", "year", "authorisation")
"""The periods over which a cap counts payments."""


def spent_of(books: Books, case: Case, binding: Binding) -> dict[str, int]:
    """Return the fen that count by the day of the request, by period, where a cap is ruled."""
    spent = {}
    for per, days in _periods(case.request.on, binding).items():
        ruling = case.ask(f"caps.{per}")
        if ruling.known and ruling.value.fen is not None:
            spent[per] = _spent(books, binding, ruling.value.of, *days)
    return spent


def _periods(on: date, binding: Binding) -> dict[str, tuple[date, date]]:
    # Whole periods: a payment of an earlier day may be recorded after one of a later day.
    month_end = on.replace(day=monthrange(on.year, on.month)[1])
    days = (
        (on, on),
        (on.replace(day=1), month_end),
        (on.replace(month=1, day=1), on.replace(month=12, day=31)),
        (binding.opened, date.max),
    )
    return dict(zip(PERIODS, days, strict=True))


def _spent(books: Books, binding: Binding, of: str | None, since: date, until: date) -> int:
    holder = None if of == "beneficiary" else binding.holder
    beneficiary = None if of == "holder" else binding.beneficiary
    return books.spent(holder=holder, beneficiary=beneficiary, since=since, until=until)

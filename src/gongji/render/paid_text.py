"""Whose money was paid, as data and for people."""

from __future__ import annotations

from typing import Any

from gongji.acts.paid import CASH, OWN, WALLET, Paid, Source, relatives_of
from gongji.render.language import _
from gongji.render.wording import word
from gongji.words.money import format_yuan
from gongji.words.text import clean


def paid_data(paid: Paid) -> dict[str, Any]:
    """Return the sum and what each source gave as plain JSON."""
    return {
        "paid": format_yuan(paid.total()),
        "own": format_yuan(paid[OWN]),
        "relatives": [
            {"holder": source.holder, "mechanism": source.kind, "amount": format_yuan(fen)}
            for source, fen in relatives_of(paid).items()
        ],
        "wallet": format_yuan(paid[WALLET]),
        "cash": format_yuan(paid[CASH]),
    }


def paid_parts(paid: Paid) -> list[str]:
    """Return each source that gave something, with its amount."""
    order = [OWN, *relatives_of(paid), WALLET, CASH]
    return [f"{_source(source)} {format_yuan(paid[source])}" for source in order if paid[source]]


def _source(source: Source) -> str:
    if source.holder is None:
        return word("sources", source.kind)
    return _("{holder} ({mechanism})").format(
        holder=clean(source.holder), mechanism=word("mechanism", source.kind)
    )

"""What a person can draw on: the own accounts, and relatives' money as a payment would see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongji.acts.bill import Bill
from gongji.acts.holders import Payer
from gongji.acts.outcome import Asked
from gongji.acts.pay import ask, paying_bindings
from gongji.acts.people import person
from gongji.acts.purses import purse_of
from gongji.engine.allocate import Purse
from gongji.engine.decision import Verdict
from gongji.engine.funds import funds_rule
from gongji.ledger.books import Binding, Books
from gongji.policy.pack import Pack

CARE: Final = ("outpatient", "inpatient", "pharmacy")
"""The bills asked about: those of hospitals and pharmacies."""


@dataclass(frozen=True, slots=True)
class Drawable:
    """What one binding lets a person draw on for bills of one purpose.

    `purse` is what a payment would draw on, None unless the rules say yes. `doubts` are the
    parameters about the holder's money of which the rules do not say what they ought to.
    """

    binding: Binding
    purpose: str
    asked: Asked
    purse: Purse | None
    doubts: tuple[str, ...] = ()

    @property
    def usable_fen(self) -> int | None:
        """The most fen that one bill may draw; None where the rules do not know."""
        if self.purse is not None:
            return self.purse.most_fen
        return None if self.asked.decision.verdict is Verdict.UNKNOWN else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there for a person: fen by account of their own, and what relatives' bindings give.

    `accounts` holds every account ever used, `PERSON:` left out.
    """

    person: str
    accounts: Mapping[str, int]
    relatives: tuple[Drawable, ...]


def standing(books: Books, pack: Pack, name: str, on: date) -> Standing:
    """Return where a person stands on the day; balances are those of the last record.

    Each binding, the oldest first, is asked about each purpose of CARE. Raises Misfit if nobody is
    called so.
    """
    person(books, name)
    accounts = {
        account.removeprefix(f"{name}:"): fen for account, fen in books.balances(f"{name}:").items()
    }
    relatives = tuple(
        _through(books, pack, binding, Bill(name, purpose, on))
        for binding in paying_bindings(books, name, on).values()
        for purpose in CARE
    )
    return Standing(name, accounts, relatives)


def _through(books: Books, pack: Pack, binding: Binding, bill: Bill) -> Drawable:
    asked = ask(books, pack, bill, binding)
    if asked.decision.verdict is not Verdict.ELIGIBLE:
        return Drawable(binding, bill.purpose, asked, None)
    payer = Payer(binding, asked)
    purse = purse_of(books, pack, payer, 0)
    return Drawable(binding, bill.purpose, asked, purse, _doubts(pack, payer))


def _doubts(pack: Pack, payer: Payer) -> tuple[str, ...]:
    """Return what is not known of the rule on the account's own money.

    Of which money may be used somebody must have spoken; what must remain or is needed to start is
    in doubt only where somebody looked for it.
    """
    if payer.binding.mechanism != "authorisation":
        return ()
    return tuple(
        ruling.parameter
        for ruling in funds_rule(payer.case(pack)).rulings
        if not ruling.known and (ruling.why != "silent" or ruling.parameter == "funds.use")
    )

"""Random acts on real books beside a plain dictionary: they agree at every step."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gongji.acts.bind import unbind
from gongji.acts.credit import credit
from gongji.acts.outcome import Misfit, Plan, Refused
from gongji.acts.people import Balances, set_person
from gongji.acts.quota import release, reserve
from gongji.acts.reverse import reverse
from gongji.acts.transfer import accept
from gongji.ledger.accounts import holds_money
from gongji.ledger.books import Record
from gongji.ledger.errors import Overdrawn
from gongji.ledger.verify import verify
from tests.acts.household import add, join, move, open_books, pay, settle, split, write
from tests.acts.test_pay import clause, rules, wallet
from tests.acts.test_pool import POOL

HOLDERS = ("大哥", "二姐", "小弟")
KEPT_IN_ACCOUNT = 2000
FLOOR = clause("funds", 'when = { mechanism = ["family_pool"] }\nkeep = "20.00"')
OPEN = rules(POOL, FLOOR, wallet("wallet_transfer"), wallet("wallet_quota"))
FIRST_DAY, NEW_YEAR = date(2025, 12, 30), date(2026, 1, 1)
QUOTA, WALLET = "大哥:quota:爸爸", "妈妈:wallet"
POOL_OF = {"二姐": "二姐:pool:二姐", "岳父": "二姐:pool:岳父"}
holders = st.sampled_from(HOLDERS)
pools = st.sampled_from(["current", "carryover"])
fen = st.integers(1, 20_000)


@dataclass(frozen=True, slots=True)
class Sent:
    """A transfer that waits to be accepted: what its sender has lost."""

    sender: str
    on: date
    change: Counter[str]


class Household(RuleBasedStateMachine):
    """Three holders, who bind and unbind a mother; quota, pool and wallets beside that.

    大哥 has a quota for a father, 二姐 a family pool with a father-in-law who has an account of his
    own. The model: fen by account, the holders bound and until when, what can be reversed, what
    waits.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "family.jsonl"
        self.books = open_books(self.path)
        self.day = FIRST_DAY
        self.money: Counter[str] = Counter()
        self.came_this_year: Counter[str] = Counter()
        self.turned: set[str] = set()
        self.bound: dict[str, date | None] = {}
        self.reversible: dict[int, Counter[str]] = {}
        self.waiting: dict[int, Sent] = {}

    @initialize(amounts=st.lists(fen, min_size=4, max_size=4))
    def begin(self, amounts: list[int]) -> None:
        for name, amount in zip((*HOLDERS, "岳父"), amounts, strict=True):
            add(self.books, name, amount, 0, on=self.day)
            self.money[f"{name}:current"] = amount
        for name in ("妈妈", "爸爸"):
            add(self.books, name, insurance="resident", on=self.day)
        join(self.books, OPEN, "大哥", "爸爸", on=self.day, mechanism="wallet_quota")
        join(self.books, OPEN, "二姐", "岳父", on=self.day, mechanism="family_pool")

    @rule(name=holders, pool=pools, amount=fen)
    def credit(self, name: str, pool: str, amount: int) -> None:
        change = Counter({f"{name}:{pool}": amount})
        self._done(credit(self.books, name, amount, pool, self.day), change)

    @rule(name=holders, amount=fen)
    def set_current(self, name: str, amount: int) -> None:
        write(self.books, set_person(self.books, name, {}, Balances(current=amount), self.day))
        self._note(Counter({f"{name}:current": amount - self.money[f"{name}:current"]}))

    @rule(name=holders, days=st.none() | st.integers(0, 2))
    def bind(self, name: str, days: int | None) -> None:
        until = None if days is None else self.day + timedelta(days=days)
        if name not in self.bound:
            join(self.books, OPEN, name, "妈妈", on=self.day, until=until)
            self.bound[name] = until
            return
        with suppress(Misfit):
            join(self.books, OPEN, name, "妈妈", on=self.day, until=until)
            raise AssertionError("bound twice")

    @precondition(lambda self: self.bound)
    @rule(data=st.data())
    def unbind(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(self.bound)))
        write(self.books, unbind(self.books, OPEN, name, "妈妈", self.day))
        del self.bound[name]

    @rule(amount=fen)
    def pay_the_mother(self, amount: int) -> None:
        in_force = [name for name, until in self.bound.items() if not until or self.day <= until]
        accounts = [f"{name}:{pool}" for name in in_force for pool in ("current", "carryover")]
        self._pay("妈妈", amount, [*accounts, WALLET])

    @rule(amount=fen)
    def pay_by_quota(self, amount: int) -> None:
        self._pay("爸爸", amount, [QUOTA])

    @rule(amount=fen)
    def pay_by_pool(self, amount: int) -> None:
        own = ["岳父:current", "岳父:carryover"]
        self._pay("岳父", self.has("岳父") + amount, [*own, *POOL_OF.values()])

    @precondition(lambda self: self.reversible)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        seq = data.draw(st.sampled_from(sorted(self.reversible)))
        change = Counter({account: -fen for account, fen in self.reversible[seq].items()})
        plan = reverse(self.books, OPEN, seq, "why", self.day)
        if all(self.money[account] + fen >= 0 for account, fen in change.items()):
            write(self.books, plan)
            self._note(change)
            del self.reversible[seq]
            return
        with suppress(Overdrawn):
            write(self.books, plan)
            raise AssertionError("overdrawn")

    @rule(name=st.sampled_from(sorted(POOL_OF)), amount=fen)
    def put_into_the_pool(self, name: str, amount: int) -> None:
        if amount > self.has(name) - KEPT_IN_ACCOUNT:
            with pytest.raises(Refused):
                move(self.books, OPEN, name, amount, on=self.day)
            return
        move(self.books, OPEN, name, amount, on=self.day)
        self._note(self._taken(name, amount))
        self._note(Counter({POOL_OF[name]: amount}))

    @rule(name=holders, amount=fen)
    def send(self, name: str, amount: int) -> None:
        def sent() -> Record:
            return move(self.books, OPEN, name, amount, "妈妈", self.day, relation="parent")

        if amount > self.has(name):
            with pytest.raises(Refused):
                sent()
            return
        record = sent()
        change = self._taken(name, amount)
        self.waiting[record.seq] = Sent(name, self.day, change)
        self._note(change)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        seq = data.draw(st.sampled_from(sorted(self.waiting)))
        if self.waiting[seq].on < self.day:
            with pytest.raises(Misfit):
                accept(self.books, seq, self.day)
            return
        write(self.books, accept(self.books, seq, self.day))
        self._note(Counter({WALLET: -self.waiting.pop(seq).change.total()}))

    @rule(amount=fen)
    def reserve(self, amount: int) -> None:
        def plan() -> Plan:
            return reserve(self.books, OPEN, "大哥", "爸爸", amount, self.day)

        if amount > self.has("大哥"):
            with pytest.raises(Refused):
                plan()
            return
        write(self.books, plan())
        self._note(self._taken("大哥", amount))
        self._note(Counter({QUOTA: amount}))

    @rule(amount=st.none() | fen)
    def release(self, amount: int | None) -> None:
        reserved = self.money[QUOTA]
        returned = reserved if amount is None else amount
        if not 0 < returned <= reserved:
            with pytest.raises(Misfit):
                release(self.books, OPEN, "大哥", "爸爸", amount, self.day)
            return
        write(self.books, release(self.books, OPEN, "大哥", "爸爸", amount, self.day))
        self._note(Counter({QUOTA: -returned, "大哥:current": returned}))

    @rule(days=st.sampled_from([0, 1, 1, 2]), at=st.sampled_from(["05:59", "06:00"]))
    def settle(self, days: int, at: str) -> None:
        self.day += timedelta(days=days)
        expected = [*self._go_back(at), *self._end_terms(), *self._turn()]

        records = settle(self.books, OPEN, self.day, at)

        assert [record.do for record in records] == expected
        assert settle(self.books, OPEN, self.day, at) == []

    @invariant()
    def the_books_agree_with_the_model(self) -> None:
        waiting: Counter[str] = Counter()
        for sent in self.waiting.values():
            waiting[f"{sent.sender}:pending:妈妈"] -= sent.change.total()
        model = {account: fen for account, fen in (self.money + waiting).items() if fen}
        books = self.books.balances("")
        assert {name: fen for name, fen in books.items() if fen and holds_money(name)} == model
        bound = self.books.bindings(beneficiary="妈妈", on=self.day)
        assert [binding.holder for binding in bound] == list(self.bound)
        assert self.books.open_items("transfer") == sorted(self.waiting)
        terms = [until for until in self.bound.values() if until]
        assert len(self.books.open_items("term")) == len(terms)

    @invariant()
    def all_accounts_together_hold_nothing(self) -> None:
        """Double entry: what one has, another owes; nobody has less than nothing."""
        books = self.books.balances("")
        assert sum(books.values()) == 0
        assert all(fen >= 0 for account, fen in books.items() if holds_money(account))

    def teardown(self) -> None:
        self.books.close()
        sound = verify(self.path).sound
        self.folder.cleanup()
        assert sound

    def has(self, name: str) -> int:
        return self.money[f"{name}:current"] + self.money[f"{name}:carryover"]

    def _pay(self, name: str, amount: int, accounts: list[str]) -> None:
        """Pay a bill out of the accounts in their order; relatives' money must take part in it."""
        change, left = self._drawn(amount, accounts)
        theirs = -sum(fen for account, fen in change.items() if "岳父:c" not in account)
        if not theirs:
            with pytest.raises((Refused, Misfit)):
                pay(self.books, OPEN, name, amount, on=self.day)
            return
        record = pay(self.books, OPEN, name, amount, on=self.day)

        parts = split(record)
        assert parts.pop("cash", 0) == left
        assert sum(parts.values()) - change[WALLET] == amount - left == -change.total()
        self._note(change)
        self.reversible[record.seq] = change

    def _taken(self, name: str, amount: int) -> Counter[str]:
        change, left = self._drawn(amount, [f"{name}:current", f"{name}:carryover"])
        assert left == 0
        return change

    def _drawn(self, amount: int, accounts: list[str]) -> tuple[Counter[str], int]:
        """Return what each account loses, the first first, and the rest."""
        change: Counter[str] = Counter()
        for account in accounts:
            taken = min(amount, self.money[account])
            change[account] -= taken
            amount -= taken
        return change, amount

    def _go_back(self, at: str) -> list[str]:
        """Give back what nobody accepted by six o'clock of the day after."""
        gone = []
        for seq, sent in sorted(self.waiting.items()):
            due = sent.on + timedelta(days=1)
            if due < self.day or (due == self.day and at >= "06:00"):
                gone.append(seq)
                self._note(Counter({name: -fen for name, fen in sent.change.items()}), due)
        for seq in gone:
            del self.waiting[seq]
        return ["return"] * len(gone)

    def _end_terms(self) -> list[str]:
        """End every binding of the mother whose last day is past."""
        over = [name for name, until in self.bound.items() if until and until < self.day]
        for name in over:
            del self.bound[name]
        return ["unbind"] * len(over)

    def _turn(self) -> list[str]:
        """Turn what is left of the last year's money, once a year and account."""
        if self.day < NEW_YEAR:
            return []
        turns = []
        for name in (*HOLDERS, "岳父"):
            old = self.money[f"{name}:current"] - self.came_this_year[name]
            if old > 0 and name not in self.turned:
                self.turned.add(name)
                turns.append("turn-of-year")
                self._note(Counter({f"{name}:current": -old, f"{name}:carryover": old}))
        return turns

    def _done(self, plan: Plan, change: Counter[str]) -> None:
        self.reversible[write(self.books, plan).seq] = change
        self._note(change)

    def _note(self, change: Counter[str], on: date | None = None) -> None:
        """Let the model follow; what comes into a current pool is of the year of its day."""
        self.money.update(change)
        for account, amount in change.items():
            name, _colon, pool = account.partition(":")
            if pool == "current" and amount > 0 and (on or self.day) >= NEW_YEAR:
                self.came_this_year[name] += amount


TestHousehold = Household.TestCase
TestHousehold.settings = settings(max_examples=40, stateful_step_count=30)

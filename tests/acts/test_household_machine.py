"""Random acts on real books beside a plain dictionary: they agree at every step."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
from tests.acts.test_pool import POOL, of_pool
from tests.acts.test_transfer import of_wallet

HOLDERS = ("大哥", "二姐", "小弟")
KEPT_IN_ACCOUNT = 2000
FLOOR = clause("funds", 'when = { mechanism = ["family_pool"] }\nkeep = "20.00"')
OPEN = rules(
    POOL,
    FLOOR,
    of_pool('on_end = "to_contributor"'),
    of_wallet('returned_at = "06:00"'),
    wallet("wallet_transfer"),
    wallet("wallet_quota"),
)
FIRST_DAY, NEW_YEAR = date(2025, 12, 30), date(2026, 1, 1)
QUOTA, WALLET = "大哥:quota:爸爸", "妈妈:wallet"
POOL_OF = {"二姐": "二姐:pool:二姐", "岳父": "二姐:pool:岳父"}
SET_ASIDE = {QUOTA: ("大哥", "爸爸"), **dict.fromkeys(POOL_OF.values(), ("二姐", "岳父"))}
MECHANISM = {("大哥", "爸爸"): "wallet_quota", ("二姐", "岳父"): "family_pool"}
pairs = st.sampled_from(sorted(MECHANISM))
holders = st.sampled_from(HOLDERS)
pools = st.sampled_from(["current", "carryover"])
fen = st.integers(1, 20_000)


@dataclass(frozen=True, slots=True)
class Done:
    """What can be reversed: when it was done, and what each account gained or lost by it."""

    on: date
    change: Counter[str]
    credit_to: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A transfer that waits to be accepted: what its sender has lost."""

    sender: str
    on: date
    change: Counter[str]


class Household(RuleBasedStateMachine):
    """Three holders, who bind and unbind a mother; quota, pool and wallets beside that.

    大哥 has a quota for a father, 二姐 a family pool with a father-in-law who has an account of his
    own; both may end and begin anew. The model: fen by account, the holders bound and until when,
    what can be reversed, what waits; of what was ever set aside each fen, by where it came from.
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
        self.set_aside: dict[str, bytes] = {}
        self.open = set(MECHANISM)
        self.reversible: dict[int, Done] = {}
        self.waiting: dict[int, Sent] = {}

    @initialize(amounts=st.lists(fen, min_size=4, max_size=4))
    def begin(self, amounts: list[int]) -> None:
        for name, amount in zip((*HOLDERS, "岳父"), amounts, strict=True):
            add(self.books, name, amount, 0, on=self.day)
            self.money[f"{name}:current"] = amount
        for name in ("妈妈", "爸爸"):
            add(self.books, name, insurance="resident", on=self.day)
        for pair, mechanism in MECHANISM.items():
            join(self.books, OPEN, *pair, on=self.day, mechanism=mechanism)

    @rule(name=holders, pool=pools, amount=fen)
    def credit(self, name: str, pool: str, amount: int) -> None:
        change = Counter({f"{name}:{pool}": amount})
        record = write(self.books, credit(self.books, name, amount, pool, self.day))
        credit_to = name if pool == "current" else None
        self.reversible[record.seq] = Done(self.day, change, credit_to)
        self._note(change, new=True)

    @rule(name=holders, amount=fen)
    def set_current(self, name: str, amount: int) -> None:
        write(self.books, set_person(self.books, name, {}, Balances(current=amount), self.day))
        self._note(Counter({f"{name}:current": amount - self.money[f"{name}:current"]}), new=True)

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

    @rule(pair=pairs)
    def end_or_begin_anew(self, pair: tuple[str, str]) -> None:
        if pair not in self.open:
            join(self.books, OPEN, *pair, on=self.day, mechanism=MECHANISM[pair])
            self.open.add(pair)
            return
        write(self.books, unbind(self.books, OPEN, *pair, self.day))
        self.open.remove(pair)
        for account in [name for name in self.set_aside if SET_ASIDE[name] == pair]:
            self._note(self._given_back(account, self.money[account]))

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
        pool = [account for account in self.set_aside if account != QUOTA]
        self._pay("岳父", self.has("岳父") + amount, [*own, *pool])

    @precondition(lambda self: self.reversible)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        seq = data.draw(st.sampled_from(sorted(self.reversible)))
        change = self._taken_back(self.reversible[seq])
        plan = reverse(self.books, OPEN, seq, "why", self.day)
        if all(self.money[account] + fen >= 0 for account, fen in change.items()):
            write(self.books, plan)
            self._note(change)
            done = self.reversible.pop(seq)
            if done.credit_to and done.on >= NEW_YEAR:
                self.came_this_year[done.credit_to] -= done.change.total()
            return
        with suppress(Overdrawn):
            write(self.books, plan)
            raise AssertionError("overdrawn")

    @rule(name=st.sampled_from(sorted(POOL_OF)), amount=fen)
    def put_into_the_pool(self, name: str, amount: int) -> None:
        if ("二姐", "岳父") not in self.open or amount > self.has(name) - KEPT_IN_ACCOUNT:
            with pytest.raises((Refused, Misfit)):
                move(self.books, OPEN, name, amount, on=self.day)
            return
        move(self.books, OPEN, name, amount, on=self.day)
        self._put_in(POOL_OF[name], name, amount)

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

        if SET_ASIDE[QUOTA] not in self.open or amount > self.has("大哥"):
            with pytest.raises((Refused, Misfit)):
                plan()
            return
        write(self.books, plan())
        self._put_in(QUOTA, "大哥", amount)

    @rule(amount=st.none() | fen)
    def release(self, amount: int | None) -> None:
        reserved = self.money[QUOTA]
        returned = reserved if amount is None else amount
        if not 0 < returned <= reserved:
            with pytest.raises(Misfit):
                release(self.books, OPEN, "大哥", "爸爸", amount, self.day)
            return
        write(self.books, release(self.books, OPEN, "大哥", "爸爸", amount, self.day))
        self._note(self._given_back(QUOTA, returned))

    @rule(days=st.sampled_from([0, 1, 1, 2]), at=st.sampled_from(["05:59", "06:00"]))
    def settle(self, days: int, at: str) -> None:
        self.day += timedelta(days=days)
        expected = self._fall_due(at)

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
        self.reversible[record.seq] = Done(self.day, change)

    def _taken_back(self, done: Done) -> Counter[str]:
        """Return what a reversal moves: never into what has ended, nor into a year gone by."""
        change: Counter[str] = Counter()
        for account, fen in done.change.items():
            name, _colon, pool = account.partition(":")
            if account in SET_ASIDE and SET_ASIDE[account] not in self.open:
                change.update(self._given_back(account, -fen))
                change[account] = 0
            elif pool == "current" and self._is_of_a_year_gone_by(done.on, self.day):
                is_there = fen < 0 or name in self.turned
                change[f"{name}:carryover" if is_there else account] -= fen
            else:
                change[account] -= fen
        return change

    def _is_of_a_year_gone_by(self, done: date, on: date) -> bool:
        return done < NEW_YEAR <= on

    def _put_in(self, account: str, name: str, amount: int) -> None:
        change = self._taken(name, amount)
        self._note(change)
        self._note(Counter({account: amount}))
        current = b"new" if self.day >= NEW_YEAR else b"old"
        from_pools = current[:1] * -change[f"{name}:current"] + b"c" * -change[f"{name}:carryover"]
        self.set_aside[account] = self.set_aside.get(account, b"") + from_pools

    def _given_back(self, account: str, amount: int) -> Counter[str]:
        """Return the change by the oldest fen of those that are there, the newest ever put in."""
        there = max(amount, self.money[account])
        fens = self.set_aside.get(account, b"")[-there:][:amount] if amount else b""
        current = fens.count(b"n" if self.day >= NEW_YEAR else b"o")
        name = "大哥" if account == QUOTA else account.rpartition(":")[2]
        pools = {f"{name}:current": current, f"{name}:carryover": amount - current}
        return Counter({account: -amount, **pools})

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

    def _fall_due(self, at: str) -> list[str]:
        """Do what falls due day by day: the turn of the year, what goes back, ended terms."""
        due: list[tuple[date, int, Any]] = [
            (sent.on + timedelta(days=1), 0, seq) for seq, sent in self.waiting.items()
        ]
        due = [one for one in due if one[0] < self.day or (one[0] == self.day and at >= "06:00")]
        terms = [(until + timedelta(days=1), name) for name, until in self.bound.items() if until]
        over = [(day, 1, name) for day, name in terms if day <= self.day]
        done = []
        for day, kind, what in sorted([*due, *over], key=lambda one: one[:2]):
            done += self._turn(day)
            if kind == 0:
                self._note(self._returned(self.waiting.pop(what), day))
            else:
                del self.bound[what]
            done.append(("return", "unbind")[kind])
        return [*done, *self._turn(self.day)]

    def _returned(self, sent: Sent, due: date) -> Counter[str]:
        change = Counter({account: -fen for account, fen in sent.change.items()})
        if self._is_of_a_year_gone_by(sent.on, due):
            change[f"{sent.sender}:carryover"] += change.pop(f"{sent.sender}:current", 0)
        return change

    def _turn(self, day: date) -> list[str]:
        """Turn what is left of the last year's money, once a year and account."""
        if day < NEW_YEAR:
            return []
        turns = []
        for name in (*HOLDERS, "岳父"):
            old = self.money[f"{name}:current"] - self.came_this_year[name]
            if old > 0 and name not in self.turned:
                self.turned.add(name)
                turns.append("turn-of-year")
                self._note(Counter({f"{name}:current": -old, f"{name}:carryover": old}))
        return turns

    def _note(self, change: Counter[str], new: bool = False) -> None:
        """Let the model follow; only what is new money counts for the year of its day."""
        self.money.update(change)
        for account, amount in change.items():
            name, _colon, pool = account.partition(":")
            if new and pool == "current" and amount > 0 and self.day >= NEW_YEAR:
                self.came_this_year[name] += amount


TestHousehold = Household.TestCase
TestHousehold.settings = settings(max_examples=40, stateful_step_count=30)

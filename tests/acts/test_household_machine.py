"""Random acts on real books beside a plain dictionary: they agree at every step."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gongji.acts.bind import unbind
from gongji.acts.credit import credit
from gongji.acts.outcome import Misfit, Plan
from gongji.acts.people import Balances, set_person
from gongji.acts.reverse import reverse
from gongji.ledger.errors import Overdrawn
from gongji.ledger.verify import verify
from tests.acts.household import DAY, add, holdings, join, open_books, pay, split, write
from tests.acts.test_pay import ANY_NUMBER
from tests.engine.cases import rules_of

HOLDERS = ("大哥", "二姐", "小弟")
OPEN = rules_of(ANY_NUMBER)
holders = st.sampled_from(HOLDERS)
pools = st.sampled_from(["current", "carryover"])
fen = st.integers(1, 20_000)


class Household(RuleBasedStateMachine):
    """Three holders and a mother. The model: fen by account, holders by binding, payments."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "family.jsonl"
        self.books = open_books(self.path)
        self.money: Counter[str] = Counter()
        self.bound: list[str] = []
        self.reversible: dict[int, Counter[str]] = {}

    @initialize(amounts=st.lists(fen, min_size=3, max_size=3))
    def begin(self, amounts: list[int]) -> None:
        for name, amount in zip(HOLDERS, amounts, strict=True):
            add(self.books, name, amount, 0)
            self.money[f"{name}:current"] = amount
        add(self.books, "妈妈", insurance="resident")

    @rule(name=holders, pool=pools, amount=fen)
    def credit(self, name: str, pool: str, amount: int) -> None:
        change = Counter({f"{name}:{pool}": amount})
        self._done(credit(self.books, name, amount, pool, DAY), change)

    @rule(name=holders, amount=fen)
    def set_current(self, name: str, amount: int) -> None:
        write(self.books, set_person(self.books, name, {}, Balances(current=amount), DAY))
        self.money[f"{name}:current"] = amount

    @rule(name=holders)
    def bind(self, name: str) -> None:
        if name not in self.bound:
            join(self.books, OPEN, name, "妈妈")
            self.bound.append(name)
            return
        with suppress(Misfit):
            join(self.books, OPEN, name, "妈妈")
            raise AssertionError("bound twice")

    @precondition(lambda self: self.bound)
    @rule(data=st.data())
    def unbind(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.bound))
        write(self.books, unbind(self.books, OPEN, name, "妈妈", DAY))
        self.bound.remove(name)

    @precondition(lambda self: any(self.has(name) for name in self.bound))
    @rule(amount=fen)
    def pay(self, amount: int) -> None:
        change, left = self._split(amount)

        record = pay(self.books, OPEN, "妈妈", amount)

        parts = split(record)
        assert parts.pop("cash", 0) == left
        assert sum(parts.values()) == amount - left == -change.total()
        self.money.update(change)
        self.reversible[record.seq] = change

    @precondition(lambda self: self.reversible)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        seq = data.draw(st.sampled_from(sorted(self.reversible)))
        after = self.money.copy()
        after.subtract(self.reversible[seq])
        plan = reverse(self.books, OPEN, seq, "why", DAY)
        if min(after.values()) >= 0:
            write(self.books, plan)
            self.money = after
            del self.reversible[seq]
            return
        with suppress(Overdrawn):
            write(self.books, plan)
            raise AssertionError("overdrawn")

    @invariant()
    def the_books_agree_with_the_model(self) -> None:
        assert holdings(self.books) == {name: fen for name, fen in self.money.items() if fen}
        bound = self.books.bindings(beneficiary="妈妈", on=DAY)
        assert [binding.holder for binding in bound] == self.bound

    @invariant()
    def all_accounts_together_hold_nothing(self) -> None:
        """Double entry: what one has, another owes."""
        outside = [self.books.balance(name) for name in ("credit", "provider", "cash:妈妈")]
        assert self.money.total() + sum(outside) == 0

    def teardown(self) -> None:
        self.books.close()
        sound = verify(self.path).sound
        self.folder.cleanup()
        assert sound

    def has(self, name: str) -> int:
        return self.money[f"{name}:current"] + self.money[f"{name}:carryover"]

    def _split(self, amount: int) -> tuple[Counter[str], int]:
        """Return what each account loses, holders as bound and current first, and the rest."""
        change: Counter[str] = Counter()
        for name in self.bound:
            for pool in ("current", "carryover"):
                account = f"{name}:{pool}"
                taken = min(amount, self.money[account])
                change[account] -= taken
                amount -= taken
        return change, amount

    def _done(self, plan: Plan, change: Counter[str]) -> None:
        self.reversible[write(self.books, plan).seq] = change
        self.money.update(change)


TestHousehold = Household.TestCase
TestHousehold.settings = settings(max_examples=25, stateful_step_count=25)

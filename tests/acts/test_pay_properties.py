"""Whatever the household, the rules and the bills: the money adds up and every limit holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongji.acts.commands import perform, read_command
from gongji.acts.forms import Scene
from gongji.acts.outcome import Refused
from gongji.ledger.books import Books, Record
from gongji.ledger.verify import verify
from gongji.policy.pack import Pack
from gongji.words.money import format_yuan, parse_yuan
from tests.acts.household import DAY, add, holdings, join, open_books, pay, split
from tests.acts.test_pay import ANY_NUMBER, clause
from tests.engine.cases import rules_of

NAMES = ("大哥", "二姐", "三妹", "小弟")
fen = st.integers(0, 50_000)


@dataclass(frozen=True, slots=True)
class Money:
    """What a holder brings: fen in both pools, and what the binding says."""

    current: int
    carryover: int
    wishes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules say, in the words of a rule file; what is absent is not said."""

    funds: Mapping[str, Any]
    order: Mapping[str, Any]
    caps: Mapping[str, tuple[int, str]]

    @property
    def pack(self) -> Pack:
        """The rules, loaded."""
        topics = [clause(name, _lines(said)) for name, said in self._tables() if said]
        return rules_of(ANY_NUMBER + "".join(topics))

    def _tables(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        yield "funds", self.funds
        yield "order", self.order
        for per, (amount, of) in self.caps.items():
            yield "caps", {"per": per, "amount": format_yuan(amount), "of": of}


def _lines(said: Mapping[str, Any]) -> str:
    quoted = {key: f'"{value}"' if isinstance(value, str) else value for key, value in said.items()}
    return "\n".join(f"{key} = {str(value).lower()}" for key, value in quoted.items())


moneys = st.builds(
    Money,
    fen,
    fen,
    st.fixed_dictionaries(
        {}, optional={"cap_per_payment_fen": fen, "authorised_fen": fen, "priority": st.integers(1)}
    ),
)
households = st.lists(moneys, min_size=1, max_size=4)
own_accounts = st.none() | st.tuples(fen, fen)
funds = st.fixed_dictionaries(
    {"use": st.sampled_from(["all", "carryover"])},
    optional={
        "keep": fen.map(format_yuan),
        "gate": fen.map(format_yuan),
        "strict": st.booleans(),
    },
)
orders = st.fixed_dictionaries(
    {"own": st.sampled_from(["first", "empty", "not_drawn"])},
    optional={
        "holders": st.sampled_from(["binding_order", "largest_balance", "last_bound", "random"]),
        "holders_per_settlement": st.integers(1, 3),
    },
)
caps = st.dictionaries(
    st.sampled_from(["payment", "day", "month", "year", "authorisation"]),
    st.tuples(fen, st.sampled_from(["holder", "beneficiary", "pair"])),
    max_size=2,
)
rule_books = st.builds(Rules, funds, orders, caps)
bills = st.lists(
    st.tuples(st.integers(1, 120_000), st.integers(0, 40)), min_size=1, max_size=3
).map(lambda found: [(amount, DAY + timedelta(days=day)) for amount, day in found])


@contextmanager
def family(holders: list[Money], own: tuple[int, int] | None) -> Iterator[tuple[Path, Books]]:
    """A mother, with an account if `own` says what is in it, whom every holder has bound."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "family.jsonl"
        with open_books(path) as books:
            if own is None:
                add(books, "妈妈", insurance="resident")
            else:
                add(books, "妈妈", *own)
            for name, money in zip(NAMES, holders, strict=False):
                add(books, name, money.current, money.carryover)
                join(books, rules_of(ANY_NUMBER), name, "妈妈", **money.wishes)
            yield path, books


def paid(books: Books, pack: Pack, amount: int, on: date) -> Record | None:
    """Pay, or return None where the rules refuse; a refusal writes nothing."""
    before = books.head
    try:
        return pay(books, pack, "妈妈", amount, on=on)
    except Refused:
        assert books.head == before
        return None


@settings(max_examples=100)
@given(households, own_accounts, rule_books, bills)
def test_a_payment_adds_up_and_keeps_every_limit(
    holders: list[Money], own: tuple[int, int] | None, rules: Rules, asked: list[tuple[int, date]]
) -> None:
    """The postings sum to zero, the parts to the bill; floors, gates, caps and orders hold."""
    with family(holders, own) as (path, books):
        for amount, on in asked:
            before = holdings(books)
            record = paid(books, rules.pack, amount, on)
            if record is not None:
                check_sums(record, amount)
                check_accounts(rules, record, before, holdings(books))
                check_caps(books, rules, record)
        assert verify(path).sound


def check_sums(record: Record, amount: int) -> None:
    assert sum(posting.fen for posting in record.postings) == 0
    assert sum(split(record).values()) == amount
    assert sum(fen for who, fen in split(record).items() if who in NAMES) > 0


def check_accounts(
    rules: Rules, record: Record, before: dict[str, int], after: dict[str, int]
) -> None:
    """No account goes below zero or its floor, and the own account keeps its place."""
    change = {name: after.get(name, 0) - fen for name, fen in before.items()}
    shared = ("carryover",) if rules.funds["use"] == "carryover" else ("current", "carryover")
    keep, gate = (parse_yuan(rules.funds.get(name, "0")) for name in ("keep", "gate"))
    drawn = {draw["holder"] for draw in record.fields["draws"]}
    assert min(after.values(), default=0) >= 0
    for name in drawn:
        had, has = (
            sum(pools.get(f"{name}:{pool}", 0) for pool in shared) for pools in (before, after)
        )
        assert has >= keep
        assert had > gate if rules.funds.get("strict") else had >= gate
        assert "current" in shared or change.get(f"{name}:current", 0) == 0
    assert len(drawn) <= rules.order.get("holders_per_settlement", len(NAMES))
    own_before, own_after = (
        sum(pools.get(f"妈妈:{pool}", 0) for pool in ("current", "carryover"))
        for pools in (before, after)
    )
    assert own_after == (own_before if rules.order["own"] == "not_drawn" else 0)
    assert own_before == 0 or rules.order["own"] != "empty"


def check_caps(books: Books, rules: Rules, record: Record) -> None:
    """What every cap counts stays within it; a binding's own caps too."""
    parts = split(record)
    for binding in books.bindings(beneficiary="妈妈"):
        part, fields = parts.get(binding.holder, 0), binding.fields
        assert part <= parse_yuan(fields["cap_per_payment"] or "500000")
        spent = books.spent(holder=binding.holder, since=DAY, until=date.max)
        assert spent <= parse_yuan(fields["authorised"] or "500000")
    for per, (amount, of) in rules.caps.items():
        holders = [None] if of == "beneficiary" else [name for name in parts if name in NAMES]
        for holder in holders:
            assert counted(books, record, per, holder) <= amount


def counted(books: Books, record: Record, per: str, holder: str | None) -> int:
    """Return what counts against a cap of the period in which the record lies, itself included."""
    payments = [one for one in books.history(person="妈妈") if one.do == "pay-for"]
    within = {
        "payment": lambda one: one.seq == record.seq,
        "day": lambda one: one.on == record.on,
        "month": lambda one: one.on.month == record.on.month,
        "year": lambda one: one.on.year == record.on.year,
        "authorisation": lambda one: True,
    }
    return sum(
        fen
        for one in filter(within[per], payments)
        for who, fen in split(one).items()
        if who in NAMES and holder in (None, who)
    )


@given(households, own_accounts, st.integers(1, 250_000))
def test_without_limits_cash_is_only_what_nobody_has(
    holders: list[Money], own: tuple[int, int] | None, amount: int
) -> None:
    """Every fen of every account is used before any cash."""
    plain = [Money(money.current, money.carryover) for money in holders]
    everything = sum(money.current + money.carryover for money in plain) + sum(own or ())

    with family(plain, own) as (_path, books):
        record = paid(books, rules_of(ANY_NUMBER), amount, DAY)
        assume(record is not None)
        assert record is not None

        assert split(record).get("cash", 0) == max(0, amount - everything)


@given(households, rule_books, st.integers(1, 100_000))
def test_every_holder_is_reported_in_the_order_of_binding(
    holders: list[Money], rules: Rules, amount: int
) -> None:
    """Those skipped too, each with a verdict; only the eligible are drawn on."""
    with family(holders, None) as (_path, books):
        record = paid(books, rules.pack, amount, DAY)
        assume(record is not None)
        assert record is not None

        verdicts = {one["holder"]: one["verdict"] for one in record.fields["decisions"]}
        drawn = {draw["holder"] for draw in record.fields["draws"]}
        assert tuple(verdicts) == NAMES[: len(holders)]
        assert {verdicts[name] for name in drawn} == {"eligible"}


@given(households, own_accounts, rule_books, st.integers(1, 100_000))
def test_one_key_is_one_payment(
    holders: list[Money], own: tuple[int, int] | None, rules: Rules, amount: int
) -> None:
    """The second time it is the first record again, whatever the balances are by then."""
    before = 1 + 2 * len(holders)
    with family(holders, own) as (path, _books):
        times = [_keyed(path, rules.pack, amount) for _time in range(3)]

        with open_books(path) as after:
            written = after.head.seq - before
        assert [each is None for each in times] == [times[0] is None] * 3
        assert written == (0 if times[0] is None else 1)
        assert len({None if each is None else each.hash for each in times}) == 1


def _keyed(path: Path, pack: Pack, amount: int) -> Record | None:
    asked = {"do": "pay-for", "beneficiary": "妈妈", "purpose": "pharmacy", "on": str(DAY)}
    scene = Scene(DAY, lambda: pack, lambda _number: {})
    command = read_command({**asked, "amount": format_yuan(amount), "key": "k"}, scene)
    try:
        with open_books(path) as books, books.writing():
            return perform(books, command).records[0]
    except Refused:
        return None


@given(households, own_accounts, bills)
def test_all_that_was_brought_is_somewhere(
    holders: list[Money], own: tuple[int, int] | None, asked: list[tuple[int, date]]
) -> None:
    """What the accounts lost is what the provider got without the cash."""
    with family(holders, own) as (_path, books):
        brought = Counter(holdings(books)).total()
        for amount, on in asked:
            paid(books, rules_of(ANY_NUMBER), amount, on)

        left = Counter(holdings(books)).total()
        assert brought - left == books.balance("provider") + books.balance("cash:妈妈")

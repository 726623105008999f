"""Who pays how much: to the fen, in order, never more than there is or may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongji.engine.allocate import Allocation, Draw, Purse, allocate
from gongji.engine.funds import FundsRule, usable_fen

FEN = st.integers(min_value=0, max_value=10**6)
BALANCES = st.integers(min_value=-100, max_value=10**6)
ACCOUNTS = st.lists(
    st.tuples(st.sampled_from(["current", "carryover", "quota"]), BALANCES),
    max_size=3,
    unique_by=lambda account: account[0],
)


@st.composite
def purses(draw: st.DrawFn) -> list[Purse]:
    owners = draw(st.lists(st.sampled_from("abcde"), max_size=5, unique=True))
    return [Purse(owner, tuple(draw(ACCOUNTS)), draw(FEN)) for owner in owners]


@given(fen=FEN, purses=purses())
def test_the_parts_sum_to_the_bill(fen: int, purses: list[Purse]) -> None:
    """Together the draws and the cash are the bill, and none of them is negative."""
    allocation = allocate(fen, purses)

    assert sum(draw.fen for draw in allocation.draws) + allocation.cash_fen == fen
    assert allocation.cash_fen >= 0
    assert all(draw.fen > 0 for draw in allocation.draws)


@given(fen=FEN, purses=purses())
def test_no_account_falls_below_zero_and_no_purse_gives_more_than_its_most(
    fen: int, purses: list[Purse]
) -> None:
    """No more leaves an account than is in it, nor a purse than `most_fen`."""
    allocation = allocate(fen, purses)

    balances = {(p.owner, name): fen for p in purses for name, fen in p.accounts}
    assert all(draw.fen <= balances[draw.owner, draw.account] for draw in allocation.draws)
    assert len({(draw.owner, draw.account) for draw in allocation.draws}) == len(allocation.draws)
    assert all(allocation.drawn_from(purse.owner) <= purse.most_fen for purse in purses)


@given(fen=FEN, purses=purses())
def test_a_purse_is_touched_only_when_those_before_it_are_exhausted(
    fen: int, purses: list[Purse]
) -> None:
    """The order of purses, and of accounts in them, is respected; cash is the last resort."""
    allocation = allocate(fen, purses)

    order = [(purse.owner, name) for purse in purses for name, _ in purse.accounts]
    places = [order.index((draw.owner, draw.account)) for draw in allocation.draws]
    assert places == sorted(places)
    left = fen
    for purse in purses:
        able = min(purse.most_fen, sum(max(0, balance) for _, balance in purse.accounts))
        assert allocation.drawn_from(purse.owner) == min(left, able)
        left -= allocation.drawn_from(purse.owner)
    assert allocation.cash_fen == left


def test_an_allocation_by_hand() -> None:
    """350.00 out of a purse of 100.00 that may give 80.00, one of 200.00, and cash."""
    mine = Purse("me", (("current", 6000), ("carryover", 4000)), 8000)
    mums = Purse("mum", (("current", 20000),), 99999)

    allocation = allocate(35000, [mine, mums])

    assert allocation == Allocation(
        (
            Draw("me", "current", 6000),
            Draw("me", "carryover", 2000),
            Draw("mum", "current", 20000),
        ),
        7000,
    )


def rule(
    keep: int = 0, gate: int = 0, *, strict: bool = False, carryover_only: bool = False
) -> FundsRule:
    return FundsRule(carryover_only, keep, gate, strict, ())


@given(current=FEN, carryover=FEN, keep=FEN, gate=FEN, strict=st.booleans(), only=st.booleans())
def test_what_is_usable_leaves_what_must_remain(
    current: int, carryover: int, keep: int, gate: int, strict: bool, only: bool
) -> None:
    """`keep` must remain; `gate` is needed to start, and nothing of it need remain."""
    base = carryover if only else current + carryover

    usable = usable_fen(rule(keep, gate, strict=strict, carryover_only=only), current, carryover)

    assert 0 <= usable <= base
    open_gate = base > gate if strict else base >= gate
    assert usable == (max(0, base - keep) if open_gate else 0)


def test_keep_and_gate_by_hand() -> None:
    """`keep` leaves its fen, a passed `gate` none; strict means more than the gate."""
    assert usable_fen(rule(keep=1000), 600, 500) == 100
    assert usable_fen(rule(keep=1000), 600, 400) == 0
    assert usable_fen(rule(gate=1000), 600, 400) == 1000
    assert usable_fen(rule(gate=1000), 600, 399) == 0
    assert usable_fen(rule(gate=1000, strict=True), 600, 400) == 0
    assert usable_fen(rule(gate=1000, strict=True), 600, 401) == 1001
    assert usable_fen(rule(carryover_only=True), 600, 400) == 400
    assert usable_fen(rule(keep=500, carryover_only=True), 600, 400) == 0

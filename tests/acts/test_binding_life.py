from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from gongji.acts.bind import Wish, bind, unbind
from gongji.acts.claim import claim
from gongji.acts.ending import ended_bindings
from gongji.acts.facts import request_of
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.people import Balances, set_person
from gongji.acts.quota import reserve
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, holdings, join, move, pay, settle, split, write
from tests.acts.test_pay import PREMIUM, clause, rules, wallet
from tests.acts.test_pool import POOL
from tests.engine.cases import rules_of

EVE, MORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
LAST = DAY + timedelta(days=10)
AFTER = LAST + timedelta(days=1)


def of_binding(parameters: str, *more: str) -> Pack:
    """Return rules that say this of a binding, by whatever mechanism."""
    every = 'when = { mechanism = ["authorisation", "family_pool", "wallet_quota"] }\n'
    return rules(clause("binding", every + parameters), POOL, wallet("wallet_quota"), *more)


OPEN = of_binding('started_by = "holder"')
REVIEWED = of_binding("review_days = 1")
TWO_HOURS = of_binding("effective_hours = 2")
FIVE_YEARS = of_binding("term_years = 5")
SWITCHES = of_binding('switches = ["pay", "premium"]', PREMIUM)
CITED = "420000/binding/2020-01-01"


@pytest.fixture
def family(books: Books) -> Books:
    """Two holders with money, a mother and a father without."""
    add(books, "我", 60000, 5000)
    add(books, "哥哥", 10000, 0)
    for name in ("妈妈", "爸爸"):
        add(books, name, insurance="resident", born="1960-05-01")
    return books


def no(books: Books, pack: Pack, on: date, fen: int = 100, **more: Any) -> Refused:
    """Return the refusal of a bill of the mother."""
    with pytest.raises(Refused) as error:
        pay(books, pack, "妈妈", fen, on=on, **more)
    return error.value


def change(books: Books, pack: Pack, name: str, on: date = LAST, /, **changes: str) -> Record:
    """Change what is known of a person, with all that this ends."""

    def ended() -> Any:
        return ended_bindings(books, pack, name, on)

    return write(books, set_person(books, name, changes, Balances(), on, ended))


# ───────── How it is made ─────────


def test_the_record_keeps_what_was_said_of_the_binding(family: Books) -> None:
    """Who started it, what shows the relation, its last day, its switches, and the consent."""
    record = join(
        family,
        SWITCHES,
        "我",
        "妈妈",
        by="holder",
        evidence="documents",
        at="09:30",
        until=LAST,
        switches=frozenset({"premium", "pay"}),
        accepted=True,
    )

    said = ("by", "evidence", "at", "until", "switches", "accepted")
    assert [record.fields[name] for name in said] == [
        *("holder", "documents", "09:30", str(LAST)),
        *(["pay", "premium"], True),
    ]


def test_of_what_nobody_said_the_record_says_nothing(family: Books) -> None:
    """A binding of which the rules know no life has none."""
    record = join(family, rules(), "我", "妈妈")

    assert record.fields.keys() & {"by", "evidence", "until", "effective", "opens"} == set()


@pytest.mark.parametrize(
    ("parameters", "wish", "reason"),
    [
        ('proof = "documents"', {"evidence": "commitment"}, "binding.proof-missing"),
        ('started_by = "holder"', {"by": "beneficiary"}, "binding.holder-starts"),
        ('term = "open"', {"until": LAST}, "binding.no-term"),
        ('term = "open"', {"switches": frozenset({"pay"})}, "binding.no-switches"),
    ],
)
def test_a_wish_that_the_rules_do_not_grant_is_refused(
    family: Books, parameters: str, wish: Mapping[str, Any], reason: str
) -> None:
    """With the clause that stands against it; nothing is written."""
    before = family.head

    with pytest.raises(Refused) as error:
        join(family, of_binding(parameters), "我", "妈妈", **wish)

    assert (error.value.code, amiss(error.value)) == ("bind.refused", {reason})
    assert family.head == before


@pytest.mark.parametrize(
    ("name", "accepted", "granted"),
    [("妈妈", False, False), ("妈妈", True, True), ("小妹", False, True)],
)
def test_from_an_age_on_the_relative_must_agree(
    family: Books, name: str, accepted: bool, granted: bool
) -> None:
    """In person; a child of ten need not."""
    add(family, "小妹", insurance="resident", born="2015-05-01")
    consent = rules(clause("consent", "from_age = 16"))

    def bound() -> None:
        join(family, consent, "我", name, "child", accepted=accepted)

    if granted:
        bound()
    else:
        with pytest.raises(Refused) as error:
            bound()
        assert amiss(error.value) == {"consent.withheld"}


def test_a_last_day_before_the_binding_is_a_misfit(family: Books) -> None:
    """The day itself may be the last."""
    with pytest.raises(Misfit) as error:
        join(family, OPEN, "我", "妈妈", until=EVE)
    join(family, OPEN, "我", "妈妈", until=DAY)

    assert error.value.code == "bind.ends-before"


# ───────── From when on ─────────


def test_under_review_it_does_not_pay(family: Books) -> None:
    """From the day on which the review is done it does; the refusal cites the clause."""
    record = join(family, REVIEWED, "我", "妈妈")

    refused = no(family, REVIEWED, DAY)

    assert record.fields["effective"] == str(MORROW)
    assert CITED in record.fields["decision"]["clauses"]
    ((_finding, check),) = refused.asked[0].decision.reasons
    assert (check.reason, check.values["effective"]) == ("binding.not-yet", str(MORROW))
    assert [one.id for ruling in check.rulings for one in ruling.clauses] == [CITED]
    assert split(pay(family, REVIEWED, "妈妈", 100, on=MORROW)) == {"我": 100}


def test_under_review_it_counts(family: Books) -> None:
    """Who waits for one relative cannot bind another in the meantime."""
    one_at_once = rules_of(
        "[[limits]]\nfrom = 2020-01-01\nbeneficiaries = 1\nholders = 1\n"
        + clause("binding", "review_days = 9")
    )
    join(family, one_at_once, "我", "妈妈")

    with pytest.raises(Refused) as other_relative:
        join(family, one_at_once, "我", "爸爸")
    with pytest.raises(Refused) as other_holder:
        join(family, one_at_once, "哥哥", "妈妈")

    assert amiss(other_relative.value) == amiss(other_holder.value) == {"limit.fail"}


def test_hours_run_from_the_time_of_day(family: Books) -> None:
    """A minute before they have passed it does not pay."""
    record = join(family, TWO_HOURS, "我", "妈妈", at="09:00")

    assert record.fields["effective"] == f"{DAY}T11:00"
    assert amiss(no(family, TWO_HOURS, DAY, at="10:59")) == {"binding.not-yet"}
    assert split(pay(family, TWO_HOURS, "妈妈", 100, at="11:00")) == {"我": 100}


def test_hours_run_past_midnight(family: Books) -> None:
    """Then it does not pay on its day at all."""
    join(family, TWO_HOURS, "我", "妈妈", at="23:00")

    assert amiss(no(family, TWO_HOURS, DAY)) == {"binding.not-yet"}
    assert amiss(no(family, TWO_HOURS, MORROW, at="00:59")) == {"binding.not-yet"}
    assert split(pay(family, TWO_HOURS, "妈妈", 100, on=MORROW, at="01:00")) == {"我": 100}


@pytest.mark.parametrize(("bound_at", "paid_at"), [(None, None), (None, "15:00"), ("09:00", None)])
def test_without_the_hours_it_is_not_known_on_its_day(
    family: Books, bound_at: str | None, paid_at: str | None
) -> None:
    """Whichever of the two is missing; on the day after it pays."""
    join(family, TWO_HOURS, "我", "妈妈", at=bound_at)

    refused = no(family, TWO_HOURS, DAY, at=paid_at)

    assert (refused.verdict, amiss(refused)) == (Verdict.UNKNOWN, {"binding.maybe-not-yet"})
    assert refused.asked[0].decision.missing == (() if paid_at else ("at",))
    assert split(pay(family, TWO_HOURS, "妈妈", 100, on=MORROW)) == {"我": 100}


def test_another_holder_pays_while_one_waits(family: Books) -> None:
    """The one who waits is left out, and named in the record."""
    join(family, rules(), "哥哥", "妈妈")
    join(family, REVIEWED, "我", "妈妈")

    record = pay(family, REVIEWED, "妈妈", 20000)

    assert split(record) == {"哥哥": 10000, "cash": 10000}
    failing = {one["holder"]: one["failing"] for one in record.fields["decisions"]}
    assert [one["reason"] for one in failing["我"]] == ["binding.not-yet"]


# ───────── Until when ─────────


def test_a_chosen_last_day_belongs_to_the_binding(family: Books) -> None:
    """On the next it pays no more, though nothing has been settled."""
    join(family, OPEN, "我", "妈妈", until=LAST)

    assert split(pay(family, OPEN, "妈妈", 100, on=LAST)) == {"我": 100}
    assert amiss(no(family, OPEN, AFTER)) == {"binding.over"}


def test_a_term_of_the_rules_is_that_of_their_day(family: Books) -> None:
    """What is bound before a term was set has none; the refusal cites what was said then."""
    from_noon = rules(
        "[[binding]]\nfrom = 2025-06-01\nuntil = 2026-12-31\nterm_years = 5\n",
        "[[binding]]\nfrom = 2027-01-01\nterm_years = 1\n",
    )
    before = join(family, from_noon, "我", "爸爸", on=EVE)
    record = join(family, from_noon, "我", "妈妈")

    refused = no(family, from_noon, date(2030, 6, 2))

    assert "until" not in before.fields
    assert (record.fields["until"], record.fields["opens"]["due"]) == ("2030-06-01", "2030-06-02")
    ((_finding, check),) = refused.asked[0].decision.reasons
    assert [one.id for ruling in check.rulings for one in ruling.clauses] == [
        "420000/binding/2025-06-01"
    ]


@pytest.mark.parametrize(
    ("holder", "beneficiary", "reason"),
    [
        ("我", "爸爸", "limit.fail"),
        ("哥哥", "妈妈", "limit.fail"),
        ("哥哥", "我", "roles.both"),
        ("妈妈", "哥哥", "roles.both"),
    ],
)
def test_a_binding_that_is_over_counts_no_more(
    family: Books, holder: str, beneficiary: str, reason: str
) -> None:
    """Neither as a place nor as a part; on the day after it is free, settled or not."""
    change(family, OPEN, "妈妈", DAY, insurance="employee")
    one_at_once = rules_of(
        "[[limits]]\nfrom = 2020-01-01\nbeneficiaries = 1\nholders = 1\n"
        "[[roles]]\nfrom = 2020-01-01\nexclusive = true\n"
    )
    join(family, one_at_once, "我", "妈妈", until=LAST)

    with pytest.raises(Refused) as error:
        join(family, one_at_once, holder, beneficiary, "spouse", LAST)
    join(family, one_at_once, holder, beneficiary, "spouse", AFTER)

    assert reason in amiss(error.value)


def test_settling_ends_what_is_over_once(family: Books) -> None:
    """On the day after the last; not before, and not a second time."""
    bound = join(family, OPEN, "我", "妈妈", until=LAST)
    before = settle(family, OPEN, LAST)

    (record,) = settle(family, OPEN, AFTER + timedelta(days=30))

    assert before == []
    assert (record.do, record.on) == ("unbind", AFTER)
    kept = {"holder": "我", "beneficiary": "妈妈", "why": "term", "closes": [bound.seq]}
    assert record.fields == kept
    assert family.bindings(holder="我") == []
    assert settle(family, OPEN, AFTER + timedelta(days=60)) == []


def test_what_is_over_is_settled_in_the_order_of_days(family: Books) -> None:
    """Whatever was bound first."""
    join(family, OPEN, "我", "妈妈", until=LAST)
    join(family, OPEN, "我", "爸爸", until=DAY)

    records = settle(family, OPEN, AFTER)

    assert [(one.fields["beneficiary"], one.on) for one in records] == [
        ("爸爸", MORROW),
        ("妈妈", AFTER),
    ]


def test_who_unbinds_first_leaves_nothing_to_settle(family: Books) -> None:
    """The term waits for no day any more, and the next binding has its own."""
    join(family, OPEN, "我", "妈妈", until=LAST)
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))
    join(family, OPEN, "我", "妈妈", on=MORROW)

    assert settle(family, OPEN, AFTER) == []
    assert [one.beneficiary for one in family.bindings(holder="我")] == ["妈妈"]


def test_what_is_over_is_settled_before_it_is_bound_anew(family: Books) -> None:
    """So that what was set aside goes back by the old binding."""
    join(family, OPEN, "我", "妈妈", until=LAST)

    with pytest.raises(Misfit) as error:
        join(family, OPEN, "我", "妈妈", on=AFTER)
    settle(family, OPEN, AFTER)
    join(family, OPEN, "我", "妈妈", on=AFTER)

    assert (error.value.code, error.value.values["until"]) == ("bind.over", str(LAST))


def test_a_quota_returns_when_its_term_is_over(family: Books) -> None:
    """Into the account of the holder, with the end itself."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_quota", until=LAST)
    before = holdings(family)
    write(family, reserve(family, OPEN, "我", "妈妈", 20000, DAY))

    settle(family, OPEN, AFTER)

    assert family.balance("我:quota:妈妈") == 0
    assert holdings(family) == before


def test_a_pool_ends_with_its_last_term(family: Books) -> None:
    """Two members on one day: what is in it goes back once."""
    end = clause("transfer", 'when = { mechanism = ["family_pool"] }\non_end = "to_contributor"')
    pack = of_binding('started_by = "holder"', end)
    for member in ("妈妈", "哥哥"):
        join(family, pack, "我", member, "spouse", mechanism="family_pool", until=LAST)
    before = holdings(family)
    move(family, pack, "我", 20000)
    move(family, pack, "哥哥", 5000)

    settle(family, pack, AFTER)

    assert sum(family.balances("我:pool:").values()) == 0
    assert holdings(family) == before


# ───────── What it pays ─────────


@pytest.mark.parametrize(
    ("on", "purpose", "reasons"),
    [
        ({"pay"}, "resident_premium", {"binding.switched-off"}),
        ({"premium"}, "pharmacy", {"binding.switched-off"}),
        ({"premium"}, "resident_premium", set()),
        (set(), "pharmacy", {"binding.switched-off"}),
        (None, "resident_premium", set()),
    ],
)
def test_what_the_holder_has_switched_off_is_not_paid(
    family: Books, on: set[str] | None, purpose: str, reasons: set[str]
) -> None:
    """Bills and premiums apart; who names no switch has both."""
    join(family, SWITCHES, "我", "妈妈", switches=None if on is None else frozenset(on))
    fen = None if purpose == "resident_premium" else 100

    if reasons:
        with pytest.raises(Refused) as error:
            pay(family, SWITCHES, "妈妈", fen, purpose)
        assert amiss(error.value) == reasons
    else:
        assert split(pay(family, SWITCHES, "妈妈", fen, purpose)) == {"我": 40000}


@pytest.mark.parametrize("contributor", ["我", "哥哥"])
def test_nothing_is_put_into_a_pool_that_is_over(family: Books, contributor: str) -> None:
    """By its creator as little as by a member."""
    join(family, OPEN, "我", "哥哥", "spouse", mechanism="family_pool", until=LAST)
    move(family, OPEN, contributor, 100, on=LAST)

    with pytest.raises(Refused) as error:
        move(family, OPEN, contributor, 100, on=AFTER)

    assert amiss(error.value) == {"binding.over"}


def test_a_member_in_force_speaks_for_the_pool(family: Books) -> None:
    """One whose term is over does not close it for the others."""
    join(family, OPEN, "我", "哥哥", "spouse", mechanism="family_pool", until=LAST)
    join(family, OPEN, "我", "妈妈", mechanism="family_pool", on=MORROW)

    move(family, OPEN, "我", 100, on=AFTER)

    assert family.balance("我:pool:我") == 100


def test_nothing_is_set_aside_when_it_is_over(family: Books) -> None:
    """The quota is asked the same question."""
    join(family, OPEN, "我", "妈妈", mechanism="wallet_quota", until=LAST)

    with pytest.raises(Refused) as error:
        reserve(family, OPEN, "我", "妈妈", 100, AFTER)

    assert amiss(error.value) == {"binding.over"}


def test_nothing_is_claimed_when_it_is_over(family: Books) -> None:
    """The account paid nothing yet: it does not any more."""
    pack = rules(PREMIUM.replace('mode = "direct"', 'mode = "reimburse"\nwait_days = 0'))
    join(family, pack, "我", "妈妈", until=LAST)
    paid = pay(family, pack, "妈妈", None, "resident_premium")

    with pytest.raises(Refused) as error:
        claim(family, pack, paid.seq, AFTER)
    record = write(family, claim(family, pack, paid.seq, LAST))

    assert amiss(error.value) == {"binding.over"}
    assert record.fields["amount"] == "400.00"


def test_money_of_a_wallet_goes_its_way_without_a_binding(family: Books) -> None:
    """What is over between the two does not bear on it: relatives may send without being bound."""
    pack = rules(wallet("wallet_transfer"))
    join(family, pack, "我", "妈妈", until=LAST)

    move(family, pack, "我", 100, "妈妈", AFTER, relation="parent")

    assert family.balance("我:pending:妈妈") == 100


# ───────── How it ends ─────────


@pytest.mark.parametrize(
    ("parameters", "by", "verdict"),
    [
        ('ended_by = "either"', "beneficiary", None),
        ('ended_by = "holder"', "beneficiary", Verdict.INELIGIBLE),
        ('ended_by = "holder"', "holder", None),
        ('started_by = "holder"', "beneficiary", Verdict.UNKNOWN),
    ],
)
def test_the_relative_ends_it_where_the_rules_let_them(
    family: Books, parameters: str, by: str, verdict: Verdict | None
) -> None:
    """The record says who did, and by which clause."""
    pack = of_binding(parameters)
    join(family, pack, "我", "妈妈")

    if verdict is None:
        record = write(family, unbind(family, pack, "我", "妈妈", MORROW, by))
        assert record.fields["by"] == by
        cited = [CITED] if by == "beneficiary" else []
        assert record.fields["decision"]["clauses"] == cited
    else:
        with pytest.raises(Refused) as error:
            unbind(family, pack, "我", "妈妈", MORROW, by)
        assert (error.value.code, error.value.verdict) == ("unbind.refused", verdict)


@pytest.mark.parametrize(
    ("on", "reasons"),
    [(date(2025, 7, 1), {"binding.too-soon"}), (date(2025, 7, 2), set())],
)
def test_the_two_wait_before_they_bind_again(family: Books, on: date, reasons: set[str]) -> None:
    """Thirty days from the first without the binding; another relative need not wait."""
    pack = of_binding("rebind_wait_days = 30")
    join(family, pack, "我", "妈妈")
    write(family, unbind(family, pack, "我", "妈妈", MORROW))

    join(family, pack, "我", "爸爸", on=MORROW)
    if reasons:
        with pytest.raises(Refused) as error:
            join(family, pack, "我", "妈妈", on=on)
        assert amiss(error.value) == reasons
    else:
        join(family, pack, "我", "妈妈", on=on)


def test_the_wait_begins_with_the_end_of_the_term(family: Books) -> None:
    """Not with the day on which somebody unbound what was over already."""
    pack = of_binding("rebind_wait_days = 30")
    join(family, pack, "我", "妈妈", until=DAY)
    write(family, unbind(family, pack, "我", "妈妈", LAST))

    ready = MORROW + timedelta(days=30)
    with pytest.raises(Refused):
        bind(family, pack, Wish("我", "妈妈", "parent", ready - timedelta(days=1)))

    bind(family, pack, Wish("我", "妈妈", "parent", ready))


def test_who_asks_about_two_of_the_books_is_told_of_the_wait(family: Books) -> None:
    """As the binding itself would be; of two that are bound there is none."""
    join(family, OPEN, "我", "妈妈")
    join(family, OPEN, "我", "爸爸")
    write(family, unbind(family, OPEN, "我", "妈妈", MORROW))

    def last_ended(name: str, on: date) -> date | None:
        asked = request_of(family, "我", name, on, "parent", action="bind").binding
        return asked.last_ended if asked else None

    assert last_ended("妈妈", LAST) == MORROW
    assert last_ended("妈妈", DAY) is None
    assert last_ended("爸爸", LAST) is None


ENDS = "insurance_ends"
SUSPENDED = "insurance_suspended"
MOVES = "insurance_moves"
NEIGHBOUR, SAME_CITY, SAME_PROVINCE = "420200", "420106", "420000"


@pytest.mark.parametrize("mechanism", ["authorisation", "family_pool", "wallet_quota"])
@pytest.mark.parametrize("name", ["我", "妈妈"])
@pytest.mark.parametrize(
    ("ends_with", "changes", "ends"),
    [
        (ENDS, {"status": "ended"}, True),
        (ENDS, {"insurance": "none"}, True),
        (ENDS, {"status": "suspended"}, False),
        (ENDS, {"area": NEIGHBOUR}, False),
        (SUSPENDED, {"status": "suspended"}, True),
        (SUSPENDED, {"status": "arrears"}, False),
        (MOVES, {"area": NEIGHBOUR}, True),
        (MOVES, {"area": SAME_CITY}, False),
        (MOVES, {"area": SAME_PROVINCE}, False),
        (MOVES, {"status": "ended"}, False),
        (None, {"status": "ended", "insurance": "none", "area": NEIGHBOUR}, False),
    ],
)
def test_a_binding_ends_by_itself_as_its_clause_says(
    family: Books,
    mechanism: str,
    name: str,
    ends_with: str | None,
    changes: dict[str, str],
    ends: bool,
) -> None:
    """On either side, by whatever mechanism; where no clause says so it stays."""
    pack = OPEN if ends_with is None else of_binding(f'ends_with = ["{ends_with}"]')
    join(family, pack, "我", "妈妈", mechanism=mechanism)

    record = change(family, pack, name, **changes)

    assert record.fields.get("ends") == ([["我", "妈妈"]] if ends else None)
    assert record.fields.get("clauses") == ([CITED] if ends else None)
    assert bool(family.bindings(holder="我", on=LAST)) is not ends


def test_another_insurance_is_a_move(family: Books) -> None:
    """From the residents' to the employees', though the place stays."""
    pack = of_binding(f'ends_with = ["{MOVES}"]')
    join(family, pack, "我", "妈妈")

    assert change(family, pack, "妈妈", insurance="employee").fields["ends"] == [["我", "妈妈"]]


def test_a_state_that_stays_ends_nothing(family: Books) -> None:
    """Only what happens does: who was suspended before was bound all the same."""
    pack = of_binding(f'ends_with = ["{SUSPENDED}"]')
    change(family, pack, "妈妈", DAY, status="suspended")
    join(family, pack, "我", "妈妈")

    record = change(family, pack, "妈妈", MORROW, status="suspended", area=NEIGHBOUR)

    assert "ends" not in record.fields


def test_what_ends_by_itself_gives_back_what_was_set_aside(family: Books) -> None:
    """A quota and a pool of two, in one record; no term is left to settle."""
    end = clause("transfer", 'when = { mechanism = ["family_pool"] }\non_end = "to_contributor"')
    pack = of_binding(f'ends_with = ["{ENDS}"]', end)
    add(family, "奶奶", insurance="resident")
    join(family, pack, "我", "奶奶", mechanism="wallet_quota", until=LAST)
    for member in ("妈妈", "哥哥"):
        join(family, pack, "我", member, "spouse", mechanism="family_pool", until=LAST)
    before = holdings(family)
    write(family, reserve(family, pack, "我", "奶奶", 20000, DAY))
    move(family, pack, "我", 10000)
    move(family, pack, "哥哥", 5000)

    record = change(family, pack, "我", MORROW, status="ended")

    assert sorted(pair[1] for pair in record.fields["ends"]) == sorted(("奶奶", "妈妈", "哥哥"))
    assert sum(posting.fen for posting in record.postings) == 0
    assert holdings(family) == before
    assert sum(family.balances("我:pool:").values()) == family.balance("我:quota:奶奶") == 0
    assert settle(family, pack, AFTER) == []


def test_both_whose_binding_ended_find_it_in_their_history(family: Books) -> None:
    """Though the record is of one of them."""
    pack = of_binding(f'ends_with = ["{ENDS}"]')
    join(family, pack, "我", "妈妈")

    record = change(family, pack, "妈妈", status="ended")

    assert [*family.history(person="我")][-1] == [*family.history(person="妈妈")][-1] == record

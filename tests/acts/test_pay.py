from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongji.acts.outcome import Misfit, Refused
from gongji.acts.people import Balances, set_person
from gongji.acts.reverse import reverse
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, holdings, join, pay, split, write
from tests.engine.cases import rules_of

ANY_NUMBER = "[[limits]]\nfrom = 2020-01-01\nbeneficiaries = 'unlimited'\nholders = 'unlimited'\n"
PREMIUM = """
[[premium]]
year = 2025
price = "400.00"
opens = 2024-09-01
closes = 2025-12-31
[[premium_payment]]
from = 2020-01-01
mode = "direct"
"""


def clause(topic: str, parameters: str) -> str:
    return f"[[{topic}]]\nfrom = 2020-01-01\n{parameters}\n"


def rules(*clauses: str) -> Pack:
    return rules_of(ANY_NUMBER + "".join(clauses))


def wallet(mechanism: str) -> str:
    """Return clauses that open a wallet: it follows no rule that does not name it."""
    named = f'when = {{ mechanism = ["{mechanism}"] }}\n'
    return (
        clause("mechanism", f'{mechanism} = "live"')
        + clause("relatives", named + 'include = ["spouse", "parent", "child"]')
        + clause("scope", named + 'reach = "nation"')
        + clause("purposes", named + 'allow = ["pharmacy"]')
        + clause("limits", named + "beneficiaries = 'unlimited'\nholders = 'unlimited'")
    )


OPEN = rules()


@pytest.fixture
def family(books: Books) -> Books:
    """Three children with money, a mother without an account, a father with one; all bound."""
    add(books, "大哥", 12000, 0)
    add(books, "二姐", 6020, 20000)
    add(books, "小弟", 30000, 0)
    add(books, "爸爸", 3550, 150)
    add(books, "妈妈", insurance="resident")
    for holder in ("大哥", "二姐", "小弟"):
        for beneficiary in ("爸爸", "妈妈"):
            join(books, OPEN, holder, beneficiary)
    return books


def test_the_own_account_goes_first_then_the_holders_as_bound(family: Books) -> None:
    """Own current, own carry-over, the first bound, the next; nothing is left for cash."""
    record = pay(family, OPEN, "爸爸", 20000)

    assert split(record) == {"own": 3700, "大哥": 12000, "二姐": 4300}
    assert holdings(family) == {
        "二姐:current": 1720,
        "二姐:carryover": 20000,
        "小弟:current": 30000,
    }


def test_what_no_account_covers_is_cash(family: Books) -> None:
    """The cash stands in the record and against the person."""
    record = pay(family, OPEN, "妈妈", 100000)

    assert split(record) == {"大哥": 12000, "二姐": 26020, "小弟": 30000, "cash": 31980}
    assert family.balance("cash:妈妈") == -31980
    assert family.balance("provider") == 100000


def test_who_may_pay_nothing_more_takes_no_place_in_a_settlement(family: Books) -> None:
    """The first holder's day is used up: the second is the one holder."""
    one_a_day = rules(
        clause("order", "holders_per_settlement = 1"),
        clause("caps", 'per = "day"\namount = "50.00"\nof = "holder"'),
    )

    first = pay(family, one_a_day, "妈妈", 5000)
    second = pay(family, one_a_day, "妈妈", 5000)

    assert split(first) == {"大哥": 5000}
    assert split(second) == {"二姐": 5000}


def test_only_carry_over_is_shared_where_the_rule_says_so(family: Books) -> None:
    """Money of the year stays; who has no other is told as left out."""
    carryover = rules(clause("funds", 'use = "carryover"'))

    record = pay(family, carryover, "妈妈", 50000)

    assert split(record) == {"二姐": 20000, "cash": 30000}
    verdicts = {one["holder"]: one["verdict"] for one in record.fields["decisions"]}
    assert verdicts == {"大哥": "ineligible", "二姐": "eligible", "小弟": "ineligible"}


def test_what_must_remain_remains(family: Books) -> None:
    """Only what exceeds the floor is drawn."""
    floor = rules(clause("funds", 'use = "all"\nkeep = "100.00"'))

    record = pay(family, floor, "妈妈", 100000)

    assert split(record) == {"大哥": 2000, "二姐": 16020, "小弟": 20000, "cash": 61980}


@pytest.mark.parametrize(("strict", "payer"), [("false", "大哥"), ("true", "小弟")])
def test_a_gate_opens_the_whole_account(family: Books, strict: str, payer: str) -> None:
    """Who has as much as the gate (or more, if strict) may use all of it."""
    gate = rules(clause("funds", f'gate = "120.00"\nstrict = {strict}'))

    record = pay(family, gate, "妈妈", 12000, holders=("大哥", "小弟"))

    assert split(record) == {payer: 12000}


@pytest.mark.parametrize(
    ("own", "paid"),
    [("first", {"own": 3700, "大哥": 1300}), ("not_drawn", {"大哥": 5000})],
)
def test_the_rule_says_whether_the_own_account_is_drawn(
    family: Books, own: str, paid: dict[str, int]
) -> None:
    """First, or not at all."""
    assert split(pay(family, rules(clause("order", f'own = "{own}"')), "爸爸", 5000)) == paid


def test_an_own_account_with_money_keeps_the_holders_shut(family: Books) -> None:
    """Where it must be empty first, its money is spent before any holder is touched."""
    empty = rules(clause("order", 'own = "empty"'))
    before = family.head

    with pytest.raises(Refused) as error:
        pay(family, empty, "爸爸", 5000)

    assert (error.value.code, error.value.verdict) == ("pay.nobody", Verdict.INELIGIBLE)
    assert family.head == before
    assert split(pay(family, empty, "妈妈", 5000)) == {"大哥": 5000}


def test_a_fen_in_the_own_account_is_not_an_empty_account(books: Books) -> None:
    """There the holder pays nothing, and it is not for want of money; elsewhere the rest."""
    empty = rules(clause("order", 'own = "empty"'))
    add(books, "我", 10000, 0)
    add(books, "爸爸", 0, 1)
    join(books, OPEN, "我", "爸爸")

    with pytest.raises(Refused) as error:
        pay(books, empty, "爸爸", 100)
    elsewhere = pay(books, OPEN, "爸爸", 100)
    emptied = pay(books, empty, "爸爸", 100)

    assert amiss(error.value) == {"funds.own-account-first"}
    assert split(elsewhere) == {"own": 1, "我": 99}
    assert split(emptied) == {"我": 100}


@pytest.mark.parametrize("pools", [("current", "carryover"), ("carryover", "current")])
def test_the_rule_orders_the_pools_of_the_own_account(
    family: Books, pools: tuple[str, str]
) -> None:
    """The first is emptied before the second is touched."""
    ordered = rules(clause("order", f'own_pools = ["{pools[0]}", "{pools[1]}"]'))

    record = pay(family, ordered, "爸爸", 4000)

    drawn = [posting.account for posting in record.postings if posting.account.startswith("爸爸")]
    assert drawn == [f"爸爸:{pool}" for pool in pools]


def test_a_binding_caps_every_payment(books: Books) -> None:
    """The cap is per payment: the next one begins anew."""
    add(books, "大哥", 10000)
    add(books, "妈妈", insurance="resident")
    join(books, OPEN, "大哥", "妈妈", cap_per_payment_fen=3000)

    for _payment in range(2):
        assert split(pay(books, OPEN, "妈妈", 5000)) == {"大哥": 3000, "cash": 2000}


def test_what_is_authorised_is_used_up(books: Books) -> None:
    """The authorised amount falls with every payment; at nothing the holder is refused."""
    add(books, "大哥", 10000)
    add(books, "妈妈", insurance="resident")
    join(books, OPEN, "大哥", "妈妈", authorised_fen=7000)

    assert split(pay(books, OPEN, "妈妈", 5000)) == {"大哥": 5000}
    assert split(pay(books, OPEN, "妈妈", 5000)) == {"大哥": 2000, "cash": 3000}
    with pytest.raises(Refused) as error:
        pay(books, OPEN, "妈妈", 5000)

    assert error.value.code == "pay.nobody"


@pytest.mark.parametrize(
    ("per", "later"),
    [
        ("payment", DAY),
        ("day", date(2025, 6, 2)),
        ("month", date(2025, 7, 1)),
        ("year", date(2026, 1, 1)),
    ],
)
def test_a_cap_of_the_rules_ends_with_its_period(books: Books, per: str, later: date) -> None:
    """What was paid before counts within the period and no longer."""
    capped = rules(clause("caps", f'per = "{per}"\namount = "50.00"\nof = "pair"'))
    add(books, "大哥", 100000)
    add(books, "妈妈", insurance="resident")
    join(books, capped, "大哥", "妈妈", on=date(2025, 1, 1))

    assert split(pay(books, capped, "妈妈", 8000)) == {"大哥": 5000, "cash": 3000}
    assert split(pay(books, capped, "妈妈", 8000, on=later)) == {"大哥": 5000, "cash": 3000}


@pytest.mark.parametrize("per", ["day", "month", "year", "authorisation"])
def test_a_cap_used_up_leaves_nothing_to_pay(books: Books, per: str) -> None:
    """The second payment of the period is refused, and nothing is written."""
    capped = rules(clause("caps", f'per = "{per}"\namount = "50.00"\nof = "pair"'))
    add(books, "大哥", 100000)
    add(books, "妈妈", insurance="resident")
    join(books, capped, "大哥", "妈妈")
    pay(books, capped, "妈妈", 8000)
    before = books.head

    with pytest.raises(Refused) as error:
        pay(books, capped, "妈妈", 8000)

    (asked,) = error.value.asked
    assert (error.value.code, error.value.verdict) == ("pay.nobody", Verdict.INELIGIBLE)
    assert [check.reason for _finding, check in asked.decision.reasons] == ["cap.used-up"]
    assert books.head == before


@pytest.mark.parametrize(
    ("of", "relative", "left"),
    [
        ("holder", "爸爸", {"二姐": 5000, "cash": 95000}),
        ("beneficiary", "爸爸", {"大哥": 5000, "cash": 95000}),
        ("pair", "爸爸", {"大哥": 5000, "二姐": 5000, "cash": 90000}),
        ("pair", "妈妈", {"二姐": 5000, "cash": 95000}),
    ],
)
def test_a_cap_counts_whose_payments_it_names(
    family: Books, of: str, relative: str, left: dict[str, int]
) -> None:
    """An earlier bill of the day counts for its holder, its relative, or the pair alone."""
    capped = rules(clause("caps", f'per = "day"\namount = "50.00"\nof = "{of}"'))
    pay(family, capped, relative, 9000, holders=("大哥",))

    assert split(pay(family, capped, "妈妈", 100000, holders=("大哥", "二姐"))) == left


def test_several_holders_share_a_cap_of_the_relative(family: Books) -> None:
    """Within one bill too: what the first pays, the next may not pay again."""
    capped = rules(clause("caps", 'per = "year"\namount = "150.00"\nof = "beneficiary"'))

    record = pay(family, capped, "妈妈", 100000)

    assert split(record) == {"大哥": 12000, "二姐": 3000, "cash": 85000}


def test_a_payment_taken_back_does_not_count(family: Books) -> None:
    """See test_reverse for the reversal itself."""
    capped = rules(clause("caps", 'per = "day"\namount = "50.00"\nof = "pair"'))
    paid = pay(family, capped, "妈妈", 5000, holders=("大哥",))
    write(family, reverse(family, capped, paid.seq, "twice", DAY))

    assert split(pay(family, capped, "妈妈", 5000, holders=("大哥",))) == {"大哥": 5000}


def test_holders_who_may_not_are_skipped_and_reported(family: Books) -> None:
    """An unknown keeps nobody else from paying."""
    mixed = rules("[[status]]\nfrom = 2020-01-01\nholder = ['active']\n")
    write(family, set_person(family, "大哥", {"status": "arrears"}, Balances(), DAY))
    record = pay(family, mixed, "妈妈", 100)

    assert split(record) == {"二姐": 100}
    skipped = record.fields["decisions"][0]
    assert (skipped["holder"], skipped["verdict"]) == ("大哥", "ineligible")
    assert [one["check"] for one in skipped["failing"]] == ["holder-status"]


@pytest.mark.parametrize(
    ("purpose", "verdict"), [("other", Verdict.INELIGIBLE), ("vaccine", Verdict.UNKNOWN)]
)
def test_if_nobody_can_pay_nothing_is_written(
    family: Books, purpose: str, verdict: Verdict
) -> None:
    """No of everybody is no; an unknown among them is unknown."""
    before = family.head

    with pytest.raises(Refused) as error:
        pay(family, OPEN, "妈妈", 100, purpose)

    assert (error.value.code, error.value.verdict) == ("pay.nobody", verdict)
    assert [one.holder for one in error.value.asked] == ["大哥", "二姐", "小弟"]
    assert family.head == before


def test_an_unknown_can_be_assumed(family: Books) -> None:
    """The record says what was assumed."""
    record = pay(family, OPEN, "妈妈", 100, "vaccine", assume=frozenset({"purpose"}))

    assert "check:purpose" in record.fields["decisions"][0]["assumed"]


def test_a_bill_that_the_own_account_covers_needs_no_holder(family: Books) -> None:
    """Nothing from any relative is a refusal."""
    with pytest.raises(Refused) as error:
        pay(family, OPEN, "爸爸", 100)

    assert (error.value.code, error.value.verdict) == ("pay.nothing-drawn", Verdict.INELIGIBLE)


@pytest.mark.parametrize(
    ("beneficiary", "fen", "purpose", "holders", "code"),
    [
        ("谁", 100, "pharmacy", (), "person.unknown"),
        ("妈妈", None, "pharmacy", (), "amount.missing"),
        ("妈妈", 0, "pharmacy", (), "amount.zero"),
        ("妈妈", None, "resident_premium", (), "pay.price-unknown"),
        ("妈妈", 100, "pharmacy", ("爸爸",), "pay.not-bound"),
        ("妈妈", 100, "pharmacy", ("谁",), "person.unknown"),
        ("大哥", 100, "pharmacy", (), "pay.no-binding"),
    ],
)
def test_what_does_not_fit_the_books_is_named(
    family: Books, beneficiary: str, fen: int | None, purpose: str, holders: tuple[str], code: str
) -> None:
    """Nothing is written."""
    before = family.head

    with pytest.raises(Misfit) as error:
        pay(family, OPEN, beneficiary, fen, purpose, holders=holders)

    assert error.value.code == code
    assert family.head == before


def test_a_premium_costs_what_the_rules_say(family: Books) -> None:
    """The holders pay it, not the relative; the year is the rules' too."""
    record = pay(family, rules(PREMIUM), "爸爸", None, "resident_premium")

    assert (record.fields["year"], record.fields["amount"]) == (2025, "400.00")
    assert split(record) == {"大哥": 12000, "二姐": 26020, "小弟": 1980}
    assert family.balance("premium") == 40000


def test_a_premium_is_paid_once_a_year(family: Books) -> None:
    """The second payment for the person and year is refused by its check."""
    premium = rules(PREMIUM)
    pay(family, premium, "妈妈", None, "resident_premium")

    with pytest.raises(Refused) as error:
        pay(family, premium, "妈妈", None, "resident_premium", on=DAY + timedelta(days=1))

    failing = {check.name for one in error.value.asked for _, check in one.decision.reasons}
    assert "duplicate-premium" in failing


def test_a_premium_due_in_full_is_not_split(family: Books) -> None:
    """Who has less than all of it pays nothing."""
    full = rules(PREMIUM + clause("premium_payment", "full_amount = true"))

    with pytest.raises(Refused) as error:
        pay(family, full, "妈妈", None, "resident_premium")

    assert error.value.verdict is Verdict.INELIGIBLE
    cheaper = rules(
        PREMIUM.replace("400.00", "260.20") + clause("premium_payment", "full_amount = true")
    )
    assert split(pay(family, cheaper, "妈妈", None, "resident_premium")) == {"二姐": 26020}


def test_a_premium_is_paid_at_its_price(family: Books) -> None:
    """A part of it would count as all of it for the year."""
    with pytest.raises(Misfit) as error:
        pay(family, rules(PREMIUM), "妈妈", 100, "resident_premium")

    assert error.value.code == "pay.price-other"


@pytest.mark.parametrize(
    ("per", "later"), [("month", date(2025, 6, 30)), ("year", date(2025, 12, 31))]
)
def test_a_cap_counts_later_days_of_its_period_too(books: Books, per: str, later: date) -> None:
    """A bill handed in late has an earlier day than one that was paid before it."""
    capped = rules(clause("caps", f'per = "{per}"\namount = "50.00"\nof = "pair"'))
    add(books, "大哥", 100000)
    add(books, "妈妈", insurance="resident")
    join(books, capped, "大哥", "妈妈")
    pay(books, capped, "妈妈", 3000, on=later)

    assert split(pay(books, capped, "妈妈", 3000)) == {"大哥": 2000, "cash": 1000}


def test_an_authorised_amount_counts_later_days_too(books: Books) -> None:
    """However the payments are dated, they never exceed it together."""
    add(books, "大哥", 100000)
    add(books, "妈妈", insurance="resident")
    join(books, OPEN, "大哥", "妈妈", authorised_fen=5000)
    pay(books, OPEN, "妈妈", 3000, on=date(2025, 12, 31))

    assert split(pay(books, OPEN, "妈妈", 3000)) == {"大哥": 2000, "cash": 1000}

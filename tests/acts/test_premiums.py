"""Premiums: their terms on the record, who pays them in which way, never twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongji.acts.bind import unbind
from gongji.acts.claim import claim
from gongji.acts.credit import credit
from gongji.acts.facts import request_of
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.people import Balances, set_person
from gongji.acts.reverse import reverse
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books, Record
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, amiss, holdings, join, pay, send, settle, split, write
from tests.acts.test_pay import ANY_NUMBER, clause, rules, wallet
from tests.engine.cases import rules_of

WINDOWS = """
[[premium]]
year = 2025
phases = [
  { opens = 2024-09-01, closes = 2025-05-31, price = "400.00" },
  { opens = 2025-06-01, closes = 2025-12-31, price = "400.00", wait_months = 3 },
]
"""
RUN, READY = date(2025, 6, 30), DAY + timedelta(days=7)


def payment(parameters: str) -> str:
    return clause("premium_payment", parameters)


DIRECT = rules(WINDOWS, payment('mode = "direct"'))
SCHEDULED = rules(WINDOWS, payment('mode = "scheduled"\nfull_amount = true'))
REIMBURSED = rules(WINDOWS, payment('mode = "reimburse"'))


@pytest.fixture
def family(books: Books) -> Books:
    """A daughter and a son with money, both bound to a mother."""
    add(books, "女儿", 90000, 0)
    add(books, "儿子", 90000, 0)
    add(books, "妈妈", insurance="resident")
    for holder in ("女儿", "儿子"):
        join(books, DIRECT, holder, "妈妈")
    return books


def premium(books: Books, pack: Pack = DIRECT, name: str = "妈妈", **more: Any) -> Record:
    return pay(books, pack, name, None, "resident_premium", **more)


def refused(books: Books, pack: Pack, name: str = "妈妈", **more: Any) -> set[str]:
    """Return the reasons why the premium is not paid; nothing is written."""
    before = books.head
    with pytest.raises(Refused) as error:
        premium(books, pack, name, **more)
    assert books.head == before
    return amiss(error.value)


def terms(record: Record) -> tuple[object, ...]:
    names = ("mode", "wait_months", "wait_days", "benefit_from")
    return tuple(record.fields[name] for name in names)


def test_the_record_keeps_how_long_benefits_wait(family: Books) -> None:
    """From the day of payment on."""
    assert terms(premium(family)) == ("direct", 3, 0, "2025-09-01")


def test_where_nothing_waits_no_day_is_named(family: Books) -> None:
    """When benefits begin then, the rules need not say."""
    at_once = rules(WINDOWS.replace(", wait_months = 3", ""), payment('mode = "direct"'))

    assert terms(premium(family, at_once)) == ("direct", 0, 0, None)


def test_cash_paid_first_starts_the_wait(family: Books) -> None:
    """The premium is paid then; the claim comes later."""
    assert terms(premium(family, REIMBURSED)) == ("reimburse", 3, 0, "2025-09-01")


def test_an_order_starts_no_wait_but_the_run_does(family: Books) -> None:
    """Nothing is paid before the run."""
    ordered = premium(family, SCHEDULED)

    (paid,) = settle(family, SCHEDULED, RUN)

    assert terms(ordered) == ("scheduled", 3, 0, None)
    assert terms(paid) == ("scheduled", 3, 0, "2025-09-30")


def test_a_bill_has_no_terms(family: Books) -> None:
    """Only a premium has a year and a way of payment."""
    assert "mode" not in pay(family, DIRECT, "妈妈", 100).fields


def test_a_way_of_payment_that_nobody_names_stays_open_on_the_record(family: Books) -> None:
    """It is taken at once here, and the record does not claim that this is the rule."""
    assert premium(family, rules(WINDOWS)).fields["mode"] is None


def test_of_two_ways_the_payer_may_choose(family: Books) -> None:
    """The first unless said otherwise; no other."""
    both = rules(WINDOWS, payment('mode = "direct"\nalso = "reimburse"'))

    assert refused(family, both, mode="scheduled") == {"window.way-not-offered"}
    paid = premium(family, both, mode="reimburse")
    write(family, claim(family, both, paid.seq, READY))

    assert (split(paid), paid.fields["mode"]) == ({"cash": 40000}, "reimburse")
    assert holdings(family) == {"女儿:current": 50000, "儿子:current": 90000}


def test_holders_whose_areas_pay_in_another_way_do_not_take_part(books: Books) -> None:
    """The first holder's way is the way; who only refunds cannot pay at once."""
    here = '[[premium_payment]]\nfrom = 2020-01-01\narea = ["{}"]\nmode = "{}"\n'
    pack = rules(WINDOWS, here.format("420100", "direct"), here.format("420600", "reimburse"))
    add(books, "女儿", 10000, 0)
    add(books, "儿子", 90000, 0, area="420600")
    add(books, "妈妈", insurance="resident")
    for holder in ("女儿", "儿子"):
        join(books, pack, holder, "妈妈")

    assert split(premium(books, pack)) == {"女儿": 10000, "cash": 30000}


@pytest.mark.parametrize("pack", [DIRECT, REIMBURSED], ids=["at-once", "cash-first"])
def test_nobody_pays_twice_whoever_paid(family: Books, pack: Pack) -> None:
    """Not another holder either; after a reversal the premium may be paid again."""
    paid = premium(family, pack, holders=("女儿",))

    assert refused(family, pack, holders=("儿子",)) == {"duplicate.paid"}
    allowed = rules(WINDOWS, payment('mode = "direct"'), clause("reversal", "allowed = true"))
    write(family, reverse(family, allowed, paid.seq, "wrong", DAY))
    assert premium(family, pack, holders=("儿子",)).do == "pay-for"


def test_what_a_run_will_take_is_paid_by_nobody_else(family: Books) -> None:
    """Not at once by another holder, while the order stands."""
    ordered = premium(family, SCHEDULED, holders=("女儿",))

    assert refused(family, DIRECT, holders=("儿子",)) == {"duplicate.ordered"}
    write(family, reverse(family, DIRECT, ordered.seq, "elsewhere", DAY))
    assert split(premium(family, DIRECT, holders=("儿子",))) == {"儿子": 40000}


def test_the_books_know_the_years_paid_before_the_rules_name_the_year(family: Books) -> None:
    """A question that names no year is told of this year and the next."""
    premium(family)

    asked = request_of(family, "女儿", "妈妈", DAY, "parent", purpose="resident_premium")

    assert asked.paid_years == frozenset({2025})


def test_the_run_takes_from_the_holder_who_was_named(family: Books) -> None:
    """Others are bound and have money; the choice was made with the order."""
    premium(family, SCHEDULED, holders=("儿子",))

    (paid,) = settle(family, SCHEDULED, RUN)

    assert split(paid) == {"儿子": 40000}


def test_a_holder_named_and_no_longer_bound_pays_nothing(family: Books) -> None:
    """Nor does another who was not named: the order ends."""
    premium(family, SCHEDULED, holders=("儿子",))
    write(family, unbind(family, DIRECT, "儿子", "妈妈", DAY + timedelta(days=1)))

    assert [record.do for record in settle(family, SCHEDULED, RUN)] == ["lapse"]


def test_an_order_that_finds_too_little_ends_with_its_year(family: Books) -> None:
    """Until then it waits from run to run; what it was for is worth nothing after."""
    premium(family, SCHEDULED, holders=("儿子",))
    write(family, set_person(family, "儿子", {}, Balances(current=100, carryover=0), DAY))

    (waiting,) = settle(family, SCHEDULED, RUN)
    (ended,) = (one for one in settle(family, SCHEDULED, date(2026, 2, 1)) if one.do == "lapse")

    assert (waiting.do, waiting.fields["opens"]["due"]) == ("order", "2025-07-31")
    assert (ended.on, ended.fields["closes"]) == (date(2026, 1, 31), [waiting.seq])
    assert family.open_items("debit") == []


def test_an_order_ends_when_nobody_is_bound_any_more(family: Books) -> None:
    """The run finds no account that it may take from."""
    ordered = premium(family, SCHEDULED)
    for holder in ("女儿", "儿子"):
        write(family, unbind(family, DIRECT, holder, "妈妈", DAY + timedelta(days=1)))

    (ended,) = settle(family, SCHEDULED, RUN)

    assert (ended.do, ended.fields["record"]) == ("lapse", ordered.seq)
    assert ended.postings == ()
    assert settle(family, SCHEDULED, RUN) == []


def test_the_run_takes_the_price_of_its_day(books: Books) -> None:
    """An order made in the window and carried out after it costs what is asked then."""
    late = WINDOWS.replace("2025-05-31", "2025-06-15").replace("2025-06-01", "2025-06-16")
    pack = rules(
        late.replace('price = "400.00", wait', 'price = "1100.00", wait'),
        payment('mode = "scheduled"\nfull_amount = true'),
    )
    add(books, "女儿", 50000, 0)
    add(books, "妈妈", insurance="resident")
    join(books, pack, "女儿", "妈妈")
    premium(books, pack)

    (waiting,) = settle(books, pack, RUN)
    write(books, credit(books, "女儿", 60000, "current", date(2025, 7, 1)))
    (paid,) = settle(books, pack, date(2025, 7, 31))

    assert waiting.do == "order"
    assert split(paid) == {"女儿": 110000}


def test_where_all_of_it_is_demanded_no_part_is_paid_under_a_cap(family: Books) -> None:
    """What a yearly cap leaves must do, else the account pays nothing and another pays all."""
    capped = '[[caps]]\nfrom = 2020-01-01\nper = "year"\nof = "holder"\namount = "450.00"\n'
    pack = rules(WINDOWS, payment('mode = "direct"\nfull_amount = true'), capped)
    pay(family, pack, "妈妈", 10000, holders=("女儿",))

    assert split(premium(family, pack)) == {"儿子": 40000}


def test_where_all_of_it_is_demanded_and_no_account_may_pay_it_nothing_is(family: Books) -> None:
    """Not even partly, with the rest in cash."""
    capped = '[[caps]]\nfrom = 2020-01-01\nper = "year"\nof = "holder"\namount = "399.99"\n'
    pack = rules(WINDOWS, payment('mode = "direct"\nfull_amount = true'), capped)

    with pytest.raises(Refused) as error:
        premium(family, pack)

    assert error.value.code == "pay.nothing-drawn"


def test_a_holder_pays_for_so_many_people_a_year(books: Books) -> None:
    """Counted by person and calendar year, whichever year the premium is for."""
    both = WINDOWS + WINDOWS.replace("year = 2025", "year = 2026")
    pack = rules(both, payment('mode = "reimburse"\npersons_per_year = 1'))
    add(books, "女儿", 900000, 0)
    for name in ("妈妈", "爸爸"):
        add(books, name, insurance="resident")
        join(books, pack, "女儿", name)
    premium(books, pack, "妈妈", year=2025)

    premium(books, pack, "妈妈", year=2026)
    assert refused(books, pack, "爸爸", year=2025) == {"cap.people"}


@pytest.mark.parametrize(
    ("clause_of", "card", "payee"),
    [
        ("", "女儿", None),
        ("holder", "女儿", "holder_bank"),
        ("beneficiary", "妈妈", "beneficiary_bank"),
    ],
)
def test_the_claim_goes_to_the_card_that_the_rules_name(
    family: Books, clause_of: str, card: str, payee: str | None
) -> None:
    """To the holder's where they name none, and the record tells that."""
    named = f'\npayee = "{clause_of}_bank"' if clause_of else ""
    pack = rules(WINDOWS, payment(f'mode = "reimburse"\npayout_days = 15{named}'))
    paid = premium(family, pack)

    record = write(family, claim(family, pack, paid.seq, READY))

    assert family.balance(f"bank:{card}") == 40000
    told = [record.fields[name] for name in ("paid_to", "payee", "payout_days")]
    assert told == [card, payee, 15]


OWN = clause(
    "relatives", 'when = { purpose = ["large_sum_premium"] }\ninclude = ["self"]'
) + clause("purposes", 'when = { relation = ["self"] }\nallow = ["large_sum_premium"]')


def test_an_account_pays_its_owners_premium_where_a_clause_says_so(family: Books) -> None:
    """It stands on the record as own money, once a year, and can be taken back."""
    pack = rules(OWN, clause("reversal", "allowed = true"))
    paid = pay(family, pack, "女儿", 6000, "large_sum_premium")

    assert split(paid) == {"own": 6000}
    assert holdings(family)["女儿:current"] == 84000
    with pytest.raises(Refused) as error:
        pay(family, pack, "女儿", 6000, "large_sum_premium")
    assert amiss(error.value) == {"duplicate.paid"}
    write(family, reverse(family, pack, paid.seq, "wrong", DAY))
    assert holdings(family)["女儿:current"] == 90000


def test_without_such_a_clause_an_account_pays_nothing_of_its_owners(family: Books) -> None:
    """Nobody is bound to themselves; who names the owner is told so."""
    with pytest.raises(Misfit) as nobody:
        pay(family, DIRECT, "女儿", 6000, "resident_premium")
    with pytest.raises(Misfit) as named:
        pay(family, DIRECT, "女儿", 6000, "resident_premium", holders=("女儿",))

    assert (nobody.value.code, named.value.code) == ("pay.no-binding", "pay.not-bound")


def test_a_wallet_pays_its_owners_premium_where_a_clause_lets_it(books: Books) -> None:
    """The relative's own doing: nobody need be bound, and no holder's rules stand in the way."""
    named = 'when = { mechanism = ["wallet_transfer"] }\nallow = ["resident_premium"]'
    pack = rules(WINDOWS, wallet("wallet_transfer"), clause("purposes", named))
    add(books, "女儿", 90000, 0)
    add(books, "妈妈", insurance="resident")
    send(books, pack, "女儿", 50000, "妈妈", relation="parent")

    paid = premium(books, pack)

    assert (paid.fields["wallet"], paid.fields["cash"], paid.fields["draws"]) == (
        "400.00",
        "0.00",
        [],
    )
    assert books.balance("妈妈:wallet") == 10000
    assert refused(books, pack) == {"duplicate.paid"}


def test_a_benefit_used_since_ends_the_right_to_take_back(family: Books) -> None:
    """A bill after benefits began shows it; a bill before, or taken back, does not."""
    pack = rules(
        WINDOWS.replace(", wait_months = 3", ""),
        payment('mode = "direct"'),
        clause("reversal", 'allowed = true\nbefore = ["benefit_used"]'),
    )
    pay(family, pack, "妈妈", 100)
    paid = premium(family, pack, on=DAY + timedelta(days=1))
    bill = pay(family, pack, "妈妈", 100, on=DAY + timedelta(days=2))

    with pytest.raises(Refused) as error:
        reverse(family, pack, paid.seq, "moved", READY)
    write(family, reverse(family, pack, bill.seq, "wrong", READY))

    assert amiss(error.value) == {"reversal.benefit-used"}
    assert reverse(family, pack, paid.seq, "moved", READY).draft.do == "reverse"


def test_what_the_run_has_taken_is_cleared(family: Books) -> None:
    """Before the run the order can be taken back, after it the payment no longer."""
    pack = rules(
        WINDOWS,
        payment('mode = "scheduled"\nfull_amount = true'),
        clause("reversal", 'allowed = true\nbefore = ["clearing"]'),
    )
    ordered = premium(family, pack)
    early = reverse(family, pack, ordered.seq, "moved", DAY)
    (paid,) = settle(family, pack, RUN)

    with pytest.raises(Refused) as error:
        reverse(family, pack, paid.seq, "moved", RUN)

    assert early.draft.do == "reverse"
    assert amiss(error.value) == {"reversal.cleared"}


def test_hours_are_held_against_nobody_while_the_books_keep_days_only(family: Books) -> None:
    """On the day and the next nobody knows how many have passed; then it is a day at least."""
    pack = rules(
        WINDOWS, payment('mode = "direct"'), clause("reversal", "allowed = true\nafter_hours = 30")
    )
    paid = premium(family, pack)

    for days in (0, 1, 3):
        assert reverse(family, pack, paid.seq, "moved", DAY + timedelta(days)).draft.do == "reverse"
    with pytest.raises(Refused) as error:
        reverse(family, pack, paid.seq, "moved", DAY + timedelta(days=2))
    assert amiss(error.value) == {"reversal.too-early"}


def test_a_price_by_group_asks_of_which_the_relative_is(family: Books) -> None:
    """Nothing is guessed; with the amount named it goes on."""
    groups = '[[premium]]\nyear = 2025\ngroup = ["elderly"]\nprice = "460.00"\n'
    pack = rules_of(ANY_NUMBER + groups)

    with pytest.raises(Refused) as error:
        premium(family, pack, year=2025)

    assert (error.value.code, error.value.verdict) == ("pay.price-by-group", Verdict.UNKNOWN)
    assert error.value.values == {"name": "妈妈", "year": "2025", "group": "elderly"}
    paid = pay(family, pack, "妈妈", 46000, "resident_premium", year=2025)
    assert split(paid) == {"女儿": 46000}

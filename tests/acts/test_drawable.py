"""What a person can draw on; a payment draws exactly that."""

from __future__ import annotations

from datetime import date

import pytest

from gongji.acts.bill import Bill
from gongji.acts.bind import unbind
from gongji.acts.drawable import CARE, Drawable, standing
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.pay import pay_for
from gongji.acts.quota import reserve
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.policy.pack import Pack
from tests.acts.household import DAY, add, join, move, pay, send, write
from tests.acts.test_pay import ANY_NUMBER, clause, rules, wallet
from tests.engine.cases import OPEN as PERMITTING
from tests.engine.cases import rules_of

OPEN = rules()
POOL = clause("mechanism", 'family_pool = "live"')
MORE_THAN_THERE_IS = 10_000_000


def other_mechanism(state: str) -> Pack:
    """Return rules in which the clause on authorisation is another one."""
    return rules_of(ANY_NUMBER, PERMITTING.replace('authorisation = "live"', state))


def funds(parameters: str) -> Pack:
    return rules(clause("funds", parameters))


def cap(per: str, of: str = "pair") -> Pack:
    return rules(clause("caps", f'per = "{per}"\namount = "70.00"\nof = "{of}"'))


RULES: dict[str, tuple[Pack, int | None]] = {
    "silence": (OPEN, 50000),
    "carry-over alone": (funds('use = "carryover"'), 20000),
    "a floor": (funds('use = "all"\nkeep = "100.00"'), 40000),
    "a floor of the carry-over": (funds('use = "carryover"\nkeep = "50.00"'), 15000),
    "a floor as high as all there is": (funds('use = "all"\nkeep = "500.00"'), 0),
    "a gate that is passed": (funds('use = "all"\ngate = "500.00"'), 50000),
    "a gate that is not": (funds('use = "all"\ngate = "500.01"'), 0),
    "a cap per payment": (cap("payment"), 7000),
    "a cap of which some is used": (cap("month"), 6000),
    "a mechanism not in use": (other_mechanism('authorisation = "not_live"'), 0),
    "a mechanism nobody speaks of": (other_mechanism('family_pool = "live"'), None),
}
"""Rules, and the fen that the mother may use of a holder's 300 yuan and 200 of carry-over."""


@pytest.fixture
def family(books: Books) -> Books:
    """A holder who has paid 10 yuan for a mother without an account this month."""
    add(books, "我", 31000, 20000)
    add(books, "妈妈", insurance="resident")
    join(books, OPEN, "我", "妈妈")
    pay(books, OPEN, "妈妈", 1000)
    return books


def found(books: Books, pack: Pack, name: str = "妈妈", on: date = DAY) -> list[Drawable]:
    """Return what a bill of a pharmacy may draw on; the rules here say nothing of hospitals."""
    relatives = standing(books, pack, name, on).relatives
    return [one for one in relatives if one.purpose == "pharmacy"]


def usable(books: Books, pack: Pack, name: str = "妈妈", on: date = DAY) -> dict[str, int | None]:
    return {one.binding.holder: one.usable_fen for one in found(books, pack, name, on)}


def drawn(books: Books, pack: Pack, holder: str = "我", name: str = "妈妈") -> int | None:
    """Return what a bill larger than all there is draws, None where the rules do not know."""
    bill = Bill(name, "pharmacy", DAY, MORE_THAN_THERE_IS, holders=(holder,))
    try:
        postings = pay_for(books, pack, bill).draft.postings
    except Refused as refused:
        return None if refused.verdict is Verdict.UNKNOWN else 0
    return -sum(one.fen for one in postings if one.account.startswith(f"{holder}:"))


@pytest.mark.parametrize("title", RULES)
def test_the_rules_of_the_day_say_how_much(family: Books, title: str) -> None:
    """Which money, what must remain, what is needed to start; unknown is not a number."""
    pack, expected = RULES[title]

    assert usable(family, pack) == {"我": expected}


@pytest.mark.parametrize("title", RULES)
def test_a_payment_draws_as_much_as_was_said(family: Books, title: str) -> None:
    """The two see the same money."""
    pack, expected = RULES[title]

    assert drawn(family, pack) == expected


def test_what_the_holder_has_allowed_is_not_exceeded(books: Books) -> None:
    """The amount that is left of an authorisation, and the cap of every payment."""
    add(books, "我", 50000, 0)
    for name in ("妈妈", "爸爸"):
        add(books, name, insurance="resident")
    join(books, OPEN, "我", "妈妈", authorised_fen=3000)
    join(books, OPEN, "我", "爸爸", cap_per_payment_fen=2000)
    for name in ("妈妈", "爸爸"):
        pay(books, OPEN, name, 1000)

    assert usable(books, OPEN, "妈妈") == {"我": 2000} == {"我": drawn(books, OPEN)}
    assert usable(books, OPEN, "爸爸") == {"我": 2000} == {"我": drawn(books, OPEN, name="爸爸")}


def test_a_balance_that_is_not_split_is_not_known_where_the_split_matters(books: Books) -> None:
    """Of 500 yuan it is not known how much is carry-over."""
    add(books, "我", whole=50000)
    add(books, "妈妈", insurance="resident")
    join(books, OPEN, "我", "妈妈")
    carryover = funds('use = "carryover"')

    assert usable(books, OPEN) == {"我": 50000}
    assert usable(books, carryover) == {"我": None} == {"我": drawn(books, carryover)}


def test_where_the_own_account_must_be_empty_first_it_keeps_the_others_shut(books: Books) -> None:
    """Once it is, they open."""
    empty_first = rules(clause("order", 'own = "empty"'))
    add(books, "我", 50000, 0)
    add(books, "爸爸", 100, 0)
    join(books, OPEN, "我", "爸爸")

    before = usable(books, empty_first, "爸爸")
    pay(books, OPEN, "爸爸", 200)

    assert (before, usable(books, empty_first, "爸爸")) == ({"我": 0}, {"我": 49900})


def test_a_family_pool_names_its_contributors(books: Books) -> None:
    """The account behind the pool is not drawn on."""
    pooled = rules(POOL)
    add(books, "我", 30000, 0)
    add(books, "爸爸", 8000, 0)
    add(books, "妈妈", insurance="resident")
    for beneficiary in ("爸爸", "妈妈"):
        join(books, pooled, "我", beneficiary, mechanism="family_pool")
    move(books, pooled, "我", 20000)
    move(books, pooled, "爸爸", 5000)

    (one,) = found(books, pooled)

    assert one.purse is not None
    assert dict(one.purse.accounts) == {"我:pool:我": 20000, "我:pool:爸爸": 5000}
    assert one.usable_fen == 25000 == drawn(books, pooled)


def test_a_quota_is_what_was_set_aside(books: Books) -> None:
    """For this relative, whatever else the holder has."""
    quota = rules(wallet("wallet_quota"))
    add(books, "我", 30000, 0)
    add(books, "妈妈", insurance="resident")
    join(books, quota, "我", "妈妈", mechanism="wallet_quota")
    write(books, reserve(books, quota, "我", "妈妈", 5000, DAY))

    assert usable(books, quota) == {"我": 5000} == {"我": drawn(books, quota)}
    assert standing(books, quota, "我", DAY).accounts["quota:妈妈"] == 5000


def test_a_wallet_is_its_owners_and_no_relatives(books: Books) -> None:
    """Who sent the money no longer matters."""
    sending = rules(wallet("wallet_transfer"))
    add(books, "我", 30000, 0)
    add(books, "妈妈", insurance="resident")
    send(books, sending, "我", 5000, "妈妈", relation="parent")

    stands = standing(books, sending, "妈妈", DAY)

    assert (dict(stands.accounts), stands.relatives) == ({"wallet": 5000}, ())


def test_the_day_decides_who_is_bound(family: Books) -> None:
    """Before the binding and after its end nobody is."""
    before, after = date(2025, 5, 31), date(2025, 7, 1)
    write(family, unbind(family, OPEN, "我", "妈妈", after))

    days = (before, DAY, after)
    assert [usable(family, OPEN, on=day) for day in days] == [{}, {"我": 50000}, {}]


def test_every_purpose_of_care_is_asked_about(family: Books) -> None:
    """Of hospital stays these rules say nothing: that is not known, the others are."""
    told = {one.purpose: one.usable_fen for one in standing(family, OPEN, "妈妈", DAY).relatives}

    assert tuple(told) == CARE
    assert told == {"outpatient": 50000, "inpatient": None, "pharmacy": 50000}


@pytest.mark.parametrize(
    ("before", "parameters", "doubts"),
    [
        ("", None, ("funds.use",)),
        ("", 'use = "all"', ()),
        ('unknown = ["funds.keep"]\n', 'use = "all"', ("funds.keep",)),
        ('unknown = ["funds.use", "funds.gate"]\n', None, ("funds.use", "funds.gate")),
    ],
)
def test_what_nobody_found_of_the_holders_money_is_a_doubt(
    family: Books, before: str, parameters: str | None, doubts: tuple[str, ...]
) -> None:
    """A floor or a gate of which nobody speaks is none."""
    said = clause("funds", parameters) if parameters else ""
    pack = rules_of(before + ANY_NUMBER + said)

    (one,) = found(family, pack)

    assert (one.usable_fen, one.doubts) == (50000, doubts)


def test_a_stranger_has_no_standing(books: Books) -> None:
    """A mistyped name is not a person without money."""
    with pytest.raises(Misfit) as error:
        standing(books, OPEN, "谁", DAY)

    assert error.value.code == "person.unknown"

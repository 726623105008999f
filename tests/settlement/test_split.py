from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongji.acts.bill import Bill
from gongji.acts.outcome import Misfit, Refused
from gongji.acts.pay import pay_for
from gongji.cli.errors import MISFITS
from gongji.cli.settlement_bill import compared_with_payment, compared_with_refusal, read_bill
from gongji.engine.decision import Verdict
from gongji.ledger.books import Books
from gongji.render import language
from gongji.render.settlement_json import comparison_data
from gongji.render.settlement_text import comparison_lines
from gongji.settlement.errors import BadSettlement
from gongji.settlement.message import Message, read_message
from gongji.settlement.profiles import Profile
from gongji.settlement.split import Split, own_share_fen, split_of_payment
from tests.acts.household import DAY, add, join, pay, send
from tests.acts.test_pay import OPEN, rules, wallet
from tests.settlement.messages import message


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en")


@pytest.fixture
def family(books: Books) -> Books:
    """A father with 180 yuan of his own, and a daughter with 120 whom he may draw on."""
    add(books, "女儿", 12000, 0)
    add(books, "爸爸", 18000, 0)
    join(books, OPEN, "女儿", "爸爸")
    return books


def of(profile: Profile = Profile.OF_WHICH, **changed: Any) -> Message:
    return read_message(message(profile, **changed))


def write(folder: Path, **changed: Any) -> str:
    """Write the ordinary message into the folder and return its path."""
    file = folder / "message.json"
    file.write_text(json.dumps(message(**changed)), "utf-8")
    return str(file)


@pytest.mark.parametrize("profile", Profile)
def test_the_bill_of_a_message_is_its_own_share(profile: Profile) -> None:
    """What is left after the fund and the hospital; where it is not stated, what pays it."""
    assert own_share_fen(of(profile), profile) == 35000
    assert own_share_fen(of(profile, psn_part_amt=None), profile) == 35000


def test_without_own_share_and_what_pays_it_there_is_no_bill() -> None:
    """The missing amount is named."""
    found = of(Profile.ADDITIVE, psn_part_amt=None, acct_mulaid_pay=None)

    with pytest.raises(BadSettlement) as caught:
        own_share_fen(found, Profile.ADDITIVE)

    assert (caught.value.code, caught.value.key) == ("settlement.missing", "acct_mulaid_pay")


@pytest.mark.parametrize("profile", Profile)
def test_a_message_that_splits_as_the_rules_do_agrees(family: Books, profile: Profile) -> None:
    """Own account 180, the daughter 120, cash 50: under every profile the same money."""
    paid = pay(family, OPEN, "爸爸", own_share_fen(of(profile), profile))

    compared = compared_with_payment(of(profile), paid.fields, profile)

    assert (compared.agrees, compared.balances) == (True, True)
    assert comparison_lines(compared) == ["✓ the message splits it as the rules do"]


def test_pooled_money_is_a_part_of_the_account_unless_it_is_additive(family: Books) -> None:
    """The three fields of the message, under each convention."""
    paid = pay(family, OPEN, "爸爸", 35000).fields

    assert split_of_payment(paid) == Split(30000, 12000, 5000)
    assert split_of_payment(paid, Profile.FUND_INCLUDES_ACCT) == Split(30000, 12000, 5000)
    assert split_of_payment(paid, Profile.ADDITIVE) == Split(18000, 12000, 5000)


def test_a_message_that_splits_otherwise_says_by_how_much(family: Books) -> None:
    """Here the daughter's account was passed over."""
    found = of(acct_pay="180", acct_mulaid_pay="0", psn_cash_pay="170", balc="20")
    paid = pay(family, OPEN, "爸爸", own_share_fen(found))

    compared = compared_with_payment(found, paid.fields, Profile.OF_WHICH)

    assert comparison_data(compared) == {
        "profile": "of_which",
        "balances": True,
        "agrees": False,
        "doubt": None,
        "fields": {
            "acct_pay": {"message": "180.00", "rules": "300.00", "off": "-120.00"},
            "acct_mulaid_pay": {"message": "0.00", "rules": "120.00", "off": "-120.00"},
            "psn_cash_pay": {"message": "170.00", "rules": "50.00", "off": "120.00"},
        },
    }
    assert comparison_lines(compared) == [
        "✗ the message splits it otherwise",
        "  acct_pay: message 180.00, rules 300.00",
        "  acct_mulaid_pay: message 0.00, rules 120.00",
        "  psn_cash_pay: message 170.00, rules 50.00",
    ]


def test_a_message_that_does_not_balance_is_said_to() -> None:
    """Its own share may be the amount that is wrong."""
    compared = compared_with_payment(
        of(psn_part_amt="340"),
        {"own": "180.00", "draws": [{"amount": "120.00"}], "cash": "50.00", "wallet": "0.00"},
        Profile.OF_WHICH,
    )

    assert comparison_lines(compared) == [
        "✓ the message splits it as the rules do",
        "  the message does not balance (of_which): see `gongji settlement check`",
    ]


def test_a_message_without_pooled_money_leaves_that_field_open(family: Books) -> None:
    """What is not in it cannot differ."""
    paid = pay(family, OPEN, "爸爸", 35000)

    compared = compared_with_payment(of(acct_mulaid_pay=None), paid.fields, Profile.OF_WHICH)

    assert compared.agrees is None
    assert comparison_lines(compared)[2] == "  acct_mulaid_pay: message not known, rules 120.00"


def test_where_a_message_holds_wallet_money_is_not_known(books: Books) -> None:
    """No source says, so nothing is compared with it."""
    pack = rules(wallet("wallet_transfer"))
    add(books, "女儿", 30000, 0)
    add(books, "妈妈", insurance="resident")
    join(books, pack, "女儿", "妈妈", mechanism="wallet_transfer")
    send(books, pack, "女儿", 10000, "妈妈")
    paid = pay(books, pack, "妈妈", 35000)

    compared = compared_with_payment(of(), paid.fields, Profile.OF_WHICH)

    assert (compared.agrees, compared.due.doubt) == (None, "wallet")
    assert comparison_lines(compared)[-1] == (
        "  the own wallet pays a part, and which field counts that is not known"
    )


def test_where_no_relative_may_pay_no_pooled_money_is_due(family: Books) -> None:
    """A message that holds some contradicts the rules, whatever the own account pays."""
    with pytest.raises(Refused) as caught:
        pay_for(family, OPEN, Bill("爸爸", "other", DAY, 35000))

    compared = compared_with_refusal(of(), caught.value, Profile.OF_WHICH)

    assert compared.due.acct_mulaid_pay == 0
    assert compared.agrees is False
    assert comparison_lines(compared)[-1] == (
        "  no relative's account pays; what the own account pays was not worked out"
    )


def test_where_the_rules_do_not_say_nothing_is_due(family: Books) -> None:
    """Unknown is an answer."""
    compared = compared_with_refusal(of(), Refused("pay.nobody", Verdict.UNKNOWN), Profile.OF_WHICH)

    assert compared.agrees is None
    assert comparison_lines(compared)[0].startswith("? whether the message splits it")


@pytest.mark.parametrize(
    ("amount", "purpose", "changed", "code"),
    [
        ("350", "pharmacy", {}, "settlement.amount-given"),
        (None, "resident_premium", {}, "settlement.premium"),
        (None, "pharmacy", {"psn_part_amt": "-350"}, "settlement.taken-back"),
    ],
)
def test_a_message_that_is_no_bill_is_refused_by_name(
    tmp_path: Path, amount: str | None, purpose: str, changed: dict[str, str], code: str
) -> None:
    """Before anything is asked of the books."""
    file = write(tmp_path, **changed)

    with pytest.raises(Misfit) as caught:
        read_bill(file, Profile.OF_WHICH, amount=amount, purpose=purpose)

    assert caught.value.code == code
    assert code in MISFITS


def test_the_message_and_its_own_share_are_read_from_a_file(tmp_path: Path) -> None:
    """One message, however it is written."""
    found, fen = read_bill(write(tmp_path), Profile.OF_WHICH, amount=None, purpose="pharmacy")

    assert (found, fen) == (of(), 35000)

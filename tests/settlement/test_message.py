from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.render.settlement_errors import told_of
from gongji.settlement.errors import BadSettlement
from gongji.settlement.message import Message, read_message
from gongji.settlement.spellings import ALIASES, AMOUNTS, canonical, spelling
from tests.settlement.messages import PERSON, message

SEEN = {
    "psn_part_am": "psn_part_amt",
    "psn_pay": "psn_part_amt",
    "cash_payamt": "psn_cash_pay",
    "pdn_cash_pay": "psn_cash_pay",
    "psnCash_pay": "psn_cash_pay",
    "othfund_pay": "oth_pay",
    "inscp_amt": "inscp_scp_amt",
    "med_fee_sumamt": "medfee_sumamt",
    "psnPartAmt": "psn_part_amt",
    "acctMulaidPay": "acct_mulaid_pay",
    "fundPaySumamt": "fund_pay_sumamt",
}
"""Spellings that stand in public code, from the research on data standards."""


def refused(data: object) -> BadSettlement:
    with pytest.raises(BadSettlement) as caught:
        read_message(data)
    return caught.value


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def test_a_message_is_its_amounts_in_fen_and_nothing_else() -> None:
    """No word about the person is kept."""
    found = read_message(message())

    assert found.amounts["medfee_sumamt"] == 100000
    assert found.amounts["setldetail.fund_payamt"] == 64000
    assert found.amounts.keys() - {"setldetail.fund_payamt"} == set(AMOUNTS)
    assert not any(value in repr(found) for value in PERSON.values() if value != "01")


@pytest.mark.parametrize(("written", "field"), SEEN.items())
def test_a_spelling_that_was_seen_is_read(written: str, field: str) -> None:
    """As the field that it stands for."""
    plain = message()
    plain[written] = plain.pop(field)

    assert read_message(plain) == read_message(message())


@pytest.mark.parametrize("name", [*AMOUNTS, *ALIASES])
def test_every_name_may_be_written_in_camel_case(name: str) -> None:
    """As Java code bases do."""
    assert spelling(camel(name)) == spelling(name)
    assert canonical(str(spelling(camel(name)))) == canonical(name)


def test_a_whole_message_in_camel_case_is_read() -> None:
    """The rows of the detail, too."""
    java = {camel(name): value for name, value in message().items()}
    java["setldetail"] = [
        {camel(name): value for name, value in row.items()} for row in java["setldetail"]
    ]

    assert read_message(java) == read_message(message())


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("36.00", 3600),
        ("36.0", 3600),
        ("36", 3600),
        ("0.00", 0),
        ("-36.5", -3650),
        ("-0.00", 0),
        ("99999999999999.99", 9999999999999999),
        ("", 0),
        (None, 0),
    ],
)
def test_an_amount_is_read_to_the_fen(written: str | None, fen: int) -> None:
    """Empty and null are nothing; a reversal is negative."""
    found = read_message({**message(), "acct_pay": written})

    assert found.amounts["acct_pay"] == fen


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("36.005", "-decimals"),
        ("36.000", "-decimals"),
        ("0.30000000000000004", "-decimals"),
        ("999999999999999", "-too-large"),
        ("1" * 100_000, "-too-large"),
        ("1,234.50", ""),
        ("1 234.50", ""),
        ("1_234", ""),
        ("1e3", ""),
        ("+5", ""),
        ("--5", ""),
        ("-", ""),
        (".5", ""),
        ("5.", ""),
        ("007", ""),
        (" 5", ""),
        ("５", ""),
        ("¥5", ""),
        ("NaN", ""),
        (True, ""),
        ([], ""),
        ({"yuan": "5"}, ""),
    ],
)
def test_what_is_no_exact_amount_is_refused_with_its_field(written: Any, code: str) -> None:
    """The value is not repeated: it may be a card number in the wrong column."""
    problem = refused({**message(), "acct_pay": written})

    assert (problem.code, problem.key) == (f"settlement.amount{code}", "acct_pay")
    assert problem.values == {}


def test_an_error_names_the_spelling_that_stands_in_the_message() -> None:
    """So that it is found there."""
    assert refused({**message(psn_cash_pay=None), "cash_payamt": "x"}).key == "cash_payamt"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda info, rows: {**info, "setldetail": rows},
        lambda info, rows: {"setlinfo": info, "setldetail": rows},
        lambda info, rows: {"setlinfo": {**info, "setldetail": rows}},
        lambda info, rows: {"output": {"setlinfo": info, "setldetail": rows}},
        lambda info, rows: {"output": {**info, "setldetail": rows}},
        lambda info, rows: {
            "infcode": "0",
            "err_msg": "",
            "inf_refmsgid": "4400002025",
            "output": {"setlinfo": info, "setldetail": rows},
        },
        lambda info, rows: {"infcode": None, "output": None, "setlinfo": info, "setldetail": rows},
    ],
)
def test_a_message_is_found_in_whatever_it_is_wrapped(wrap: Any) -> None:
    """Alone, in `setlinfo`, in `output`, in the answer of the platform."""
    info = message(setldetail=None)

    assert read_message(wrap(info, message()["setldetail"])) == read_message(message())


def test_the_balance_before_may_stand_beside_the_answer() -> None:
    """Whoever knows it need not write into the message."""
    found = read_message({"account_before": "5", "output": message(account_before="")})

    assert found.amounts["account_before"] == 500


@pytest.mark.parametrize(
    ("data", "code", "key"),
    [
        ([], "settlement.not-an-object", None),
        ("text", "settlement.not-an-object", None),
        (None, "settlement.not-an-object", None),
        ({}, "settlement.none", None),
        ({"psn_name": "x"}, "settlement.none", None),
        ({"infcode": "0", "output": ""}, "settlement.none", None),
        ({"infcode": "-1", "err_msg": "x", "output": None}, "settlement.failed", "infcode"),
        ({"output": []}, "settlement.form", "output"),
        ({"setlinfo": "x"}, "settlement.form", "setlinfo"),
        (message(setldetail={}), "settlement.form", "setldetail"),
        (message(setldetail=["x"]), "settlement.form", "setldetail"),
        (message(setldetail=[{"fund_pay_type": "1"}]), "settlement.missing", "fund_payamt"),
        (message(setldetail=[{"fund_payamt": "x"}]), "settlement.amount", "fund_payamt"),
        (message(medfee_sumamt=None), "settlement.missing", "medfee_sumamt"),
        (message(fund_pay_sumamt=None), "settlement.missing", "fund_pay_sumamt"),
        (message(acct_pay=None), "settlement.missing", "acct_pay"),
        (message(psn_cash_pay=None), "settlement.missing", "psn_cash_pay"),
        ({**message(), "psn_pay": "1"}, "settlement.twice", "psn_pay"),
        ({**message(), "psnCashPay": "1"}, "settlement.twice", "psn_cash_pay"),
        ({"acct_pay": "1", "setlinfo": message()}, "settlement.twice", "acct_pay"),
        ({"setlinfo": message(), "setlInfo": message(balc="7")}, "settlement.twice", "setlinfo"),
    ],
)
def test_what_is_no_settlement_is_a_named_error(data: object, code: str, key: str | None) -> None:
    """With the field where there is one, and a sentence in which it stands."""
    problem = refused(data)
    told = told_of(problem)

    assert (problem.code, problem.key) == (code, key)
    assert told["hint"]
    if key:
        assert f"`{key}`" in told["message"]


@pytest.mark.parametrize("again", ["50", "50.0", "", None])
def test_the_same_amount_may_stand_there_in_two_spellings(again: str | None) -> None:
    """So it is after a migration; an empty one says nothing against the other."""
    assert read_message({**message(), "cash_payamt": again}) == read_message(message())
    first = {"cash_payamt": again, **message()}
    assert read_message(first) == read_message(message())


json_values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
names = st.sampled_from([*AMOUNTS, *ALIASES, "output", "setlinfo", "setldetail", "infcode"])


@given(st.dictionaries(names, json_values))
def test_whatever_the_values_there_is_a_message_or_a_named_error(changed: dict[str, Any]) -> None:
    """Nothing else is raised, and every error has its sentence."""
    try:
        found = read_message({**message(), **changed})
    except BadSettlement as problem:
        assert told_of(problem)["message"]
    else:
        assert isinstance(found, Message)

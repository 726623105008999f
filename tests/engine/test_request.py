"""Reading a request: every kind of bad value is told with its key and a code."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.engine.request import BY_PATH, KEYS, REQUIRED, BadRequest, parse_request
from tests.engine.cases import ASKED, TODAY


def asked(path: str, value: object) -> dict[str, Any]:
    """The ordinary request with one value put in place; `path` is dotted."""
    data = {key: dict(part) if isinstance(part, dict) else part for key, part in ASKED.items()}
    side, dot, name = path.partition(".")
    if dot:
        data[side][name] = value
    else:
        data[side] = value
    return data


def refused(data: object) -> BadRequest:
    with pytest.raises(BadRequest) as raised:
        parse_request(data, TODAY)
    return raised.value


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("amount", 12.5, "request.type"),
        ("amount", True, "request.type"),
        ("amount", ["12"], "request.type"),
        ("amount", "", "money.empty"),
        ("amount", "NaN", "money.not-a-number"),
        ("amount", "Infinity", "money.not-a-number"),
        ("amount", "1e3", "money.not-a-number"),
        ("amount", "1e400", "money.not-a-number"),
        ("amount", "\uff11\uff12", "money.not-a-number"),
        ("amount", "1_000", "money.not-a-number"),
        ("amount", " 12", "money.not-a-number"),
        ("amount", "12\n", "money.not-a-number"),
        ("amount", "012", "money.not-a-number"),
        ("amount", "-0", "money.negative"),
        ("amount", -1, "money.negative"),
        ("amount", "12.345", "money.decimals"),
        ("amount", 10**20, "money.too-large"),
        ("holder.balance", "1.005", "money.decimals"),
        ("on", "2025-02-30", "day.form"),
        ("on", "2025-2-3", "day.form"),
        ("on", "2025-06-01T00:00:00", "day.form"),
        ("on", "2025-06-\uff10\uff11", "day.form"),
        ("on", "0000-01-01", "day.form"),
        ("on", 20250601, "request.type"),
        ("paid_on", "yesterday", "day.form"),
        ("at", "24:00", "time.form"),
        ("at", "9:00", "time.form"),
        ("relation", 50, "request.type"),
        ("relation", "50", "word.unknown"),
        ("relation", "", "word.unknown"),
        ("purpose", "医保费", "word.ambiguous"),
        ("mechanism", "钱包", "word.ambiguous"),
        ("holder.area", "999999", "word.unknown"),
        ("holder.area", "Atlantis", "word.unknown"),
        ("holder.area", 440300, "request.type"),
        ("holder.insurance", "employe", "word.unknown"),
        ("holder.status", "fine", "word.unknown"),
        ("holder.tier", "Tier 1", "request.word-form"),
        ("holder.group", "newborn", "request.type"),
        ("holder.group", ["New Born"], "request.word-form"),
        ("holder.group", [1], "request.type"),
        ("holder.beneficiaries", "2", "request.type"),
        ("holder.beneficiaries", 2.0, "request.type"),
        ("holder.beneficiaries", True, "request.type"),
        ("holder.beneficiaries", -1, "request.count-range"),
        ("holder.beneficiaries", 1_000_001, "request.count-range"),
        ("holder.by_relation", [2], "request.type"),
        ("holder.by_relation", {"cat": 2}, "word.unknown"),
        ("holder.by_relation", {"child": -2}, "request.count-range"),
        ("bound", "true", "request.type"),
        ("bound", 1, "request.type"),
        ("beneficiary.accepted", 0, "request.type"),
        ("year", 26, "request.year-range"),
        ("year", "2026", "request.type"),
        ("id", 7, "request.type"),
        ("id", "x" * 1001, "request.too-long"),
        ("item", "tool", "word.unknown"),
        ("action", "steal", "word.unknown"),
    ],
)
def test_a_bad_value_is_refused_with_its_key(path: str, value: object, code: str) -> None:
    """The first wrong key is named, and the code says what sort of wrong it is."""
    problem = refused(asked(path, value))

    assert (problem.key, problem.code) == (path, code)


@pytest.mark.parametrize("text", ["1e400", "-1e400", "NaN", "Infinity", "0.1", "-0.0"])
def test_no_float_of_a_json_line_is_money(text: str) -> None:
    """Money is a string or an integer of yuan, never a float."""
    problem = refused(asked("amount", json.loads(text)))

    assert (problem.key, problem.code) == ("amount", "request.type")


@pytest.mark.parametrize(
    ("text", "fen"), [('"12.50"', 1250), ('"12"', 1200), ("12", 1200), ("0", 0), ("-0", 0)]
)
def test_money_is_a_string_or_a_whole_number_of_yuan(text: str, fen: int) -> None:
    """Money is a string or an integer of yuan; the integer -0 of JSON is 0."""
    assert parse_request(asked("amount", json.loads(text)), TODAY).amount == fen


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("purpos", "purpose"),
        ("holder.balanse", "holder.balance"),
        ("beneficiary.holder", "beneficiary.holders"),
        ("Relation", "relation"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(path: str, near: str) -> None:
    """Unknown keys are errors, with "did you mean"."""
    problem = refused(asked(path, "x"))

    assert (problem.code, problem.key, problem.values) == ("request.key-near", path, {"near": near})


def test_an_unknown_key_that_is_near_to_none_is_refused_and_cut_short() -> None:
    """No name of any length comes back whole."""
    problem = refused(asked("q" * 500, 1))

    assert (problem.code, problem.key) == ("request.key-unknown", "q" * 80)


@pytest.mark.parametrize("value", [None, 1, "x"])
def test_an_unknown_key_is_refused_whatever_it_holds(value: object) -> None:
    """Unknown keys are errors, also where they hold nothing."""
    assert refused(asked("zzz", value)).code == "request.key-unknown"


def test_a_key_that_holds_nothing_is_absent() -> None:
    """A null of JSON or an empty option is no fact."""
    assert parse_request(asked("holder.status", None), TODAY).holder.status is None


@pytest.mark.parametrize("path", [*REQUIRED, "purpose"])
def test_a_missing_key_is_named(path: str) -> None:
    """Both areas, both insurances, the relation and, to use, the purpose are needed."""
    data = asked(path, None)

    problem = refused(data)

    assert (problem.code, problem.key) == ("request.key-missing", path)


@pytest.mark.parametrize("action", ["bind", "transfer", "claim", "reverse"])
def test_only_a_use_needs_a_purpose(action: str) -> None:
    """`bind` skips the purpose, and so do the others that do not pay."""
    request = parse_request({**ASKED, "action": action, "purpose": None}, TODAY)

    assert (request.action, request.purpose) == (action, None)


@pytest.mark.parametrize("data", [None, [], "text", 7, True])
def test_what_is_no_object_is_refused(data: object) -> None:
    """A request is an object of keys."""
    assert (refused(data).code, refused(data).key) == ("request.not-an-object", None)


@pytest.mark.parametrize("side", ["holder", "beneficiary"])
@pytest.mark.parametrize("value", [None, "employee", []])
def test_a_side_that_is_no_object_is_refused(side: str, value: object) -> None:
    """The two sides are objects."""
    problem = refused({**ASKED, side: value})

    assert (problem.code, problem.key) == ("request.type", side)


@pytest.mark.parametrize(
    "balances",
    [
        {"balance": "5", "current": "2", "carryover": "2"},
        {"balance": "5", "current": "6"},
        {"balance": "5", "carryover": "5.01"},
    ],
)
def test_balances_that_do_not_add_up_are_bad_data(balances: dict[str, str]) -> None:
    """`balance` = `current` + `carryover`; a mismatch is bad data."""
    problem = refused({**ASKED, "holder": {**ASKED["holder"], **balances}})

    assert (problem.code, problem.key) == ("request.balance-mismatch", "holder.balance")


@given(current=st.integers(0, 10**6), carryover=st.integers(0, 10**6), left_out=st.integers(0, 2))
def test_any_two_balances_imply_the_third(current: int, carryover: int, left_out: int) -> None:
    """Two imply the third."""
    whole = {"balance": current + carryover, "current": current, "carryover": carryover}
    said = dict(list(whole.items())[:left_out] + list(whole.items())[left_out + 1 :])

    holder = parse_request({**ASKED, "holder": {**ASKED["holder"], **said}}, TODAY).holder

    fen = (holder.balance, holder.current, holder.carryover)
    assert fen == tuple(100 * yuan for yuan in whole.values())


def test_a_candidate_list_goes_with_an_unknown_word() -> None:
    """An ambiguous or unknown word lists what may have been meant."""
    unknown = refused(asked("holder.insurance", "employe"))
    ambiguous = refused(asked("mechanism", "钱包"))

    assert unknown.values["text"] == "employe"
    assert unknown.values["candidates"].startswith("employee ")
    assert ambiguous.values["candidates"].count("; ") == 1


def test_words_are_read_in_every_spelling() -> None:
    """Relations, areas, purposes and insurance: code, English, Chinese or short name."""
    request = parse_request(
        {
            "relation": "妈妈",
            "purpose": "买药",
            "holder": {"area": "深圳", "insurance": "职工医保"},
            "beneficiary": {"area": "changsha", "insurance": "Resident"},
        },
        TODAY,
    )

    assert (request.relation, request.purpose) == ("parent", "pharmacy")
    assert (request.holder.area, request.holder.insurance) == ("440300", "employee")
    assert (request.beneficiary.area, request.beneficiary.insurance) == ("430100", "resident")


def test_a_request_of_every_key_is_read() -> None:
    """Every key of the table has its place among the facts."""
    values = {
        "id": "r1",
        "on": "2024-02-29",
        "amount": "120.00",
        "action": "use",
        "mechanism": "authorisation",
        "year": 2026,
        "bound": False,
        "at": "23:59",
        "transfers_today": 0,
        "provider_area": "420111",
        "paid_on": "2025-01-01",
        "hours_since_payment": 3,
        "item": "drug",
    }
    side = {"status": "active", "type": "retired", "tier": "1", "group": ["x_1"], "wallet": "open"}
    holder = {
        "balance": "5",
        "current": "2",
        "carryover": "3",
        "pooled": "1",
        "authorised": "9",
        "cap_per_payment": "8",
        "beneficiaries": 2,
        "by_relation": {"子女": 2},
        "beneficiaries_cumulative": 4,
        "is_beneficiary": False,
    }
    beneficiary = {
        "age": 70,
        "own_balance": "0",
        "holders": 0,
        "is_holder": True,
        "accepted": True,
        "bound_before": False,
        "prior_year_insured": True,
        "premium_paid": False,
    }
    data = {
        **ASKED,
        **values,
        "holder": {**ASKED["holder"], **side, **holder},
        "beneficiary": {**ASKED["beneficiary"], **side, **beneficiary},
    }

    request = parse_request(data, TODAY)

    said = {*data, *(f"{name}.{key}" for name in ("holder", "beneficiary") for key in data[name])}
    assert said - {"holder", "beneficiary"} == BY_PATH.keys()
    assert request.on == date(2024, 2, 29)
    assert request.holder.by_relation == {"child": 2}
    assert request.beneficiary.group == {"x_1"}
    assert all(
        getattr(getattr(request, key.path.split(".")[0]), key.path.split(".")[1]) is not None
        if "." in key.path
        else getattr(request, key.path) is not None
        for key in KEYS
    )


def test_a_text_may_be_as_long_as_the_limit() -> None:
    """One character less than what is refused."""
    assert parse_request(asked("id", "x" * 1000), TODAY).id == "x" * 1000


def test_the_day_is_today_unless_it_is_said() -> None:
    """A row's `on` beats today."""
    assert parse_request(ASKED, TODAY).on == TODAY
    assert parse_request(asked("on", "2020-01-01"), TODAY).on == date(2020, 1, 1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(path=st.sampled_from(sorted(BY_PATH)), value=JSON)
def test_any_value_is_read_or_refused_and_nothing_else_happens(path: str, value: object) -> None:
    """Whatever stands in a line, the answer is a request or a BadRequest that names a key."""
    try:
        parse_request(asked(path, value), TODAY)
    except BadRequest as problem:
        assert problem.key is not None
        assert problem.code.split(".")[0] in {"request", "word", "money", "day", "time"}


@given(value=JSON)
def test_any_line_is_read_or_refused(value: object) -> None:
    """… also where the whole of it is something else."""
    with pytest.raises(BadRequest):
        parse_request(value, TODAY)

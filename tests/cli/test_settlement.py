"""gongji settlement check, at the command line."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongji.settlement.profiles import Profile
from gongji.settlement.spellings import ALIASES, AMOUNTS, OTHERS
from tests.cli.conftest import Answer, Gongji
from tests.settlement.messages import PERSON, message

GOOD = message()
BAD_SUM = message(psn_cash_pay="49.00")
ADDITIVE = message(Profile.ADDITIVE)


@pytest.fixture
def check(gongji: Gongji, tmp_path: Path) -> Any:
    """Checks the messages, one a line: `check(GOOD, "not JSON", options=("--json",))`."""

    def run(*messages: object, options: tuple[str, ...] = ()) -> Answer:
        file = tmp_path / "messages.ndjson"
        lines = (one if isinstance(one, str) else json.dumps(one) for one in messages)
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8", "surrogatepass")
        return gongji("settlement", "check", str(file), *options)

    return run


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ((), 0),
        ((GOOD,), 0),
        ((GOOD, GOOD), 0),
        ((message(inscp_scp_amt="1"),), 0),
        ((GOOD, BAD_SUM, GOOD), 3),
        ((ADDITIVE,), 3),
        ((BAD_SUM, "hello", GOOD), 5),
        (("hello", BAD_SUM), 5),
        (({"a": 1},), 5),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_exit_code_is_that_of_the_worst_answer(
    check: Any, messages: tuple[object, ...], code: int, form: tuple[str, ...]
) -> None:
    """0 all balance, 3 some do not, 5 any line was bad; the same with and without --json."""
    answer = check(*messages, options=form)

    assert (answer.code, answer.err) == (code, "")


def test_every_line_has_its_answer_in_json(check: Any) -> None:
    """In the order of the input, each with its number."""
    rows = check(GOOD, "hello", ADDITIVE, options=("--json",)).rows

    assert {row["schema"] for row in rows} == {"gongji.settlement/1"}
    assert [(row["line"], row["ok"]) for row in rows] == [(1, True), (2, False), (3, True)]
    assert [row.get("balances") for row in rows] == [True, None, False]
    assert rows[2]["balances_under"] == ["additive"]
    assert rows[2]["identities"][3] == {
        "identity": "I4",
        "outcome": "fail",
        "says": "psn_part_amt = acct_pay + psn_cash_pay",
        "left": "350.00",
        "right": "230.00",
        "off": "120.00",
        "missing": [],
        "binding": True,
        "evidence": "code",
    }


def test_people_read_what_is_off_and_under_which_profile_it_would_not_be(check: Any) -> None:
    """Nothing is said of what is right."""
    answer = check(GOOD, ADDITIVE, BAD_SUM, {**message(account_before=None), "inscp_amt": "899"})

    assert answer.lines == [
        "✓ line 1 balances (of_which)",
        "✗ line 2 does not balance (of_which)",
        "  ✗ I4 psn_part_amt = acct_pay + psn_cash_pay: 350.00 against 230.00, off by 120.00",
        "  ✗ I7 account_before = balc + acct_pay - acct_mulaid_pay: 200.00 against 80.00,"
        " off by 120.00",
        "  it would balance under additive",
        "✗ line 3 does not balance (of_which)",
        "  ✗ I4 psn_part_amt = acct_pay + psn_cash_pay: 350.00 against 349.00, off by 1.00",
        "  it would not balance under another profile either",
        "✗ line 4 cannot be read: `inscp_amt` stands there twice, in two spellings or places,"
        " with different values (settlement.twice)",
        "  hint: leave one of them out",
    ]


def test_people_read_what_is_a_warning_and_what_was_not_checked(check: Any) -> None:
    """Neither makes a message unbalanced."""
    answer = check(message(inscp_scp_amt="899", setldetail=None, balc="", account_before=None))

    assert answer.lines == [
        "✓ line 1 balances (of_which)",
        "  ! I1 medfee_sumamt = fulamt_ownpay_amt + overlmt_selfpay + preselfpay_amt +"
        " inscp_scp_amt: 1000.00 against 999.00, off by 1.00; only a warning",
        "  ? not checked: I6 (setldetail.fund_payamt is not there),"
        " I7 (account_before, balc is not there)",
    ]


def test_the_profile_asked_for_governs(check: Any) -> None:
    """And an unknown one is refused by name."""
    assert check(ADDITIVE, options=("--profile", "additive")).code == 0
    assert check(GOOD, options=("--profile", "additive")).code == 3
    refused = check(GOOD, options=("--profile", "sum", "--json"))
    assert (refused.code, refused.error["code"]) == (2, "usage.value")
    assert "of_which, fund_includes_acct, additive" in refused.error["message"]


def test_messages_come_from_standard_input(gongji: Gongji, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` stands for it."""
    text = json.dumps({"output": {"setlinfo": GOOD}}, indent=2)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    assert gongji("settlement", "check", "-").lines[0] == "✓ line 1 balances (of_which)"


def test_a_file_that_is_not_there_is_a_matter_of_usage(gongji: Gongji, tmp_path: Path) -> None:
    """As everywhere."""
    answer = gongji("settlement", "check", str(tmp_path / "none"), "--json")

    assert (answer.code, answer.error["code"]) == (2, "input.unreadable")


def test_the_message_says_all_that_is_needed(gongji: Gongji, tmp_path: Path) -> None:
    """No ledger is opened or made."""
    (tmp_path / "m").write_text(json.dumps(GOOD), "utf-8")

    assert gongji("settlement", "check", str(tmp_path / "m"), "--json").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


secrets = st.sampled_from([value for value in PERSON.values() if value != "01"])
fields = st.sampled_from(
    [*AMOUNTS, *ALIASES, *OTHERS, *PERSON, "psnName", "certNo", "err_msg", "setl_id"]
)
values = st.one_of(
    secrets,
    secrets.map(lambda secret: f"{secret}1"),
    secrets.map(lambda secret: [secret]),
    secrets.map(lambda secret: {secret: secret}),
    secrets.map(lambda secret: [{"fund_pay_type": secret, "fund_payamt": secret}]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(fields | secrets, values), st.sampled_from(["", "}", ",", '"']), st.data())
def test_no_datum_of_a_person_gets_out(
    check: Any, changed: dict[str, Any], spoilt: str, data: st.DataObject
) -> None:
    """Wherever in a message it stands, as a value, as a key, in a broken text."""
    made = {**message(), **changed}
    line = json.dumps(made, ensure_ascii=data.draw(st.booleans())) + spoilt
    wrapped = json.dumps({"infcode": "0", "output": {"setlinfo": made}})
    twice = "{" + ",".join(f'"{secret}":1,"{secret}":2' for secret in PERSON.values()) + "}"

    for options in ((), ("--json",), ("--profile", "additive", "--lang", "zh")):
        answer = check(line, wrapped, twice, options=options)

        assert answer.code in (0, 3, 5)
        printed = answer.out + answer.err
        assert not [secret for secret in PERSON.values() if secret in printed and len(secret) > 2]
        assert not re.search(r"\d{15}", printed)

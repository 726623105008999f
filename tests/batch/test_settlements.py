from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.batch.lines import LINE_BYTES_MAX, read_lines
from gongji.batch.settlements import check_lines, one_message
from gongji.render.settlement_json import answer_data
from gongji.settlement.balance import Balance
from gongji.settlement.errors import BadSettlement
from gongji.settlement.message import read_message
from gongji.settlement.profiles import Profile
from tests.settlement.messages import message

GOOD = json.dumps(message(), ensure_ascii=False).encode()
PRETTY = json.dumps({"output": {"setlinfo": message()}}, ensure_ascii=False, indent=2).encode()

BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "line.empty"),
    "prose": (b"hello", "line.not-json"),
    "cut off": (GOOD[:-1], "line.not-json"),
    "two objects": (GOOD + GOOD, "line.not-json"),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, "line.byte-order-mark"),
    "GBK": (json.dumps({"psn_name": "张"}, ensure_ascii=False).encode("gbk"), "line.encoding"),
    "an array": (b"[]", "settlement.not-an-object"),
    "null": (b"null", "settlement.not-an-object"),
    "deep arrays": (b"[" * 100_000, "line.too-deep"),
    "a key twice": (b'{"acct_pay":1,"acct_pay":1}', "line.key-twice"),
    "NaN": (b'{"acct_pay":NaN}', "line.not-a-number"),
    "a number with an exponent": (GOOD.replace(b'"120.00"', b"1.2e2"), "settlement.amount"),
    "a number too exact": (
        GOOD.replace(b'"120.00"', b"120.00000000000001"),
        "settlement.amount-decimals",
    ),
    "a huge number": (
        GOOD.replace(b'"120.00"', b"1" * 100_000),
        "settlement.amount-too-large",
    ),
    "another object": (b'{"id":"r1"}', "settlement.none"),
    "a line too long": (b'{"a":"' + b"x" * LINE_BYTES_MAX + b'"}', "line.too-long"),
}


def found(*texts: bytes) -> Iterator[tuple[int, Balance | BadSettlement]]:
    stream = io.BytesIO(b"".join(text + b"\n" for text in texts))
    return check_lines(read_lines(stream), Profile.OF_WHICH)


def codes(*texts: bytes) -> list[str]:
    """Return a code for each answer: that of the error, or "balances"."""
    return [
        one.code if isinstance(one, BadSettlement) else "balances" for _line, one in found(*texts)
    ]


def test_a_bad_line_has_its_own_named_answer_and_stops_nothing() -> None:
    """Good lines between bad ones are checked; the order is that of the input."""
    answers = list(found(*(line for text, _code in BAD.values() for line in (text, GOOD))))

    assert [line for line, _found in answers] == list(range(1, 2 * len(BAD) + 1))
    problems = [one for _line, one in answers[::2]]
    assert [getattr(one, "code", None) for one in problems] == [code for _t, code in BAD.values()]
    assert all(isinstance(one, Balance) and one.balances for _line, one in answers[1::2])


@pytest.mark.parametrize("title", BAD)
def test_a_bad_line_has_an_answer_with_a_sentence(title: str) -> None:
    """Of the same schema as a good one."""
    (answer,) = (answer_data(line, one) for line, one in found(BAD[title][0]))

    assert set(answer) == {"schema", "line", "ok", "error"}
    assert (answer["schema"], answer["ok"]) == ("gongji.settlement/1", False)
    assert answer["error"]["message"]


@pytest.mark.parametrize("written", [b"120", b"120.0", b"120.00", b'"120.0"'])
def test_numbers_and_texts_are_the_same_amount(written: bytes) -> None:
    """A number of JSON is read by its digits, never as a float."""
    assert codes(GOOD.replace(b'"120.00"', written)) == ["balances"]


def test_a_float_of_a_database_is_exact() -> None:
    """0.1 + 0.2 is 0.3 here."""
    info = message(medfee_sumamt="0.30", fund_pay_sumamt="0.10", psn_part_amt="0.20")
    text = json.dumps(info).encode().replace(b'"0.30"', b"0.30").replace(b'"0.10"', b"0.1")

    ((_line, answer),) = found(text)

    assert isinstance(answer, Balance)
    third = answer.findings[2].sides
    assert (third.left_fen, third.right_fen) == (30, 10 + 20 + 1000)


@pytest.mark.parametrize(
    "text",
    [
        PRETTY,
        PRETTY.replace(b"\n", b"\r\n"),
        PRETTY + b"\n\n",
        json.dumps(message(), indent=0).encode(),
        json.dumps(message(), indent="\t").encode(),
        GOOD.replace(b'",', b'",\n', 1),
    ],
)
def test_a_single_message_may_be_spread_over_lines(text: bytes) -> None:
    """As an editor shows it."""
    assert [line for line, _found in found(text)] == [1]
    assert codes(text) == ["balances"]


def test_a_spread_message_that_is_broken_is_one_answer_with_the_place() -> None:
    """Line and column, counted from the first line."""
    broken = PRETTY.replace(b'"medfee_sumamt": ', b'"medfee_sumamt" ')
    line = broken.split(b"\n").index(b'      "medfee_sumamt" "1000.00",') + 1

    ((_line, problem),) = found(broken)

    assert isinstance(problem, BadSettlement)
    assert problem.values == {"line": str(line), "column": "23"}


def test_a_spread_message_may_not_be_longer_than_a_line() -> None:
    """No more than that is held."""
    assert codes(b'{\n"a":\n' + b"[],\n" * LINE_BYTES_MAX) == ["line.too-long"]
    assert codes(b"{\n" + b'"x' + b"x" * LINE_BYTES_MAX) == ["line.not-json", "line.too-long"]


def test_a_broken_first_line_does_not_swallow_the_next() -> None:
    """Only a second line that goes on with an object makes one message of all."""
    assert codes(b"{", GOOD) == ["line.not-json", "balances"]
    assert codes(GOOD[:20] + b",", GOOD) == ["line.not-json", "balances"]


def test_the_place_in_a_line_is_counted_from_the_first_line() -> None:
    """So it can be found in an editor."""
    *_others, (_line, problem) = found(GOOD, GOOD, b'{"a":}')

    assert isinstance(problem, BadSettlement)
    assert problem.values == {"line": "3", "column": "6"}


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    """Whoever sends one message and waits is answered."""

    def lines() -> Iterator[bytes]:
        yield GOOD
        raise AssertionError("asked for a second line")

    assert next(check_lines(lines(), Profile.OF_WHICH))[0] == 1


def test_a_key_that_stands_twice_is_named_only_if_it_is_a_field() -> None:
    """Another may be anything, a name for example."""
    keys = [
        one.key
        for _line, one in found(b'{"acct_pay":1,"acct_pay":1}', '{"张三":1,"张三":1}'.encode())
        if isinstance(one, BadSettlement)
    ]

    assert keys == ["acct_pay", None]


@pytest.mark.parametrize("text", [GOOD, GOOD + b"\n", b"\n" + GOOD + b"\r\n \n", PRETTY])
def test_the_one_message_of_a_file_is_read(text: bytes) -> None:
    """On a line, or over several."""
    assert one_message(read_lines(io.BytesIO(text))) == read_message(message())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "settlement.none"),
        (GOOD + b"\n" + GOOD, "settlement.several"),
        (GOOD + b"\nhello", "settlement.several"),
        (b"hello", "line.not-json"),
    ],
)
def test_no_message_or_several_are_a_named_error(text: bytes, code: str) -> None:
    """A bill has one."""
    with pytest.raises(BadSettlement) as caught:
        one_message(read_lines(io.BytesIO(text)))

    assert caught.value.code == code


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=8))
def test_whatever_the_bytes_there_is_an_answer(lines: list[bytes]) -> None:
    """Nothing raises; there is one a line, or one for all."""
    answers = list(found(*lines))

    assert len(answers) in (len(lines), 1)
    assert all(json.dumps(answer_data(line, one)) for line, one in answers)

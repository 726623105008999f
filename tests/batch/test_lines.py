from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.batch.lines import LINE_BYTES_MAX, answer_lines, read_lines, read_object
from gongji.engine.request import BadRequest
from tests.engine.cases import ASKED, TODAY, rules_of

GOOD = json.dumps({"id": "good", **ASKED}).encode()
DIGITS = "1" * 5000
OPEN = rules_of("")


def with_(**facts: object) -> bytes:
    """Return the ordinary request as a line, with some keys put in."""
    return json.dumps({**ASKED, **facts}).encode()


def holder(**facts: object) -> bytes:
    """Return the ordinary request as a line, with some facts of the holder put in."""
    return with_(holder={**ASKED["holder"], **facts})


BAD: dict[str, tuple[bytes, str, str | None]] = {
    "nothing": (b"", "line.empty", None),
    "blanks": (b" \t ", "line.empty", None),
    "prose": (b"hello", "line.not-json", None),
    "cut off": (GOOD[:-1], "line.not-json", None),
    "two objects": (GOOD + GOOD, "line.not-json", None),
    "single quotes": (b"{'id': 1}", "line.not-json", None),
    "a trailing comma": (b'{"id":"a",}', "line.not-json", None),
    "a NUL alone": (b"\x00", "line.not-json", None),
    "a NUL within": (GOOD.replace(b"pharmacy", b"phar\x00macy"), "line.not-json", None),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, "line.byte-order-mark", None),
    "UTF-16": (GOOD.decode().encode("utf-16"), "line.encoding", None),
    "GBK": ('{"relation":"妈妈"}'.encode("gbk"), "line.encoding", None),
    "an encoded surrogate": (b'{"id":"\xed\xa0\x80"}', "line.encoding", None),
    "an array": (b"[]", "request.not-an-object", None),
    "a number": (b"7", "request.not-an-object", None),
    "null": (b"null", "request.not-an-object", None),
    "deep arrays": (b"[" * 100_000, "line.too-deep", None),
    "deep objects": (b'{"a":' * 100_000, "line.too-deep", None),
    "a key twice": (b'{"id":"a","id":"a"}', "line.key-twice", "id"),
    "an inner key twice": (b'{"holder":{"area":"1","area":"2"}}', "line.key-twice", "area"),
    "1e400": (b'{"amount":1e400}', "line.not-an-integer", None),
    "1.50": (b'{"amount":1.50}', "line.not-an-integer", None),
    "-0": (b'{"amount":-0}', "line.not-an-integer", None),
    "-0.0": (b'{"amount":-0.0}', "line.not-an-integer", None),
    "NaN": (b'{"amount":NaN}', "line.not-a-number", None),
    "-Infinity": (b'{"amount":-Infinity}', "line.not-a-number", None),
    "a huge number": (f'{{"amount":{DIGITS}}}'.encode(), "line.number-too-large", None),
    "a large number": (with_(amount=10**20), "money.too-large", "amount"),
    "a large count": (holder(beneficiaries=10**9), "request.count-range", "holder.beneficiaries"),
    "a negative count": (holder(beneficiaries=-1), "request.count-range", "holder.beneficiaries"),
    "a count that is true": (holder(beneficiaries=True), "request.type", "holder.beneficiaries"),
    "an amount that is true": (with_(amount=True), "request.type", "amount"),
    '"NaN"': (with_(amount="NaN"), "money.not-a-number", "amount"),
    '"1e3"': (with_(amount="1e3"), "money.not-a-number", "amount"),
    '"-0"': (with_(amount="-0"), "money.negative", "amount"),
    '"-1"': (with_(amount="-1"), "money.negative", "amount"),
    '"0x10"': (with_(amount="0x10"), "money.not-a-number", "amount"),
    '"1_000"': (with_(amount="1_000"), "money.not-a-number", "amount"),
    '" 1"': (with_(amount=" 1"), "money.not-a-number", "amount"),
    '""': (with_(amount=""), "money.empty", "amount"),
    "full-width digits": (with_(amount="１２"), "money.not-a-number", "amount"),
    "three decimals": (with_(amount="1.005"), "money.decimals", "amount"),
    "fifteen digits": (with_(amount="1" * 15), "money.too-large", "amount"),
    "a day in February": (with_(on="2025-02-30"), "day.form", "on"),
    "a day in full-width digits": (with_(on="２０２５-02-03"), "day.form", "on"),
    "a day with a time": (with_(on="2025-02-03T00:00"), "day.form", "on"),
    "a day that is a number": (with_(on=20250203), "request.type", "on"),
    "an unknown area": (holder(area="999999"), "word.unknown", "holder.area"),
    "an area that is a number": (holder(area=420100), "request.type", "holder.area"),
    "an ambiguous area": (holder(area="suzhou"), "word.ambiguous", "holder.area"),
    "a surrogate": (rb'{"relation":"\ud800"}', "word.unknown", "relation"),
    "a bare digit for a relation": (with_(relation="3"), "word.unknown", "relation"),
    "an unknown purpose": (with_(purpose="pharmcy"), "word.unknown", "purpose"),
    "an unknown key": (with_(relatoin="parent"), "request.key-near", "relatoin"),
    "a wholly unknown key": (with_(zzz=1), "request.key-unknown", "zzz"),
    "a holder that is a text": (with_(holder="我"), "request.type", "holder"),
    "no relation": (with_(relation=None), "request.key-missing", "relation"),
    "no holder": (b'{"relation":"parent"}', "request.key-missing", "holder.area"),
    "balances that do not add up": (
        holder(balance="5", current="1", carryover="1"),
        "request.balance-mismatch",
        "holder.balance",
    ),
    "a part above the whole": (
        holder(balance="5", current="6"),
        "request.balance-mismatch",
        "holder.balance",
    ),
    "a list of groups that is a text": (holder(group="a"), "request.type", "holder.group"),
    "an endless text": (with_(id="x" * 5000), "request.too-long", "id"),
}


class Watched(io.BytesIO):
    """A stream that refuses to hand out more than was agreed on."""

    def readline(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= LINE_BYTES_MAX + 1
        return super().readline(size)

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("read at a stretch")


def answers(*lines: bytes, pack_on: date = TODAY) -> list[dict[str, Any]]:
    return list(answer_lines(lines, OPEN, pack_on))


def numbered() -> Iterator[tuple[int, str]]:
    return enumerate(BAD, 1)


@pytest.mark.parametrize("title", BAD)
def test_a_bad_line_has_a_named_error(title: str) -> None:
    """Code and key, with a sentence that says something."""
    line, code, key = BAD[title]

    (answer,) = answers(line)

    assert (answer["schema"], answer["ok"], answer["line"]) == ("gongji.decision/1", False, 1)
    assert (answer["error"]["code"], answer["error"]["key"]) == (code, key)
    assert answer["error"]["message"]
    assert set(answer) == {"schema", "id", "line", "ok", "error"}


def test_a_bad_line_stops_nothing() -> None:
    """Good lines between bad ones have their verdict; the order is that of the input."""
    lines = [line for _, title in numbered() for line in (BAD[title][0], GOOD)]

    found = answers(*lines)

    assert [answer["ok"] for answer in found] == [False, True] * len(BAD)
    assert [answer["line"] for answer in found[::2]] == list(range(1, 2 * len(BAD), 2))
    assert {answer["verdict"] for answer in found[1::2]} == {"eligible"}


def test_a_bad_line_keeps_its_id() -> None:
    """If it could be read at all, and if it is a text."""
    lines = (
        with_(id="r1", amount="x"),
        with_(id="r2", amount=1.5),
        b'{"id":"r3","a":{"id":"x","id":"x"}}',
        with_(id=7),
        b'{"id":"r1"',
        b'{"id":"a","id":"b"}',
        b'["id"]',
        GOOD,
    )

    found = [answer["id"] for answer in answers(*lines)]

    assert found == ["r1", "r2", "r3", None, None, None, None, "good"]


def test_the_day_of_a_line_beats_the_day_of_the_command() -> None:
    """Without one the command's day governs."""
    found = answers(with_(on="2024-01-05"), GOOD)

    assert [answer["on"] for answer in found] == ["2024-01-05", str(TODAY)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_of_both_kinds_are_no_part_of_a_line(end: bytes) -> None:
    """And the last line may have none."""
    assert list(read_lines(io.BytesIO(b"a" + end + end + b"b"))) == [b"a", b"", b"b"]


@pytest.mark.parametrize("length", [LINE_BYTES_MAX - 1, LINE_BYTES_MAX])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_line_may_be_as_long_as_the_limit(length: int, end: bytes) -> None:
    """Whether another follows or not."""
    assert list(read_lines(Watched(b"x" * length + end))) == [b"x" * length]


@pytest.mark.parametrize("length", [LINE_BYTES_MAX + 1, 2 * LINE_BYTES_MAX, 10_000_000])
def test_a_longer_line_is_passed_over_without_being_held(length: int) -> None:
    """The reader asks for no more than the limit at a time, and goes on behind the line."""
    stream = Watched(b"a\n" + b"x" * length + b"\n" + b"b\n" + b"y" * length)

    assert list(read_lines(stream)) == [b"a", None, b"b", None]


def test_a_longer_line_has_its_own_error() -> None:
    """It says the limit."""
    with pytest.raises(BadRequest) as error:
        read_object(None)

    assert (error.value.code, error.value.values) == (
        "line.too-long",
        {"limit": str(LINE_BYTES_MAX)},
    )


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=8))
def test_whatever_the_bytes_every_line_has_one_answer(lines: list[bytes]) -> None:
    """Nothing raises, and every answer is JSON."""
    data = b"".join(line + b"\n" for line in lines)

    found = list(answer_lines(read_lines(io.BytesIO(data)), OPEN, TODAY))

    assert len(found) == len(lines)
    assert all(json.loads(json.dumps(answer))["schema"] for answer in found)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from([*ASKED, "amount", "on", "year", "at", "id", "item", "bound"]), json_values
    )
)
def test_whatever_the_values_every_line_has_one_answer(facts: dict[str, Any]) -> None:
    """A value of any type under any key is a verdict or a named error."""
    (answer,) = answers(json.dumps({**ASKED, **facts}).encode())

    assert answer["ok"] in (True, False)
    assert answer["ok"] or answer["error"]["code"]

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.words.money import YUAN_DIGITS_MAX, BadMoney, format_yuan, parse_yuan

FEN_MAX = 10 ** (YUAN_DIGITS_MAX + 2) - 1


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("0.5", 50),
        ("0.50", 50),
        ("0.05", 5),
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("100", 10000),
        ("99999999999999.99", FEN_MAX),
    ],
)
def test_an_amount_of_yuan_is_read_as_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("-0", "negative"),
        ("-12.50", "negative"),
        ("-0.005", "negative"),
        ("0.005", "decimals"),
        ("1.000", "decimals"),
        ("100000000000000", "too-large"),
        ("9" * 5000, "too-large"),
        ("1e400", "not-a-number"),
        ("1E2", "not-a-number"),
        ("NaN", "not-a-number"),
        ("Infinity", "not-a-number"),
        ("１２", "not-a-number"),
        ("１２．５０", "not-a-number"),
        ("12,50", "not-a-number"),
        ("1,000", "not-a-number"),
        ("1_000", "not-a-number"),
        (" 12", "not-a-number"),
        ("12 ", "not-a-number"),
        ("12\n", "not-a-number"),
        ("+12", "not-a-number"),
        ("--12", "not-a-number"),
        ("-", "not-a-number"),
        ("-abc", "not-a-number"),
        ("−12", "not-a-number"),
        ("12.", "not-a-number"),
        (".5", "not-a-number"),
        (".", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("007", "not-a-number"),
        ("00", "not-a-number"),
        ("00.50", "not-a-number"),
        ("0x10", "not-a-number"),
        ("12元", "not-a-number"),
        ("¥12", "not-a-number"),
        ("一百", "not-a-number"),
        ("٣", "not-a-number"),
        ("½", "not-a-number"),
        ("²", "not-a-number"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadMoney) as caught:
        parse_yuan(text)

    assert (caught.value.text, caught.value.reason) == (text, reason)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (50, "0.50"),
        (1250, "12.50"),
        (-1250, "-12.50"),
        (-5, "-0.05"),
        (FEN_MAX, "99999999999999.99"),
    ],
)
def test_fen_are_written_with_two_decimals(fen: int, text: str) -> None:
    assert format_yuan(fen) == text


@given(st.integers(min_value=0, max_value=FEN_MAX))
def test_reading_what_was_written_gives_the_same_fen(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@given(st.integers(min_value=1))
def test_a_negative_amount_is_the_positive_one_with_a_sign(fen: int) -> None:
    assert format_yuan(-fen) == "-" + format_yuan(fen)


@given(st.text(alphabet="0123456789.-+eE_, １", max_size=20))
def test_what_is_read_is_written_back_in_the_same_digits(text: str) -> None:
    try:
        fen = parse_yuan(text)
    except BadMoney:
        return

    yuan, _, decimals = text.partition(".")
    assert format_yuan(fen) == f"{yuan}.{decimals.ljust(2, '0')}"


def test_the_error_survives_the_way_between_processes() -> None:
    again = pickle.loads(pickle.dumps(BadMoney("x", "not-a-number")))

    assert (again.text, again.reason) == ("x", "not-a-number")

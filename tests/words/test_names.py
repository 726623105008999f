from __future__ import annotations

import pickle

import pytest

from gongji.words.names import NAME_CHARACTERS_MAX, RESERVED_NAMES, BadName, parse_name


@pytest.mark.parametrize(
    "text",
    [
        "我",
        "mum",
        "Mum_2",
        "阿依古丽·买买提",
        "བསོད་ནམས".replace("་", ""),
        "O.Li",
        "a-b",
        "_x",
        "7",
        "名" * 32,
    ],
)
def test_a_short_name_in_any_script_is_kept(text: str) -> None:
    assert parse_name(text) == text


def test_a_name_is_kept_in_its_composed_form() -> None:
    assert parse_name("Rene\u0301") == "Ren\u00e9"


def test_the_length_is_that_of_the_composed_form() -> None:
    assert len(parse_name("e\u0301" * NAME_CHARACTERS_MAX)) == NAME_CHARACTERS_MAX


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("名" * 33, "too-long"),
        ("-mum", "start"),
        (".mum", "start"),
        ("\u0301mum", "start"),
        ("my mum", "character"),
        ("mum\n", "character"),
        ("mum\t", "character"),
        ("我\u3000", "character"),
        ("我:current", "character"),
        ("我:current".replace(":", "："), "character"),
        ("a/b", "character"),
        ("a\x00", "character"),
        ("a\u200b", "character"),
        ("a\u200d", "character"),
        ("a\u202e", "character"),
        ("a\u2066", "character"),
        ("a\ufeff", "character"),
        ("a\u00ad", "character"),
        ("a\ufe0f", "character"),
        ("a\u034f", "character"),
        ("a\u3164", "character"),
        ("a\U000e0100", "character"),
        ("a\ud800", "character"),
        ("妈妈💊", "character"),
        ("½", "character"),
        *((word, "reserved") for word in sorted(RESERVED_NAMES)),
        ("Cash", "reserved"),
    ],
)
def test_any_other_name_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadName) as caught:
        parse_name(text)

    assert (caught.value.text, caught.value.reason) == (text, reason)
    assert repr(text) in str(caught.value)


def test_a_reserved_word_within_a_name_is_allowed() -> None:
    assert parse_name("cash_cow") == "cash_cow"


def test_the_error_survives_the_way_between_processes() -> None:
    again = pickle.loads(pickle.dumps(BadName("a b", "character")))

    assert (again.text, again.reason) == ("a b", "character")

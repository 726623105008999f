from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.words.relations import RELATIONS, inverse, parse_relation
from gongji.words.vocabulary import AmbiguousWord, UnknownWord

SPELLINGS = {
    "self": "self 本人",
    "spouse": "spouse wife husband 配偶 妻子 丈夫 爱人 老婆 老公",
    "parent": "parent mother father mum dad 父母 父亲 母亲 爸爸 妈妈",
    "child": "child son daughter 子女 儿子 女儿 孩子",
    "sibling": "sibling brother sister 兄弟姐妹 哥哥 弟弟 姐姐 妹妹",
    "grandparent": "grandparent 祖父母 外祖父母 爷爷 奶奶 外公 外婆 姥姥 姥爷",
    "grandchild": "grandchild 孙子 孙女 外孙 外孙子 外孙女 孙子女 外孙子女",
    "parent_in_law": "parent_in_law mother-in-law 配偶父母 公公 婆婆 岳父 岳母",
    "child_in_law": "child-in-law son-in-law 女婿 儿媳",
    "spouse_grandparent": "spouse_grandparent 配偶的祖父母",
    "sibling_in_law": "sibling_in_law sister-in-law 嫂子 弟媳 姐夫 妹夫 小舅子",
    "uncle_aunt": "uncle_aunt uncle aunt 叔叔 伯父 姑姑 舅舅 姨妈",
    "nephew_niece": "nephew_niece nephew niece 侄子 侄女 外甥 外甥女",
    "cousin": "cousin 表哥 堂妹",
    "great_grandparent": "great-grandparent 曾祖父 曾祖母",
    "great_grandchild": "great-grandchild 曾孙 曾孙女",
    "step_parent": "step-parent stepmother 继父 继母",
    "step_child": "step-child stepson 继子 继女",
    "paired_household": "paired-household 结亲户",
    "other_relative": "other-relative 其他亲属 亲戚",
}

# Titles of GB/T 4761-2008 that are words here too.
TITLES = {
    **{"01": "本人", "10": "配偶", "11": "丈夫", "12": "妻子"},
    **{"20": "儿子", "27": "继子", "28": "女婿", "30": "女儿", "37": "继女", "38": "儿媳"},
    **{"41": "孙子", "42": "孙女", "43": "外孙子", "44": "外孙女", "47": "曾孙", "48": "曾孙女"},
    **{"51": "父亲", "52": "母亲", "53": "公公", "54": "婆婆", "55": "岳父", "56": "岳母"},
    **{"57": "继父", "58": "继母", "61": "祖父", "62": "祖母", "63": "外祖父", "64": "外祖母"},
    **{"66": "曾祖父", "67": "曾祖母", "71": "哥哥", "73": "弟弟", "75": "姐姐", "77": "妹妹"},
    **{"72": "嫂子", "74": "弟媳", "76": "姐夫", "78": "妹夫", "83": "叔叔", "85": "舅舅"},
    **{"91": "堂兄弟", "92": "表兄弟", "93": "侄子", "94": "侄女", "95": "外甥", "96": "外甥女"},
}
WORDLESS = {"45", "46", "49", "68", "69", "80", "97", "99"}
"""Relatives for whom there is no closer word."""
CLASSES = {
    **{"0": "self", "1": "spouse", "2": "child", "3": "child", "4": "grandchild"},
    **{"5": "parent", "6": "grandparent", "7": "sibling", "8": "uncle_aunt", "9": "uncle_aunt"},
}
"""What the other codes of a class mean: an elder daughter is a child."""
UNUSED = {"00", *(f"{n:02}" for n in (*range(3, 10), *range(13, 20))), "98"}
IN_NO_CLASS = {"65": "spouse_grandparent"}
CLOSE_RELATIVES = {"spouse", "parent", "child", "sibling", "grandparent", "grandchild"}


def test_the_spellings_tried_cover_every_relation() -> None:
    assert tuple(SPELLINGS) == RELATIONS.codes


@pytest.mark.parametrize(
    ("text", "code"),
    [(text, code) for code, texts in SPELLINGS.items() for text in texts.split()],
)
def test_a_common_name_of_a_relation_is_read(text: str, code: str) -> None:
    assert parse_relation(text) == code


def test_a_blank_within_an_english_name_is_read() -> None:
    assert parse_relation("Mother in law") == "parent_in_law"


@pytest.mark.parametrize(("number", "title"), TITLES.items())
def test_a_code_of_the_standard_means_what_its_title_says(number: str, title: str) -> None:
    assert parse_relation(f"gbt4761:{number}") == parse_relation(title)


@pytest.mark.parametrize("number", [f"{n:02}" for n in range(100)])
def test_every_other_code_of_the_standard_is_of_its_class_or_unknown(number: str) -> None:
    text = f"gbt4761:{number}"

    if number in UNUSED:
        with pytest.raises(UnknownWord):
            parse_relation(text)
    elif number in WORDLESS:
        assert parse_relation(text) == "other_relative"
    elif number not in TITLES:
        assert parse_relation(text) == IN_NO_CLASS.get(number, CLASSES[number[0]])


@pytest.mark.parametrize(
    "number",
    [28, 38, *range(45, 49), *range(53, 57), *range(65, 69), 72, 74, 76, 78, *range(81, 98)],
)
def test_an_in_law_within_a_class_of_close_relatives_is_none(number: int) -> None:
    assert parse_relation(f"gbt4761:{number}") not in CLOSE_RELATIVES


def test_the_name_of_the_standard_is_read_in_any_case() -> None:
    assert parse_relation("GBT4761:50") == "parent"


@pytest.mark.parametrize(
    "text",
    ["gbt4761:", "gbt4761:5", "gbt4761:050", "gbt4761:５０", "gbt4761: 50", "gbt4761:50 ", "50:50"],
)
def test_a_malformed_code_of_the_standard_is_unknown(text: str) -> None:
    with pytest.raises(UnknownWord) as caught:
        parse_relation(text)

    assert caught.value.kind == "relation"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("50", ("gbt4761:50",)),
        ("5", ("gbt4761:50",)),
        ("0", ("gbt4761:01",)),
        ("13", ()),
        ("501", ()),
    ],
)
def test_a_bare_number_is_unknown_and_tells_how_to_name_the_scheme(
    text: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownWord) as caught:
        parse_relation(text)

    assert caught.value.text == text
    assert caught.value.candidates == candidates


def test_an_in_law_alone_is_ambiguous() -> None:
    with pytest.raises(AmbiguousWord):
        parse_relation("in-law")


def test_a_misspelt_relation_names_the_close_ones() -> None:
    with pytest.raises(UnknownWord) as caught:
        parse_relation("grandparant")

    assert caught.value.candidates[0] == "grandparent 祖父母、外祖父母 grandparent"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("parent", "child"),
        ("grandparent", "grandchild"),
        ("parent_in_law", "child_in_law"),
        ("uncle_aunt", "nephew_niece"),
        ("great_grandparent", "great_grandchild"),
        ("step_parent", "step_child"),
        ("spouse_grandparent", "other_relative"),
        ("other_relative", "other_relative"),
        ("spouse", "spouse"),
        ("sibling", "sibling"),
        ("cousin", "cousin"),
        ("sibling_in_law", "sibling_in_law"),
        ("self", "self"),
        ("paired_household", "paired_household"),
    ],
)
def test_the_inverse_is_the_relation_seen_from_the_other_side(code: str, expected: str) -> None:
    assert inverse(code) == expected


@given(st.sampled_from([code for code in RELATIONS.codes if code != "spouse_grandparent"]))
def test_the_inverse_of_the_inverse_is_the_relation(code: str) -> None:
    assert inverse(inverse(code)) == code


def test_only_a_code_has_an_inverse() -> None:
    with pytest.raises(KeyError):
        inverse("妈妈")

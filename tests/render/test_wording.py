from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongji.engine.case import Check, Outcome
from gongji.engine.checks import NAMES
from gongji.policy.clause import When as Qualifiers
from gongji.policy.topics import TOPICS
from gongji.render.labels import PARAMETERS, QUALIFIERS, parameter_label
from gongji.render.labels import TOPICS as TOPIC_LABELS
from gongji.render.phrases import PHRASES
from gongji.render.wording import plain_sentence, sentence, word
from gongji.words.text import clean


@given(st.text())
@example("\x1b[31mred\x1b[0m")
@example("abc\u202edef\u200b\ufeff")
def test_clean_text_only_shows(text: str) -> None:
    """Nothing that is left controls, reorders or hides, and nothing visible is lost."""
    cleaned = clean(text)

    kinds = {unicodedata.category(character) for character in cleaned}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert clean(cleaned) == cleaned
    visible = [character for character in text if unicodedata.category(character)[0] in "LMNPS"]
    assert [c for c in cleaned if unicodedata.category(c)[0] in "LMNPS"] == visible


def test_line_ends_and_tabs_become_blanks() -> None:
    """Words on both sides of a line end do not run together."""
    assert clean("one\ntwo\tthree") == "one two three"


@pytest.mark.parametrize(
    ("name", "code", "english", "chinese"),
    [
        ("relation", "parent_in_law", "parent-in-law", "配偶父母"),
        ("relations", "child, parent", "child, parent", "子女、父母"),
        ("area", "420100", "Wuhan", "武汉"),
        ("holder_area", "000000", "Nation", "全国"),
        ("purpose", "pharmacy", "pharmacy", "药店购药"),
        ("mechanism", "wallet_quota", "wallet quota", "医保钱包额度"),
        ("insurance", "none", "not insured", "未参保"),
        ("wanted", "employee, resident", "employee insurance, resident insurance", None),
        ("wanted", "active", "active", "正常"),
        ("wanted", "380.00", "380.00", "380.00"),
        ("group", "newborn, some_other", "newborns, some_other", "新生儿、some_other"),
        ("limit", "2+", "at least 2", "至少 2"),
        ("limit", "3", "3", "3"),
        ("least", "10.00", "10.00", "10.00"),
        ("least", "medium", "medium", "中"),
        ("counted", "limits.each.child", "relatives bound by the holder (child)", None),
        ("nothing", "of_the_kind", "of_the_kind", "of_the_kind"),
    ],
)
def test_a_code_becomes_a_word_of_the_language(
    name: str, code: str, english: str, chinese: str | None
) -> None:
    """Codes are said in words, and what is no code stays as it is."""
    assert word(name, code, "en") == english
    if chinese is not None:
        assert word(name, code, "zh") == chinese


def test_a_sentence_says_whose_insurance_it_speaks_of() -> None:
    """One reason serves both sides; the name of the check tells them apart."""
    values = {"status": "arrears", "wanted": "active"}
    check = Check("holder-status", Outcome.FAIL, "status.fail", values)

    assert sentence(check, "en") == "the holder's insurance is in arrears, and must be active"
    assert sentence(check, "zh") == "共济人的参保状态为欠费，要求为正常"
    assert plain_sentence(check) == "the holder's insurance is arrears, and must be active"


def test_every_phrase_is_said_in_chinese() -> None:
    """No word of the rules is English to a Chinese reader, but for the one that is both."""
    for name, phrases in PHRASES.items():
        for code in phrases:
            said = word(name, code, "zh")
            assert said == "App" or any("一" <= character <= "鿿" for character in said)


def test_every_check_has_a_word() -> None:
    """The short names of the checks and their words are the same list."""
    assert PHRASES["check"].keys() == set(NAMES)


def test_every_topic_has_a_heading() -> None:
    """A topic of the rule format cannot be forgotten when rules are shown."""
    assert TOPIC_LABELS.keys() == {topic.topic for topic in TOPICS}


def test_every_qualifier_has_a_word() -> None:
    """Beside the qualifiers of the format stands the year, which tells premiums apart."""
    assert QUALIFIERS.keys() == Qualifiers.model_fields.keys() | {"year"}


def test_every_parameter_has_a_label() -> None:
    """Whatever a rule file may say, or list as not found, is called something in Chinese."""
    shown_as_one = {"channel", "materials", "standing"}
    asked = {
        f"{topic.topic}.{name}"
        for topic in TOPICS
        if topic.topic not in shown_as_one
        for name in topic.asked()
    }

    for parameter in asked:
        assert parameter_label(parameter)
    assert PARAMETERS.keys() <= asked

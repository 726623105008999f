from __future__ import annotations

import pickle

import pytest

from gongji.words.insurance import HOLDER_TYPES, INSURANCES, STATUSES, WALLETS
from gongji.words.mechanisms import ACTIONS, ITEMS, MECHANISMS, WALLET_MECHANISMS
from gongji.words.purposes import BILLS, PREMIUMS, PURPOSES
from gongji.words.relations import RELATIONS
from gongji.words.vocabulary import (
    CANDIDATES_MAX,
    AmbiguousWord,
    UnknownWord,
    Vocabulary,
    Word,
    WordError,
    spellings,
)

VOCABULARIES = (
    RELATIONS,
    PURPOSES,
    INSURANCES,
    STATUSES,
    HOLDER_TYPES,
    WALLETS,
    MECHANISMS,
    ACTIONS,
    ITEMS,
)

FRUIT = Vocabulary(
    "fruit",
    (
        Word("apple", "apple", "苹果", ("红富士",)),
        Word("crab_apple", "crab apple", "海棠", spellings("pome")),
        Word("pear", "pear", "梨", spellings("pome")),
    ),
)


@pytest.mark.parametrize(
    "text",
    ["crab_apple", "crab apple", "crab-apple", "Crab_Apple", "CRAB-APPLE", "海棠"],
)
def test_every_spelling_of_a_word_is_read_as_its_code(text: str) -> None:
    assert FRUIT.parse(text) == "crab_apple"


@pytest.mark.parametrize(
    "text",
    ["", " ", " pear", "pear ", "ｐｅａｒ", "pear\n", "crab  apple", "crabapple2", "pear\u200b"],
)
def test_a_text_that_is_not_exactly_a_spelling_is_unknown(text: str) -> None:
    with pytest.raises(UnknownWord) as caught:
        FRUIT.parse(text)

    assert (caught.value.kind, caught.value.text) == ("fruit", text)


def test_an_unknown_word_names_close_ones_in_both_languages() -> None:
    with pytest.raises(UnknownWord) as caught:
        FRUIT.parse("appel")

    assert caught.value.candidates == ("apple 苹果 apple",)
    assert str(caught.value) == "unknown fruit: 'appel'"


def test_an_ambiguous_word_names_all_its_meanings() -> None:
    with pytest.raises(AmbiguousWord) as caught:
        FRUIT.parse("Pome")

    assert caught.value.candidates == ("crab_apple 海棠 crab apple", "pear 梨 pear")
    assert str(caught.value) == "ambiguous fruit: 'Pome'"


def test_at_most_five_close_words_are_named() -> None:
    many = Vocabulary("plum", tuple(Word(f"plum_{n}", f"plum {n}", f"李{n}") for n in range(9)))

    with pytest.raises(UnknownWord) as caught:
        many.parse("plum_x")

    assert len(caught.value.candidates) == CANDIDATES_MAX


def test_a_very_long_text_is_compared_with_nothing() -> None:
    long = Vocabulary("plant", (Word("a" * 70, "plant", "草"),))

    with pytest.raises(UnknownWord) as caught:
        long.parse("a" * 71)

    assert caught.value.candidates == ()


@pytest.mark.parametrize("kind_of_error", [UnknownWord, AmbiguousWord])
def test_an_error_of_a_word_survives_the_way_between_processes(
    kind_of_error: type[WordError],
) -> None:
    error = kind_of_error("fruit", "pome", ("pear 梨 pear",))

    again = pickle.loads(pickle.dumps(error))

    assert type(again) is kind_of_error
    assert (again.kind, again.text, again.candidates) == ("fruit", "pome", ("pear 梨 pear",))
    assert str(again) == str(error)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.kind)
def test_each_code_is_read_by_its_code_and_by_both_names(vocabulary: Vocabulary) -> None:
    for code in vocabulary.codes:
        assert code in vocabulary
        assert vocabulary.parse(code) == code
        assert vocabulary.parse(vocabulary.chinese(code)) == code
        assert vocabulary.parse(vocabulary.english(code)) == code


def test_a_name_is_not_a_code() -> None:
    assert "梨" not in FRUIT
    assert 7 not in FRUIT

    with pytest.raises(KeyError):
        FRUIT.chinese("梨")
    with pytest.raises(KeyError):
        FRUIT.english("梨")


@pytest.mark.parametrize(
    ("vocabulary", "codes"),
    [
        (
            PURPOSES,
            "outpatient inpatient pharmacy resident_premium long_term_care_premium"
            " large_sum_premium employee_premium commercial_supplement vaccine checkup other",
        ),
        (INSURANCES, "employee resident none"),
        (STATUSES, "active suspended arrears ended"),
        (HOLDER_TYPES, "employed flexible retired"),
        (WALLETS, "open none"),
        (MECHANISMS, "authorisation family_pool wallet_transfer wallet_quota"),
        (ACTIONS, "use bind transfer claim reverse"),
        (ITEMS, "drug device consumable"),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_a_vocabulary_has_exactly_the_codes_of_the_design(
    vocabulary: Vocabulary, codes: str
) -> None:
    assert vocabulary.codes == tuple(codes.split())


@pytest.mark.parametrize(
    ("vocabulary", "text", "code"),
    [
        (PURPOSES, "门诊", "outpatient"),
        (PURPOSES, "住院", "inpatient"),
        (PURPOSES, "药店", "pharmacy"),
        (PURPOSES, "购药", "pharmacy"),
        (PURPOSES, "买药", "pharmacy"),
        (PURPOSES, "居民医保费", "resident_premium"),
        (PURPOSES, "居民医保保费", "resident_premium"),
        (PURPOSES, "Resident Premium", "resident_premium"),
        (PURPOSES, "长护险", "long_term_care_premium"),
        (PURPOSES, "大额", "large_sum_premium"),
        (PURPOSES, "职工医保费", "employee_premium"),
        (PURPOSES, "惠民保", "commercial_supplement"),
        (PURPOSES, "疫苗", "vaccine"),
        (PURPOSES, "体检", "checkup"),
        (PURPOSES, "check-up", "checkup"),
        (PURPOSES, "其他", "other"),
        (INSURANCES, "职工", "employee"),
        (INSURANCES, "居民", "resident"),
        (INSURANCES, "未参保", "none"),
        (INSURANCES, "insutype:310", "employee"),
        (INSURANCES, "insutype:390", "resident"),
        (INSURANCES, "insutype:380", "resident"),
        (INSURANCES, "insutype:391", "resident"),
        (STATUSES, "正常", "active"),
        (STATUSES, "暂停", "suspended"),
        (STATUSES, "欠费", "arrears"),
        (STATUSES, "终止", "ended"),
        (HOLDER_TYPES, "在职", "employed"),
        (HOLDER_TYPES, "灵活就业", "flexible"),
        (HOLDER_TYPES, "退休", "retired"),
        (MECHANISMS, "授权", "authorisation"),
        (MECHANISMS, "家庭账户划转", "family_pool"),
        (MECHANISMS, "医保钱包转账", "wallet_transfer"),
        (MECHANISMS, "医保钱包额度", "wallet_quota"),
    ],
)
def test_a_common_word_is_read(vocabulary: Vocabulary, text: str, code: str) -> None:
    assert vocabulary.parse(text) == code


@pytest.mark.parametrize("number", ["320", "330", "370", "392", "410", "510", "31", "３１０", ""])
def test_an_insurance_type_that_is_no_basic_insurance_is_unknown(number: str) -> None:
    with pytest.raises(UnknownWord):
        INSURANCES.parse(f"insutype:{number}")


@pytest.mark.parametrize(
    ("vocabulary", "text", "meanings"),
    [
        (PURPOSES, "医保费", ["resident_premium", "employee_premium"]),
        (MECHANISMS, "医保钱包", ["wallet_transfer", "wallet_quota"]),
        (RELATIONS, "媳妇", ["spouse", "child_in_law"]),
        (RELATIONS, "养子", ["child", "step_child"]),
        (RELATIONS, "养母", ["parent", "step_parent"]),
    ],
)
def test_a_word_of_two_meanings_asks_which(
    vocabulary: Vocabulary, text: str, meanings: list[str]
) -> None:
    with pytest.raises(AmbiguousWord) as caught:
        vocabulary.parse(text)

    assert [line.split()[0] for line in caught.value.candidates] == meanings


def test_premium_is_every_premium() -> None:
    with pytest.raises(AmbiguousWord) as caught:
        PURPOSES.parse("premium")

    assert {line.split()[0] for line in caught.value.candidates} == PREMIUMS


def test_a_purpose_is_a_premium_or_a_bill_and_never_both() -> None:
    assert set(PURPOSES.codes) == PREMIUMS | BILLS
    assert not PREMIUMS & BILLS
    assert {"outpatient", "inpatient", "pharmacy", "vaccine", "checkup", "other"} == BILLS


def test_the_wallet_mechanisms_are_mechanisms() -> None:
    assert set(MECHANISMS.codes) > WALLET_MECHANISMS
    assert {"wallet_transfer", "wallet_quota"} == WALLET_MECHANISMS

"""Relations: the beneficiary as seen from the holder.

`parent` means that the beneficiary is a parent of the holder. The two-digit codes are those of
GB/T 4761-2008 (家庭关系代码).
"""

from __future__ import annotations

from gongji.words.vocabulary import UnknownWord, Vocabulary, Word, fold, spellings

# A spelling under two words is ambiguous on purpose: 媳妇 is a wife here and a daughter-in-law
# there, and an adopted child counts as a child only where the adoption is established.
RELATIONS = Vocabulary(
    "relation",
    (
        Word("self", "self", "本人", spellings("自己 myself oneself")),
        Word(
            "spouse",
            "spouse",
            "配偶",
            spellings("夫 妻 夫妻 丈夫 妻子 爱人 老公 老婆 老伴 媳妇 husband wife"),
        ),
        Word(
            "parent",
            "parent",
            "父母",
            spellings(
                "父 母 父亲 母亲 爸爸 妈妈 爸 妈 爸妈 爹 娘 养父母 养父 养母 parents father"
                " mother dad mum mom daddy mummy adoptive-parent"
            ),
        ),
        Word(
            "child",
            "child",
            "子女",
            spellings(
                "子 女 儿子 女儿 孩子 小孩 儿女 独生子女 养子女 养子 养女 children son daughter"
                " kid adopted-child"
            ),
        ),
        Word(
            "sibling",
            "sibling",
            "兄弟姐妹",
            spellings(
                "兄 弟 姐 妹 哥 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄妹 姐弟 兄弟姊妹 siblings"
                " brother sister elder-brother younger-brother elder-sister younger-sister"
            ),
        ),
        Word(
            "grandparent",
            "grandparent",
            "祖父母、外祖父母",
            spellings(
                "祖父母 外祖父母 祖父 祖母 外祖父 外祖母 爷爷 奶奶 爷爷奶奶 外公 外婆 外公外婆"
                " 姥爷 姥姥 姥姥姥爷 grandparents grandfather grandmother grandpa grandma"
            ),
        ),
        Word(
            "grandchild",
            "grandchild",
            "孙子女、外孙子女",
            spellings(
                "孙子女 外孙子女 孙辈 孙子 孙女 孙儿 外孙 外孙子 外孙女 grandchildren grandson"
                " granddaughter"
            ),
        ),
        Word(
            "parent_in_law",
            "parent-in-law",
            "配偶父母",
            spellings(
                "配偶的父母 公婆 公公 婆婆 岳父母 岳父 岳母 丈人 老丈人 丈母娘 parents-in-law"
                " father-in-law mother-in-law in-law"
            ),
        ),
        Word(
            "child_in_law",
            "child-in-law",
            "子女配偶",
            spellings(
                "子女的配偶 女婿 儿媳 儿媳妇 媳妇 children-in-law son-in-law daughter-in-law in-law"
            ),
        ),
        Word(
            "spouse_grandparent",
            "spouse's grandparent",
            "配偶的祖父母、外祖父母",
            spellings("配偶的祖父母 配偶的外祖父母 配偶祖父母 grandparent-in-law"),
        ),
        Word(
            "sibling_in_law",
            "sibling-in-law",
            "兄弟姐妹的配偶或配偶的兄弟姐妹",
            spellings(
                "兄弟姐妹的配偶 配偶的兄弟姐妹 嫂 嫂子 嫂嫂 弟媳 弟妹 姐夫 妹夫 大伯子 小叔子"
                " 大姑子 小姑子 大舅子 小舅子 大姨子 小姨子 siblings-in-law brother-in-law"
                " sister-in-law in-law"
            ),
        ),
        Word(
            "uncle_aunt",
            "uncle or aunt",
            "伯叔姑舅姨",
            spellings(
                "伯父 伯伯 伯母 叔父 叔叔 婶母 婶婶 姑母 姑姑 姑妈 姑父 姑夫 舅父 舅舅 舅母"
                " 舅妈 姨母 姨妈 姨父 姨夫 uncle aunt"
            ),
        ),
        Word(
            "nephew_niece",
            "nephew or niece",
            "侄子女、外甥子女",
            spellings("侄子女 侄子 侄儿 侄女 外甥 外甥女 nephew niece"),
        ),
        Word(
            "cousin",
            "cousin",
            "堂表兄弟姐妹",
            spellings(
                "堂兄弟 堂姐妹 堂兄 堂哥 堂弟 堂姐 堂妹 表兄弟 表姐妹 表兄 表哥 表弟 表姐 表妹"
                " cousins"
            ),
        ),
        Word(
            "great_grandparent",
            "great-grandparent",
            "曾祖父母",
            spellings(
                "曾祖父 曾祖母 外曾祖父母 外曾祖父 外曾祖母 曾外祖父母 曾外祖父 曾外祖母 太爷爷"
                " 太奶奶 great-grandparents great-grandfather great-grandmother"
            ),
        ),
        Word(
            "great_grandchild",
            "great-grandchild",
            "曾孙子女",
            spellings(
                "曾孙 曾孙子 曾孙女 外曾孙 外曾孙子 外曾孙女 曾外孙 曾外孙女 重孙 重孙女"
                " great-grandchildren great-grandson great-granddaughter"
            ),
        ),
        Word(
            "step_parent",
            "step-parent (support not established)",
            "继父母(扶养关系未定)",
            spellings(
                "继父母 继父 继母 后爸 后妈 养父母 养父 养母 stepparent step-parent stepfather"
                " stepmother adoptive-parent"
            ),
        ),
        Word(
            "step_child",
            "step-child (support not established)",
            "继子女(扶养关系未定)",
            spellings(
                "继子女 继子 继女 养子女 养子 养女 stepchild step-child stepson stepdaughter"
                " adopted-child"
            ),
        ),
        Word("paired_household", "paired household", "结亲户", spellings("结亲家庭 结对亲戚")),
        Word(
            "other_relative",
            "other relative",
            "其他亲属",
            spellings("其他 亲戚 relative other"),
        ),
    ),
)

_SCHEME = "gbt4761:"

# GB/T 4761-2008. A class digit says too little: 53 to 56 are in-laws within the class of parents.
# 27, 37, 57 and 58 are step or adoptive. 45, 46 (a grandchild's spouse), 49, 69 (other), 68 (the
# spouse's great-grandparents), 80, 97 and 99 have no closer word here.
_GBT4761: dict[str, str] = {
    code: relation
    for relation, codes in {
        "self": "01 02",
        "spouse": "10 11 12",
        "child": "20 21 22 23 24 25 26 29 30 31 32 33 34 35 36 39",
        "step_child": "27 37",
        "child_in_law": "28 38",
        "grandchild": "40 41 42 43 44",
        "great_grandchild": "47 48",
        "parent": "50 51 52 59",
        "parent_in_law": "53 54 55 56",
        "step_parent": "57 58",
        "grandparent": "60 61 62 63 64",
        "spouse_grandparent": "65",
        "great_grandparent": "66 67",
        "sibling": "70 71 73 75 77 79",
        "sibling_in_law": "72 74 76 78",
        "uncle_aunt": "81 82 83 84 85 86 87 88 89 90",
        "cousin": "91 92",
        "nephew_niece": "93 94 95 96",
        "other_relative": "45 46 49 68 69 80 97 99",
    }.items()
    for code in codes.split()
}

_INVERSE: dict[str, str] = {
    "parent": "child",
    "child": "parent",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "parent_in_law": "child_in_law",
    "child_in_law": "parent_in_law",
    "spouse_grandparent": "other_relative",
    "uncle_aunt": "nephew_niece",
    "nephew_niece": "uncle_aunt",
    "great_grandparent": "great_grandchild",
    "great_grandchild": "great_grandparent",
    "step_parent": "step_child",
    "step_child": "step_parent",
}


def parse_relation(text: str) -> str:
    """Return the code of the relation that `text` names: the beneficiary as seen from the holder.

    Reads what RELATIONS reads and `gbt4761:NN`, two digits of GB/T 4761-2008. A bare number is
    refused, because four coding schemes in use give the same digit to different people; the
    candidate of its UnknownWord shows how to name the scheme. Raises UnknownWord, AmbiguousWord.
    """
    folded = fold(text)
    if folded.startswith(_SCHEME):
        relation = _GBT4761.get(folded.removeprefix(_SCHEME))
        if relation is None:
            raise UnknownWord("relation", text)
        return relation
    if text.isascii() and text.isdigit():
        meant = next((code for code in _GBT4761 if code.startswith(text)), None)
        raise UnknownWord("relation", text, (_SCHEME + meant,) if meant else ())
    return RELATIONS.parse(text)


def inverse(code: str) -> str:
    """Return the relation of the holder as seen from the beneficiary.

    A relation that works both ways (spouse, sibling, cousin …) is its own inverse; the inverse of
    `spouse_grandparent` has no code of its own and is `other_relative`. KeyError if `code` is none.
    """
    if code not in RELATIONS:
        raise KeyError(code)
    return _INVERSE.get(code, code)

"""Areas: where a person is insured, by the six digits of the platform's 医保区划 (admdvs).

GB/T 2260 and, beside it, xxyy99 for a city's own level, xx9900 for a province's, 66xxxx for 兵团.
The functions take valid codes, as `parse_area` returns them.
"""

from __future__ import annotations

import re
from functools import cache

from gongji.words.vocabulary import (
    CANDIDATES_MAX,
    AmbiguousWord,
    UnknownWord,
    closest,
    fold,
    meanings_of,
)

NATION = "000000"
XPCC = "660000"
"""新疆生产建设兵团, a province of its own for insurance."""

_CODE = re.compile(r"[0-9]{6}")
_OWN_LEVEL = "本级"

# Codes of GB/T 2260 between a municipality and its districts, with no city behind them.
_MUNICIPAL = {
    "110100": "市辖区",
    "120100": "市辖区",
    "310100": "市辖区",
    "500100": "市辖区",
    "500200": "县",
}

_OTHER_NAMES = (
    ("nation", NATION),
    ("inner mongolia", "150000"),
    ("innermongolia", "150000"),
    ("tibet", "540000"),
    ("xpcc", XPCC),
    ("新疆兵团", XPCC),
    ("建筑工程师", "661100"),
    ("建工师", "661100"),
    ("bayannur", "150800"),
    ("harbin", "230100"),
    ("hohhot", "150100"),
    ("kashgar", "653100"),
    ("lhasa", "540100"),
    ("ordos", "150600"),
    ("urumqi", "650100"),
)


def parse_area(text: str) -> str:
    """Return the code of the area that `text` names.

    Reads a code, a name (深圳市), a short name (深圳) or its pinyin (shenzhen), the short name or
    the pinyin followed by 市 or 州 (海南州, jilinshi) and a few English names. A name that is both
    a province and a city is the province. Counties are read by code only.
    Raises UnknownWord, or AmbiguousWord with all the meanings as "331000 台州市".
    """
    if _CODE.fullmatch(text):
        if not _is_area(text):
            raise UnknownWord("area", text, _candidates(_areas_around(text)))
        return text
    found = _meanings().get(fold(text), ())
    if not found:
        raise UnknownWord("area", text, _candidates(closest(text, _meanings())))
    provinces = tuple(code for code in found if province_of(code) == code)
    meant = provinces or found
    if len(meant) > 1:
        raise AmbiguousWord("area", text, tuple(f"{code} {area_name(code)}" for code in meant))
    return meant[0]


def province_of(code: str) -> str:
    """Return the code of the province: 66xxxx is 兵团, the nation is its own."""
    return code[:2] + "0000"


def city_of(code: str) -> str | None:
    """Return the code of the unit at the level of a city, or None where the code names none.

    It is the code itself for a county-level unit directly below a province (429004, 659001), and
    None for a province, a province's own level and the nation.
    """
    if code[2:] in ("0000", "9900"):
        return None
    return code if code in _rows() else code[:4] + "00"


def chain(code: str) -> tuple[str, ...]:
    """Return the codes whose rules reach the area, narrowest first, ending with the nation."""
    steps = (code, city_of(code), province_of(code), NATION)
    return tuple(dict.fromkeys(step for step in steps if step is not None))


def area_name(code: str) -> str:
    """Return the full Chinese name: 深圳市宝安区, 合肥市本级, 仙桃市."""
    row = _rows().get(code)
    return row[0] if row else area_name(_row_above(code)) + _own_part(code)


def short_name(code: str) -> str:
    """Return the short Chinese name: 广东, 深圳, 深圳宝安区, 合肥本级."""
    row = _rows().get(code)
    return row[1] if row else short_name(_row_above(code)) + _own_part(code)


def pinyin_name(code: str) -> str:
    """Return the name for English text: Wuhan, Shaanxi; below a city with the code, Wuhan 420106.

    The nation is "Nation" and 兵团 is "XPCC".
    """
    if code == NATION:
        return "Nation"
    if code == XPCC:
        return "XPCC"
    row = _rows().get(code)
    return row[2].capitalize() if row else f"{pinyin_name(_row_above(code))} {code}"


# The table costs more to import than all else here, and many a run never asks for it.
@cache
def _rows() -> dict[str, tuple[str, str, str]]:
    from gongji.words.area_table import AREAS

    return {code: (name, short, pinyin) for code, name, short, pinyin in AREAS}


@cache
def _counties() -> dict[str, str]:
    from gongji.words.area_table import COUNTIES

    return dict(COUNTIES)


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    spelt = list(_OTHER_NAMES)
    for code, (name, short, pinyin) in _rows().items():
        spelt += ((name, code), (short, code), (pinyin, code))
        if name.endswith("市"):
            spelt += ((short + "市", code), (pinyin + "shi", code))
        elif name.endswith("州"):
            spelt += ((short + "州", code), (pinyin + "zhou", code))
    return meanings_of(spelt)


def _is_area(code: str) -> bool:
    if code in _rows() or code in _counties() or code in _MUNICIPAL:
        return True
    province, city = province_of(code), code[:4] + "00"
    if code[2:] == "9900":
        return province in _rows() and province not in (NATION, XPCC)
    if city == province or city not in _rows():
        return False
    # No list of the units below a division of 兵团 was found, so any is taken.
    return code.endswith("99") or province == XPCC


def _row_above(code: str) -> str:
    return next(step for step in chain(code)[1:] if step in _rows())


def _own_part(code: str) -> str:
    if code.endswith(("99", "9900")):
        return _OWN_LEVEL
    return _MUNICIPAL.get(code) or _counties().get(code) or code


def _areas_around(code: str) -> tuple[str, ...]:
    around = (code[:4] + "00", province_of(code))
    return tuple(area for area in dict.fromkeys(around) if area in _rows())


def _candidates(codes: tuple[str, ...]) -> tuple[str, ...]:
    named = (f"{code} {area_name(code)} {pinyin_name(code)}" for code in codes)
    return tuple(named)[:CANDIDATES_MAX]

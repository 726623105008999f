from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.words.area_table import AREAS, COUNTIES
from gongji.words.areas import (
    area_name,
    chain,
    city_of,
    parse_area,
    pinyin_name,
    province_of,
    short_name,
)
from gongji.words.vocabulary import AmbiguousWord, UnknownWord

AREA_CODES = [row[0] for row in AREAS]
COUNTY_CODES = [row[0] for row in COUNTIES]
PROVINCES = [code for code in AREA_CODES if code.endswith("0000") and code != "000000"]


def test_no_two_rows_share_a_code_and_all_stand_in_order() -> None:
    assert sorted(set(AREA_CODES)) == AREA_CODES
    assert sorted(set(COUNTY_CODES)) == COUNTY_CODES
    assert not set(AREA_CODES) & set(COUNTY_CODES)


def test_the_provinces_are_thirty_one_and_the_corps() -> None:
    assert len(PROVINCES) == 32
    assert "660000" in PROVINCES


def test_the_province_of_every_code_exists() -> None:
    assert {province_of(code) for code in AREA_CODES + COUNTY_CODES} == {"000000", *PROVINCES}


def test_every_county_stands_below_a_city_of_the_table_or_in_a_municipality() -> None:
    above = {city_of(code) for code in COUNTY_CODES} - set(AREA_CODES)

    assert above == {"110100", "120100", "310100", "500100", "500200"}


def test_every_row_is_well_formed() -> None:
    for code, name, short, pinyin in AREAS:
        assert code.isascii() and code.isdigit() and len(code) == 6
        assert name and short and set(short) <= set(name)
        assert pinyin.isascii() and pinyin.isalpha() and pinyin.islower()


def test_the_table_holds_every_unit_at_the_level_of_a_city() -> None:
    directly_below = [code for code in AREA_CODES if not code.endswith("00")]
    cities = [code for code in AREA_CODES if code.endswith("00") and not code.endswith("0000")]

    # 293 cities, 30 autonomous prefectures, 7 prefectures, 3 leagues; 14 divisions of the corps.
    assert len(cities) == 333 + 14
    # 4 of Hubei, 1 of Henan, 15 of Hainan, 12 of Xinjiang.
    assert len(directly_below) == 32


@pytest.mark.parametrize(
    ("code", "short", "pinyin"),
    [
        ("500000", "重庆", "chongqing"),
        ("610000", "陕西", "shaanxi"),
        ("140000", "山西", "shanxi"),
        ("540000", "西藏", "xizang"),
        ("150000", "内蒙古", "neimenggu"),
        ("450000", "广西", "guangxi"),
        ("220100", "长春", "changchun"),
        ("350200", "厦门", "xiamen"),
        ("341500", "六安", "luan"),
        ("331000", "台州", "taizhou"),
        ("331100", "丽水", "lishui"),
        ("511100", "乐山", "leshan"),
        ("340300", "蚌埠", "bengbu"),
        ("341600", "亳州", "bozhou"),
        ("150100", "呼和浩特", "huhehaote"),
        ("150800", "巴彦淖尔", "bayannaoer"),
        ("152500", "锡林郭勒", "xilinguole"),
        ("140400", "长治", "changzhi"),
        ("211300", "朝阳", "chaoyang"),
        ("411100", "漯河", "luohe"),
        ("540300", "昌都", "changdu"),
        ("653000", "克孜勒苏", "kezilesu"),
        ("654300", "阿勒泰", "aletai"),
        ("469027", "乐东", "ledong"),
        ("422800", "恩施", "enshi"),
        ("222400", "延边", "yanbian"),
        ("542500", "阿里", "ali"),
        ("632800", "海西", "haixi"),
        ("620200", "嘉峪关", "jiayuguan"),
        ("441900", "东莞", "dongguan"),
        ("442000", "中山", "zhongshan"),
        ("460400", "儋州", "danzhou"),
        ("429021", "神农架", "shennongjia"),
        ("660000", "兵团", "bingtuan"),
    ],
)
def test_a_short_name_and_a_pinyin_with_several_readings_are_right(
    code: str, short: str, pinyin: str
) -> None:
    assert next(row[2:] for row in AREAS if row[0] == code) == (short, pinyin)


@given(st.sampled_from(AREA_CODES + COUNTY_CODES))
def test_every_code_of_the_table_is_read_as_itself(code: str) -> None:
    assert parse_area(code) == code


@given(st.sampled_from([row for row in AREAS if row[0] != "220200"]))
def test_every_full_name_is_read(row: tuple[str, str, str, str]) -> None:
    assert parse_area(row[1]) == row[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("深圳", "440300"),
        ("深圳市", "440300"),
        ("shenzhen", "440300"),
        ("ShenZhen", "440300"),
        ("shenzhenshi", "440300"),
        ("北京", "110000"),
        ("beijingshi", "110000"),
        ("广西", "450000"),
        ("广西壮族自治区", "450000"),
        ("恩施州", "422800"),
        ("锡林郭勒盟", "152500"),
        ("阿里地区", "542500"),
        ("吉林", "220000"),
        ("吉林省", "220000"),
        ("吉林市", "220200"),
        ("jilin", "220000"),
        ("jilinshi", "220200"),
        ("海南", "460000"),
        ("海南州", "632500"),
        ("海南藏族自治州", "632500"),
        ("hainan", "460000"),
        ("hainanzhou", "632500"),
        ("shanxi", "140000"),
        ("shaanxi", "610000"),
        ("innermongolia", "150000"),
        ("Inner Mongolia", "150000"),
        ("Tibet", "540000"),
        ("xinjiang", "650000"),
        ("bayannur", "150800"),
        ("bayannaoer", "150800"),
        ("仙桃", "429004"),
        ("石河子", "659001"),
        ("兵团", "660000"),
        ("XPCC", "660000"),
        ("八师", "660800"),
        ("第八师", "660800"),
        ("第十一师", "661100"),
        ("建筑工程师", "661100"),
        ("全国", "000000"),
        ("nation", "000000"),
    ],
)
def test_a_name_of_an_area_is_read(text: str, code: str) -> None:
    assert parse_area(text) == code


@pytest.mark.parametrize(
    "code",
    [
        "340199",
        "440699",
        "441999",
        "632599",
        "449900",
        "319900",
        "310100",
        "310104",
        "500200",
        "660105",
        "660199",
        "661400",
        "440306",
        "460302",
    ],
)
def test_a_code_of_the_platform_that_no_list_has_is_valid(code: str) -> None:
    assert parse_area(code) == code


@pytest.mark.parametrize(
    "text",
    [
        "990000",
        "440333",
        "448800",
        "440099",
        "429099",
        "429000",
        "000001",
        "000099",
        "009900",
        "310200",
        "310199",
        "661500",
        "661599",
        "660099",
        "660001",
        "669900",
        "710000",
        "810000",
        "44030",
        "4403000",
        "４４０３００",
        "440300 ",
        "440300\n",
        "",
        " 深圳",
        "宝安区",
        "hongkong",
        "shen zhen",
        "湖北市",
    ],
)
def test_anything_else_is_unknown(text: str) -> None:
    with pytest.raises(UnknownWord) as caught:
        parse_area(text)

    assert (caught.value.kind, caught.value.text) == ("area", text)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("taizhou", ("321200 泰州市", "331000 台州市")),
        ("yulin", ("450900 玉林市", "610800 榆林市")),
        ("Suzhou", ("320500 苏州市", "341300 宿州市")),
        ("fuzhou", ("350100 福州市", "361000 抚州市")),
        ("yichunshi", ("230700 伊春市", "360900 宜春市")),
    ],
)
def test_a_pinyin_of_two_cities_names_both(text: str, candidates: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousWord) as caught:
        parse_area(text)

    assert caught.value.candidates == candidates


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("shengzhen", "440300 深圳市 Shenzhen"),
        ("440333", "440300 深圳市 Shenzhen"),
        ("440333", "440000 广东省 Guangdong"),
        ("000001", "000000 全国 Nation"),
    ],
)
def test_an_unknown_area_names_what_may_be_meant(text: str, candidate: str) -> None:
    with pytest.raises(UnknownWord) as caught:
        parse_area(text)

    assert candidate in caught.value.candidates


@pytest.mark.parametrize(
    "codes",
    [
        ("440306", "440300", "440000", "000000"),
        ("340199", "340100", "340000", "000000"),
        ("440300", "440000", "000000"),
        ("449900", "440000", "000000"),
        ("440000", "000000"),
        ("310104", "310100", "310000", "000000"),
        ("310100", "310000", "000000"),
        ("500230", "500200", "500000", "000000"),
        ("660105", "660100", "660000", "000000"),
        ("660199", "660100", "660000", "000000"),
        ("660000", "000000"),
        ("429004", "420000", "000000"),
        ("419001", "410000", "000000"),
        ("469021", "460000", "000000"),
        ("659001", "650000", "000000"),
        ("460400", "460000", "000000"),
        ("000000",),
    ],
)
def test_a_chain_runs_from_the_area_to_the_nation(codes: tuple[str, ...]) -> None:
    assert chain(codes[0]) == codes


@given(st.sampled_from(AREA_CODES + COUNTY_CODES))
def test_every_step_of_a_chain_is_an_area_and_begins_the_rest_of_it(code: str) -> None:
    steps = chain(code)

    for position, step in enumerate(steps):
        assert parse_area(step) == step
        assert chain(step) == steps[position:]


@pytest.mark.parametrize(
    ("code", "city"),
    [
        ("440306", "440300"),
        ("440300", "440300"),
        ("440399", "440300"),
        ("310104", "310100"),
        ("429004", "429004"),
        ("419001", "419001"),
        ("469021", "469021"),
        ("659001", "659001"),
        ("660105", "660100"),
        ("440000", None),
        ("449900", None),
        ("660000", None),
        ("000000", None),
    ],
)
def test_the_city_of_a_code_is_its_pooling_level(code: str, city: str | None) -> None:
    assert city_of(code) == city


@pytest.mark.parametrize(
    ("code", "full", "short", "english"),
    [
        ("000000", "全国", "全国", "Nation"),
        ("420000", "湖北省", "湖北", "Hubei"),
        ("610000", "陕西省", "陕西", "Shaanxi"),
        ("420100", "武汉市", "武汉", "Wuhan"),
        ("440306", "深圳市宝安区", "深圳宝安区", "Shenzhen 440306"),
        ("340199", "合肥市本级", "合肥本级", "Hefei 340199"),
        ("449900", "广东省本级", "广东本级", "Guangdong 449900"),
        ("310104", "上海市徐汇区", "上海徐汇区", "Shanghai 310104"),
        ("310100", "上海市市辖区", "上海市辖区", "Shanghai 310100"),
        ("429004", "仙桃市", "仙桃", "Xiantao"),
        ("660000", "新疆生产建设兵团", "兵团", "XPCC"),
        ("660800", "第八师", "八师", "Dibashi"),
        ("660199", "第一师本级", "一师本级", "Diyishi 660199"),
        ("660105", "第一师660105", "一师660105", "Diyishi 660105"),
    ],
)
def test_an_area_has_a_full_a_short_and_an_english_name(
    code: str, full: str, short: str, english: str
) -> None:
    assert (area_name(code), short_name(code), pinyin_name(code)) == (full, short, english)


def test_importing_the_module_does_not_import_the_table_of_areas() -> None:
    program = "import gongji.words.areas, sys; print('gongji.words.area_table' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert answer.stdout.strip() == b"False"

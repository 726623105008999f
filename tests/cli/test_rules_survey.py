"""gongji rules list, matrix and stale: as tables, as CSV and as JSON."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.conftest import HERE, Gongji

ON = ("--on", "2025-06-01")
SMALL = (HERE / "rules" / "420000-small.toml").read_text("utf-8")
ZHEJIANG = """
format = 1
unknown = ["funds.keep"]

[region]
code = "330000"
name = "=HYPERLINK(1)"
pinyin = "zhejiang"
pooling = "city"
reviewed = 2025-01-01
summary = "无"
summary_en = "none"

[source.talk]
title = "传闻"
grade = "recall"

[[relatives]]
include = ["spouse", "child"]
source = ["talk"]
confidence = "low"
dispute = [{ include = ["spouse"], source = ["talk"] }]

[[relatives]]
when = { mechanism = ["family_pool"] }
until = 2024-12-31
include = ["spouse", "parent"]
source = ["talk"]
confidence = "medium"

[[relatives]]
when = { mechanism = ["family_pool"] }
by = 2026-01-01
include = ["spouse", "child"]
source = ["talk"]
confidence = "medium"

[[funds]]
gate = "50.50"
source = ["talk"]
confidence = "medium"

[[premium]]
year = 2026
opens = 2025-09-01
closes = 2025-12-31
price = "400.00"
source = ["talk"]
confidence = "medium"
"""


@pytest.fixture
def two(small: Gongji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gongji:
    """The small province, and beside it one full of doubt, at 80 columns."""
    folder = tmp_path / "overlay"
    folder.mkdir()
    (folder / "330000.toml").write_text(ZHEJIANG, encoding="utf-8")
    monkeypatch.setenv("GONGJI_RULES", str(folder))
    monkeypatch.setenv("COLUMNS", "80")
    return small


def test_list_tells_of_every_region_how_much_is_known(two: Gongji) -> None:
    """The three lists part the core; the shares are their sizes."""
    rows = two("rules", "list", *ON, "--json").rows

    assert [row["code"] for row in rows] == ["330000", "420000"]
    hubei = rows[1]
    assert hubei["schema"] == "gongji.region/1"
    assert (hubei["reviewed"], hubei["newest_source"]) == ("2026-01-01", "2024-09-20")
    assert hubei["clauses"] == SMALL.count("\n[[")
    assert "relatives.include" in hubei["cited"]
    total = sum(len(hubei[part]) for part in ("cited", "inherited", "unknown"))
    for part in ("cited", "inherited", "unknown"):
        assert hubei[f"share_{part}"] == f"{len(hubei[part]) / total:.2f}"


def test_list_for_people_has_a_row_for_every_region(two: Gongji) -> None:
    """Shares as percentages, and what they are shares of."""
    lines = two("rules", "list", *ON).lines

    assert [line.split()[:2] for line in lines[1:3]] == [
        ["330000", "Zhejiang"],
        ["420000", "Hubei"],
    ]
    assert len(re.findall(r"\d+%", lines[2])) == 3
    assert lines[-1].startswith("of 20 core values")


def test_stale_lists_what_was_read_longer_ago(two: Gongji) -> None:
    """The oldest first, with its age on the day."""
    asked = ("rules", "stale", "--on", "2026-07-01", "--json")

    rows = two(*asked, "--older-than", "180d").rows

    assert [(row["code"], row["age_days"]) for row in rows] == [("330000", 546), ("420000", 181)]
    assert [row["code"] for row in two(*asked, "--older-than", "181d").rows] == ["330000"]


def test_stale_ends_well_with_and_without_any(two: Gongji) -> None:
    """It is data: an empty list is empty, a word to people goes to the other stream."""
    some, none = two("rules", "stale", *ON, "--older-than", "0d"), two("rules", "stale", *ON)

    assert (some.code, none.code) == (0, 0)
    assert "Zhejiang" in some.out
    assert (none.out, none.err) == ("", "no region was read so long ago\n")


@pytest.mark.parametrize("text", ["180", "d", "-1d", "1.5d", "１d", "6m"])
def test_an_age_is_a_number_of_days(two: Gongji, text: str) -> None:
    """Nothing else is guessed at."""
    answer = two("rules", "stale", f"--older-than={text}", "--json")

    assert answer.code == 2
    assert "180d" in answer.error["message"]


def test_the_matrix_marks_every_doubt_and_explains_the_marks(two: Gongji) -> None:
    """Low, disputed and undated on one value; a gap, with those in doubt, on another."""
    lines = two("rules", "matrix", "--topic", "relatives", *ON).lines

    assert lines[0] == "Relatives · 2025-06-01"
    assert lines[1] == "? low confidence  ! disputed  ~ in a gap  ^ the nation's  * undated"
    told = [" ".join(line.split()) for line in lines[3:]]
    assert told[1:] == [
        "Zhejiang child, spouse ?!*",
        "family pool spouse ~ · not known of: child, parent",
        "Hubei child, parent, sibling, spouse",
    ]


def test_the_matrix_shows_unknown_as_unknown(two: Gongji) -> None:
    """Whether nobody says or somebody looked in vain."""
    lines = two("rules", "matrix", "--topic", "funds", *ON).lines

    told = [" ".join(line.split()) for line in lines[-2:]]
    assert told == [
        "Zhejiang 50.50 yuan * not known not known",
        "Hubei not known 100.00 yuan the whole account",
    ]


@pytest.mark.parametrize("topic", ["relatives", "funds", "premium", "wallet", "mechanism"])
def test_the_matrix_fits_80_columns(two: Gongji, topic: str) -> None:
    """In Latin letters a character is a column."""
    lines = two("rules", "matrix", "--topic", topic, *ON).lines

    assert max(map(len, lines)) <= 80


def test_the_csv_has_codes_confidence_and_clauses(two: Gongji) -> None:
    """One column for each parameter and two beside it; money in yuan."""
    answer = two("rules", "matrix", "--topic", "funds", "--format", "csv", *ON)

    zhejiang, hubei = csv.DictReader(StringIO(answer.out))
    assert (hubei["on"], hubei["code"], hubei["when"]) == ("2025-06-01", "420000", "")
    assert (hubei["funds.keep"], hubei["funds.keep.confidence"]) == ("100.00", "high")
    assert hubei["funds.keep.clause"] == "420000/funds/2020-01-01"
    assert (hubei["funds.gate"], hubei["funds.gate.confidence"]) == ("unknown", "")
    assert zhejiang["funds.gate"] == "50.50"


def test_a_set_in_csv_names_doubtful_members(two: Gongji) -> None:
    """They end in a question mark; a row names its qualifiers."""
    answer = two("rules", "matrix", "--topic", "relatives", "--format", "csv", *ON)

    found = {(row["code"], row["when"]): row for row in csv.DictReader(StringIO(answer.out))}
    assert found["330000", ""]["relatives.include"] == "child|spouse"
    pool = found["330000", "mechanism=family_pool"]
    assert pool["relatives.include"] == "spouse|child?|parent?"


def test_a_structured_value_in_csv_is_json(two: Gongji) -> None:
    """A window has more parts than a cell."""
    answer = two("rules", "matrix", "--topic", "premium", "--format", "csv", *ON)

    cells = [row["premium.phases"] for row in csv.DictReader(StringIO(answer.out))]
    assert any('"opens":"2025-09-01"' in cell for cell in cells)


def test_no_cell_of_the_csv_is_a_formula(two: Gongji) -> None:
    """A spreadsheet would run it."""
    answer = two("rules", "matrix", "--topic", "funds", "--format", "csv", *ON)

    cells = [cell for row in csv.reader(StringIO(answer.out)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_json_of_the_matrix_is_the_same_by_either_option(two: Gongji) -> None:
    """A row an object, every value with its clauses and sources."""
    asked = ("rules", "matrix", "--topic", "relatives", *ON)

    rows = two(*asked, "--json").rows

    assert rows == two(*asked, "--format", "json").rows
    assert {row["schema"] for row in rows} == {"gongji.matrix/1"}
    assert [row["code"] for row in rows] == ["330000", "330000", "420000"]
    assert rows[2]["values"][0]["clauses"][0]["sources"][0]["grade"] == "official"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--topic", "relativs"), "relatives"),
        (("--topic", "channel"), "relatives"),
        (("--topic", "funds", "--format", "xml"), "csv"),
        (("--topic", "funds", "--format", "csv", "--json"), "exclude"),
        ((), "--topic"),
    ],
)
def test_a_matrix_of_nothing_is_refused(two: Gongji, more: tuple[str, ...], told: str) -> None:
    """With the words that would do."""
    answer = two("rules", "matrix", *more)

    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


@pytest.mark.parametrize(
    "asked", [("list",), ("matrix", "--topic", "funds"), ("stale", "--older-than", "0d")]
)
def test_json_is_the_same_in_both_languages(two: Gongji, asked: tuple[str, ...]) -> None:
    """Codes and keys do not change with the reader."""
    answers = {two("rules", *asked, *ON, "--json", "--lang", each) for each in ("zh", "en")}

    assert len(answers) == 1

"""gongji rules diff: two days of an area, two folders, and the cases that turn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongji.policy import reading
from tests.cli.conftest import HERE, Gongji

SMALL = (HERE / "rules" / "420000-small.toml").read_text("utf-8")
NATION = """
format = 1

[region]
code = "000000"
name = "全国"
pinyin = "nation"
pooling = "city"
reviewed = 2026-01-01
summary = "无"
summary_en = "none"
"""
DAYS = ("rules", "diff", "420000", "2024-09-30", "2024-10-01")


def sibling(name: str, area: str) -> str:
    """A case of a brother or sister, in whose area the holder is insured too."""
    holder, beneficiary = ({"area": area, "insurance": "employee"} for _ in range(2))
    request = {"on": "2025-01-02", "relation": "sibling", "purpose": "pharmacy"}
    return json.dumps(
        {
            "id": name,
            "title": f"a sibling in {area}",
            "request": {**request, "holder": holder, "beneficiary": beneficiary},
            "expected": {"verdict": "eligible"},
        }
    )


def folder_of(path: Path, *, cases: tuple[str, ...] = (), **files: str) -> Path:
    """A folder of rule files, and cases in it."""
    (path / "cases").mkdir(parents=True)
    for name, text in files.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    (path / "cases" / "some.ndjson").write_text("".join(f"{case}\n" for case in cases), "utf-8")
    return path


@pytest.fixture
def shipped(small: Gongji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gongji:
    """The small province with two cases: one of its own, one of another province."""
    cases = (sibling("at-home", "420100"), sibling("elsewhere", "330100"))
    folder = folder_of(tmp_path / "shipped", cases=cases, small=SMALL)
    monkeypatch.setattr(reading, "shipped_rules", lambda: folder)
    monkeypatch.setenv("COLUMNS", "80")
    return small


def test_two_days_tell_before_and_after_with_clauses(shipped: Gongji) -> None:
    """And that a case of the area turns."""
    data = shipped(*DAYS, "--json").data

    assert (data["schema"], data["area"]) == ("gongji.days-difference/1", "420000")
    (change,) = data["changes"]
    assert (change["parameter"], change["when"]) == ("relatives.include", {})
    assert change["after"]["value"] == ["child", "parent", "sibling", "spouse"]
    assert [clause["id"] for clause in change["before"]["clauses"]] == [
        "420000/relatives/2020-01-01"
    ]
    assert data["cases"] == [
        {
            "id": "at-home",
            "title": "a sibling in 420100",
            "before": "ineligible",
            "after": "eligible",
        }
    ]


def test_only_cases_of_the_area_are_asked(shipped: Gongji) -> None:
    """A city asks those of its own holders."""
    wuhan = shipped("rules", "diff", "武汉", *DAYS[3:], "--json").data
    yichang = shipped("rules", "diff", "宜昌", *DAYS[3:], "--json").data

    assert [case["id"] for case in wuhan["cases"]] == ["at-home"]
    assert yichang["cases"] == []
    assert [change["parameter"] for change in yichang["changes"]] == ["relatives.include"]


def test_two_days_for_people(shipped: Gongji) -> None:
    """Words instead of codes, within 80 columns."""
    answer = shipped(*DAYS)

    assert answer.code == 0
    told = [" ".join(line.split()) for line in answer.lines]
    assert told[:7] == [
        "Hubei 420000 · 2024-09-30 → 2024-10-01",
        "",
        "Relatives (relatives)",
        "relatives who count relatives.include",
        "value clauses",
        "before child, parent, spouse 420000/relatives/2020-01-01",
        "after child, parent, sibling, spouse 420000/relatives/2024-10-01",
    ]
    assert told[-1] == "at-home not allowed allowed a sibling in 420100"
    assert max(map(len, answer.lines)) <= 80


def test_days_without_a_change_end_well(shipped: Gongji) -> None:
    """Exit 0 whether or not they differ."""
    answer = shipped("rules", "diff", "420000", "2025-01-02", "2025-01-03")

    assert answer.code == 0
    assert "nothing changed" in answer.lines
    assert answer.lines[-1] == "cases that change their verdict: 0"


def test_two_whole_folders_tell_clauses_and_cases(shipped: Gongji, tmp_path: Path) -> None:
    """Added, removed and changed by id; each folder stands for itself."""
    reformed = SMALL.replace('["spouse", "parent", "child", "sibling"]', '["spouse"]')
    reformed = reformed.replace("[[reversal]]\nfrom = 2020", "[[reversal]]\nfrom = 2021")
    old = folder_of(tmp_path / "old", small=SMALL, nation=NATION)
    new = folder_of(tmp_path / "new", small=reformed, nation=NATION)

    data = shipped("rules", "diff", str(old), str(new), "--json").data

    assert data["schema"] == "gongji.folders-difference/1"
    assert [clause["id"] for clause in data["added"]] == ["420000/reversal/2021-01-01"]
    assert [clause["id"] for clause in data["removed"]] == ["420000/reversal/2020-01-01"]
    (changed,) = data["changed"]
    assert changed["id"] == "420000/relatives/2024-10-01"
    assert changed["after"]["values"] == [
        {"parameter": "relatives.include", "when": {}, "value": ["spouse"]}
    ]
    assert [(case["id"], case["after"]) for case in data["cases"]] == [("at-home", "ineligible")]


def test_a_folder_without_the_nation_lies_over_the_shipped_rules(
    shipped: Gongji, tmp_path: Path
) -> None:
    """A reform of one clause is told as one clause, and the cases still know the rest."""
    head = SMALL.partition("[[")[0].replace(SMALL[: SMALL.index("format")], "")
    head = head.partition("[source.notice-2024]")[0]
    reform = head + '[[roles]]\nfrom = 2024-01-01\nexclusive = true\nsource = ["notice-2020"]\n'
    overlay = folder_of(tmp_path / "reform", small=reform + 'confidence = "low"\n')
    shipped_folder = str(tmp_path / "shipped")

    answer = shipped("rules", "diff", shipped_folder, str(overlay))

    assert answer.lines == [
        "clauses added: 1",
        "  420000/roles/2024-01-01 · from 2024-01-01 · confidence low · Hubei",
        "    nobody may be holder and beneficiary at once: yes",
        "",
        "cases that change their verdict: 0",
    ]


def test_a_changed_clause_for_people(shipped: Gongji, tmp_path: Path) -> None:
    """Values side by side, then dates and confidence, then what else."""
    reformed = SMALL.replace('keep = "100.00"', 'keep = "200.00"')
    reformed = reformed.replace("账户里须留下一百元", "账户里须留下二百元")
    old = folder_of(tmp_path / "old", small=SMALL, nation=NATION)
    new = folder_of(tmp_path / "new", small=reformed, nation=NATION)

    answer = shipped("rules", "diff", str(old), str(new))

    assert [" ".join(line.split()) for line in answer.lines[:5]] == [
        "clauses changed: 1",
        "420000/funds/2020-01-01",
        "value before after",
        "must remain in the account 100.00 yuan 200.00 yuan",
        "also changed: note",
    ]


def test_equal_folders_do_not_differ(shipped: Gongji, tmp_path: Path) -> None:
    """Exit 0, and it says so."""
    old = folder_of(tmp_path / "old", small=SMALL, nation=NATION)
    new = folder_of(tmp_path / "new", small=SMALL, nation=NATION)

    answer = shipped("rules", "diff", str(old), str(new))

    assert (answer.code, answer.lines[0]) == (0, "nothing changed")


@pytest.mark.parametrize(
    ("places", "code"),
    [
        (("420000",), 2),
        (("420000", "2024-09-30", "2024-10-01", "2024-10-02"), 2),
        (("420000", "2024-09-31", "2024-10-01"), 2),
        (("nowhere", "2024-09-30", "2024-10-01"), 2),
        (("nowhere", "elsewhere"), 5),
        (("one", "two", "--rules", "three"), 2),
    ],
)
def test_what_cannot_be_compared_is_refused(
    shipped: Gongji, places: tuple[str, ...], code: int
) -> None:
    """As usage, or as data that cannot be read."""
    answer = shipped("rules", "diff", *places)

    assert (answer.code, answer.out) == (code, "")


def test_json_is_the_same_in_both_languages(shipped: Gongji) -> None:
    """Codes and keys do not change with the reader."""
    assert len({shipped(*DAYS, "--json", "--lang", each) for each in ("zh", "en")}) == 1

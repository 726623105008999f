"""gongji rules test: stories beside the rule files, told again step by step."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gongji.batch.stories import Story, read_stories, tell
from gongji.ledger.books import Books
from gongji.policy.pack import Pack
from gongji.policy.reading import load, shipped_rules

from .conftest import Answer, Gongji
from .test_rules_cases import OVERLAY

BEGINNING = """
title = "a mother"
begins = 2025-01-01
cites = []
[[person]]
name = "我"
area = "420100"
insurance = "employee"
current = "150.00"
carryover = "0.00"
[[person]]
name = "妈妈"
area = "420100"
insurance = "resident"
[[step]]
tells = "she is bound"
do = "bind"
on = 2025-01-02
holder = "我"
beneficiary = "妈妈"
relation = "parent"
"""
BILL = """
[[step]]
tells = "her bill"
do = "pay-for"
on = 2025-01-03
beneficiary = "妈妈"
amount = "80.00"
purpose = "{purpose}"
then = {{ {then} }}
"""
Told = Callable[..., Answer]
STORIES = read_stories([shipped_rules()])


@pytest.fixture(scope="module")
def shipped() -> Pack:
    """The shipped rules."""
    return load([shipped_rules()])


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_every_story_comes_out_as_it_is_written(
    shipped: Pack, story: Story, tmp_path: Path
) -> None:
    with (
        Books.open(tmp_path / "story.jsonl", create=True) as books,
        books.writing(),
        books.together(),
    ):
        assert tell(story, shipped, books).differences == ()


@pytest.fixture
def told(small: Gongji, tmp_path: Path) -> Told:
    """Tells a story that lies in an overlay of the small province."""
    (tmp_path / "overlay" / "stories").mkdir(parents=True)
    (tmp_path / "overlay" / "file.toml").write_text(OVERLAY, "utf-8")

    def run(text: str, *options: str) -> Answer:
        (tmp_path / "overlay" / "stories" / "x.toml").write_text(text, "utf-8")
        return small("rules", "test", "--rules", str(tmp_path / "overlay"), *options)

    return run


def bill(then: str, purpose: str = "pharmacy") -> str:
    return BEGINNING + BILL.format(then=then, purpose=purpose)


PAID = 'postings = { "我:current" = "-50.00", "cash:妈妈" = "-30.00", provider = "80.00" }'


def test_a_story_that_comes_out_as_written_agrees(told: Told) -> None:
    answer = told(bill(PAID), "--json")

    assert (answer.code, answer.data["stories"], answer.data["told_as_written"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("then", "purpose", "came"),
    [
        ("", "pharmacy", "postings"),
        ('refused = ["purpose"]', "pharmacy", "postings"),
        (PAID, "other", "refused"),
        ('error = "pay.choose"', "other", "refused"),
        (PAID + '\nbalances = { "我:current" = "0.00" }', "pharmacy", "balances"),
        (PAID + '\nfields = { purpose = "outpatient" }', "pharmacy", "fields"),
    ],
)
def test_a_step_that_comes_out_otherwise_is_told(
    told: Told, then: str, purpose: str, came: str
) -> None:
    """Money that a story does not speak of may not move either."""
    text = bill("", purpose).replace("then = {  }", "[step.then]\n" + then)
    answer = told(text, "--json")
    (difference,) = answer.data["differences"]

    assert (answer.code, difference["step"], difference["tells"]) == (3, 2, "her bill")
    assert came in difference["came"]
    assert "her bill" in told(text).out


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("title =", "rule.toml 1:8 "),
        ("a = " + "[" * 5000, "rule.toml 1:5 "),
        (BEGINNING.replace("title", "titel"), "rule.key-unknown 2:1 titel"),
        (BEGINNING.replace('title = "a mother"', ""), "rule.key-missing 1:1 title"),
        (BEGINNING.replace('"a mother"', "1"), "rule.shape 2:1 title"),
        (BEGINNING.replace('name = "我"', ""), "rule.key-missing 5:1 person[1].name"),
        (BEGINNING.replace('tells = "she is bound"', ""), "rule.key-missing 15:1 step[1].tells"),
        (BEGINNING.replace("[[step]]", "[step]"), "rule.shape 15:1 step"),
        (BEGINNING.replace("cites = []", "cites = [1]"), "rule.shape 4:10 cites[1]"),
        (BEGINNING.replace("2025-01-01", '"2025-01-01"'), "rule.date-text 3:1 begins"),
        (bill('paid = "80.00"'), "rule.key-unknown 30:10 step[2].then.paid"),
        (bill("refused = 3"), "rule.shape 30:10 step[2].then.refused"),
        (bill("refused = [3]"), "rule.shape 30:21 step[2].then.refused[1]"),
    ],
)
def test_a_file_that_is_no_story_is_told_with_its_place(told: Told, text: str, cause: str) -> None:
    """As a rule file is, in both languages."""
    answer, chinese = told(text, "--json"), told(text, "--lang", "zh")

    error = answer.error
    place = error["place"].partition("stories/x.toml:")[2]
    assert (answer.code, f"{error['code']} {place} {error['key']}") == (5, cause)
    assert re.match(rf"错误\[{error['code']}\]：.*[\u4e00-\u9fff]", chinese.err)
    assert re.search(r"\n提示：.*[\u4e00-\u9fff]", chinese.err)


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xff", "rule.encoding"), (None, "rule.unreadable")]
)
def test_a_story_that_cannot_be_read_is_told(
    small: Gongji, tmp_path: Path, content: bytes | None, code: str
) -> None:
    """It is no text, or a folder."""
    path = tmp_path / "stories" / "x.toml"
    path.parent.mkdir()
    path.mkdir() if content is None else path.write_bytes(content)

    answer = small("rules", "test", "--rules", str(tmp_path), "--json")

    assert (answer.code, answer.error["code"]) == (5, code)


def test_a_clause_that_a_story_cites_must_be_there(told: Told) -> None:
    cited = bill(PAID).replace("cites = []", 'cites = ["420000/relatives/1999-01-01"]')

    (difference,) = told(cited, "--json").data["differences"]
    assert (difference["step"], difference["expected"]) == (0, "420000/relatives/1999-01-01")

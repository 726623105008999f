"""gongji rules test: stories beside the rule files, told again step by step."""

from __future__ import annotations

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
        ("title =", "x.toml:1:8"),
        (BEGINNING.replace("title", "titel"), "unknown key `titel`"),
        (BEGINNING.replace('tells = "she is bound"', ""), "step 1: `tells` is missing"),
        (bill('paid = "80.00"'), "step 2, then: unknown key `paid`"),
        (BEGINNING.replace("2025-01-01", '"2025-01-01"'), "`begins` is no day"),
        (BEGINNING.replace('name = "我"', ""), "person 1: `name` is no text"),
        (BEGINNING.replace('"a mother"', "3"), "`title` is no text"),
        (BEGINNING.replace("cites = []", "cites = [3]"), "`cites`: an entry is no text"),
        (bill("balances = 3"), "step 2, then: `balances` is no table"),
        (bill("refused = [3]"), "step 2, then: `refused`: an entry is no text"),
        (BEGINNING + "amount = 1.5", "`amount` is a fraction"),
    ],
)
def test_a_file_that_is_no_story_is_told_with_its_place(told: Told, text: str, cause: str) -> None:
    answer = told(text)

    assert answer.code == 5
    assert "stories/x.toml" in answer.err
    assert cause in answer.err


def test_a_clause_that_a_story_cites_must_be_there(told: Told) -> None:
    cited = bill(PAID).replace("cites = []", 'cites = ["420000/relatives/1999-01-01"]')

    (difference,) = told(cited, "--json").data["differences"]
    assert (difference["step"], difference["expected"]) == (0, "420000/relatives/1999-01-01")

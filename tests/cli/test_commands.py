"""Every command: what it does, as JSON and in words, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongji.cli.app import PLACES
from tests.cli.conftest import HERE, Gongji

ON = ("--on", "2025-01-02")
MOVING = (*ON, "--rules", str(HERE / "moving"))
CHECK = (
    *("check-eligibility", "--holder-area", "420100", "--holder-insurance", "employee"),
    *("--beneficiary-area", "420600", "--beneficiary-insurance", "resident"),
    *("--relation", "sibling", "--on", "2025-01-02"),
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What is Chinese whatever the language: names of people, and the words of the rule file.
RULES = (HERE / "rules" / "420000-small.toml").read_text("utf-8")
PEOPLE = ("我", "哥哥", "妈妈", "爸爸", "舅舅", "妹妹")
NAMES = sorted((*PEOPLE, *re.findall(r'"(.+)"', RULES)), key=len)

READING: dict[str, tuple[str, ...]] = {
    "check-eligibility": (*CHECK, "--purpose", "pharmacy"),
    "check-eligibility of two people": (
        *("check-eligibility", "我", "妈妈", "--purpose", "pharmacy"),
        *ON,
    ),
    "person show": ("person", "show", "妈妈", *ON),
    "person list": ("person", "list", *ON),
    "balance": ("balance", *ON),
    "balance of one": ("balance", "我", *ON),
    "history": ("history",),
    "history of one": ("history", "妈妈", "--from", "2025-01-01", "--to", "2025-12-31"),
    "history in all": ("history", "--totals"),
    "ledger head": ("ledger", "head"),
    "ledger verify": ("ledger", "verify"),
    "rules show": ("rules", "show", "420100", *ON),
}
WRITING: dict[str, tuple[str, ...]] = {
    "person add": ("person", "add", "妹妹", "--area", "420100", "--insurance", "none", *ON),
    "person set": ("person", "set", "我", "--status", "arrears", *ON),
    "person remove": ("person", "remove", "舅舅", *ON),
    "credit": ("credit", "我", "200.00", *ON),
    "bind": ("bind", "哥哥", "爸爸", "--relation", "parent", *ON),
    "unbind": ("unbind", "我", "妈妈", *ON),
    "pay-for": ("pay-for", "妈妈", "350", "--purpose", "pharmacy", *ON),
    "transfer": ("transfer", "我", "妈妈", "80", "--to", "wallet", "--relation", "妈妈", *MOVING),
    "accept": ("accept", "RECORD", *ON),
    "reserve": ("reserve", "哥哥", "爸爸", "50", *MOVING),
    "release": ("release", "哥哥", "爸爸", *MOVING),
    "claim": ("claim", "RECORD", *MOVING),
    "reverse": ("reverse", "RECORD", "--reason", "mistyped", *ON),
}
QUOTA = ("bind", "哥哥", "爸爸", "--relation", "parent", "--mechanism", "wallet_quota", *MOVING)
BEFORE: dict[str, tuple[tuple[str, ...], ...]] = {
    "accept": (WRITING["transfer"],),
    "reserve": (QUOTA,),
    "release": (QUOTA, WRITING["reserve"]),
    "claim": (("pay-for", "妈妈", "--purpose", "resident_premium", *MOVING),),
    "reverse": (WRITING["credit"],),
}
"""What must have been done for a command to have something to do; RECORD is the last of it."""
SCHEMAS = {
    "check-eligibility": "gongji.decision/1",
    "person": "gongji.person/1",
    "balance": "gongji.balance/1",
    "history": "gongji.record/1",
    "history in all": "gongji.totals/1",
    "ledger head": "gongji.head/1",
    "ledger verify": "gongji.verification/1",
    "rules show": "gongji.rules/1",
}


def schema_of(title: str) -> str:
    """Return the schema of the longest beginning of the title that has one."""
    fitting = [name for name in SCHEMAS if title.startswith(name)]
    return SCHEMAS[max(fitting, key=len)]


def prepared(house: Gongji, title: str) -> tuple[str, ...]:
    """Do what must come before the command of the title, and return its arguments."""
    for line in BEFORE.get(title, ()):
        assert house(*line).code == 0
    last = str(house("ledger", "head", "--json").data["record"])
    return tuple(last if word == "RECORD" else word for word in (READING | WRITING)[title])


def without_names(text: str) -> str:
    """Return the text without blanks and line ends, and without NAMES."""
    text = re.sub(r"\s", "", text)
    for name in reversed(NAMES):
        text = text.replace(re.sub(r"\s", "", name), "")
    return text


@pytest.fixture
def house(family: Gongji) -> Gongji:
    """The family, and an uncle bound to nobody."""
    added = ("person", "add", "舅舅", "--area", "420100", "--insurance", "resident", *ON)
    assert family(*added).code == 0
    return family


def test_every_command_is_tried_here() -> None:
    """A new command cannot be forgotten: those that need more than a family are tested apart."""
    tried = {title.split()[0] for title in (*READING, *WRITING)}

    assert set(PLACES) - tried == {"demo", "error", "guide", "settle", "settlement"}


@pytest.mark.parametrize("title", READING)
def test_a_reading_command_answers_with_json(house: Gongji, title: str) -> None:
    """Every line is an object that names its schema; nothing else is on either stream."""
    answer = house(*READING[title], "--json")

    assert (answer.code, answer.err) == (0, "")
    assert {row["schema"] for row in answer.rows} == {schema_of(title)}


@pytest.mark.parametrize("title", READING)
def test_a_reading_command_writes_nothing(house: Gongji, title: str, untouched: None) -> None:
    """Asked twice it says the same."""
    first = house(*READING[title])

    assert house(*READING[title]) == first


@pytest.mark.parametrize("title", WRITING)
def test_a_writing_command_answers_with_its_record(house: Gongji, title: str) -> None:
    """The record is the last of the history, to the hash."""
    answer = house(*prepared(house, title), "--json")

    assert (answer.code, answer.err) == (0, "")
    record = answer.data
    assert (record["schema"], record["do"], record["ok"]) == (
        "gongji.record/1",
        title.replace(" ", "-"),
        True,
    )
    assert (record["written"], record["repeated"]) == (True, False)
    last = house("history", "--json").rows[-1]
    assert {**last, "written": True} == record
    assert house("ledger", "head", "--json").data["head"] == record["hash"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("title", [*READING, *WRITING])
def test_every_command_speaks_both_languages(house: Gongji, title: str, language: str) -> None:
    """English holds no Chinese but the names of people and documents; Chinese holds Chinese."""
    answer = house(*prepared(house, title), "--lang", language)

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("\n")
    if title != "ledger head":
        assert bool(CHINESE.search(without_names(answer.out))) == (language == "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "listing", [("history",), ("balance", *ON), ("person", "show", "哥哥", *ON)]
)
def test_every_act_is_listed_in_both_languages(
    house: Gongji, listing: tuple[str, ...], language: str
) -> None:
    """What was moved, set aside, claimed and taken back, and the accounts that it went to."""
    for title in ("accept", "release", "claim", "reverse"):
        assert house(*prepared(house, title)).code == 0
    assert house("settle", "--on", "2026-01-01").code == 0

    answer = house(*listing, "--lang", language)

    assert bool(CHINESE.search(without_names(answer.out))) == (language == "zh")


@pytest.mark.parametrize("title", READING)
def test_json_is_the_same_in_both_languages(house: Gongji, title: str) -> None:
    """Codes, keys and messages do not change with the reader."""
    answers = {house(*READING[title], "--json", "--lang", language) for language in ("zh", "en")}

    assert len(answers) == 1


def test_a_yes_names_mechanism_clauses_and_digest(small: Gongji) -> None:
    """The reasons of a yes are those that rest on a clause."""
    data = small(*CHECK, "--purpose", "pharmacy", "--json").data

    assert (data["verdict"], data["mechanism"], data["confidence"]) == (
        "eligible",
        "authorisation",
        "medium",
    )
    assert {reason["outcome"] for reason in data["reasons"]} == {"pass"}
    relation = next(reason for reason in data["reasons"] if reason["check"] == "relation")
    assert relation["clause"] == "420000/relatives/2024-10-01"
    assert relation["source"] == {
        "title": "关于扩大家庭共济范围的通知",
        "url": "https://example.org/2024",
        "grade": "official",
    }
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", data["rules"])


@pytest.mark.parametrize(
    ("more", "code", "verdict", "amiss"),
    [
        ((), 0, "eligible", set()),
        (("--on", "2024-06-01"), 3, "ineligible", {("relation", "fail")}),
        (("--holder-beneficiaries", "3"), 3, "ineligible", {("limit-beneficiaries", "fail")}),
        (("--holder-balance", "100.00"), 3, "ineligible", {("funds", "fail")}),
        (("--holder-balance", "100.01"), 0, "eligible", set()),
        (("--purpose", "vaccine"), 4, "unknown", {("purpose", "unknown")}),
        (("--action", "bind"), 0, "eligible", set()),
        (("--min-confidence", "high"), 4, "unknown", {("scope", "unknown")}),
    ],
)
def test_the_verdict_is_the_exit_code(
    small: Gongji,
    more: tuple[str, ...],
    code: int,
    verdict: str,
    amiss: set[tuple[str, str]],
) -> None:
    """0 yes, 3 no, 4 unknown; what is amiss stands in the reasons."""
    answer = small(*CHECK, "--purpose", "pharmacy", *more, "--json")

    assert (answer.code, answer.data["verdict"]) == (code, verdict)
    reasons = answer.data["reasons"]
    found = {(reason["check"], reason["outcome"]) for reason in reasons}
    assert {each for each in found if each[1] != "pass"} == amiss


@pytest.mark.parametrize(
    "words",
    [
        ("武汉", "襄阳", "妹妹", "药店", "职工", "居民"),
        ("wuhan", "xiangyang", "sibling", "pharmacy", "employee", "resident"),
        ("420100", "420600", "兄弟姐妹", "药店", "职工医保", "居民医保"),
    ],
)
def test_words_are_taken_as_code_chinese_and_english(small: Gongji, words: tuple[str, ...]) -> None:
    """However it is put, it is the same question."""
    area, other, relation, purpose, employee, resident = words
    asked = small(
        *("check-eligibility", "--holder-area", area, "--holder-insurance", employee),
        *("--beneficiary-area", other, "--beneficiary-insurance", resident),
        *("--relation", relation, "--purpose", purpose, *ON, "--json"),
    )

    assert asked.out == small(*CHECK, "--purpose", "pharmacy", "--json").out


def test_two_people_are_asked_about_as_the_ledger_knows_them(family: Gongji) -> None:
    """Balances, counts and the binding come from the books: nothing is assumed of them."""
    data = family("check-eligibility", "我", "妈妈", "--purpose", "药店", *ON, "--json").data

    assert data["verdict"] == "eligible"
    assert not {"holder.balance", "holder.beneficiaries", "bound"} & set(data["assumed"])


def test_a_name_is_the_same_in_every_unicode_form(small: Gongji) -> None:
    """What a Mac types decomposed is who was added composed."""
    add = ("--area", "420100", "--insurance", "employee", "--balance", "500", *ON)
    small("person", "add", "Ren\u00e9", *add)
    small("person", "add", "Zo\u00eb", *add)

    ask = ("check-eligibility", "Rene\u0301", "Zoe\u0308", "--relation", "spouse", *ON)
    assert small(*ask, "--purpose", "pharmacy").code == 0
    assert small("balance", "Rene\u0301").code == 0


def test_a_payment_is_split_as_told(family: Gongji) -> None:
    """Own share of the two holders, each down to the hundred yuan that must remain, and cash."""
    data = family("pay-for", "妈妈", "1000", "--purpose", "药店", *ON, "--json").data

    assert data["draws"] == [
        {"holder": "我", "account": "我:current", "amount": "500.00"},
        {"holder": "我", "account": "我:carryover", "amount": "200.00"},
        {"holder": "哥哥", "account": "哥哥:current", "amount": "150.00"},
    ]
    assert (data["own"], data["cash"], data["amount"]) == ("0.00", "150.00", "1000.00")
    amounts = [posting["amount"] for posting in data["postings"]]
    assert all(re.fullmatch(r"-?\d+\.\d\d", amount) for amount in amounts)


def test_a_premium_is_paid_and_taken_back(family: Gongji) -> None:
    """Its price is the rules', and after the reversal it may be paid again."""
    premium = ("pay-for", "妈妈", "--purpose", "resident_premium", *ON, "--json")

    first = family(*premium).data
    twice = family(*premium)
    back = family("reverse", str(first["seq"]), "--reason", "moved", "--on", "2025-02-01")
    again = family(*premium, "--on", "2025-02-01")

    assert (first["year"], first["amount"]) == (2025, "400.00")
    assert (twice.code, twice.data["schema"]) == (3, "gongji.refusal/1")
    assert (back.code, again.code) == (0, 0)


def test_a_refusal_carries_every_decision(family: Gongji, untouched: None) -> None:
    """As JSON each holder has a whole decision; nothing is written."""
    answer = family("pay-for", "妈妈", "10", "--purpose", "other", *ON, "--json")

    data = answer.data
    assert (answer.code, answer.err) == (3, "")
    assert (data["schema"], data["ok"], data["code"]) == ("gongji.refusal/1", False, "pay.nobody")
    assert [one["holder"] for one in data["decisions"]] == ["我", "哥哥"]
    assert {one["schema"] for one in data["decisions"]} == {"gongji.decision/1"}


def test_history_can_be_narrowed(family: Gongji) -> None:
    """By person, by day and by purpose."""
    family("pay-for", "妈妈", "10", "--purpose", "药店", "--on", "2025-03-01")
    family("pay-for", "妈妈", "20", "--purpose", "门诊", "--on", "2025-04-01")

    def numbers(*filters: str) -> list[int]:
        return [row["seq"] for row in family("history", *filters, "--json").rows]

    assert numbers("--purpose", "outpatient") == [9]
    assert numbers("--from", "2025-03-01", "--to", "2025-03-31") == [8]
    assert numbers("爸爸") == [4, 7]


def test_rules_check_passes_the_rules_in_use(small: Gongji) -> None:
    """No problem: nothing on standard output, one sentence on standard error, exit 0."""
    answer = small("rules", "check")

    assert (answer.code, answer.out) == (0, "")
    assert answer.err.endswith("problems: 0\n")


def test_rules_show_tells_values_with_their_clauses(small: Gongji) -> None:
    """What holds before and after a change differs on the day of the change."""

    def relatives(day: str) -> Any:
        data = small("rules", "show", "湖北", "--on", day, "--json").data
        (found,) = [one for one in data["values"] if one["parameter"] == "relatives.include"]
        return found["value"]

    assert set(relatives("2024-10-01")) - set(relatives("2024-09-30")) == {"sibling"}


@pytest.mark.parametrize("name", PLACES)
def test_help_opens_with_examples(gongji: Gongji, name: str) -> None:
    """Then comes the usage."""
    answer = gongji(name, "--help")

    assert answer.code == 0
    assert re.match(r"(Examples:|示例：)\n  gongji ", answer.out)
    assert re.search(r"^(Usage: |用法：)gongji ", answer.out, re.MULTILINE)


def test_every_example_of_the_help_names_a_command(gongji: Gongji) -> None:
    """And the options of check-eligibility's examples are options that it has."""
    for name in PLACES:
        shown = gongji(name, "--help").out.partition("\n\n")[0]
        commands = re.findall(r"^  (?:cat \S+ \| )?gongji (\S+)", shown, re.MULTILINE)

        assert commands
        assert set(commands) == {name}


def test_an_overlay_has_the_last_word(small: Gongji, monkeypatch: pytest.MonkeyPatch) -> None:
    """By option or by variable; the digest of the rules tells that they are others."""
    ask = (*CHECK, "--purpose", "pharmacy", "--json")
    shipped, overlaid = small(*ask), small(*ask, "--rules", str(HERE / "overlay"))
    monkeypatch.setenv("GONGJI_RULES", str(HERE / "overlay"))
    by_variable = small(*ask)

    assert (shipped.code, overlaid.code) == (0, 3)
    assert by_variable == overlaid
    assert shipped.data["rules"] != overlaid.data["rules"]

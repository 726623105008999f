from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import gongji.engine
from gongji.engine import request as request_module
from gongji.engine.case import Check, Outcome
from gongji.engine.decide import decide
from gongji.engine.facts import BindingFacts, Request
from gongji.engine.request import BY_PATH, KEYS, BadRequest, parse_request
from gongji.policy.pack import Confidence, Pack
from gongji.policy.reading import load
from gongji.render.language import _
from gongji.render.sentences import ASSUMED, REASONS, REQUEST_ERRORS
from gongji.render.wording import hint, plain_refusal, plain_sentence, refusal, sentence

ENGINE = Path(gongji.engine.__file__).parent
OUTCOMES = ("pass", "fail")
WHYS = ("silent", "gap", "not-found", "faded", "partial")

UNREACHED = frozenset({"mechanism.gap", "mechanism.not-found"})
"""Silences that a roll-out state cannot have today; the engine names them with the others."""

RULES = {
    "110000": """
        name = "北京市"
        pinyin = "beijing"
        pooling = "region"
        |
        [[relatives]]
        include = ["spouse", "parent", "child"]
        [[insurance]]
        holder = ["employee"]
        beneficiary = ["employee", "resident"]
        holder_tier = ["1"]
        [[status]]
        from = 2024-01-01
        holder = ["active"]
        beneficiary = ["active"]
        [[exclusion]]
        holder = ["retired_cadre"]
        [[mechanism]]
        authorisation = "live"
        family_pool = "partial"
        wallet_transfer = "live"
        [[scope]]
        when = { mechanism = ["authorisation", "wallet_transfer"] }
        reach = "nation"
        [[provider]]
        reach = "province"
        [[limits]]
        beneficiaries = { total = 3, cumulative = 5, each = { parent = 2, child = "unlimited" } }
        holders = { at_least = 2 }
        [[roles]]
        exclusive = true
        [[consent]]
        from_age = 18
        [[purposes]]
        allow = ["pharmacy", "resident_premium"]
        deny = ["other"]
        [[funds]]
        use = "all"
        keep = "100.00"
        [[caps]]
        per = "payment"
        amount = "300.00"
        [[caps]]
        per = "day"
        amount = "500.00"
        [[order]]
        own = "empty"
        [[premium]]
        year = 2025
        phases = [
          { opens = 2024-09-01, closes = 2024-12-31, price = "0.00" },
          { opens = 2025-03-01, closes = 2025-06-30, price = "400.00" },
        ]
        accounts_from = 2024-10-01
        accounts_until = 2025-05-31
        [[premium]]
        year = 2026
        opens = 2025-09-01
        [[premium_payment]]
        mode = "scheduled"
        full_amount = true
        prior_year = true
        window_only = true
        years = "this_and_next"
        persons_per_year = 2
        [[reversal]]
        allowed = true
        window_only = true
        after_hours = 24
        until_day = "05-31"
        [[reversal]]
        when = { purpose = ["resident_premium", "pharmacy"] }
        before = ["clearing", "benefit_begins", "benefit_used"]
        [[reversal]]
        when = { purpose = ["employee_premium"] }
        reasons = ["…"]
        [[transfer]]
        when = { mechanism = ["wallet_transfer"] }
        most = "2000.00"
        least = "10.00"
        per_day = 3
        per_month = 4
        pending_blocks = true
        closed_from = "22:00"
        closed_until = "06:00"
        [[binding]]
        started_by = "holder"
        ended_by = "holder"
        proof = "documents"
        term_years = 1
        rebind_wait_days = 30
    """,
    "420000": """
        name = "湖北省"
        pinyin = "hubei"
        pooling = "city"
        |
        [[relatives]]
        include = ["spouse"]
        [[insurance]]
        holder = ["employee"]
        [[mechanism]]
        from = 2024-01-01
        authorisation = "live"
        [[mechanism]]
        seen = 2024-12-31
        family_pool = "not_live"
        [[mechanism]]
        from = 2024-01-01
        wallet_quota = "not_live"
        [[scope]]
        reach = "pooling_area"
        [[provider]]
        reach = "pooling_area"
        [[limits]]
        beneficiaries = "unlimited"
        holders = 1
        [[roles]]
        exclusive = false
        [[purposes]]
        allow = ["pharmacy", "resident_premium"]
        [[funds]]
        use = "carryover"
        gate = "500.00"
        [[caps]]
        per = "payment"
        set_by = "holder"
        [[premium]]
        year = 2025
        price = "400.00"
        [[premium]]
        year = 2025
        phases = [
          { opens = 2024-09-01, closes = 2024-12-31, days = [1, 20] },
          { opens = 2025-01-01, closes = 2025-03-31, wait_months = 3 },
          { opens = 2025-04-01, closes = 2025-06-30, wait_days = 60 },
        ]
        [[premium]]
        year = 2026
        group = ["elderly"]
        price = "460.00"
        [[premium]]
        year = 2026
        group = ["adult"]
        tier = ["1"]
        price = "482.00"
        [[premium_payment]]
        mode = "reimburse"
        wait_days = 5
        window_only = true
        [[reversal]]
        allowed = false
        [[binding]]
        term = "open"
        switches = ["pay"]
    """,
    "430000": """
        name = "湖南省"
        pinyin = "hunan"
        pooling = "city"
        |
    """,
}

CHOICES: dict[str, list[Any]] = {
    "relation": ["parent", "child", "spouse", "cousin"],
    "purpose": [
        "pharmacy",
        "pharmacy",
        "resident_premium",
        "resident_premium",
        "employee_premium",
        "other",
        "vaccine",
    ],
    "year": [None, None, None, None, 2024, 2030],
    "action": ["use", "use", "use", "bind", "transfer", "claim", "reverse"],
    "mechanism": [None, None, "authorisation", "family_pool", "wallet_transfer", "wallet_quota"],
    "amount": [None, "5.00", "350.00", "3000.00"],
    "bound": [None, True, False],
    "at": [None, "09:00", "23:00"],
    "transfers_today": [None, 0, 5],
    "provider_area": [None, "110101", "420100", "420000", "430100"],
    "paid_on": [None, "2024-12-30", "2025-01-01"],
    "hours_since_payment": [None, 1, 100],
    "holder.area": ["110000", "110000", "420100", "420000", "430100"],
    "beneficiary.area": ["110000", "110000", "420100", "420200", "420000", "430100"],
    "holder.insurance": ["employee", "employee", "employee", "resident"],
    "beneficiary.insurance": ["resident", "resident", "employee", "none"],
    "holder.status": [None, "active", "active", "arrears"],
    "beneficiary.status": [None, "active", "active", "ended"],
    "holder.tier": [None, "1", "1", "2", "pooled_only"],
    "holder.group": [[], [], [], ["retired_cadre"]],
    "holder.balance": [None, "50.00", "250.00", "9000.00"],
    "holder.carryover": [None, None, "0.00", "20.00"],
    "holder.pooled": [None, None, "0.00", "1.00"],
    "holder.authorised": [None, None, None, "0.00"],
    "holder.wallet": [None, None, "open", "none"],
    "holder.beneficiaries": [None, 0, 1, 4],
    "holder.by_relation": [None, {"parent": 2}],
    "holder.is_beneficiary": [None, False, False, True],
    "beneficiary.own_balance": [None, None, None, "10.00"],
    "beneficiary.holders": [None, 0, 1, 2],
    "beneficiary.accepted": [None, True, False],
    "beneficiary.age": [None, 10, 40],
    "beneficiary.prior_year_insured": [None, True, False],
    "beneficiary.group": [[], [], ["adult"], ["elderly"]],
    "beneficiary.premium_paid": [None, False, False, True],
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("many")
    for code, text in RULES.items():
        region, _bar, clauses = text.partition("|")
        head = f'format = 1\n[region]\ncode = "{code}"\n{region}reviewed = 2026-01-01\n'
        head += 'summary = "…"\nsummary_en = "…"\n'
        source = '[source.one]\ntitle = "…"\ngrade = "recall"\n' if clauses.strip() else ""
        cited = clauses.replace("[[", 'source = ["one"]\nconfidence = "high"\n[[')
        cited = cited.partition("[[")[1] + cited.partition("[[")[2]
        end = 'source = ["one"]\nconfidence = "high"\n' if cited else ""
        Path(folder, f"{code}.toml").write_text(head + source + cited + end, "utf-8")
    return load([folder])


def requests(count: int) -> Iterator[Request]:
    chance, of_books = random.Random(20250601), random.Random(20250602)
    for _turn in range(count):
        data: dict[str, Any] = {"holder": {}, "beneficiary": {}}
        for path, values in CHOICES.items():
            value = chance.choice(values)
            side, _dot, name = path.rpartition(".")
            if value is not None:
                (data[side] if side else data)[name] = value
        if "carryover" in data["holder"] and data["holder"].get("balance") == "50.00":
            del data["holder"]["balance"]
        day = date(2024, 9, 1) + timedelta(chance.randrange(800))
        asked = parse_request({**data, "on": str(day)}, day)
        # Only the books, or an act on them, know these; only they end a binding.
        yield replace(
            asked,
            action=of_books.choice([asked.action] * 9 + ["unbind"]),
            transfers_this_month=chance.choice([None, 0, 5]),
            pending_transfer=chance.choice([False, True]),
            binding=of_books.choice([None, of_binding(of_books, day)]),
            mode=chance.choice([None, None, "direct", "reimburse"]),
            orders=chance.choice([None, None, {2025: 7}]),
            persons_paid=chance.choice([None, 0, 3]),
            later=of_books.random() < 0.1,
            spent=of_books.choice([None, None, {"day": 0}, {"day": 99_999_999}]),
            cleared=chance.choice([None, None, None, True]),
            benefit_used=chance.choice([None, None, True]),
            benefit_from=chance.choice([None, date(2025, 2, 1)]),
        )


def of_binding(chance: random.Random, day: date) -> BindingFacts:
    noon = datetime.combine(day, time(12))
    return BindingFacts(
        by=chance.choice([None, None, "holder", "beneficiary"]),
        evidence=chance.choice([None, None, "commitment", "documents"]),
        effective=chance.choice([None, None, noon, noon + timedelta(days=1)]),
        until=chance.choice([None, None, day - timedelta(days=1), day + timedelta(days=999)]),
        switches=chance.choice([None, None, frozenset({"pay"}), frozenset({"premium"})]),
        last_ended=chance.choice([None, None, day]),
    )


@pytest.fixture(scope="module")
def checks(rules: Pack) -> list[Check]:
    """Every check of a large random run."""
    found: list[Check] = []
    for number, request in enumerate(requests(3000)):
        least = Confidence.HIGH if number % 50 == 0 else Confidence.LOW
        decision = decide(request, rules, least)
        for finding in (*decision.candidates, *decision.alternatives):
            found += finding.checks
    return found


def test_the_engine_names_the_reasons_that_have_a_sentence_and_no_other() -> None:
    """Every reason in the source of the engine has a sentence, and every sentence a reason."""
    named = set(_reasons_in_source())

    assert REASONS.keys() - named == {"provider.unknown"}
    assert named - REASONS.keys() == set()


def test_a_large_random_run_reaches_every_reason(checks: list[Check]) -> None:
    """The run behind the other tests leaves out only what the engine cannot reach today."""
    assert REASONS.keys() - {check.reason for check in checks} == UNREACHED


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_placeholders_of_every_sentence_and_hint_are_supplied(
    checks: list[Check], language: str
) -> None:
    """No check lacks a value that its sentence or hint asks for, in either language."""
    for check in checks:
        assert "{" not in sentence(check, language) + (hint(check, language) or "")


def test_a_plain_sentence_keeps_the_codes(checks: list[Check]) -> None:
    """Programs read English with every value as the check gave it."""
    for check in checks:
        said = plain_sentence(check)

        wanted = {name for _, name, _, _ in Formatter().parse(REASONS[check.reason][0]) if name}
        assert all(check.values[name] in said for name in wanted & check.values.keys())


def test_every_fail_and_unknown_has_a_hint_and_no_pass_has_one(checks: list[Check]) -> None:
    """Whoever is refused is told what to do next; whoever is not, is not bothered."""
    for check in checks:
        assert (hint(check) is None) is (check.outcome is Outcome.PASS)


def test_every_assumed_fact_has_a_sentence_and_an_option(checks: list[Check]) -> None:
    """The sentences of what is taken as given are those of the facts that are taken as given."""
    assumed = {fact for check in checks for fact in check.assumed}

    assert assumed | {"holder.beneficiaries_cumulative", "beneficiary.wallet"} == ASSUMED.keys()
    assert BY_PATH.keys() >= ASSUMED.keys()


def test_every_missing_fact_is_a_key(checks: list[Check]) -> None:
    """A fact that would settle an unknown can be given by an option."""
    missing = {fact for check in checks for fact in check.missing}

    assert missing
    assert BY_PATH.keys() >= missing


def _reasons_in_source() -> Iterator[str]:
    families = {reason.partition(".")[0] for reason in REASONS}
    for path in (*sorted((ENGINE / "checks").glob("*.py")), ENGINE / "decide.py"):
        tree = ast.parse(path.read_text("utf-8"))
        asked = {
            inner
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and _name_of(call).startswith("ask")
            for inner in ast.walk(call)
        }
        for node in ast.walk(tree):
            if node not in asked:
                yield from (text for text in _texts(node) if _is_reason(text, families))


def _name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _is_reason(text: str, families: set[str]) -> bool:
    family, dot, rest = text.partition(".")
    return family in families and bool(dot) and all(part.isalpha() for part in rest.split("-"))


def _texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue(value=by)]):
            name = by.id if isinstance(by, ast.Name) else getattr(by, "attr", "")
            ends = {"outcome": OUTCOMES, "why": WHYS}.get(name, ())
            yield from (start + end for end in ends)


REFUSED: list[tuple[object, str]] = [
    ([], "request.not-an-object"),
    ({"mood": "good"}, "request.key-unknown"),
    ({"relatoin": "parent"}, "request.key-near"),
    ({"relation": "parent"}, "request.key-missing"),
    ({"relation": 3}, "request.type"),
    ({"holder": 3}, "request.type"),
    ({"amount": 1.5}, "request.type"),
    ({"holder": {"group": "student"}}, "request.type"),
    ({"holder": {"beneficiaries": "two"}}, "request.type"),
    ({"holder": {"by_relation": 2}}, "request.type"),
    ({"bound": "yes"}, "request.type"),
    ({"id": "x" * 2000}, "request.too-long"),
    ({"holder": {"beneficiaries": -1}}, "request.count-range"),
    ({"year": 20}, "request.year-range"),
    ({"holder": {"tier": "Erste Klasse"}}, "request.word-form"),
    ({"relation": "mothre"}, "word.unknown"),
    ({"relation": "zzzzzz"}, "word.unknown-listed"),
    ({"holder": {"by_relation": {"zzzzzz": 1}}}, "word.unknown-listed"),
    ({"holder": {"type": "zzzzzz"}}, "word.unknown-listed"),
    ({"holder": {"area": "Atlantis zzz"}}, "word.unknown-area"),
    ({"relation": "媳妇"}, "word.ambiguous"),
    ({"amount": ""}, "money.empty"),
    ({"amount": "twelve"}, "money.not-a-number"),
    ({"amount": "-1"}, "money.negative"),
    ({"amount": "1.234"}, "money.decimals"),
    ({"amount": "1" * 15}, "money.too-large"),
    ({"on": "1 June"}, "day.form"),
    ({"at": "9 o'clock"}, "time.form"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED)
def test_every_refused_request_has_a_sentence_and_a_hint(data: object, code: str) -> None:
    """A request that cannot be read is answered in both languages, nothing left open."""
    problem = _refused(data)

    assert code.startswith(problem.code)
    english = tuple(text.format(**_all_values(problem)) for text in REQUEST_ERRORS[code])
    assert plain_refusal(problem) == english
    for language in ("zh", "en"):
        assert all(
            text and "{" not in text.replace('{"', "") for text in refusal(problem, language)
        )


def test_every_refusal_sentence_is_tried_but_that_of_a_mismatch() -> None:
    """The examples above leave out one code, which stands in the next test."""
    assert REQUEST_ERRORS.keys() - {code for _, code in REFUSED} == {"request.balance-mismatch"}


def test_a_balance_that_does_not_add_up_is_refused_by_name() -> None:
    """The keys whose sum is wrong are named."""
    sides = {
        "holder": {"area": "420100", "insurance": "employee", "balance": "5", "current": "9"},
        "beneficiary": {"area": "420100", "insurance": "resident"},
    }
    problem = _refused({"relation": "parent", "purpose": "pharmacy", **sides})

    assert "`holder.carryover`" in refusal(problem, "en")[1]


def test_the_kinds_of_values_a_request_asks_for_are_known_in_chinese() -> None:
    """Every `wanted` in the reader of requests has a Chinese name."""
    tree = ast.parse(Path(request_module.__file__).read_text("utf-8"))
    wanted = [
        keyword.value.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "wanted" and isinstance(keyword.value, ast.Constant)
    ]

    assert wanted
    for text in wanted:
        said, _hint = refusal(BadRequest("request.type", "amount", wanted=str(text)), "zh")
        assert str(text) not in said


def test_a_refusal_shows_no_control_characters() -> None:
    """What a user typed cannot move the cursor of whoever reads the error."""
    said, _hint = refusal(_refused({"amount": "1\x1b[2J\u202e2"}), "en")

    assert said == "`1[2J2` is no amount of yuan"


def test_every_key_has_a_meaning_in_chinese() -> None:
    """The help of an option and the list of missing facts read in Chinese."""
    assert all(_(key.meaning, "zh") != key.meaning for key in KEYS)


def _refused(data: object) -> BadRequest:
    with pytest.raises(BadRequest) as caught:
        parse_request(data, date(2025, 6, 1))
    return caught.value


def _all_values(problem: BadRequest) -> dict[str, str]:
    key = problem.key or ""
    words = {
        "relation": ", ".join(BY_PATH["relation"].words),
        "holder type": ", ".join(BY_PATH["holder.type"].words),
    }
    option = BY_PATH[key].option if key in BY_PATH else ""
    listed = words.get(problem.values.get("kind", ""), "")
    return {**problem.values, "key": key, "option": option, "words": listed}

from __future__ import annotations

from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from gongji.policy.fields import Fen
from gongji.policy.pack import UNKNOWN, Accrual, AtLeast, Cap, Pack, PremiumPhase
from gongji.policy.resolve import Ruling, collect, parameters_of, qualifiers_of, resolve
from gongji.policy.topics import TOPICS
from gongji.render import language
from gongji.render.rules_text import RulesView, rulings_lines
from gongji.render.values import MONEY, value_text

COLLECTED = ("channel", "materials", "standing")
DAY = date(2025, 6, 1)


def _view(pack: Pack, area: str) -> RulesView:
    rulings = tuple(
        (name, when, resolve(pack, name, area, dict(when), DAY))
        for name in parameters_of(pack, area)
        if name not in COLLECTED
        for when in qualifiers_of(pack, name, area)
    )
    collected = tuple(
        statement for topic in COLLECTED for statement in collect(pack, topic, area, {}, DAY)
    )
    return RulesView(area, DAY, pack.region("420000"), rulings, collected)


@pytest.mark.parametrize("chosen", ["zh", "en"])
def test_the_rules_of_an_area_read_as_before(
    pack: Pack, snapshot: SnapshotAssertion, chosen: str
) -> None:
    """The whole text, in both languages, is looked at when it changes."""
    language.use(chosen)

    assert "\n".join(rulings_lines(_view(pack, "420100"))) == snapshot


def test_every_ruling_is_shown(pack: Pack) -> None:
    """No parameter is left out, and each names its code."""
    view = _view(pack, "420100")

    text = "\n".join(rulings_lines(view))

    assert all(f" {name}" in text for name, _when, _ruling in view.rulings)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("silent", "no clause speaks of it"),
        ("gap", "the day lies in a gap between two clauses"),
        ("not-found", "looked for and not found"),
        ("faded", "the last observation is too old"),
        ("partial", "in use in some places only"),
    ],
)
def test_an_unknown_says_why(why: str, words: str) -> None:
    """What is not known is shown like any value, with the reason."""
    ruling = Ruling("scope.reach", "420100", UNKNOWN, why=why)

    lines = rulings_lines(RulesView("420100", DAY, None, (("scope.reach", (), ruling),), ()))

    assert lines[-1] == f"  reach between the two scope.reach: not known ({words})"


def test_an_area_without_a_file_says_so() -> None:
    """A reader is not led to take the nation's rules for local ones."""
    lines = rulings_lines(RulesView("420100", DAY, None, (), ()))

    assert lines == [
        "Wuhan 420100 · 2025-06-01",
        "no rule file covers this area; only the nation's rules are shown",
    ]


def test_members_of_a_set_that_are_in_doubt_are_named() -> None:
    """In a gap it is said of whom it is not known."""
    ruling = Ruling(
        "relatives.include", "420100", frozenset({"child"}), doubtful=frozenset({"sibling"})
    )

    lines = rulings_lines(RulesView("420100", DAY, None, (("relatives.include", (), ruling),), ()))

    assert lines[-2:] == [
        "  relatives who count relatives.include: child",
        "    not known of: sibling",
    ]


@pytest.mark.parametrize(
    ("parameter", "value", "english"),
    [
        ("funds.keep", 200000, "2000.00 yuan"),
        ("funds.strict", True, "yes"),
        ("limits.holders", 3, "3"),
        ("limits.holders", "unlimited", "no limit"),
        ("limits.each.child", "unlimited", "no limit"),
        ("purposes.other", False, "may not be paid"),
        ("limits.beneficiaries", AtLeast(2), "at least 2"),
        ("scope.reach", frozenset({"pooling_area", "province"}), "within one province"),
        ("mechanism.authorisation", "not_live", "not in use"),
        ("insurance.holder", frozenset({"employee"}), "employee insurance"),
        ("exclusion.holder", frozenset({"retired_cadre"}), "retired cadres"),
        ("relatives.include", frozenset({"spouse", "child"}), "child, spouse"),
        ("premium.accounts_from", date(2025, 9, 1), "2025-09-01"),
        ("order.sources", ("own", "cash"), "own account, cash"),
        ("binding.proof", "none", "no proof"),
        ("binding.steps", ("打开\x1b[1mApp", "刷脸"), "打开[1mApp, 刷脸"),
        ("caps.payment", Cap(30000, "pair", None), None),
        ("caps.payment", Cap(None, None, "holder"), "the figure is set by the holder"),
        ("accrual.employed", Accrual("0.02", None, None, None, ()), "2% of the base"),
        (
            "accrual.retired",
            Accrual(None, 10000, 500, "0.048", ((70, 12000),)),
            "4.8% of the area's average pension, whose figure is not known · 100.00 yuan"
            " · less 5.00 yuan · from age 70: 120.00 yuan",
        ),
        (
            "premium.phases",
            (
                PremiumPhase(date(2025, 9, 1), True, date(2025, 12, 31), False, 40000, 0, 0, None),
                PremiumPhase(date(2026, 1, 1), False, None, True, None, 3, 0, (1, 25)),
                PremiumPhase(None, True, None, False, None, 0, 60, None),
            ),
            "[from 2025-09-01 · to 2025-12-31 · 400.00 yuan], "
            "[by 2026-01-01 at the latest · without an end · days 1 to 25 of a month"
            " · benefits 3 months later], "
            "[start not known · end not known · benefits 60 days later]",
        ),
    ],
)
def test_a_value_is_told_in_words(parameter: str, value: object, english: str | None) -> None:
    """Fen become yuan, codes become words, dates stay as they are."""
    expected = english or "300.00 yuan · payments of this holder for this relative"

    assert value_text(parameter, value) == expected


def test_the_parameters_that_hold_money_are_those_of_the_format() -> None:
    """A number is shown as yuan exactly where the format reads yuan."""
    read_as_fen = {
        f"{topic.topic}.{name}"
        for topic in TOPICS
        for name, field in topic.model_fields.items()
        if field.annotation == Fen | None
    }

    assert {name for name in read_as_fen if not name.startswith(("caps.", "accrual."))} == MONEY

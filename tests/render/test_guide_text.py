from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongji.policy.guide import Guide, guide_to
from gongji.policy.guide_parts import PARTS
from gongji.policy.pack import Pack
from gongji.policy.reading import load
from gongji.render import guide_words
from gongji.render.fold import WIDTH, columns, fold
from gongji.render.guide_data import guide_data
from gongji.render.guide_text import guide_lines
from gongji.render.labels import PARAMETERS

DAY = date(2025, 12, 1)
HEAD = """
format = 1
unknown = {unknown}

[region]
code = "{code}"
name = "某地"
pinyin = "somewhere"
pooling = "city"
reviewed = 2026-01-01
summary = "某地的规定。"
summary_en = "The rules of somewhere."

[source.paper]
title = "办事指南"
published = 2025-01-01
url = "https://example.org/a-very-long-address/that-no-terminal-of-eighty-columns/can-show/on-one-line"
grade = "official"

"""
LIVE = {"topic": "mechanism", "from": date(2024, 1, 1), "authorisation": "live"}

GuideOf = Callable[..., Guide]


def toml(value: object) -> str:
    """Return a value as a rule file writes it."""
    match value:
        case date():
            return value.isoformat()
        case dict():
            return "{" + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def clause(**keys: object) -> str:
    """Return one clause, high and sourced unless the keys say otherwise."""
    told = {"source": ["paper"], "confidence": "high", **keys}
    lines = [f"{key} = {toml(value)}" for key, value in told.items() if key != "topic"]
    return f"[[{keys['topic']}]]\n" + "\n".join(lines) + "\n\n"


@pytest.fixture
def guide_of(tmp_path: Path) -> GuideOf:
    """Makes the guide under a province of the given clauses, beside a nation of `national` ones."""

    def make(
        action: str,
        *clauses: dict[str, object],
        national: tuple[dict[str, object], ...] = (),
        unknown: tuple[str, ...] = (),
        area: str = "420000",
        on: date = DAY,
    ) -> Guide:
        files = {"420000": (clauses, unknown), "000000": (national, ())}
        for code, (told, missing) in files.items():
            if not told:
                continue
            text = HEAD.format(code=code, unknown=toml(list(missing)))
            text += "".join(clause(**each) for each in told)
            Path(tmp_path, f"{code}-somewhere.toml").write_text(text, "utf-8")
        return guide_to(load([tmp_path]), action, area, on)

    return make


def part_of(guide: Guide, name: str) -> list[str]:
    """Return the lines of the part under the heading of `name`."""
    text = "\n".join(guide_lines(guide))
    (found,) = [each for each in text.split("\n\n") if each.startswith(guide_words.PARTS[name])]
    return found.splitlines()[1:]


def unfolded(lines: list[str]) -> str:
    """Return the lines as one, to look for words that a line may end between."""
    return " ".join(" ".join(lines).split())


def test_a_value_stands_above_its_clause_its_doubts_and_its_source(guide_of: GuideOf) -> None:
    """Whoever reads a value sees at once how far it can be trusted."""
    guide = guide_of(
        "bind",
        LIVE,
        {
            **{"topic": "binding", "started_by": "holder", "confidence": "low", "note": "只见一处"},
            "dispute": [{"note": "另有人说双方都行"}],
        },
    )

    assert part_of(guide, "people") == [
        "  · started by: the holder",
        "    420000/binding/undated [1] · confidence low · the sources disagree · its",
        "    dates are not known",
        "    note: 只见一处",
        "    another voice: 另有人说双方都行",
    ]
    assert guide_lines(guide)[-3:] == [
        "Sources",
        "  [1] 办事指南 · 2025-01-01 · official",
        "      https://example.org/a-very-long-address/that-no-terminal-of-eighty-columns/can-show/"
        "on-one-line",
    ]


def test_what_a_region_takes_over_from_the_nation_says_so(guide_of: GuideOf) -> None:
    """A default of the nation is never shown as the region's own word."""
    national = (
        {"topic": "binding", "from": date(2024, 1, 1), "started_by": "holder", "binds": "default"},
    )

    lines = part_of(guide_of("bind", LIVE, national=national), "people")

    assert "taken over from the nation" in unfolded(lines)


def test_a_note_is_told_once(guide_of: GuideOf) -> None:
    """A clause that speaks in two parts repeats its citation there, and not its note."""
    both = {"topic": "binding", "started_by": "holder", "proof": "documents", "note": "只说一遍"}

    text = "\n".join(guide_lines(guide_of("bind", LIVE, both)))

    assert text.count("420000/binding/undated") == 2
    assert text.count("只说一遍") == 1


def test_the_steps_of_the_place_replace_those_that_hold_anywhere(guide_of: GuideOf) -> None:
    """They are numbered, and cited like any value."""
    steps = {"topic": "binding", "from": date(2024, 1, 1), "steps": ["打开小程序", "刷脸"]}

    own = part_of(guide_of("bind", LIVE, steps), "steps")

    assert own == ["  1. 打开小程序", "  2. 刷脸", "    420000/binding/2024-01-01 [1]"]


def test_general_steps_say_that_they_rest_on_no_clause(guide_of: GuideOf) -> None:
    """Nobody takes them for a rule."""
    lines = part_of(guide_of("bind", LIVE), "steps")

    assert lines[0].startswith("  1. Both sides activate")
    assert lines[-1] == "    these steps hold in general and rest on no clause"


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("direct", "taken from the account at once"),
        ("scheduled", "before the run of the month"),
        ("reimburse", "pays the premium in cash within the window"),
    ],
)
def test_the_steps_of_a_premium_are_those_of_its_way_of_payment(
    guide_of: GuideOf, mode: str, words: str
) -> None:
    """To pay in cash first and to wait for a run are different things to do."""
    guide = guide_of("premium", LIVE, {"topic": "premium_payment", "mode": mode})

    assert words in unfolded(part_of(guide, "steps"))


def test_a_way_of_payment_that_nobody_says_is_asked_for_first(guide_of: GuideOf) -> None:
    """The guide does not choose one."""
    lines = part_of(guide_of("premium", LIVE), "steps")

    assert lines[0].startswith("  1. Ask first whether the account is charged at once")


def test_a_premium_is_shown_for_this_year_and_the_next(guide_of: GuideOf) -> None:
    """With the price of each group and each stretch of the window on a line of its own."""
    phases = [
        {"opens": date(2025, 9, 1), "closes": date(2025, 12, 31)},
        {"opens": date(2026, 1, 1), "closes": date(2026, 2, 28), "wait_months": 3},
    ]
    guide = guide_of(
        "premium",
        LIVE,
        {"topic": "premium", "year": 2025, "price": "380.00"},
        {"topic": "premium", "year": 2026, "phases": phases},
        {"topic": "premium", "year": 2026, "group": ["student"], "price": "200.00"},
        {"topic": "premium", "year": 2027, "price": "999.00"},
    )

    text = "\n".join(guide_lines(guide))

    assert "Price and window for 2025\n  · price: 380.00 yuan" in text
    assert "  · price [group: students]: 200.00 yuan" in text
    assert text.count("  · windows: [from 202") == 2
    assert "999.00" not in text


def test_a_price_that_nobody_says_is_told_as_not_known(guide_of: GuideOf) -> None:
    """Also for a year of which nothing at all is known; the year stands beside it."""
    guide = guide_of("premium", LIVE, {"topic": "premium", "year": 2025, "price": "380.00"})

    unknown = {(said.parameter, str(dict(said.when).get("year"))) for said in guide.unknown}

    assert ("premium.price", "frozenset({'2026'})") in unknown
    assert ("premium.price", "frozenset({'2025'})") not in unknown


def test_what_is_not_known_is_told_by_its_reason(guide_of: GuideOf) -> None:
    """Looked for in vain is another thing than not spoken of."""
    guide = guide_of("bind", LIVE, unknown=("materials.items", "binding.review_days"))

    text = "\n".join(guide_lines(guide))
    told = unfolded([text.partition("Not known: ask 12393\n")[2]])

    assert told.startswith("· no clause speaks of it: Where it is done, started by, relatives who")
    assert "· looked for and not found: What to bring, days of review" in told


def test_channels_are_those_that_serve_the_action(guide_of: GuideOf) -> None:
    """Each under its real name, with what it does."""
    pay = {"topic": "channel", "kind": "web", "name": "电子税务局", "does": ["premium_cash"]}
    bind = {"topic": "channel", "kind": "miniprogram", "name": "鄂医保", "does": ["bind", "query"]}

    lines = part_of(guide_of("bind", LIVE, pay, bind), "channels")

    assert lines[0] == "  · mini program: 鄂医保 · bind, look up"
    assert "电子税务局" not in "".join(lines)


def test_a_channel_of_the_wallet_is_shown_to_whoever_binds_and_named_as_such(
    guide_of: GuideOf,
) -> None:
    """The national app is a place to bind, for relatives elsewhere."""
    app = {
        **{"topic": "channel", "kind": "app", "name": "国家医保服务平台", "does": ["bind"]},
        **{"binds": "default", "when": {"mechanism": ["wallet_transfer", "wallet_quota"]}},
    }

    lines = part_of(guide_of("bind", LIVE, national=(app,)), "channels")

    assert "国家医保服务平台" in lines[0]
    assert "[mechanism: wallet quota, wallet transfer]" in unfolded(lines)


def test_where_no_channel_is_known_to_unbind_those_that_bind_are_shown_as_such(
    guide_of: GuideOf,
) -> None:
    """A next best place to ask is not passed off as the right one."""
    bind = {"topic": "channel", "kind": "app", "name": "江西智慧医保", "does": ["bind"]}

    guide = guide_of("unbind", LIVE, bind)

    assert not guide.does_it
    assert part_of(guide, "channels")[0].strip() == guide_words.NEXT_BEST["unbind"]


def test_values_that_differ_by_mechanism_name_it_and_others_do_not(guide_of: GuideOf) -> None:
    """A family account beside authorisation, with limits of its own."""
    guide = guide_of(
        "bind",
        LIVE,
        {"topic": "mechanism", "from": date(2024, 1, 1), "family_pool": "live"},
        {"topic": "limits", "when": {"mechanism": ["authorisation"]}, "beneficiaries": 6},
        {"topic": "limits", "when": {"mechanism": ["family_pool"]}, "beneficiaries": 9},
        {"topic": "limits", "holders": 1},
    )

    text = "\n".join(part_of(guide, "limits"))

    assert "relatives a holder may bind [mechanism: authorisation]: 6" in text
    assert "relatives a holder may bind [mechanism: family pool]: 9" in text
    assert "holders a relative may have: 1" in text


def test_rules_for_both_distances_leave_none_for_the_province_at_large(guide_of: GuideOf) -> None:
    """A city that pays in one way at home and in another across cities does not do a third."""
    at_large = {"topic": "premium_payment", "mode": "direct"}
    home = {"when": {"distance": ["pooling_area"]}, "mode": "reimburse", "area": ["420100"]}
    across = {"when": {"distance": ["province"]}, "mode": "scheduled", "area": ["420100"]}
    topic = {"topic": "premium_payment"}

    guide = guide_of("premium", LIVE, at_large, topic | home, topic | across, area="420100")

    modes = [
        said.ruling.value
        for part in guide.parts
        for said in part.said
        if said.parameter == "premium_payment.mode"
    ]
    assert sorted(modes) == ["reimburse", "scheduled"]


def test_money_is_moved_beforehand_only_where_there_is_a_family_account(guide_of: GuideOf) -> None:
    """Nobody under authorisation is told to move money first."""
    pool = {"topic": "mechanism", "from": date(2024, 1, 1), "family_pool": "live"}
    least = {"topic": "transfer", "when": {"mechanism": ["family_pool"]}, "least": "500.00"}

    pooled, authorised = guide_of("pay", pool, least), guide_of("pay", LIVE, least)

    assert "500.00 yuan" in "".join(part_of(pooled, "moving"))
    assert "money into the family account" in unfolded(part_of(pooled, "steps"))
    assert "moving" not in {part.name for part in authorised.parts}


@pytest.mark.parametrize("action", PARTS)
def test_the_credential_account_is_told_from_pooling_where_people_mix_them_up(
    guide_of: GuideOf, action: str
) -> None:
    """On binding and on paying, and nowhere else."""
    guide = guide_of(action, LIVE)

    said = guide_words.NAMES[0] in unfolded(guide_lines(guide))

    assert said is (action in ("bind", "pay"))
    assert bool(guide_data(guide, "")["names"]) is said


def test_the_nations_rule_on_the_names_is_cited_and_a_regions_is_shown(guide_of: GuideOf) -> None:
    """Where a platform called the binding by that name, a reader must know."""
    rule = {"topic": "standing", "text_en": "Shows a code.", "text": "只亮码。"}
    national = ({**rule, "rule": "credential_account", "binds": "default"},)
    local = {"topic": "standing", "rule": "two_family_accounts", "text": "旧名。"}
    local |= {"text_en": "It was the binding here in 2023."}

    lines = part_of(guide_of("bind", LIVE, local, national=national), "names")

    assert any("000000/standing/undated" in line for line in lines)
    assert "  · It was the binding here in 2023." in lines
    assert "Shows a code." not in "\n".join(lines)


def test_a_local_rule_in_words_is_shown_where_it_belongs(guide_of: GuideOf) -> None:
    """By the words of its name; what fits nowhere is told to whoever binds or pays."""
    claim = {"topic": "standing", "rule": "claim_once", "text": "一年一次。", "text_en": "Once."}
    odd = {"topic": "standing", "rule": "odd_thing", "text": "怪。", "text_en": "Odd."}

    shown = {
        action: "".join(
            part_of(guide, "standing") if any(p.name == "standing" for p in guide.parts) else []
        )
        for action in PARTS
        for guide in [guide_of(action, LIVE, claim, odd)]
    }

    assert {action for action, text in shown.items() if "Once." in text} == {"premium", "reverse"}
    assert {action for action, text in shown.items() if "Odd." in text} == {"bind", "pay"}


def test_years_of_contribution_are_shown_by_group(guide_of: GuideOf) -> None:
    """And what follows when they are short."""
    guide = guide_of(
        "retire",
        {
            **{"topic": "contribution_years", "men": 30, "women": 25},
            "shortfall": ["lump_sum", "monthly"],
            "dispute": [{"men": 25, "source": ["paper"]}],
        },
        {
            **{"topic": "contribution_years", "men": 10},
            "when": {"holder_group": ["enrolled_by_2013"]},
        },
    )

    text = unfolded(part_of(guide, "years"))

    assert "· years for men: 30 ·" in text
    assert "· years for men [group of the holder: people enrolled by 2013]: 10" in text
    assert "another voice: years for men: 25 (办事指南)" in text
    assert "where years are short: pay the missing years at once, go on paying monthly" in text


def test_places_with_rules_of_their_own_are_named_to_whoever_asks_for_the_province(
    guide_of: GuideOf,
) -> None:
    """A city's own limit would be missed otherwise."""
    city = {"topic": "limits", "area": ["420100"], "holders": 2}

    asked = guide_of("bind", LIVE, city), guide_of("bind", LIVE, city, area="420100")

    assert [guide.elsewhere for guide in asked] == [("420100",), ()]
    assert "name one with --area: Wuhan" in unfolded(guide_lines(asked[0])[:6])


def test_an_area_without_a_file_says_so(guide_of: GuideOf) -> None:
    """And that nobody says how it is done there."""
    guide = guide_of("bind", LIVE, area="610000")

    head = unfolded(guide_lines(guide)[:8])

    assert "no rule file covers this area" in head
    assert "no source says by which mechanism it is done here" in head


def test_a_mechanism_that_is_closed_is_shown_and_not_asked_for(guide_of: GuideOf) -> None:
    """Its rules would mislead."""
    closed = {"topic": "mechanism", "from": date(2024, 1, 1), "family_pool": "not_live"}

    guide = guide_of("bind", LIVE, closed)

    assert guide.mechanisms == ("authorisation",)
    assert "  · family pool: not in use" in part_of(guide, "ways")


def test_the_json_has_what_the_text_has(guide_of: GuideOf) -> None:
    """Values with their clauses, what is not known, the hotline and the general steps."""
    channel = {"topic": "channel", "kind": "app", "name": "鄂医保", "does": ["bind"]}
    guide = guide_of("bind", LIVE, channel, {"topic": "limits", "holders": 1})

    data = json.loads(json.dumps(guide_data(guide, "sha256:0")))

    values = {value["parameter"]: value for part in data["parts"] for value in part["values"]}
    assert (data["schema"], data["hotline"]) == ("gongji.guide/1", "12393")
    assert values["channel"]["value"]["name"] == "鄂医保"
    assert values["limits.holders"]["value"] == 1
    assert values["limits.holders"]["marks"] == ["undated"]
    assert values["limits.holders"]["clauses"][0]["id"] == "420000/limits/undated"
    assert {"parameter": "binding.proof", "when": {}, "why": "silent"} in data["unknown"]
    assert data["general_steps"][0]["steps"][0].startswith("Both sides activate")


def test_every_action_and_every_part_has_its_words() -> None:
    """And every parameter that is asked for has a label or takes it from a word."""
    parameters = {name for parts in PARTS.values() for names in parts.values() for name in names}
    by_word = ("purposes.", "accrual.", "limits.each")

    assert guide_words.ACTIONS.keys() == PARTS.keys()
    assert {part for parts in PARTS.values() for part in parts} <= guide_words.PARTS.keys()
    assert {name for name in parameters if not name.startswith(by_word)} <= PARAMETERS.keys()


def test_a_pack_of_another_test_gives_a_guide_that_fits_the_terminal(pack: Pack) -> None:
    """No line is wider than the terminal, an address excepted."""
    lines = [line for name in PARTS for line in guide_lines(guide_to(pack, name, "420100", DAY))]

    assert max(columns(line) for line in lines if "http" not in line) <= WIDTH


@settings(deadline=None)
@given(st.text(alphabet="abc,.()（）“”，。·12 中文字医保", max_size=200))
def test_folding_loses_nothing_and_fits(text: str) -> None:
    """Blanks at the ends of lines aside; a word longer than a line stays whole."""
    lines = fold(text, "- ", "  ", 20)

    longest = max((columns(word) for word in re.findall(r"\S+", text)), default=0)
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= max(20, 2 + longest) for line in lines)


def test_no_line_begins_with_a_mark_that_closes_nor_ends_with_one_that_opens() -> None:
    """Chinese puts neither there."""
    lines = fold("职工（含灵活就业），用“家庭共济”付钱。" * 6, width=21)

    assert not [line for line in lines if line[0] in "，。）”" or line[-1] in "（“"]

from __future__ import annotations

from pathlib import Path

import pytest

from gongji.policy.guide_parts import PARTS
from gongji.render.fold import WIDTH, columns
from tests.cli.conftest import Gongji

RULES = Path(__file__).parents[2] / "rules"
REGIONS = sorted(path.name[:6] for path in RULES.glob("*.toml"))
ON = ("--on", "2025-12-01")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("area", REGIONS)
def test_every_shipped_region_has_a_guide_to_every_action(
    gongji: Gongji, area: str, language: str
) -> None:
    """It ends well, names the hotline and the day, and fits the terminal."""
    for action in PARTS:
        answer = gongji("guide", action, "--area", area, *ON, "--lang", language)

        assert (answer.code, answer.err) == (0, "")
        assert "12393" in answer.out
        assert "2025-12-01" in answer.lines[0]
        wide = [line for line in answer.lines if columns(line) > WIDTH and "http" not in line]
        assert wide == []


@pytest.mark.parametrize("action", PARTS)
def test_json_is_the_same_in_both_languages(gongji: Gongji, action: str) -> None:
    """And carries its schema."""
    ask = ("guide", action, "--area", "湖北", *ON, "--json")

    chinese, english = gongji(*ask, "--lang", "zh"), gongji(*ask, "--lang", "en")

    assert chinese.out == english.out
    assert english.data["schema"] == "gongji.guide/1"
    assert english.data["hotline"] == "12393"


def test_without_an_area_the_nation_answers_for_itself(gongji: Gongji) -> None:
    """Nothing of it is inherited, as there is nobody above."""
    data = gongji("guide", "wallet", *ON, "--json").data

    marks = {mark for part in data["parts"] for value in part["values"] for mark in value["marks"]}
    assert data["area"] == "000000"
    assert "inherited" not in marks


def test_an_unknown_action_is_a_usage_error_that_lists_them(gongji: Gongji) -> None:
    """A reader sees what to write instead."""
    answer = gongji("guide", "divorce", "--area", "江西")

    assert (answer.code, answer.out) == (2, "")
    assert "`divorce` is no action" in answer.err
    assert all(action in answer.err for action in PARTS)


def test_an_unknown_area_is_a_usage_error_of_its_option(gongji: Gongji) -> None:
    """The option is named."""
    answer = gongji("guide", "bind", "--area", "亚特兰蒂斯")

    assert (answer.code, answer.out) == (2, "")
    assert "--area" in answer.err


def test_an_overlay_speaks_before_the_shipped_rules(gongji: Gongji, tmp_path: Path) -> None:
    """Whoever writes a reform sees its guide."""
    Path(tmp_path, "630000-reform.toml").write_text(
        """
format = 1

[region]
code = "630000"
name = "青海省"
pinyin = "qinghai"
pooling = "city"
reviewed = 2026-01-01
summary = "改革。"
summary_en = "A reform."

[source.draft]
title = "改革草案"
grade = "recall"

[[limits]]
from = 2025-01-01
when = { mechanism = ["family_pool"] }
beneficiaries = 12
source = ["draft"]
confidence = "low"
""",
        "utf-8",
    )

    answer = gongji("guide", "bind", "--area", "青海", *ON, "--rules", str(tmp_path))

    assert "  · relatives a holder may bind: 12" in answer.lines
    assert "from memory" in answer.out


def test_the_guide_of_a_city_tells_its_own_rules_on_the_names(gongji: Gongji) -> None:
    """Guangdong's platform once called the binding 亲情账号."""
    answer = gongji("guide", "bind", "--area", "深圳", *ON)

    assert "What Yueyibao".lower() in " ".join(answer.out.split()).lower()

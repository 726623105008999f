"""What people read, whole: `pytest --snapshot-update` writes it anew."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import HERE, Gongji
from tests.cli.test_commands import CHECK, ON

ASKED = {
    "yes": (*CHECK, "--purpose", "pharmacy", "--amount", "120.50"),
    "no": (*CHECK, "--purpose", "pharmacy", "--on", "2024-06-01", "--holder-beneficiaries", "3"),
    "unknown": (*CHECK, "--purpose", "vaccine"),
    "premium": (*CHECK, "--purpose", "resident_premium", "--relation", "parent"),
}
DONE = {
    "pay-for": ("pay-for", "妈妈", "1000", "--purpose", "药店", *ON),
    "pay-for own account first": ("pay-for", "爸爸", "100", "--purpose", "门诊", *ON),
    "refused": ("pay-for", "妈妈", "10", "--purpose", "other", *ON),
    "not bound": ("bind", "我", "哥哥", "--relation", "grandparent", *ON),
    "balance": ("balance", *ON),
    "person show": ("person", "show", "妈妈", *ON),
    "history": ("history",),
    "rules check": ("rules", "check", str(HERE / "broken")),
}

both_languages = pytest.mark.parametrize("language", ["zh", "en"])


def steady(text: str) -> str:
    """Return the text without what differs from machine to machine."""
    return re.sub(r"sha256:[0-9a-f]+", "sha256:…", text).replace(str(HERE.parent.parent), "")


@both_languages
@pytest.mark.parametrize("title", ASKED)
def test_answers_read_well(
    small: Gongji, title: str, language: str, snapshot: SnapshotAssertion
) -> None:
    """A verdict with its reasons, sources and assumptions."""
    answer = small(*ASKED[title], "--lang", language)

    assert answer.err == ""
    assert steady(answer.out) == snapshot


@both_languages
@pytest.mark.parametrize("title", DONE)
def test_acts_and_lists_read_well(
    family: Gongji, title: str, language: str, snapshot: SnapshotAssertion
) -> None:
    """Each after a first payment, so that there is something to see."""
    family("pay-for", "妈妈", "50", "--purpose", "门诊", "--on", "2025-01-03")

    answer = family(*DONE[title], "--lang", language)

    assert steady(answer.out) == snapshot

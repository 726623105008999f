"""check-eligibility of two people of the ledger."""

from __future__ import annotations

from tests.cli.conftest import Gongji

ASKED = ("check-eligibility", "我", "妈妈", "--purpose", "pharmacy", "--on", "2025-01-02")


def test_the_relation_of_a_bound_pair_is_the_ledger_s(family: Gongji) -> None:
    """Another one would answer about two other people; the same one may be said."""
    other, same = family(*ASKED, "--relation", "spouse"), family(*ASKED, "--relation", "parent")

    assert (other.code, other.out) == (2, "")
    assert "request.known-from-ledger" in other.err
    assert same.code == 0

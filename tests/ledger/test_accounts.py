from __future__ import annotations

import pytest

from gongji.ledger.accounts import holds_money, names_in


@pytest.mark.parametrize(
    ("account", "holds", "named"),
    [
        ("我:current", True, ("我",)),
        ("我:carryover", True, ("我",)),
        ("mum:wallet", True, ("mum",)),
        ("我:quota:mum", True, ("我", "mum")),
        ("family:pool:我", True, ("family", "我")),
        ("cash:mum", False, ("mum",)),
        ("cash:current", False, ("current",)),
        ("bank:我", False, ("我",)),
        ("provider", False, ()),
        ("premium", False, ()),
        ("credit", False, ()),
    ],
)
def test_an_account_says_whose_it_is(account: str, holds: bool, named: tuple[str, ...]) -> None:
    """Persons' accounts hold money; the outside may stand at any sum."""
    assert (holds_money(account), names_in(account)) == (holds, named)

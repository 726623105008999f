from __future__ import annotations

from datetime import date

import pytest

from gongji.acts.outcome import Refused
from gongji.engine.decision import Verdict
from gongji.policy.resolve import resolve
from gongji.render.refusal_text import refusal_lines
from tests.policy.packs import pack_of


@pytest.fixture
def refused() -> Refused:
    """A retired person's month, refused for want of the average pension."""
    rules = pack_of(hubei='[[accrual]]\nwho = "retired"\npension_share = "0.028"')
    ruling = resolve(rules, "accrual.retired", "420100", {}, date(2025, 3, 1))
    return Refused("credit.average-pension", Verdict.UNKNOWN, rulings=(ruling,))


def test_a_refusal_says_what_the_rules_said_and_who_said_it(refused: Refused) -> None:
    """Beside the reason and the next step."""
    assert refusal_lines(refused) == [
        "nothing was credited: what comes in is a share of the area's average pension, and no"
        " source gives that figure; name the amount: `gongji credit NAME AMOUNT`",
        "  retired: 2.8% of the area's average pension, whose figure is not known",
        "  420000/accrual/undated · confidence high [1]",
        "  [1] t · from memory",
    ]


def test_where_no_clause_speaks_there_is_none_to_show() -> None:
    """The sentence stands alone."""
    silent = resolve(pack_of(), "accrual.retired", "420100", {}, date(2025, 3, 1))

    lines = refusal_lines(Refused("credit.not-said", Verdict.UNKNOWN, rulings=(silent,)))

    assert len(lines) == 1

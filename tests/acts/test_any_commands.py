"""Any commands in any order: money is neither made nor lost, and all of it can be read again."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongji.acts.commands import perform, read_command
from gongji.acts.forms import FORMS, Scene
from gongji.acts.outcome import Misfit, Refused
from gongji.engine.request import BadRequest
from gongji.ledger.accounts import holds_money
from gongji.ledger.books import Books
from gongji.ledger.errors import LedgerError
from gongji.ledger.index import index_path
from gongji.ledger.verify import verify
from gongji.policy.pack import Pack
from gongji.policy.reading import load, shipped_rules

BEGIN = date(2025, 9, 20)
NAMES = ("我", "爱人", "妈妈", "孩子")
# Beijing debits at the end of the month, Xianning pays back, Lanzhou and Xining have pools,
# Shanghai turns its year in July, Hangzhou and Shaoxing send wallets to each other.
AREAS = ("110000", "421200", "620100", "630100", "310000", "330100", "330600")
OFTEN = {
    "pay-for": 14,
    "transfer": 8,
    "reserve": 7,
    "accept": 6,
    "claim": 5,
    "reverse": 5,
    "settle": 4,
}
DOUBTS = (
    *("mechanism-live", "scope", "funds", "purpose", "window", "transfer-limits", "relation"),
    *("limit-beneficiaries", "limit-holders", "binding", "due", "reversal"),
)
YUAN = ("0.01", "60", "400", "500.00", "1999.99", "2500")
CHOICES: dict[str, tuple[Any, ...]] = {
    "person": NAMES,
    "holder": ("我", "我", "我", "爱人", "妈妈"),
    "beneficiary": ("妈妈", "妈妈", "孩子", "爱人"),
    "from": (["我"], ["爱人", "我"]),
    "order": (["爱人", "我"],),
    "area": AREAS,
    "insurance": ("employee", "resident", "none"),
    "status": ("active", "suspended", "ended"),
    "type": ("employed", "retired"),
    "tier": ("one",),
    "group": (["adult"], ["student"]),
    "born": ("1950-01-01", "2015-06-01"),
    "wallet": ("open", "none"),
    **dict.fromkeys(("balance", "current", "carryover", "cap_per_payment", "authorised"), YUAN),
    "amount": YUAN,
    "base": ("8000",),
    "credit.to": ("current", "carryover"),
    "transfer.to": ("pool", "wallet"),
    "month": ("2025-10", "2025-11"),
    "relation": ("parent", "child"),
    "mechanism": ("authorisation", "family_pool", "wallet_transfer", "wallet_quota"),
    "priority": (1, 2, 3),
    "purpose": ("outpatient", "pharmacy", "resident_premium"),
    "year": (2025, 2026),
    "provider_area": AREAS,
    "item": ("drug",),
    "at": ("05:30", "10:00", "23:00"),
    "until": ("2025-12-31", "2026-02-01"),
    "evidence": ("commitment", "documents"),
    "switch": (["pay"], ["premium"]),
    "by": ("holder", "beneficiary"),
    "accepted": (True, False),
    "mode": ("direct", "scheduled", "reimburse"),
    "from_wallet": (True,),
    "reason": ("错",),
    "assume": (list(DOUBTS),),
}


@cache
def shipped() -> Pack:
    return load([shipped_rules()])


def command(chance: Random, last: int) -> dict[str, Any]:
    """Return a command with all that it needs and now and then what it takes beside."""
    do = chance.choice([*FORMS, *Counter(OFTEN).elements()])
    form = FORMS[do]
    taken = {name for name in form.takes if chance.random() < 0.15} - {"id_number"}
    if do in ("pay-for", "credit"):
        taken ^= {"amount"}
    if "assume" in form.takes:
        taken |= {"assume"}
    asked = {name: _choice(chance, do, name, last) for name in (*form.needs, *sorted(taken))}
    if asked.get("to") == "wallet":
        asked |= {"beneficiary": chance.choice(CHOICES["beneficiary"]), "at": "10:00"}
    return {"do": do, **asked}


def _choice(chance: Random, do: str, name: str, last: int) -> Any:
    if name == "record":
        return max(1, last - chance.randrange(6))
    return chance.choice(CHOICES.get(f"{do}.{name}") or CHOICES[name])


def test_every_argument_of_every_command_is_tried() -> None:
    """What a command takes tomorrow must be tried, too."""
    taken = {name for form in FORMS.values() for name in (*form.needs, *form.takes)}

    assert taken - {"to", "record", "id_number"} <= CHOICES.keys()


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(AREAS),
    st.sampled_from(("authorisation", "family_pool", "wallet_quota")),
    st.integers(0, 1 << 32),
)
def test_whatever_is_commanded_money_is_neither_made_nor_lost(
    area: str, mechanism: str, seed: int
) -> None:
    """Sums are zero, nobody's money is below zero, and another reading comes to the same."""
    chance = Random(seed)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.jsonl"
        with Books.open(path, create=True) as books, books.writing(), books.together():
            _settle_in(books, area, mechanism)
            on = BEGIN
            for _turn in range(40):
                on += timedelta(chance.choice((0, 0, 1, 1, 15, 40)))
                _try(books, {**command(chance, books.head.seq), "on": str(on)})
        _check(path)


def _settle_in(books: Books, area: str, mechanism: str) -> None:
    for name in NAMES:
        insured = {"insurance": "employee", "current": "900", "carryover": "3000", "tier": "one"}
        known = insured if name in NAMES[:2] else {"insurance": "resident"}
        person = {"do": "person-add", "person": name, "area": area, **known, "on": str(BEGIN)}
        assert _try(books, person)
    for relative, relation in (("妈妈", "parent"), ("孩子", "child")):
        pair = {"do": "bind", "holder": "我", "beneficiary": relative, "relation": relation}
        _try(books, {**pair, "mechanism": mechanism, "assume": list(DOUBTS), "on": str(BEGIN)})


def _try(books: Books, asked: dict[str, Any]) -> bool:
    scene = Scene(BEGIN, shipped, lambda _number: {})
    before = books.head
    try:
        perform(books, read_command(asked, scene))
    except (Misfit, Refused, BadRequest, LedgerError):
        assert books.head == before or asked["do"] == "settle"
        return False
    return True


def _check(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    plain: Counter[str] = Counter()
    for line in lines:
        moved = {one["account"]: 0 for one in line["postings"]}
        for one in line["postings"]:
            moved[one["account"]] += int(one["amount"].replace(".", ""))
        assert sum(moved.values()) == 0
        plain.update(moved)
        assert all(fen >= 0 for account, fen in plain.items() if holds_money(account)), line
    assert verify(path).sound
    index_path(path).unlink()
    with Books.open(path) as again:
        assert again.head.seq == len(lines)
        for account, fen in plain.items():
            assert again.balance(account) == fen

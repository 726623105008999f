"""The proof of an export: other programs accept it and find the same in every account."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from gongji.ledger import disk
from gongji.ledger.accounts import holds_money
from gongji.ledger.books import Books, Draft, Posting
from gongji.ledger.records import negated
from gongji.ledger.redaction import redacted
from gongji.render.export import beancount, hledger
from gongji.render.export.beancount import beancount_ledger
from gongji.render.export.hledger import hledger_journal
from tests.acts.test_household_machine import Household
from tests.ledger import programs

RECORDS = 2000
PEOPLE = (
    *("我", "妈妈", "阿依古丽·买买提", "བསོད་ནམས".replace("་", ""), "नानी", "Ünal", "пап", "𠀀"),
    *("mum", "Mum", "x", "X", "7", "a-b", "a--b", "a.b", "a-2E-b", "a_b", "P-x", "p1", "pool"),
)
TEXTS = (
    *("mistyped", "", " ", "; date:2020-13-45", "a, type:X", '"', "\\", '\\" "', "]", "=1+1"),
    *("x\n2025-01-01 * y", "x\r\n    assets:x  1 CNY", "\x1b[31m", "\u202eabc", "a\u200bb", "\0"),
    *("#tag ^link", "(code)", "| note", "!", "@@ 5 USD", "{1}", "include /etc/passwd", "妈妈：,；"),
)
FIRST = date(2024, 1, 1)
READERS = ("hledger", "beancount")


class RandomHousehold:
    """Writes random records that keep the laws of the books; `fen` is what each account holds."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.fen: Counter[str] = Counter()
        self.payments: list[tuple[int, tuple[Posting, ...]]] = []
        self.seq = 0

    def draft(self) -> Draft:
        self.seq += 1
        acts = (self.credit, self.credit, self.pay, self.pay, self.move, self.bind, self.reverse)
        draft = self.random.choice(acts)()
        for posting in draft.postings:
            self.fen[posting.account] += posting.fen
        return draft

    def credit(self) -> Draft:
        name, fen = self.one(), self.random.choice((1, 99, 100, 12_345, 10**12))
        account = f"{name}:{self.random.choice(('current', 'carryover', 'wallet'))}"
        postings = Posting("credit", -fen), Posting(account, fen)
        return self.made("credit", {"person": name, "to": "current"}, *postings)

    def pay(self) -> Draft:
        name, bill = self.one(), self.random.randrange(1, 50_000)
        drawn = [Posting(account, -min(bill // 3 + 1, fen)) for account, fen in self.full(2)]
        cash = bill + sum(one.fen for one in drawn)
        drawn += [Posting(f"cash:{name}", -cash)] if cash > 0 else []
        to = Posting(self.random.choice(("provider", "premium")), -sum(one.fen for one in drawn))
        said = {"beneficiary": name, "purpose": "pharmacy", "year": None}
        draft = self.made("pay-for", {**said, "draws": []}, *drawn, to)
        self.payments.append((self.seq, draft.postings))
        return draft

    def move(self) -> Draft:
        name, other = self.one(), self.one()
        to = self.random.choice(
            (f"{name}:quota:{other}", f"{name}:pending:{other}", f"{name}:pool:{other}")
        )
        to = self.random.choice((to, f"bank:{name}"))
        taken = [Posting(account, -fen) for account, fen in self.full(1)]
        fields = {"holder": name, "beneficiary": other}
        return self.made("reserve", fields, *taken, *(Posting(to, -one.fen) for one in taken))

    def bind(self) -> Draft:
        two = {"holder": self.one(), "beneficiary": self.one()}
        return self.made("bind", {**two, "relation": "parent", "mechanism": "authorisation"})

    def reverse(self) -> Draft:
        self.random.shuffle(self.payments)
        if not self.payments:
            return self.credit()
        seq, postings = self.payments.pop()
        return self.made("reverse", {"record": seq}, *negated(postings))

    def made(self, do: str, fields: dict[str, Any], *postings: Posting) -> Draft:
        fields = {**fields, "reason": self.random.choice(TEXTS)}
        key = f"{self.seq}{self.random.choice(TEXTS)}"
        on = FIRST + timedelta(days=self.random.randrange(1000))
        return Draft(do, on, fields, postings, key)

    def one(self) -> str:
        return self.random.choice(PEOPLE)

    def full(self, count: int) -> list[tuple[str, int]]:
        found = [(name, fen) for name, fen in self.fen.items() if fen > 0 and holds_money(name)]
        return self.random.sample(found, min(count, len(found)))


@pytest.fixture(scope="module")
def household() -> RandomHousehold:
    return RandomHousehold(seed=20250601)


@pytest.fixture(scope="module")
def long_ledger(
    household: RandomHousehold, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Books]:
    """A ledger of RECORDS random records, not in the order of their days."""
    path = tmp_path_factory.mktemp("long") / "family.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "sync_file", lambda _descriptor: None)
        with Books.open(path, create=True) as books, books.writing():
            for _time in range(RECORDS):
                books.append(household.draft())
    with Books.open(path) as books:
        yield books


def exported(books: Books, reader: str, folder: Path, *, redact: bool = False) -> Path:
    """Write the export for the program and return where it is."""
    export = {"hledger": hledger_journal, "beancount": beancount_ledger}[reader]
    records = redacted(books.records()) if redact else books.records()
    path = folder / f"family.{reader}"
    path.write_text("".join(export(records)), "utf-8", newline="")
    return path


def read(reader: str, path: Path) -> programs.Held:
    """Return what the program finds in every account; it must find nothing amiss."""
    if reader == "hledger":
        return programs.read_by_hledger(path)
    return programs.read_by_beancount(path)


def renamed(fen: dict[str, int], reader: str) -> programs.Held:
    """Return the same balances under the program's names of the accounts."""
    name_of = {"hledger": hledger.account_name, "beancount": beancount.account_name}[reader]
    return {name_of(account): held for account, held in fen.items()}


def without_nothing(held: programs.Held) -> programs.Held:
    """Beancount knows of accounts that only stand above others, too: they hold nothing."""
    return {account: fen for account, fen in held.items() if fen}


@pytest.mark.parametrize("reader", READERS)
def test_every_balance_of_a_long_random_ledger_is_the_same_to_the_fen(
    long_ledger: Books, household: RandomHousehold, tmp_path: Path, reader: str
) -> None:
    """Names in many scripts, hostile texts, amounts of a fen and of ten billions: 2000 records."""
    held = read(reader, exported(long_ledger, reader, tmp_path))

    ours = renamed(dict(household.fen), reader)
    assert len(ours) > 100
    assert long_ledger.balances("") == dict(household.fen)
    assert without_nothing(held) == without_nothing(ours)
    assert ours.keys() <= held.keys()


@pytest.mark.parametrize("reader", READERS)
def test_a_redacted_ledger_is_accepted_and_holds_as_much(
    long_ledger: Books, household: RandomHousehold, tmp_path: Path, reader: str
) -> None:
    """Only the names of the accounts differ."""
    held = read(reader, exported(long_ledger, reader, tmp_path, redact=True))

    ours = renamed(dict(household.fen), reader)
    assert sorted(without_nothing(held).values()) == sorted(without_nothing(ours).values())


def test_hledger_finds_every_record_and_no_other(long_ledger: Books, tmp_path: Path) -> None:
    """A transaction each, with the number as its code, and one of the closing balances."""
    codes = programs.hledger(exported(long_ledger, "hledger", tmp_path), "codes").stdout.split()

    assert sorted(map(int, codes)) == list(range(1, RECORDS + 1))


@pytest.mark.parametrize("reader", READERS)
def test_every_balance_of_households_that_live_is_the_same_to_the_fen(
    tmp_path: Path, reader: str
) -> None:
    """Random acts under rules: bound, paid, moved, accepted, returned, reversed, turned."""

    class Exported(Household):
        def teardown(self) -> None:
            held = read(reader, exported(self.books, reader, tmp_path))
            ours = renamed(self.books.balances(""), reader)
            assert without_nothing(held) == without_nothing(ours)
            super().teardown()

    run_state_machine_as_test(Exported, settings=settings(max_examples=6, stateful_step_count=40))


Spoiler = Callable[[str], str]
SPOILED: dict[str, Spoiler] = {
    "a balance": lambda text: text.replace("= 5.00 CNY", "= 5.01 CNY").replace(
        "5.00 ~ 0.00 CNY", "5.01 ~ 0.00 CNY"
    ),
    "a posting": lambda text: text.replace(" 5.00 CNY\n", " 5.01 CNY\n", 1),
    "an account": lambda text: "".join(
        line
        for line in text.splitlines(keepends=True)
        if not line.startswith(("account assets", "1900-01-01 open Assets"))
    ),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("amiss", SPOILED)
def test_one_fen_or_one_account_amiss_is_found(
    path: Path, write: Callable[..., None], credit: Callable[..., Draft], reader: str, amiss: str
) -> None:
    """What the programs accept they have looked at."""
    write(credit("我", 500))
    with Books.open(path) as books:
        export = exported(books, reader, path.parent)
    good = export.read_text("utf-8")
    read(reader, export)

    export.write_text(SPOILED[amiss](good), "utf-8")

    assert export.read_text("utf-8") != good
    if reader == "hledger":
        assert programs.hledger(export, "check", "--strict").returncode != 0
    else:
        assert programs.beancount(export)[0] != []


@pytest.mark.parametrize("name", ["hledger", "beancount"])
def test_a_program_that_must_be_here_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where it is not asked for, its tests are skipped."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "find_spec", lambda _module: None)
    calls: dict[str, Callable[[Path], object]] = {
        "hledger": programs.hledger,
        "beancount": programs.beancount,
    }

    for required, ended in (("x," + name, pytest.fail.Exception), ("", pytest.skip.Exception)):
        monkeypatch.setenv("GONGJI_REQUIRE", required)
        with pytest.raises(ended):
            calls[name](tmp_path / "x")

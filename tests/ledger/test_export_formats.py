"""What an export says, format by format, and that nothing in it does harm."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path
from tracemalloc import get_traced_memory, start, stop
from typing import Any
from unicodedata import category
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.ledger import disk
from gongji.ledger.books import Books, Draft, Posting, Record
from gongji.ledger.errors import DamagedLedger
from gongji.render import as_json
from gongji.render.export import beancount, hledger
from gongji.render.export.beancount import beancount_ledger
from gongji.render.export.csv import csv_table
from gongji.render.export.hledger import hledger_journal
from gongji.render.export.ndjson import ndjson

EXPORTS: dict[str, Callable[[Iterable[Record]], Iterator[str]]] = {
    "hledger": hledger_journal,
    "beancount": beancount_ledger,
    "csv": csv_table,
    "json": ndjson,
}


Moved = dict[str, int]


def record(
    seq: int, do: str, day: int, moved: Moved | None = None, key: str | None = None, **said: Any
) -> Record:
    """Return a record of a day in June 2025 that moves fen into accounts and says what is said."""
    postings = tuple(Posting(account, fen) for account, fen in (moved or {}).items())
    return Record(seq, do, date(2025, 6, day), said, postings, key, "", "")


PAID = {"我:current": -1250, "cash:a-b": -5, "provider": 1255}
BACK = {"我:current": 1250, "cash:a-b": 5, "provider": -1255}
STORY = (
    record(1, "person-add", 1, {"我:current": 80000, "credit": -80000}, person="我"),
    record(2, "bind", 1, holder="我", beneficiary="a-b", relation="parent"),
    record(3, "pay-for", 3, PAID, "k,1", beneficiary="a-b", purpose="pharmacy", year=None),
    record(4, "reverse", 2, BACK, record=3, reason='=1+"1" x'),
)
HLEDGER = """\
commodity 1000.00 CNY

account assets:我:current
account income:credit
2025-06-01 (1) person-add
    ; person: 我
    assets:我:current  800.00 CNY
    income:credit  -800.00 CNY

2025-06-01 (2) bind
    ; holder: 我
    ; beneficiary: a-b
    ; relation: parent

account equity:cash:a-b
account expenses:provider
2025-06-03 (3) pay-for
    ; beneficiary: a-b
    ; purpose: pharmacy
    ; key: k;1
    assets:我:current  -12.50 CNY
    equity:cash:a-b  -0.05 CNY
    expenses:provider  12.55 CNY

2025-06-02 (4) reverse
    ; record: 3
    ; reason: =1+"1" x
    assets:我:current  12.50 CNY
    equity:cash:a-b  0.05 CNY
    expenses:provider  -12.55 CNY

2025-06-03 balances
    assets:我:current  0.00 CNY = 800.00 CNY
    income:credit  0.00 CNY = -800.00 CNY
    equity:cash:a-b  0.00 CNY = 0.00 CNY
    expenses:provider  0.00 CNY = 0.00 CNY
"""
BEANCOUNT = """\
option "operating_currency" "CNY"

1900-01-01 commodity CNY

1900-01-01 open Assets:P-我:Current CNY
1900-01-01 open Income:Credit CNY
2025-06-01 * "person-add" ^record-1
  person: "我"
  Assets:P-我:Current  800.00 CNY
  Income:Credit  -800.00 CNY

2025-06-01 * "bind" ^record-2
  holder: "我"
  beneficiary: "a-b"
  relation: "parent"

1900-01-01 open Equity:Cash:P-a--b CNY
1900-01-01 open Expenses:Provider CNY
2025-06-03 * "pay-for" ^record-3
  beneficiary: "a-b"
  purpose: "pharmacy"
  key: "k,1"
  Assets:P-我:Current  -12.50 CNY
  Equity:Cash:P-a--b  -0.05 CNY
  Expenses:Provider  12.55 CNY

2025-06-02 * "reverse" ^record-4 ^record-3
  record: "3"
  reason: "=1+\\"1\\" x"
  Assets:P-我:Current  12.50 CNY
  Equity:Cash:P-a--b  0.05 CNY
  Expenses:Provider  -12.55 CNY

2025-06-04 balance Assets:P-我:Current  800.00 ~ 0.00 CNY
2025-06-04 balance Income:Credit  -800.00 ~ 0.00 CNY
2025-06-04 balance Equity:Cash:P-a--b  0.00 ~ 0.00 CNY
2025-06-04 balance Expenses:Provider  0.00 ~ 0.00 CNY
"""
CSV = """\
seq,on,do,account,amount,person,holder,beneficiary,family,relation,mechanism,purpose,year,month,to,\
record,reason,key
1,2025-06-01,person-add,我:current,800.00,我,,,,,,,,,,,,
1,2025-06-01,person-add,credit,-800.00,我,,,,,,,,,,,,
2,2025-06-01,bind,,,,我,a-b,,parent,,,,,,,,
3,2025-06-03,pay-for,我:current,-12.50,,,a-b,,,,pharmacy,,,,,,"k,1"
3,2025-06-03,pay-for,cash:a-b,-0.05,,,a-b,,,,pharmacy,,,,,,"k,1"
3,2025-06-03,pay-for,provider,12.55,,,a-b,,,,pharmacy,,,,,,"k,1"
4,2025-06-02,reverse,我:current,12.50,,,,,,,,,,,3,"'=1+""1"" x",
4,2025-06-02,reverse,cash:a-b,0.05,,,,,,,,,,,3,"'=1+""1"" x",
4,2025-06-02,reverse,provider,-12.55,,,,,,,,,,,3,"'=1+""1"" x",
"""

# A record holds no half characters: they cannot be written.
texts = st.text(st.characters(exclude_categories=["Cs"]))
hostile = texts | st.lists(
    st.sampled_from(["\n", "\r\n", "\t", '"', "\\", ";", ",", ":", "=", "\x1b[2J", "\u202e", "a"])
).map("".join)
moves = st.lists(st.tuples(hostile.filter(bool), st.integers(-(10**15), 10**15)), max_size=3)
strangers = st.builds(
    lambda seq, do, on, said, moved, key: Record(
        seq, do, on, said, tuple(Posting(*one) for one in moved), key, "", ""
    ),
    st.integers(1, 10**6),
    hostile.filter(bool),
    st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    st.dictionaries(
        st.sampled_from(["person", "holder", "record", "reason", "year", "decision"]),
        hostile | st.integers() | st.none() | st.lists(hostile),
    ),
    moves,
    st.none() | hostile,
)


def test_a_journal_for_hledger_is_this() -> None:
    """What is declared, every record with its facts, and at the end what every account holds."""
    assert "".join(hledger_journal(STORY)) == HLEDGER


def test_a_ledger_for_beancount_is_this() -> None:
    """The same; a reversal is linked to what it takes back."""
    assert "".join(beancount_ledger(STORY)) == BEANCOUNT


def test_a_table_is_this() -> None:
    """A row a posting, and one for a record that moves nothing."""
    assert "".join(csv_table(STORY)) == CSV.replace("\n", "\r\n")


def test_json_is_that_of_the_history() -> None:
    """The same objects, with nothing left out."""
    lines = "".join(ndjson(STORY)).splitlines()

    assert [json.loads(line) for line in lines] == [as_json.kept_record(one) for one in STORY]


@pytest.mark.parametrize("form", EXPORTS)
def test_an_empty_ledger_is_exported(form: str) -> None:
    """No record, no balance, no day."""
    assert not re.search("[2-9][0-9]{3}-", "".join(EXPORTS[form]([])))


@pytest.mark.parametrize("form", EXPORTS)
@given(strangers)
def test_no_text_can_break_out_of_an_export(form: str, stranger: Record) -> None:
    """Nothing moves a cursor, reorders a line or shows nothing; no line is of a text's making."""
    export = "".join(EXPORTS[form]([stranger]))

    bare = export.replace("\r\n", "").replace("\n", "")
    assert not {category(each) for each in bare} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    if form in LINES:
        lines = export.removesuffix("\n").split("\n")
        assert [line for line in lines if not LINES[form].fullmatch(line)] == []
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(export, newline=""), strict=True))
        assert len(rows) == 1 + max(1, len(stranger.postings))
        texts = [cell for row in rows[1:] for at, cell in enumerate(row) if at != 4]
        assert not [text for text in texts if text.lstrip().startswith(FORMULA)]
    else:
        assert json.loads(export) == as_json.kept_record(stranger)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_DAY = r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]"
_YUAN = r"-?[0-9]+\.[0-9]{2}"
_QUOTED = r'"(?:[^"\\]|\\["\\])*"'
_HLEDGER_ACCOUNT = r"(?:assets|income|expenses|equity)(?::(?:[\w·.-]|%(?:[0-9A-F]{2})?|~)+)+"
_BEANCOUNT_ACCOUNT = r"(?:Assets|Income|Expenses|Equity)(?::[\w-]+)+"
LINES = {
    "hledger": re.compile(
        rf"|commodity 1000\.00 CNY|account {_HLEDGER_ACCOUNT}|{_DAY} \([0-9]+\) .*|{_DAY} balances"
        rf"|    ; [a-z]+: [^,]*|    {_HLEDGER_ACCOUNT}  {_YUAN} CNY(?: = {_YUAN} CNY)?"
    ),
    "beancount": re.compile(
        rf'|option "operating_currency" "CNY"|1900-01-01 commodity CNY'
        rf"|1900-01-01 open {_BEANCOUNT_ACCOUNT} CNY|{_DAY} \* {_QUOTED}(?: \^record-[\d-]+){{1,2}}"
        rf"|  [a-z]+: {_QUOTED}|  {_BEANCOUNT_ACCOUNT}  {_YUAN} CNY"
        rf"|(?:{_DAY}|3000-01-01) balance {_BEANCOUNT_ACCOUNT}  {_YUAN} ~ 0\.00 CNY"
    ),
}


@given(hostile.filter(bool))
def test_an_account_of_hledger_leads_back_to_ours(account: str) -> None:
    """So two accounts never become one."""
    _class, *parts = hledger.account_name(account).split(":")

    assert ":".join("" if part == "%" else unquote(part) for part in parts) == account


@given(hostile.filter(bool) | st.from_regex(r"[a-z]+:(?:quota|current|pool)(?::[a-zA-Z-]+)?"))
def test_an_account_of_beancount_leads_back_to_ours(account: str) -> None:
    """And has the characters that Beancount takes."""

    def plain(part: str) -> str:
        if not part.startswith("P-"):
            return part.lower()
        hexed = re.compile("-(?:-|([0-9A-F]+)-)")
        return hexed.sub(lambda found: chr(int(found[1], 16)) if found[1] else "-", part[2:])

    _class, *parts = beancount.account_name(account).split(":")

    assert ":".join(map(plain, parts)) == account
    for part in parts:
        assert category(part[0]) in ("Lu", "Nd")
        assert all(
            each == "-" or category(each)[0] == "L" or category(each) == "Nd" for each in part
        )


@pytest.mark.parametrize(
    ("account", "of_hledger", "of_beancount"),
    [
        ("我:current", "assets:我:current", "Assets:P-我:Current"),
        ("Mum:carryover", "assets:Mum:carryover", "Assets:P-Mum:Carryover"),
        ("mum:quota:a-b", "assets:mum:quota:a-b", "Assets:P-mum:Quota:P-a--b"),
        ("pool:pool:pool", "assets:pool:pool:pool", "Assets:P-pool:Pool:P-pool"),
        (
            "阿依古丽·买买提:pending:O.Li_2",
            "assets:阿依古丽·买买提:pending:O.Li_2",
            "Assets:P-阿依古丽-B7-买买提:Pending:P-O-2E-Li-5F-2",
        ),
        ("我:wallet", "assets:我:wallet", "Assets:P-我:Wallet"),
        ("cash:current", "equity:cash:current", "Equity:Cash:P-current"),
        ("bank:我", "equity:bank:我", "Equity:Bank:P-我"),
        ("credit", "income:credit", "Income:Credit"),
        ("provider", "expenses:provider", "Expenses:Provider"),
        ("premium", "expenses:premium", "Expenses:Premium"),
        ("a b", "equity:a%20b", "Equity:P-a-20-b"),
        ("ㅤ", "equity:%E3%85%A4", "Equity:P--3164-"),
    ],
)
def test_an_account_has_one_name_in_each_program(
    account: str, of_hledger: str, of_beancount: str
) -> None:
    """What people hold are assets; no name hides a character."""
    assert hledger.account_name(account) == of_hledger
    assert beancount.account_name(account) == of_beancount


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_begins_before_the_ledger_has_ended(form: str) -> None:
    """Of an endless one, the beginning is exported all the same."""
    endless = (record(seq, "bind", 1, holder="我", beneficiary="mum") for seq in count(1))

    assert len(list(islice(EXPORTS[form](endless), 1000))) == 1000


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_costs_no_more_memory_in_a_longer_ledger(
    path: Path, credit: Callable[..., Draft], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Records are read again one by one."""
    monkeypatch.setattr(disk, "sync_file", lambda _descriptor: None)
    with Books.open(path, create=True) as books, books.writing():
        for _time in range(1500):
            books.append(credit("我", 5))

    with Books.open(path) as books:
        start()
        for _piece in EXPORTS[form](books.records()):
            pass
        _now, most = get_traced_memory()
        stop()

    assert path.stat().st_size > 400_000
    assert most < 200_000


def test_what_stands_before_damage_is_exported(
    path: Path, write: Callable[..., None], credit: Callable[..., Draft]
) -> None:
    """Then the damage is told."""
    write(credit("我", 500), credit("mum", 600), credit("dad", 700))
    path.write_bytes(path.read_bytes().replace(b"600", b"601").replace(b"6.00", b"6.01"))

    found: list[Record] = []
    with Books.open(path) as books, pytest.raises(DamagedLedger) as damage:
        found.extend(books.records())

    assert [record.fields["person"] for record in found] == ["我"]
    assert (damage.value.line, damage.value.cause) == (3, "hash-mismatch")


def test_a_record_that_is_being_written_is_not_exported(
    path: Path, write: Callable[..., None], credit: Callable[..., Draft]
) -> None:
    """Half a line is none."""
    write(credit("我", 500))
    with path.open("ab") as file:
        file.write(b'{"seq":2,"do":"credit"')

    with Books.open(path) as books:
        assert [record.seq for record in books.records()] == [1]

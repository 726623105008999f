"""How every error of the catalogue is caused: a command line, and what it meets.

In a command line `FILE` is a file that holds `lines`, `LEDGER` the ledger of the family of
conftest.py, `FOLDER` the folder that it lies in, `ON` a day, `RULES` the rules that are laid over
those of the small province, and `MOVING` both, with rules by which money is moved beforehand.
`JSON` is where `--json` stands, if not at the end.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

from gongji.cli import demo
from gongji.ledger import disk, lock, writing
from gongji.ledger.journal import Journal, Place
from gongji.render import stream
from gongji.words.money import FEN_MAX, format_yuan
from tests.settlement.messages import message

Data = Mapping[str, Any]
World = Callable[[pytest.MonkeyPatch, Path], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Way:
    """How the error `code` is caused, so that the command ends with `exit`.

    `before` is done first; `rules` are clauses; `world` does to the machine what is needed, given
    the ledger.
    """

    code: str
    exit: int
    asked: str
    before: tuple[str, ...] = ()
    lines: bytes = b""
    rules: str = ""
    world: World = field(default=lambda _patch, _ledger: nullcontext())


def said(data: object) -> bytes:
    """Return what a line of JSON says."""
    return json.dumps(data).encode() + b"\n"


def command(code: str, data: Data) -> Way:
    """Return how one of many commands is wrong."""
    return Way(code, 5, "ledger apply FILE", lines=said(data))


def request(code: str, line: bytes) -> Way:
    """Return how a line of a batch is wrong."""
    return Way(code, 5, "check-eligibility --batch FILE ON", lines=line)


def asked(code: str, **changed: Any) -> Way:
    """Return how a request is wrong that differs from a right one in `changed`."""
    return request(code, said({**REQUEST, **changed}))


def bill(code: str, *lines: bytes) -> Way:
    """Return how a settlement message is wrong."""
    return Way(code, 5, f"{PAY} --settlement FILE ON", lines=b"".join(lines))


def settlement(code: str, **changed: Any) -> Way:
    """Return how a message is wrong that differs from a right one in `changed`."""
    return bill(code, said(message(**changed)))


CHECK: Final = (
    "check-eligibility --holder-area 420100 --holder-insurance employee --beneficiary-area 420600"
    " --beneficiary-insurance resident --relation sibling ON"
)
PHARMACY: Final = f"{CHECK} --purpose pharmacy"
PAY: Final = "pay-for 妈妈 --purpose pharmacy"
PREMIUM: Final = "pay-for 妈妈 --purpose resident_premium"
ADD: Final = "--area 420100 --insurance employee ON"
SEND: Final = "transfer 我 妈妈 80 --to wallet --relation parent MOVING"
QUOTA: Final = "bind 哥哥 爸爸 --relation parent --mechanism wallet_quota MOVING"
POOLED: Final = (
    "bind 哥哥 爸爸 --relation parent --mechanism family_pool MOVING",
    "transfer 哥哥 80 --to pool MOVING",
)
HEAD: Final = "0" * 64
NUMBER: Final = "11010519491231002X"
MOST: Final = format_yuan(FEN_MAX - 100_000)
PARTY: Final = {"area": "420100", "insurance": "employee"}
REQUEST: Final[Data] = {
    "relation": "sibling",
    "purpose": "pharmacy",
    "holder": PARTY,
    "beneficiary": {"area": "420600", "insurance": "resident"},
}
CREDIT: Final[Data] = {"do": "credit", "person": "我", "amount": "5.00"}
NEW: Final[Data] = {"do": "person-add", "person": "妹妹", **PARTY}
MONTH: Final = "credit 我 --month 2025-01 ON RULES"


def with_short_key(_patch: pytest.MonkeyPatch, ledger: Path) -> AbstractContextManager[object]:
    """Let the key of the digests be cut short."""
    ledger.with_name(ledger.name + ".key").write_bytes(b"short")
    return nullcontext()


def full(patch: pytest.MonkeyPatch, _ledger: Path) -> AbstractContextManager[object]:
    """Let the disk of the ledger be full."""

    def write(_descriptor: int, _data: bytes) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(disk, "write_all", write)
    return nullcontext()


def nowhere_to_answer(patch: pytest.MonkeyPatch, _ledger: Path) -> AbstractContextManager[object]:
    """Let the disk be full to which the answer is redirected."""

    def write(_text: str) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(stream, "data", write)
    return nullcontext()


@contextmanager
def another_writer(patch: pytest.MonkeyPatch, ledger: Path) -> Iterator[None]:
    """Let another process hold the lock for longer than is waited."""
    patch.setattr(lock, "WAIT_SECONDS", 0)
    with Path(f"{ledger}.lock").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        yield


def a_writer_without_the_lock(
    patch: pytest.MonkeyPatch, ledger: Path
) -> AbstractContextManager[object]:
    """Let another program write into the ledger just before a record is added."""
    whole = writing.append

    def append(journal: Journal, place: Place, line: bytes, *, wait: bool = True) -> None:
        with ledger.open("ab") as other:
            other.write(b"\n")
        whole(journal, place, line, wait=wait)

    patch.setattr(writing, "append", append)
    return nullcontext()


def a_changed_byte(_patch: pytest.MonkeyPatch, ledger: Path) -> AbstractContextManager[object]:
    """Change the ledger by hand."""
    ledger.write_bytes(ledger.read_bytes().replace(b"420600", b"420700", 1))
    return nullcontext()


def a_later_format(_patch: pytest.MonkeyPatch, ledger: Path) -> AbstractContextManager[object]:
    """Let the ledger be one of a later version of the program."""
    ledger.write_bytes(ledger.read_bytes().replace(b"gongji.ledger/1", b"gongji.ledger/2", 1))
    return nullcontext()


def a_fault(patch: pytest.MonkeyPatch, _ledger: Path) -> AbstractContextManager[object]:
    """Break the program."""
    patch.setattr(demo, "STORY", (None,))
    return nullcontext()


BOOKS: Final = (
    Way("person.exists", 6, f"person add 我 {ADD}"),
    Way(
        "person.was-there",
        6,
        f"person add 舅舅 {ADD}",
        (f"person add 舅舅 {ADD}", "person remove 舅舅 ON"),
    ),
    Way(
        "person.owed",
        6,
        "person remove 舅舅 ON",
        (
            f"person add 舅舅 {ADD} --balance 500",
            "transfer 舅舅 妈妈 80 --to wallet --relation parent MOVING",
        ),
    ),
    Way("person.unknown", 2, "balance 谁"),
    Way("person.bound", 6, "person remove 我 ON"),
    Way("person.no-account", 2, "credit 妈妈 5 ON"),
    Way("person.no-change", 2, "person set 我 ON"),
    Way("person.born-later", 2, "person set 我 --born 2025-06-01 ON"),
    Way("bind.self", 2, "bind 我 我 --relation self ON"),
    Way("bind.exists", 6, "bind 我 妈妈 --relation parent ON"),
    Way(
        "bind.over",
        6,
        "bind 哥哥 爸爸 --relation parent --on 2025-03-01",
        ("bind 哥哥 爸爸 --relation parent --until 2025-02-01 ON",),
    ),
    Way("bind.ends-before", 2, "bind 哥哥 爸爸 --relation parent --until 2025-01-01 ON"),
    Way("binding.none", 6, "unbind 哥哥 爸爸 ON"),
    Way("pay.no-binding", 3, "pay-for 哥哥 10 --purpose pharmacy ON"),
    Way("pay.not-bound", 3, "pay-for 爸爸 10 --purpose pharmacy --from 哥哥 ON"),
    Way("pay.choose", 2, f"{PAY} 10 ON RULES", rules='[[order]]\nholders = "payer_choice"'),
    Way("pay.price-other", 3, f"{PREMIUM} 300 ON"),
    Way("pay.price-unknown", 4, f"{PREMIUM} --year 2026 ON"),
    Way("credit.base-missing", 2, MONTH, rules='[[accrual]]\nwho = "employed"\nrate = "0.02"'),
    Way(
        "credit.accrued",
        6,
        f"{MONTH} --base 5000",
        (f"{MONTH} --base 5000",),
        rules='[[accrual]]\nwho = "employed"\nrate = "0.02"',
    ),
    Way("amount.missing", 2, f"{PAY} ON"),
    Way("amount.zero", 2, "credit 我 0 ON"),
    Way("transfer.no-family", 6, "transfer 哥哥 80 --to pool MOVING"),
    Way("transfer.no-relation", 2, "transfer 我 哥哥 80 --to wallet MOVING"),
    Way("accept.nothing", 6, "accept 5 ON"),
    Way("accept.too-late", 6, "accept 8 --on 2025-01-03", (SEND,)),
    Way("quota.none", 6, "reserve 哥哥 爸爸 50 MOVING"),
    Way("quota.other-mechanism", 6, "reserve 我 妈妈 50 MOVING"),
    Way("release.too-much", 6, "release 哥哥 爸爸 1 MOVING", (QUOTA,)),
    Way("release.not-known", 4, "release 哥哥 爸爸 MOVING", POOLED),
    Way(
        "release.not-back",
        3,
        "release 哥哥 爸爸 MOVING RULES",
        POOLED,
        rules='[[transfer]]\nwhen = { mechanism = ["family_pool"] }\nmay_go_back = false',
    ),
    Way("claim.nothing", 6, "claim 5 ON"),
    Way("record.unknown", 2, "reverse 99 --reason why ON"),
    Way("receipt.none", 2, "history --receipt 5"),
    Way(
        "record.reversed",
        6,
        "reverse 8 --reason why ON",
        ("credit 我 5 ON", "reverse 8 --reason why ON"),
    ),
    Way("record.not-reversible", 2, "reverse 5 --reason why ON"),
    Way("record.later", 2, "reverse 8 --reason why --on 2025-01-01", ("credit 我 5 ON",)),
    Way("name.identity", 2, f"person add {NUMBER} {ADD}"),
    command("name.identity", {**NEW, "person": NUMBER}),
    Way("text.identity", 2, f"credit 我 5 --key {NUMBER} ON"),
    command("text.identity", {**CREDIT, "key": NUMBER}),
    Way(
        "command.born-otherwise", 2, f"person add 妹妹 {ADD} --born 1950-01-01 --id-number {NUMBER}"
    ),
    command("command.born-otherwise", {**NEW, "born": "1950-01-01", "id_number": NUMBER}),
    Way("ledger.overfull", 6, f"credit 我 {MOST} ON"),
    Way("id.form", 2, f"person add 妹妹 {ADD} --id-number 123"),
    Way("id.check-digit", 2, f"person add 妹妹 {ADD} --id-number 110105194912310021"),
    Way("id.key", 6, f"person add 妹妹 {ADD} --id-number 11010519491231002X", world=with_short_key),
    Way("id.birth", 2, f"person add 妹妹 {ADD} --id-number 110105194902300020"),
    Way("batch.options", 2, "check-eligibility --batch FILE --relation child"),
    Way("input.unreadable", 2, "ledger apply FOLDER"),
    Way("output.file", 2, "ledger export csv -o FOLDER"),
    Way("output.ledger", 2, "ledger export csv -o LEDGER"),
    Way("history.days", 2, "history --from 2025-02-01 --to 2025-01-01"),
    Way("head.unexpected", 6, f"ledger head --expect-head {HEAD}"),
    Way("error.unknown", 2, "error money.decimal"),
    Way("error.check", 2, "error scope"),
)
"""What does not fit the books or the command."""

AROUND: Final = (
    Way("language.unknown", 2, "balance --lang fr"),
    Way("output.unwritable", 1, "balance", world=nowhere_to_answer),
    Way("fault.unexpected", 1, "demo", world=a_fault),
    Way("usage.command-unknown", 2, "blance"),
    Way("usage.option-unknown", 2, "balance --colour"),
    Way("usage.option-value", 2, "balance JSON --ledger"),
    Way("usage.option-alone", 2, "history --totals=1"),
    Way("usage.missing", 2, "accept"),
    Way("usage.extra", 2, "settle 5 ON"),
    Way("usage.value", 2, "accept five"),
)
"""What goes wrong around a command, and with its words."""

NAMES: Final = tuple(
    way
    for reason, name in {
        "empty": "",
        "too-long": "x" * 33,
        "character": "a b",
        "start": "-a",
        "reserved": "cash",
    }.items()
    for way in (
        Way(f"name.{reason}", 2, f"balance -- '{name}'"),
        command(f"name.{reason}", {**NEW, "person": name}),
    )
)
"""What is wrong with a name, of the command line and of a line."""

REQUESTS: Final = (
    asked("request.key-unknown", colour="red"),
    asked("request.key-near", amonut="5.00"),
    Way("request.key-missing", 2, CHECK),
    request("request.key-missing", said({})),
    Way("request.type", 2, f"{PHARMACY} --holder-by-relation 2"),
    asked("request.type", relation=5),
    Way("request.too-long", 2, f"{PHARMACY} --relation {'x' * 1001}"),
    asked("request.too-long", relation="x" * 1001),
    request("request.not-an-object", b"[]"),
    Way("request.balance-mismatch", 2, f"{PHARMACY} --holder-balance 5 --holder-current 6"),
    asked("request.balance-mismatch", holder={**PARTY, "balance": 5, "current": 6}),
    Way("request.count-range", 2, f"{PHARMACY} --transfers-today -1"),
    asked("request.count-range", transfers_today=-1),
    Way("request.year-range", 2, f"{PHARMACY} --year 20255"),
    asked("request.year-range", year=20255),
    Way("request.word-form", 2, f"{PHARMACY} --holder-tier One"),
    asked("request.word-form", holder={**PARTY, "tier": "One"}),
    Way("request.known-from-ledger", 2, "check-eligibility 我 妈妈 --holder-balance 5"),
    Way("word.unknown", 2, f"{PHARMACY} --relation cosin"),
    asked("word.unknown", relation="cosin"),
    Way("word.ambiguous", 2, f"{PHARMACY} --holder-area suzhou"),
    asked("word.ambiguous", provider_area="suzhou"),
    Way("word.no-check", 2, f"{PAY} 10 --assume weather ON"),
    command("word.no-check", {"do": "claim", "record": 1, "assume": ["weather"]}),
    Way("word.none-of", 2, "credit 我 5 --to pocket"),
    command("word.none-of", {**CREDIT, "to": "pocket"}),
    Way("money.empty", 2, "credit 我 ''"),
    asked("money.empty", amount=""),
    Way("money.not-a-number", 2, "credit 我 1,000"),
    asked("money.not-a-number", amount="1,000"),
    Way("money.negative", 2, "credit 我 -- -1"),
    asked("money.negative", amount=-1),
    Way("money.decimals", 2, "credit 我 0.005"),
    asked("money.decimals", amount="0.005"),
    Way("money.too-large", 2, f"credit 我 {'9' * 15}"),
    asked("money.too-large", amount="9" * 15),
    Way("day.form", 2, "balance --on 2025-02-30"),
    asked("day.form", on="2025-02-30"),
    Way("time.form", 2, "settle --at 24:00"),
    asked("time.form", at="24:00"),
    Way("month.form", 2, "credit 我 --month 2025-13"),
    command("month.form", {"do": "credit", "person": "我", "month": "2025-13"}),
    Way("head.form", 2, "ledger head --expect-head 0"),
    command("head.form", {**CREDIT, "expect_head": "0"}),
    Way("text.empty", 2, "credit 我 5 --key ''"),
    command("text.empty", {**CREDIT, "key": ""}),
    Way("text.too-long", 2, f"credit 我 5 --key {'x' * 1001}"),
    command("text.too-long", {**CREDIT, "key": "x" * 1001}),
    Way("text.encoding", 2, "credit 我 5 --key a\udcff"),
    command("text.encoding", {**CREDIT, "key": "a\udcff"}),
    Way("text.control", 2, "credit 我 5 --key '\x1b[31m'"),
    command("text.control", {**CREDIT, "key": "\x1b[31m"}),
    command("command.unknown", {"do": "dance"}),
    command("command.key-unknown", {**CREDIT, "colour": "red"}),
    Way("command.balance-twice", 2, f"person add 妹妹 {ADD} --balance 5 --current 5"),
    command("command.balance-twice", {**NEW, "balance": "5", "current": "5"}),
    Way("command.amount-or-month", 2, "credit 我"),
    command("command.amount-or-month", {"do": "credit", "person": "我"}),
    Way("command.parties", 2, "transfer 我 80 --to wallet"),
    command("command.parties", {"do": "transfer", "holder": "我", "amount": 80, "to": "wallet"}),
)
"""What is wrong with a request or a command, as options (2) and in a line (5)."""

LINES: Final = (
    request("line.too-long", b" " * 1_000_001),
    request("line.byte-order-mark", b"\xef\xbb\xbf{}"),
    request("line.empty", b"\n"),
    request("line.encoding", b"\xff"),
    request("line.too-deep", b"[" * 100_000),
    request("line.not-json", b"{"),
    Way("line.key-twice", 2, f"{PHARMACY} --holder-by-relation 妈妈=1 --holder-by-relation 父亲=1"),
    request("line.key-twice", b'{"id":"a","id":"b"}'),
    request("line.not-an-integer", b'{"amount":12.5}'),
    request("line.not-a-number", b'{"amount":NaN}'),
    request("line.number-too-large", b'{"amount":' + b"9" * 41 + b"}"),
)
"""What is wrong with a line before it says anything."""

SETTLEMENTS: Final = (
    Way(
        "settlement.amount-given",
        2,
        f"{PAY} 10 --settlement FILE ON",
        lines=said(message()),
    ),
    Way("settlement.premium", 2, f"{PREMIUM} --settlement FILE ON", lines=said(message())),
    Way(
        "settlement.taken-back",
        2,
        f"{PAY} --settlement FILE ON",
        lines=said(message(psn_part_amt="-350.00", acct_pay="-300.00", psn_cash_pay="-50.00")),
    ),
    bill("settlement.none", b"{}"),
    bill("settlement.several", said(message()), said(message())),
    settlement("settlement.failed", infcode="-1"),
    bill("settlement.not-an-object", b"[]"),
    settlement("settlement.form", setldetail="none"),
    settlement("settlement.missing", psn_cash_pay=None),
    settlement("settlement.twice", psnCashPay="51.00"),
    settlement("settlement.amount", psn_cash_pay="fifty"),
    settlement("settlement.amount-decimals", psn_cash_pay="0.005"),
    settlement("settlement.amount-too-large", psn_cash_pay="9" * 15),
)
"""What is wrong with a settlement message, or with what is said beside it."""

LEDGER: Final = (
    Way("ledger.no-ledger", 2, "balance --ledger FOLDER/none"),
    Way("ledger.unsuitable-ledger", 2, "balance --ledger FOLDER"),
    Way("ledger.unwritable-ledger", 2, f"person add 我 {ADD} --ledger /proc/x"),
    Way("ledger.disk-failed", 1, f"person add 我 {ADD} --ledger FOLDER/new", world=full),
    Way("ledger.newer-ledger", 5, "balance", world=a_later_format),
    Way("ledger.damaged-ledger", 7, "credit 我 5 ON", world=a_changed_byte),
    Way("ledger.ledger-busy", 6, "credit 我 5 ON", world=another_writer),
    Way("ledger.changed-underneath", 6, "credit 我 5 ON", world=a_writer_without_the_lock),
    Way("ledger.append-failed", 1, "credit 我 5 ON", world=full),
    Way(
        "ledger.record-too-long",
        2,
        "ledger apply FILE",
        lines=said({**NEW, "group": [f"group_{number}" for number in range(60_000)], "key": "k"}),
    ),
    Way("ledger.key-conflict", 6, "credit 我 6 ON --key k", ("credit 我 5 ON --key k",)),
    Way(
        "ledger.overdrawn",
        6,
        "reverse 8 --reason why ON",
        ("credit 我 700 ON", f"{PAY} 1350 ON"),
    ),
)
"""What is wrong with the ledger, or with where it is."""

REFUSALS: Final = (
    Way("bind.refused", 3, "bind 我 哥哥 --relation grandparent ON"),
    Way("bind.refused", 4, "bind 哥哥 爸爸 --relation parent --mechanism wallet_quota ON"),
    Way(
        "unbind.refused",
        3,
        "unbind 我 妈妈 --by beneficiary ON RULES",
        rules='[[binding]]\nended_by = "holder"',
    ),
    Way("unbind.refused", 4, "unbind 我 妈妈 --by beneficiary ON"),
    Way("pay.nobody", 3, "pay-for 妈妈 10 --purpose other ON"),
    Way("pay.nobody", 4, "pay-for 妈妈 10 --purpose vaccine ON"),
    Way(
        "pay.price-by-group",
        4,
        f"{PREMIUM} --year 2026 ON RULES",
        rules='[[premium]]\nyear = 2026\ngroup = ["elderly"]\nprice = "460.00"',
    ),
    Way(
        "pay.price-by-tier",
        4,
        f"{PREMIUM} --year 2026 ON RULES",
        rules='[[premium]]\nyear = 2026\ntier = ["one"]\nprice = "460.00"',
    ),
    Way("pay.nothing-drawn", 3, "pay-for 爸爸 5 --purpose pharmacy ON"),
    Way("transfer.refused", 3, f"{SEND} --at 23:00"),
    Way("transfer.refused", 4, "transfer 我 妈妈 80 --to wallet ON"),
    Way("claim.refused", 3, "claim 8 ON", (f"{PREMIUM} MOVING",)),
    Way(
        "claim.refused",
        4,
        "claim 8 ON RULES",
        (f"{PREMIUM} MOVING",),
        rules='[[premium_payment]]\nunknown = ["mode", "also"]',
    ),
    Way(
        "reverse.refused",
        3,
        "reverse 8 --reason why ON RULES",
        (f"{PREMIUM} ON",),
        rules="[[reversal]]\nallowed = false",
    ),
    Way(
        "reverse.refused",
        4,
        "reverse 8 --reason why ON RULES",
        (f"{PREMIUM} ON",),
        rules='[[reversal]]\nunknown = ["allowed"]',
    ),
    Way("credit.not-said", 4, "credit 我 --month 2025-01 ON"),
    Way(
        "credit.average-pension",
        4,
        MONTH,
        ("person set 我 --type retired ON",),
        rules='[[accrual]]\nwho = "retired"\npension_share = "0.028"',
    ),
    Way(
        "credit.by-age",
        4,
        MONTH,
        ("person set 我 --type retired ON",),
        rules='[[accrual]]\nwho = "retired"\nbands = [{ from_age = 70, amount = "50.00" }]',
    ),
    Way("credit.nothing", 3, MONTH, rules='[[accrual]]\nwho = "employed"\nrate = "0"'),
    Way("credit.no-account", 3, MONTH, ("person set 我 --tier pooled_only ON",)),
)
"""What the rules do not let happen (3), or of which they do not speak (4)."""

WAYS: Final = (
    *(*BOOKS, *AROUND, *NAMES, *REQUESTS, *LINES, *SETTLEMENTS),
    *(*LEDGER, *REFUSALS),
)
"""Every way. Those of the rule files are the broken files of the tests of the policy."""

HEAD_OF_RULES: Final = """format = 1
[region]
code = "420000"
name = "湖北省"
pinyin = "hubei"
pooling = "city"
reviewed = 2026-01-01
summary = "…"
summary_en = "…"
[source.draft]
title = "…"
grade = "recall"
"""
END_OF_RULES: Final = '\nsource = ["draft"]\nconfidence = "low"\n'
"""What stands before and after the clause of `rules`."""

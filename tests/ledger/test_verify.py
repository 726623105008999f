from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.ledger import verify as verifying
from gongji.ledger.books import Books, Draft, Posting
from gongji.ledger.errors import LedgerError
from gongji.ledger.index import index_path
from gongji.ledger.records import (
    SEAL_LENGTH,
    encode_header,
    encode_record,
    negated,
    stated_hash,
)
from gongji.ledger.verify import verify

Make = Callable[..., Draft]
Write = Callable[..., None]


def sealed(path: Path, *drafts: Draft) -> None:
    """Write a ledger of these drafts with every hash right and no law kept."""
    lines = [encode_header("0" * 32)]
    for seq, draft in enumerate(drafts, 1):
        lines.append(encode_record(draft, seq, stated_hash(lines[-1]) or ""))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(lines))


def test_a_good_ledger_is_sound(path: Path, write: Write, credit: Make, bind: Make) -> None:
    """The counts, the head and the state of the index are told."""
    write(credit("我", 100), bind("我", "mum"))

    found = verify(path)

    with Books.open(path) as books:
        assert found.head == books.head
    assert (found.ledger, found.records, found.index) == ("0" * 32, 2, "agrees")
    assert (found.sound, found.problems, found.unlisted) == (True, (), 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda byte: byte ^ 0x01,
        lambda byte: byte ^ 0x20,
        lambda byte: 0x00,
        lambda byte: 0x0A if byte != 0x0A else 0x0D,
        lambda byte: 0xFF,
    ],
    ids=["lowest bit", "case", "NUL", "newline", "no UTF-8"],
)
def test_any_changed_byte_is_found(
    memory: Path, credit: Make, bind: Make, pay: Make, change: Callable[[int], int]
) -> None:
    """Each byte in turn: line and field are named; what reads it (every seventh) ends by name."""
    path = memory / "family.jsonl"
    with Books.open(path, create=True, new_id=lambda: "0" * 32) as books, books.writing():
        for draft in (credit("我", 100, key="k"), bind("我", "mum"), pay("mum", {"我": 40})):
            books.append(draft)
    good = path.read_bytes()

    for at in range(len(good)):
        line = good[:at].count(b"\n") + 1
        path.write_bytes(good[:at] + bytes([change(good[at])]) + good[at + 1 :])
        first = verify(path).problems[0]
        assert (first.line, bool(first.field)) == (line, True), at
        if at % 7 == 0:
            with suppress(LedgerError), Books.open(path) as books:
                list(books.history())


def test_lines_cut_out_swapped_or_repeated_are_found(
    path: Path, write: Write, credit: Make
) -> None:
    """The first bad line is named, and the lines after it are checked on."""
    write(*(credit("我", fen) for fen in (1, 2, 3, 4)))
    head, *lines = path.read_bytes().splitlines(keepends=True)
    one, two, three, four = lines

    for order, problems in (
        ([one, three, four], [(3, "seq", "seq-gap")]),
        ([one, two, two, three, four], [(4, "seq", "seq-gap")]),
        (
            [one, three, two, four],
            [(3, "seq", "seq-gap"), (4, "seq", "seq-gap"), (5, "seq", "seq-gap")],
        ),
        ([one, b"junk\n", two], [(3, "hash", "not-sealed"), (4, "seq", "seq-gap")]),
    ):
        path.write_bytes(head + b"".join(order))
        found = verify(path)
        assert [(each.line, each.field, each.cause) for each in found.problems] == problems
        assert found.head is None


def test_a_torn_tail_is_told_as_such(path: Path, write: Write, credit: Make) -> None:
    """With its place; the records before it count."""
    write(credit("我", 1))
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b'{"seq":2')

    (problem,) = verify(path).problems

    assert (problem.line, problem.offset, problem.cause) == (3, size, "torn")


DAY = date(2025, 6, 1)
IN = Draft("credit", DAY, {}, (Posting("我:current", 5), Posting("credit", -5)))
OUT = Draft("spend", DAY, {}, negated(IN.postings))
LITTLE = Draft("credit", DAY, {}, (Posting("我:current", 1), Posting("credit", -1)))
BACK = Draft("reverse", DAY, {"record": 1, "reason": "x"}, negated(IN.postings))


@pytest.mark.parametrize(
    ("drafts", "line", "field", "cause"),
    [
        ([Draft("credit", DAY, {}, (Posting("credit", 1),))], 2, "postings", "unbalanced"),
        ([OUT, LITTLE], 2, "postings", "overdrawn"),
        ([IN, BACK, IN, BACK], 5, "record", "already-reversed"),
        (
            [IN, Draft("reverse", DAY, {"record": 1}, ())],
            3,
            "postings",
            "not-a-negation",
        ),
        ([Draft("reverse", DAY, {"record": 1}, ())], 2, "record", "no-such-record"),
        (
            [IN, BACK, Draft("reverse", DAY, {"record": 2}, IN.postings)],
            4,
            "record",
            "not-reversible",
        ),
        ([Draft("bind", DAY, {"holder": "我"})], 2, "beneficiary", "missing"),
    ],
)
def test_a_broken_law_is_found_though_every_hash_is_right(
    path: Path, drafts: list[Draft], line: int, field: str, cause: str
) -> None:
    """Whoever can compute hashes still cannot make money."""
    sealed(path, *drafts)

    (problem,) = verify(path).problems

    assert (problem.line, problem.field, problem.cause) == (line, field, cause)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE balances SET fen = fen + 1 WHERE account = '我:current'",
        "DELETE FROM mentions WHERE name = 'mum'",
        "INSERT INTO reversals VALUES (1, 2)",
        "UPDATE bindings SET closed = '2025-01-01'",
        "DROP TABLE premiums",
    ],
)
def test_an_index_that_says_something_else_is_found(
    path: Path, write: Write, credit: Make, bind: Make, change: str
) -> None:
    """Each table is compared with the one that the records make."""
    write(credit("我", 100), bind("我", "mum"))
    with closing(sqlite3.connect(index_path(path))) as file, file:
        file.execute(change)

    found = verify(path)

    (problem,) = found.problems
    assert (problem.line, problem.cause, found.index) == (0, "index-differs", "differs")


def test_a_changed_byte_in_any_copy_of_a_name_is_found_in_the_index(
    path: Path, write: Write, credit: Make, bind: Make
) -> None:
    """The index's own indexes are checked as well as its tables."""
    write(credit("holder", 100), bind("holder", "mum"))
    beside = index_path(path)
    with closing(sqlite3.connect(beside)) as file:
        file.execute("VACUUM")
    good = beside.read_bytes()
    copies = [match.start() for match in re.finditer(b"mum", good)]

    for at in copies:
        beside.write_bytes(good[:at] + b"dad" + good[at + 3 :])
        assert verify(path).index == "differs"
    assert len(copies) >= 4


def test_an_index_that_nobody_believes_is_no_problem(
    path: Path, write: Write, credit: Make
) -> None:
    """Absent or unfit, the next command builds it anew."""
    write(credit("我", 100))

    index_path(path).write_bytes(b"junk")
    assert (verify(path).index, verify(path).sound) == ("unfit", True)
    index_path(path).unlink()
    assert (verify(path).index, verify(path).sound) == ("absent", True)


def test_a_file_of_nothing_but_junk_lines_is_listed_up_to_a_limit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is counted."""
    sealed(path)
    with path.open("ab") as file:
        file.write(b"{}\n" * 30)
    monkeypatch.setattr(verifying, "PROBLEM_LIMIT", 10)

    found = verify(path)

    assert (len(found.problems), found.unlisted) == (10, 20)


def test_a_line_beyond_all_bounds_is_one_problem(path: Path) -> None:
    """It is passed over without being read into memory, and the next line is checked."""
    sealed(path, IN)
    good = path.read_bytes()
    header = good.index(b"\n") + 1
    path.write_bytes(good[:header] + b"x" * 5_000_000 + b"\n" + good[header:])

    found = verify(path)

    assert [(each.line, each.cause) for each in found.problems] == [(2, "too-long"), (3, "seq-gap")]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMED = st.sampled_from(
    [
        "person",
        "attributes",
        "holder",
        "beneficiary",
        "relation",
        "mechanism",
        "purpose",
        "year",
        "draws",
        "month",
        "diverted",
        "record",
        "key",
        "on",
        "do",
        "postings",
        "seq",
    ]
)
ACTS = st.sampled_from(
    ["person-set", "person-remove", "bind", "unbind", "pay-for", "reverse", "credit"]
)


@given(
    said=st.lists(st.tuples(ACTS, st.dictionaries(NAMED, VALUES)), max_size=4),
    tail=st.binary(max_size=40),
)
def test_whatever_a_ledger_holds_it_is_verified_and_read_without_a_crash(
    said: list[tuple[str, dict[str, Any]]], tail: bytes
) -> None:
    """Rightly sealed nonsense and junk end in problems and named errors only."""
    lines = [encode_header("0" * 32)]
    for seq, (do, fields) in enumerate(said, 1):
        base = {"seq": seq, "do": do, "on": "2025-06-01", "postings": []}
        line = encode_record(Draft("x", DAY, {}), seq, stated_hash(lines[-1]) or "")
        body = {**base, **fields, "prev": json.loads(line)["prev"]}
        lines.append(resealed(body))

    with TemporaryDirectory() as folder:
        path = Path(folder) / "family.jsonl"
        path.write_bytes(b"".join(lines) + tail)
        found = verify(path)
        with Books.open(path) as books:
            books.people()
            books.bindings()
            list(books.history())
            assert books.head.seq <= found.records


def resealed(said: dict[str, Any]) -> bytes:
    from gongji.ledger.records import chain_hash

    body = json.dumps(said).encode()[:-1]
    line = b'%b,"hash":"%b"}\n' % (body, chain_hash(body).encode())
    assert len(line) == len(body) + SEAL_LENGTH
    return line

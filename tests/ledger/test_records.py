from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongji.ledger.errors import NewerLedger
from gongji.ledger.records import (
    LINE_LIMIT,
    SEAL_LENGTH,
    Draft,
    Posting,
    chain_hash,
    decode_header,
    decode_record,
    encode_header,
    encode_record,
    is_torn,
)
from gongji.ledger.shapes import Fault

PREV = "a" * 64
DRAFT = Draft("note", date(2025, 6, 1), {"person": "我"}, (Posting("我:current", 1),), "k")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=8,
)


def sealed(body: bytes) -> bytes:
    return b'%b,"hash":"%b"}\n' % (body, chain_hash(body).encode())


def forged(**said: Any) -> bytes:
    good = json.loads(encode_record(DRAFT, 1, PREV))
    del good["hash"]
    return sealed(json.dumps({**good, **said}).encode()[:-1])


def test_a_line_is_compact_json_whose_hash_covers_the_bytes_before_it() -> None:
    """The layout is the documented one, so that another program can check it."""
    line = encode_record(DRAFT, 1, PREV)

    body = (
        '{"seq":1,"do":"note","on":"2025-06-01","key":"k","person":"我",'
        '"postings":[{"account":"我:current","amount":"0.01"}],"prev":"' + PREV + '"'
    ).encode()
    assert line == body + b',"hash":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'


@given(
    fields=st.dictionaries(TEXTS.map("x".__add__), PLAIN, max_size=4),
    fen=st.integers(-(10**16) + 1, 10**16 - 1),
    key=st.none() | TEXTS.filter(bool),
    on=st.dates(date(1900, 1, 1), date(2999, 12, 31)),
)
def test_a_record_reads_back_as_it_was_drafted(
    fields: dict[str, Any], fen: int, key: str | None, on: date
) -> None:
    """Whatever plain JSON an act records, the line gives it back."""
    draft = Draft("anything", on, fields, (Posting("a:current", fen),), key)

    record = decode_record(encode_record(draft, 7, PREV), 7, PREV)

    assert (record.do, record.on, record.fields) == ("anything", on, fields)
    assert (record.postings, record.key, record.seq) == (draft.postings, key, 7)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"seq": 1}, "seq"),
        ({"hash": ""}, "hash"),
        ({"amount": float("nan")}, "fields"),
        ({"name": "\ud800"}, "fields"),
        ({"on_day": date(2025, 6, 1)}, "fields"),
        ({"deep": json.loads("[" * 900 + "]" * 900)}, None),
    ],
)
def test_what_is_not_plain_json_is_not_encoded(fields: dict[str, Any], field: str | None) -> None:
    """Reserved names, NaN, half characters and other types are refused; depth alone is not."""
    draft = replace(DRAFT, fields=fields)
    if field is None:
        assert decode_record(encode_record(draft, 1, PREV), 1, PREV).fields == fields
        return

    with pytest.raises(Fault) as caught:
        encode_record(draft, 1, PREV)

    assert (caught.value.field, caught.value.cause) == (field, "malformed")


@pytest.mark.parametrize(
    ("said", "field", "cause"),
    [
        ({"seq": 2}, "seq", "seq-gap"),
        ({"seq": True}, "seq", "seq-gap"),
        ({"seq": 1.0}, "seq", "seq-gap"),
        ({"prev": "b" * 64}, "prev", "prev-mismatch"),
        ({"do": 5}, "do", "malformed"),
        ({"on": "2025-02-30"}, "on", "malformed"),
        ({"on": "20250601"}, "on", "malformed"),
        ({"key": ""}, "key", "malformed"),
        ({"postings": {}}, "postings", "malformed"),
        ({"postings": [{"account": "a"}]}, "postings", "malformed"),
        ({"postings": [{"account": "a", "amount": "-0.00"}]}, "postings", "malformed"),
        ({"postings": [{"account": "a", "amount": "1"}]}, "postings", "malformed"),
        ({"postings": [{"account": "a", "amount": 1}]}, "postings", "malformed"),
        ({"note": "\ud800"}, "line", "not-json"),
        ({"do": "reverse"}, "record", "missing"),
        ({"do": "reverse", "record": 10**30}, "record", "malformed"),
        ({"do": "reverse", "record": True}, "record", "malformed"),
        ({"do": "person-set", "attributes": []}, "attributes", "malformed"),
        ({"do": "unbind", "holder": ""}, "holder", "malformed"),
        ({"do": "credit", "person": "", "month": "2025-03"}, "person", "malformed"),
        ({"do": "credit", "person": "我", "month": 3}, "month", "malformed"),
        ({"opens": "transfer"}, "opens", "malformed"),
        ({"opens": {"due": None}}, "opens", "malformed"),
        ({"opens": {"kind": "", "due": None}}, "opens", "malformed"),
        ({"opens": {"kind": "transfer", "due": "tomorrow"}}, "opens", "malformed"),
        ({"opens": {"kind": "transfer", "due": 20250602}}, "opens", "malformed"),
        ({"opens": {"kind": "transfer", "due": "2025-02-30"}}, "opens", "malformed"),
        ({"opens": {"kind": "transfer"}}, "opens", "malformed"),
        ({"diverted": {}}, "diverted", "malformed"),
        ({"diverted": [{"account": "a"}]}, "diverted", "malformed"),
        ({"diverted": [{"account": "a", "amount": "1"}]}, "diverted", "malformed"),
        ({"closes": 1}, "closes", "malformed"),
        ({"closes": [0]}, "closes", "malformed"),
        ({"closes": [True]}, "closes", "malformed"),
        ({"closes": ["1"]}, "closes", "malformed"),
        ({"ends": {"我": "mum"}}, "ends", "malformed"),
        ({"ends": [["我"]]}, "ends", "malformed"),
        ({"ends": [["我", ""]]}, "ends", "malformed"),
    ],
)
def test_a_well_sealed_line_of_another_form_names_its_field(
    said: dict[str, Any], field: str, cause: str
) -> None:
    """A right hash is no licence: every field is read strictly."""
    line = forged(**said)

    with pytest.raises(Fault) as caught:
        decode_record(line, 1, PREV)

    assert (caught.value.field, caught.value.cause) == (field, cause)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (b"\n", "not-sealed"),
        (b'{"seq":1}\n', "not-sealed"),
        (sealed(b"[1"), "not-json"),
        (sealed(b"\xff"), "not-json"),
        (sealed(b'{"a":' + b"[" * 500_000), "not-json"),
        (sealed(b'{"a":' + b"9" * 10_000), "not-json"),
        (sealed(b'{"a":"' + b"x" * LINE_LIMIT + b'"'), "too-long"),
    ],
)
def test_what_is_no_record_at_all_is_a_fault(line: bytes, cause: str) -> None:
    """Depth, length and junk end in a named fault, never in another exception."""
    with pytest.raises(Fault) as caught:
        decode_record(line, 1, PREV)

    assert caught.value.cause == cause


def test_a_header_gives_back_its_ledger() -> None:
    """The first line carries the ledger's id."""
    assert decode_header(encode_header("0123456789abcdef" * 2)) == "0123456789abcdef" * 2


def test_a_header_of_a_higher_number_is_newer_even_if_sealed_otherwise() -> None:
    """A future format may seal its lines in a way that this program does not know."""
    with pytest.raises(NewerLedger, match=r"gongji\.ledger/12"):
        decode_header(b'{"format":"gongji.ledger/12","seal":"?"}\n')


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"", "format"),
        (b"root:x:0:0\n", "format"),
        (sealed(b'{"format":"gongji.ledger/0","ledger":"x","prev":""'), "format"),
        (sealed(b'{"format":"gongji.ledger/1","ledger":"x","prev":""'), "ledger"),
        (encode_header("0" * 32).replace(b"0" * 32, b"1" * 32), "hash"),
    ],
)
def test_a_bad_header_names_its_field(line: bytes, field: str) -> None:
    """Another program's file is told from a damaged ledger."""
    with pytest.raises(Fault) as caught:
        decode_header(line)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("spoil", "torn"),
    [
        (lambda line: line[:-1], True),
        (lambda line: line[:5], True),
        (lambda line: line[:20] + b"\0" * 16 + line[36:], True),
        (lambda line: b"junk\n", True),
        (lambda line: line.replace(b"note", b"nope"), False),
        (lambda line: b"[" + line[1:], False),
        (lambda line: line[:-3] + b"'}\n", False),
        (lambda line: line[:-1] + b"\r", False),
        (lambda line: line[:-1] + b"\0", True),
        (lambda line: line[:-2] + b"\0", True),
        (lambda line: b"x" * (LINE_LIMIT + 1), False),
    ],
)
def test_a_torn_line_is_one_never_wholly_written(
    spoil: Callable[[bytes], bytes], torn: bool
) -> None:
    """One wrong byte in a whole line is damage, which is never set aside."""
    line = encode_record(DRAFT, 1, PREV)

    assert is_torn(spoil(line)) is torn


def test_the_seal_has_one_length() -> None:
    """The tail that the hash does not cover is told by its length alone."""
    assert len(sealed(b"")) == SEAL_LENGTH

"""What a record does to the index.

This is all that the index learns from a record:

- every record: its postings move the balances, and the first to use an account is remembered; its
  key, its day, its purpose and the persons it names (person, holder, beneficiary, those of its
  accounts and of its `ends`) can be asked for;
- `person-add`, `person-set` {person, attributes}: the person's complete attributes from now on;
  `person-remove` {person}: there are none any more;
- `bind` {holder, beneficiary, relation, mechanism, …} opens a binding on its day; `unbind`
  {holder, beneficiary} closes those of the pair that are open: they hold before its day, not on it;
- `pay-for` {beneficiary, purpose, year, draws: [{holder, amount}], …}: what each holder's account
  paid for the beneficiary that day and, with a year, a premium paid for that year;
- `credit` {person, month}: the person has what the rules accrue for the month;
- any record with `opens` {kind, due}: something is open until a later record names its number in
  `closes` [seq, …], or it is reversed; `due` is the day from which it can be dealt with, or null;
- any record with `ends` [[holder, beneficiary], …]: closes the open bindings of those pairs;
- `reverse` {record}: takes back what `pay-for` said on the day of that payment, or `credit` of a
  month, as if it had not been made. Bindings and persons are not undone by it: `unbind` and
  `person-set` are for that.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Final

from gongji.ledger.accounts import names_in
from gongji.ledger.journal import Entry
from gongji.ledger.records import Record
from gongji.words.money import parse_yuan

Recall = Callable[[int], Record | None]
"""Gives an earlier record by its number."""

TABLES: Final = """
CREATE TABLE records (
    seq INTEGER PRIMARY KEY, offset INTEGER, length INTEGER, day TEXT, purpose TEXT);
CREATE INDEX records_by_day ON records (day);
CREATE INDEX records_by_purpose ON records (purpose) WHERE purpose IS NOT NULL;
CREATE TABLE keys (key TEXT PRIMARY KEY, seq INTEGER) WITHOUT ROWID;
CREATE TABLE mentions (name TEXT, seq INTEGER, PRIMARY KEY (name, seq)) WITHOUT ROWID;
CREATE TABLE balances (account TEXT PRIMARY KEY, first INTEGER, fen INTEGER) WITHOUT ROWID;
CREATE TABLE people (name TEXT PRIMARY KEY, first INTEGER, attributes TEXT) WITHOUT ROWID;
CREATE TABLE bindings (
    seq INTEGER PRIMARY KEY, holder TEXT, beneficiary TEXT, opened TEXT, closed TEXT, fields TEXT);
CREATE INDEX bindings_of_holder ON bindings (holder, closed, beneficiary);
CREATE INDEX bindings_of_beneficiary ON bindings (beneficiary, closed, holder);
CREATE TABLE draws (
    holder TEXT, day TEXT, beneficiary TEXT, purpose TEXT, fen INTEGER,
    PRIMARY KEY (holder, day, beneficiary, purpose)) WITHOUT ROWID;
CREATE INDEX draws_for_beneficiary ON draws (beneficiary, day);
CREATE INDEX draws_by_day ON draws (day);
CREATE TABLE premiums (
    person TEXT, purpose TEXT, year INTEGER, seq INTEGER,
    PRIMARY KEY (person, purpose, year, seq)) WITHOUT ROWID;
CREATE TABLE accruals (
    person TEXT, month TEXT, seq INTEGER, PRIMARY KEY (person, month, seq)) WITHOUT ROWID;
CREATE TABLE open_items (seq INTEGER PRIMARY KEY, kind TEXT, due TEXT, holder TEXT);
CREATE INDEX open_items_by_due ON open_items (kind, due);
CREATE INDEX open_items_of_holder ON open_items (holder, kind);
CREATE TABLE reversals (record INTEGER PRIMARY KEY, seq INTEGER);
"""


def absorb(index: sqlite3.Connection, entry: Entry, recall: Recall) -> None:
    """Write the effects of one more record into the index."""
    record = entry.record
    original = recall(record.fields["record"]) if record.do == "reverse" else None
    _note_record(index, entry, original)
    index.executemany(
        "INSERT INTO balances VALUES (?, ?, ?)"
        " ON CONFLICT (account) DO UPDATE SET fen = fen + excluded.fen",
        [(posting.account, record.seq, posting.fen) for posting in record.postings],
    )
    _open_and_close(index, record)
    if record.do in ("person-add", "person-set", "person-remove"):
        _set_person(index, record)
    elif record.do == "bind":
        _open_binding(index, record)
    elif record.do == "unbind":
        _close_bindings(index, record, record.fields["holder"], record.fields["beneficiary"])
    elif record.do == "pay-for":
        _add_payment(index, record)
    elif record.do == "credit":
        index.executemany("INSERT INTO accruals VALUES (?, ?, ?)", _accruals(record))
    elif record.do == "reverse":
        _take_back(index, record, original)


def _note_record(index: sqlite3.Connection, entry: Entry, original: Record | None) -> None:
    record, purpose = entry.record, _purpose(original or entry.record)
    index.execute(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?)",
        (record.seq, entry.offset, entry.length, record.on.isoformat(), purpose),
    )
    if record.key is not None:
        index.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (record.key, record.seq))
    named = _named([record] if original is None else [record, original])
    index.executemany("INSERT INTO mentions VALUES (?, ?)", [(name, record.seq) for name in named])


def _named(records: Iterable[Record]) -> set[str]:
    named: set[str] = set()
    for record in records:
        actors = (record.fields.get(role) for role in ("person", "holder", "beneficiary"))
        named.update(actor for actor in actors if isinstance(actor, str))
        named.update(*record.fields.get("ends", ()))
        for posting in record.postings:
            named.update(names_in(posting.account))
    return named


def _purpose(record: Record) -> str | None:
    purpose = record.fields.get("purpose")
    return purpose if isinstance(purpose, str) else None


def _set_person(index: sqlite3.Connection, record: Record) -> None:
    gone = record.do == "person-remove"
    index.execute(
        "INSERT INTO people VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET attributes = excluded.attributes",
        (
            record.fields["person"],
            record.seq,
            None if gone else json.dumps(record.fields["attributes"], ensure_ascii=False),
        ),
    )


def _open_binding(index: sqlite3.Connection, record: Record) -> None:
    index.execute(
        "INSERT INTO bindings VALUES (?, ?, ?, ?, NULL, ?)",
        (
            record.seq,
            record.fields["holder"],
            record.fields["beneficiary"],
            record.on.isoformat(),
            json.dumps(record.fields, ensure_ascii=False),
        ),
    )


def _close_bindings(
    index: sqlite3.Connection, record: Record, holder: str, beneficiary: str
) -> None:
    index.execute(
        "UPDATE bindings SET closed = ? WHERE holder = ? AND beneficiary = ? AND closed IS NULL",
        (record.on.isoformat(), holder, beneficiary),
    )


def _open_and_close(index: sqlite3.Connection, record: Record) -> None:
    opened = record.fields.get("opens")
    if opened is not None:
        index.execute(
            "INSERT INTO open_items VALUES (?, ?, ?, ?)",
            (record.seq, opened["kind"], opened["due"], record.fields.get("holder")),
        )
    for seq in record.fields.get("closes", ()):
        index.execute("DELETE FROM open_items WHERE seq = ?", (seq,))
    for holder, beneficiary in record.fields.get("ends", ()):
        _close_bindings(index, record, holder, beneficiary)


def _add_payment(index: sqlite3.Connection, record: Record) -> None:
    _add_draws(index, record, 1)
    if record.fields["year"] is not None:
        index.execute("INSERT INTO premiums VALUES (?, ?, ?, ?)", (*_premium(record), record.seq))


def _take_back(index: sqlite3.Connection, record: Record, original: Record | None) -> None:
    index.execute(
        "INSERT OR IGNORE INTO reversals VALUES (?, ?)", (record.fields["record"], record.seq)
    )
    index.execute("DELETE FROM open_items WHERE seq = ?", (record.fields["record"],))
    if original is not None and original.do == "pay-for":
        _add_draws(index, original, -1)
        index.execute(
            "DELETE FROM premiums WHERE person = ? AND purpose = ? AND year = ? AND seq = ?",
            (*_premium(original), original.seq),
        )
    elif original is not None and original.do == "credit":
        index.executemany(
            "DELETE FROM accruals WHERE person = ? AND month = ? AND seq = ?", _accruals(original)
        )


def _add_draws(index: sqlite3.Connection, payment: Record, sign: int) -> None:
    day, fields = payment.on.isoformat(), payment.fields
    index.executemany(
        "INSERT INTO draws VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET fen = fen + excluded.fen",
        [
            (
                draw["holder"],
                day,
                fields["beneficiary"],
                fields["purpose"],
                sign * parse_yuan(draw["amount"]),
            )
            for draw in fields["draws"]
        ],
    )


def _accruals(credit: Record) -> list[tuple[str, str, int]]:
    fields = credit.fields
    return [(fields["person"], fields["month"], credit.seq)] if "month" in fields else []


def _premium(payment: Record) -> tuple[str, str, int | None]:
    fields = payment.fields
    return fields["beneficiary"], fields["purpose"], fields["year"]

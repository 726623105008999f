"""What can be asked of the index. No answer costs more because the ledger is longer."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

_FAR: Final = "\U0010ffff"
"""Sorts after every name: a range of texts with one beginning ends before it."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A relation holder → beneficiary, in force on the days opened <= day < closed.

    `seq` is the record that opened it and `fields` all that it says.
    """

    seq: int
    holder: str
    beneficiary: str
    relation: str
    mechanism: str
    opened: date
    closed: date | None
    fields: dict[str, Any]


def person(index: sqlite3.Connection, name: str) -> dict[str, Any] | None:
    """Return the person's latest attributes, None if absent or removed."""
    found = index.execute("SELECT attributes FROM people WHERE name = ?", (name,)).fetchone()
    return _attributes(found[0]) if found and found[0] is not None else None


def people(index: sqlite3.Connection) -> list[tuple[str, dict[str, Any]]]:
    """Return everybody with their attributes, in the order of their first appearance."""
    rows = index.execute(
        "SELECT name, attributes FROM people WHERE attributes IS NOT NULL ORDER BY first"
    )
    return [(name, _attributes(text)) for name, text in rows]


def balance(index: sqlite3.Connection, account: str) -> int:
    """Return the fen of an account, 0 if it was never used."""
    found = index.execute("SELECT fen FROM balances WHERE account = ?", (account,)).fetchone()
    return int(found[0]) if found else 0


def balances(index: sqlite3.Connection, prefix: str) -> dict[str, int]:
    """Return the fen of every account ever used whose name begins with `prefix`, oldest first.

    The oldest is the one that the earliest record used; of one record they come by name.
    """
    rows = index.execute(
        "SELECT account, fen FROM balances WHERE account >= ? AND account < ?"
        " ORDER BY first, account",
        (prefix, prefix + _FAR),
    )
    return dict(rows.fetchall())


def bindings(
    index: sqlite3.Connection,
    holder: str | None,
    beneficiary: str | None,
    on: date | None,
    open_only: bool,
) -> list[Binding]:
    """Return the bindings of the holder, the beneficiary or both, by the day of their opening.

    With a day: those in force on it (or opened by it, if not `open_only`). Without one: those that
    nothing has closed (or all).
    """
    asked: dict[str, str | None] = {"holder = ?": holder, "beneficiary = ?": beneficiary}
    if on is not None:
        asked["opened <= ?"] = on.isoformat()
        asked["(closed IS NULL OR closed > ?)"] = on.isoformat() if open_only else None
    conditions, values = _conditions(asked)
    if on is None and open_only:
        conditions.append("closed IS NULL")
    rows = index.execute(
        "SELECT seq, holder, beneficiary, opened, closed, fields FROM bindings"
        f"{_where(conditions)} ORDER BY opened, seq",
        values,
    )
    return [_binding(*row) for row in rows]


def bound_ever(index: sqlite3.Connection, holder: str) -> frozenset[str]:
    """Return the beneficiaries whom the holder has ever bound."""
    rows = index.execute("SELECT DISTINCT beneficiary FROM bindings WHERE holder = ?", (holder,))
    return frozenset(name for (name,) in rows)


def open_items(
    index: sqlite3.Connection, kind: str, holder: str | None, due: date | None
) -> list[int]:
    """Return the records that opened something of the kind that nothing has closed, oldest first.

    Of the holder, due on the day or before; None leaves one open.
    """
    asked = {"kind = ?": kind, "holder = ?": holder}
    conditions, values = _conditions(asked | {"due <= ?": due.isoformat() if due else None})
    rows = index.execute(f"SELECT seq FROM open_items{_where(conditions)} ORDER BY seq", values)
    return [seq for (seq,) in rows]


def spent(
    index: sqlite3.Connection,
    holder: str | None,
    beneficiary: str | None,
    purpose: str | None,
    since: date,
    until: date,
) -> int:
    """Return the fen that `pay-for` drew on the days from `since` to `until`, both included.

    From the holder's account, for the beneficiary, for the purpose; None leaves one open. A payment
    reversed since, on whatever day, does not count.
    """
    asked = {"holder = ?": holder, "beneficiary = ?": beneficiary, "purpose = ?": purpose}
    days = {"day >= ?": since.isoformat(), "day <= ?": until.isoformat()}
    conditions, values = _conditions({**asked, **days})
    return int(
        index.execute(
            f"SELECT coalesce(sum(fen), 0) FROM draws{_where(conditions)}", values
        ).fetchone()[0]
    )


def premiums(index: sqlite3.Connection, person: str, purpose: str, year: int) -> list[int]:
    """Return the numbers of the premium payments for person, purpose and year not reversed."""
    rows = index.execute(
        "SELECT seq FROM premiums WHERE person = ? AND purpose = ? AND year = ? ORDER BY seq",
        (person, purpose, year),
    )
    return [seq for (seq,) in rows]


def accrued_by(index: sqlite3.Connection, person: str, month: str) -> int | None:
    """Return the number of the record that accrued the month, not reversed, None if none did."""
    found = index.execute(
        "SELECT seq FROM accruals WHERE person = ? AND month = ?", (person, month)
    ).fetchone()
    return found[0] if found else None


def seq_of_key(index: sqlite3.Connection, key: str) -> int | None:
    """Return the number of the record written under the key, None if there is none."""
    found = index.execute("SELECT seq FROM keys WHERE key = ?", (key,)).fetchone()
    return found[0] if found else None


def reversed_by(index: sqlite3.Connection, seq: int) -> int | None:
    """Return the number of the record that reversed record `seq`, None if none did."""
    found = index.execute("SELECT seq FROM reversals WHERE record = ?", (seq,)).fetchone()
    return found[0] if found else None


def history(
    index: sqlite3.Connection,
    person: str | None,
    since: date | None,
    until: date | None,
    purpose: str | None,
    limit: int | None,
) -> list[tuple[int, int, int]]:
    """Return number, offset and length of the records that match, the newest `limit`, in order.

    Those naming the person, of the days from `since` to `until`, both included, of the purpose; a
    reversal matches where the record that it takes back does.
    """
    conditions, values = _conditions(
        {
            "mentions.name = ?": person,
            "day >= ?": since.isoformat() if since else None,
            "day <= ?": until.isoformat() if until else None,
            "purpose = ?": purpose,
        }
    )
    source = "records" if person is None else "mentions CROSS JOIN records USING (seq)"
    newest_first = index.execute(
        f"SELECT seq, offset, length FROM {source}{_where(conditions)} ORDER BY seq DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return newest_first.fetchall()[::-1]


def _conditions(asked: dict[str, str | None]) -> tuple[list[str], list[str]]:
    given = {condition: value for condition, value in asked.items() if value is not None}
    return list(given), list(given.values())


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _binding(
    seq: int, holder: str, beneficiary: str, opened: str, closed: str | None, fields: str
) -> Binding:
    said: dict[str, Any] = json.loads(fields)
    return Binding(
        seq=seq,
        holder=holder,
        beneficiary=beneficiary,
        relation=said["relation"],
        mechanism=said["mechanism"],
        opened=date.fromisoformat(opened),
        closed=date.fromisoformat(closed) if closed else None,
        fields=said,
    )


def _attributes(text: str) -> dict[str, Any]:
    attributes: dict[str, Any] = json.loads(text)
    return attributes

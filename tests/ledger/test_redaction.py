"""What a redacted ledger tells, and what it does not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from gongji.ledger.books import Posting, Record
from gongji.ledger.records import content
from gongji.ledger.redaction import redacted

JUNE = date(2025, 6, 1)
DIGEST = "5e" * 32
HASHES = ("a0a0", "b1b1", "c2c2", "d3d3", "e4e4")
DECISION = {
    "holder": "大哥",
    "verdict": "eligible",
    "failing": [{"check": "scope", "reason": "scope.far", "mechanism": "authorisation"}],
    "clauses": ["420000/scope/2024-10-01"],
    "assumed": ["holder.status"],
}


def record(seq: int, do: str, moved: dict[str, int], key: str | None = None, **said: Any) -> Record:
    """Return a record that moves fen into accounts and says what is said."""
    postings = tuple(Posting(account, fen) for account, fen in moved.items())
    return Record(seq, do, JUNE, said, postings, key, HASHES[seq - 1], HASHES[seq])


STORY = (
    record(
        1,
        "person-add",
        {"大哥:current": 500, "credit": -500},
        key="k-大哥",
        person="大哥",
        attributes={
            **{"area": "420100", "insurance": "employee", "born": "1960-05-01"},
            **{"group": ["special_outpatient"], "tier": "secret_tier"},
            "id": {"mask": "110**************X", "digest": DIGEST},
        },
        request={"do": "person-add", "person": "大哥"},
    ),
    record(
        2,
        "pay-for",
        {"大哥:quota:妈妈": -200, "provider": 200},
        beneficiary="妈妈",
        purpose="pharmacy",
        draws=[{"holder": "大哥", "account": "大哥:quota:妈妈", "amount": "2.00"}],
        decisions=[DECISION],
        rules="sha256:0",
        invented_later="妈妈",
    ),
    record(
        3,
        "reverse",
        {"大哥:quota:妈妈": 200, "provider": -200},
        record=2,
        reason="妈妈 was in 同济",
    ),
    record(
        4,
        "person-set",
        {"cash:cash": 1, "弟弟:pool:大哥": -1},
        person="cash",
        ends=[["大哥", "妈妈"]],
    ),
)


def test_people_are_numbered_by_first_appearance_everywhere() -> None:
    """In fields, in lists, in decisions and in accounts: the same person has the same number."""
    first, payment, _reversal, last = redacted(STORY)

    assert [posting.account for posting in first.postings] == ["p1:current", "credit"]
    assert (first.fields["person"], payment.fields["beneficiary"]) == ("p1", "p2")
    assert payment.fields["draws"] == [{"holder": "p1", "account": "p1:quota:p2", "amount": "2.00"}]
    assert payment.fields["decisions"][0]["holder"] == "p1"
    assert (last.fields["person"], last.fields["ends"]) == ("p3", [["p1", "p2"]])
    assert [posting.account for posting in last.postings] == ["cash:p3", "p4:pool:p1"]


def test_days_amounts_and_codes_stay() -> None:
    """What a rule is asked with, and what moved."""
    payment = list(redacted(STORY))[1]

    assert (payment.seq, payment.do, payment.on) == (2, "pay-for", JUNE)
    assert [posting.fen for posting in payment.postings] == [-200, 200]
    assert payment.fields["purpose"] == "pharmacy"
    assert payment.fields["rules"] == "sha256:0"
    assert payment.fields["decisions"][0]["clauses"] == ["420000/scope/2024-10-01"]


def test_names_texts_keys_and_identities_are_nowhere() -> None:
    """Nor a field that nobody has judged, nor a hash by which a name could be tried."""
    told = [
        json.dumps([content(one), one.key, one.prev, one.hash], ensure_ascii=False)
        for one in redacted(STORY)
    ]

    private = ("大哥", "妈妈", "弟弟", "同济", "k-", DIGEST, "110*", "1960", "secret", *HASHES)
    fields = ("id", "born", "group", "tier", "request", "reason", "invented_later")
    secrets = (*private, *(f'"{field}"' for field in fields))
    assert [(secret, line) for secret in secrets for line in told if secret in line] == []

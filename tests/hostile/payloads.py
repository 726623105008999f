"""Texts that are meant to do harm, and JSON of every kind."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

PAYLOADS = {
    "an escape": "\x1b[31mred\x1b[0m",
    "an escape in one byte": "\x9b31mred",
    "a title": "\x1b]0;title\x07",
    "a line": "one\r\ntwo\nthree\x85four\u2028five\u2029six\x0bseven\x0ceight",
    "a tab": "one\ttwo",
    "NUL": "a\x00b",
    "backspaces": "good\x08\x08\x08\x08evil\x7f",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200f",
    "nothing to see": "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg",
    "tags": "a\U000e0041\U000e007f",
    "markup of rich": "[red]x[/red] [link=file:///etc/passwd]y[/link] [/]",
    "HTML": "<script>alert(1)</script><img src=x onerror=y> & \"'",
    "a formula": "=1+1",
    "a formula of DDE": "-2+3+cmd|' /C calc'!A0",
    "a formula with @": "@SUM(1+1)*cmd",
    "a formula behind a tab": "\t=1+1",
    "a formula in full width": "＝1+1",
    "braces": "{} {0} {name} {0.__class__} %s %(x)s %n",
    "quotes": "\"; \\ ' ` $(id) `id`",
    "a posting": "x\n    assets:me:current  1000.00 CNY\n",
    "half a character": "a\udcffb\ud800",
    "private": "a\ue000b\U0010ffff",
    "accents": "a" + "\u0301" * 50,
}

KEYS = (
    *("id", "on", "do", "relation", "purpose", "amount", "action", "mechanism", "year", "bound"),
    *("at", "transfers_today", "provider_area", "paid_on", "hours_since_payment", "item"),
    *("holder", "beneficiary", "area", "insurance", "status", "type", "tier", "group", "wallet"),
    *("balance", "current", "carryover", "pooled", "authorised", "cap_per_payment"),
    *("beneficiaries", "by_relation", "beneficiaries_cumulative", "is_beneficiary", "age"),
    *("own_balance", "holders", "is_holder", "accepted", "bound_before", "premium_paid"),
    *("person", "born", "id_number", "to", "month", "base", "from", "assume", "priority"),
    *("evidence", "until", "switch", "by", "record", "reason", "key", "expect_head"),
    *("from_wallet", "setlinfo", "output", "infcode", "setldetail", "acct_pay", "medfee_sumamt"),
    *("fund_pay_sumamt", "psn_cash_pay", "fund_payamt", "fund_pay_type", "expected", "request"),
)
WORDS = (
    *("我", "哥哥", "妈妈", "nobody", "420100", "420600", "武汉", "parent", "父母", "child"),
    *("employee", "resident", "none", "active", "pharmacy", "outpatient", "resident_premium"),
    *("12.50", "0", "0.00", "-1", "99999999999999.99", "1e9", "NaN", "2025-01-02", "2025-02-30"),
    *("1900-01-01", "2999-12-31", "2025-01", "23:59", "bill", "more", "open", "wallet", "pool"),
    *("authorisation", "wallet_quota", "family_pool", "use", "bind", "relation", "scope", "310200"),
)

texts = st.sampled_from(sorted(PAYLOADS.values())) | st.sampled_from(WORDS) | st.text(max_size=20)
numbers = st.integers() | st.sampled_from([0, 1, 7, -1, 10**18, 2**63, 10**39]) | st.floats()
scalars = st.none() | st.booleans() | numbers | texts
keys = st.sampled_from(KEYS) | texts
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=12,
)
objects = st.dictionaries(keys, values, max_size=8)

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongji.engine.facts import Request
from gongji.engine.request import parse_request
from gongji.policy.pack import Pack
from gongji.policy.reading import load
from gongji.render import language

NATION = """
format = 1

[region]
code = "000000"
name = "全国"
pinyin = "nation"
pooling = "city"
reviewed = 2026-01-01
summary = "国家的规定。"
summary_en = "The rules of the nation."

[source.nation]
title = "医保钱包办事指南"
published_note = "2025"
url = "https://example.org/wallet"
grade = "press"

[[mechanism]]
binds = "default"
from = 2025-01-01
wallet_transfer = "live"
source = ["nation"]
confidence = "high"

[[mechanism]]
area = ["420000", "440000"]
from = 2025-01-01
until = 2025-12-31
wallet_quota = "not_live"
source = ["nation"]
confidence = "high"

[[scope]]
binds = "default"
when = { mechanism = ["wallet_transfer"] }
from = 2025-01-01
reach = "nation"
source = ["nation"]
confidence = "high"

[[transfer]]
binds = "default"
when = { mechanism = ["wallet_transfer"] }
from = 2025-01-01
most = "2000.00"
least = "1.00"
per_day = 3
closed_from = "22:00"
closed_until = "06:00"
source = ["nation"]
confidence = "high"
"""

HUBEI = """
format = 1

[region]
code = "420000"
name = "湖北省"
pinyin = "hubei"
pooling = "city"
reviewed = 2026-01-01
summary = "湖北的规定。"
summary_en = "The rules of Hubei."

[source.notice]
title = "关于扩大共济范围的通知"
issuer = "湖北省医疗保障局"
number = "鄂医保发〔2024〕1号"
published = 2024-09-20
url = "https://example.org/notice"
grade = "official"

[source.blog]
title = "[bold]共济[/bold]问答:smile:"
grade = "recall"

[[relatives]]
from = 2024-10-01
include = ["spouse", "parent", "child"]
source = ["notice"]
confidence = "high"

[[insurance]]
holder = ["employee"]
beneficiary = ["employee", "resident"]
source = ["notice"]
confidence = "high"

[[status]]
from = 2024-10-01
holder = ["active"]
source = ["notice"]
confidence = "high"

[[mechanism]]
from = 2024-10-01
authorisation = "live"
source = ["notice"]
confidence = "high"

[[scope]]
from = 2024-10-01
reach = "pooling_area"
source = ["notice"]
confidence = "high"

[[limits]]
from = 2024-10-01
beneficiaries = { total = 5, cumulative = 8, each = { parent = 2, child = "unlimited" } }
source = ["notice"]
confidence = "medium"
dispute = [{ beneficiaries = 3, source = ["blog"], note = "有人说只能绑三人" }]

[[purposes]]
from = 2024-10-01
allow = ["outpatient", "inpatient", "pharmacy", "resident_premium"]
deny = ["other"]
source = ["notice"]
confidence = "high"

[[funds]]
from = 2024-10-01
use = "carryover"
keep = "100.00"
source = ["notice"]
confidence = "high"

[[premium]]
year = 2026
price = "400.00"
opens = 2025-09-01
closes = 2025-12-31
source = ["notice"]
confidence = "high"

[[premium_payment]]
from = 2024-10-01
mode = "reimburse"
wait_days = 5
source = ["notice"]
confidence = "high"

[[channel]]
kind = "miniprogram"
name = "鄂医保"
does = ["bind", "premium"]
source = ["notice"]
confidence = "high"

[[materials]]
items = ["身份证", "承诺书"]
source = ["notice"]
confidence = "high"

[[standing]]
rule = "own_credential"
text = "凭证不能混用。"
text_en = "Credentials are not shared."
source = ["blog"]
confidence = "low"
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language.current()
    language.use("en")
    yield
    language.use(before)


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The rules of a small nation with one province."""
    folder = tmp_path_factory.mktemp("rules")
    write = {"000000-nation.toml": NATION, "420000-hubei.toml": HUBEI}
    for name, text in write.items():
        Path(folder, name).write_text(text, "utf-8")
    return load([folder])


@pytest.fixture
def request_of() -> Callable[..., Request]:
    """Makes a request: a resident of Wuhan pays in a pharmacy for a parent there."""

    def make(**keys: Any) -> Request:
        data: dict[str, Any] = {
            "on": "2025-06-01",
            "relation": "parent",
            "purpose": "pharmacy",
            **keys,
            "holder": {"area": "420100", "insurance": "employee", **keys.get("holder", {})},
            "beneficiary": {
                "area": "420100",
                "insurance": "resident",
                **keys.get("beneficiary", {}),
            },
        }
        return parse_request(data, date(2025, 6, 1))

    return make

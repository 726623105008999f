"""Mechanisms, by which money reaches the relative, and the acts and items that rules speak of."""

from __future__ import annotations

from gongji.words.vocabulary import Vocabulary, Word, spellings

# A spelling under two words (医保钱包, wallet) is ambiguous on purpose.
MECHANISMS = Vocabulary(
    "mechanism",
    (
        Word(
            "authorisation",
            "authorisation",
            "授权",
            spellings("授权使用 授权支付 authorization"),
        ),
        Word(
            "family_pool",
            "family pool",
            "家庭账户划转",
            spellings("划转 注入 家庭账户 家庭共济账户 pool"),
        ),
        Word(
            "wallet_transfer",
            "wallet transfer",
            "医保钱包转账",
            spellings("钱包转账 医保钱包 钱包 wallet"),
        ),
        Word(
            "wallet_quota",
            "wallet quota",
            "医保钱包额度",
            spellings("钱包额度 医保钱包 钱包 wallet quota"),
        ),
    ),
)

WALLET_MECHANISMS: frozenset[str] = frozenset({"wallet_transfer", "wallet_quota"})
"""The mechanisms that cross provinces and must be live at both ends."""

ACTIONS = Vocabulary(
    "action",
    (
        Word("use", "use", "使用", spellings("支付 pay")),
        Word("bind", "bind", "绑定"),
        Word("transfer", "transfer", "转账", spellings("划转 转入")),
        Word("claim", "claim", "报销", spellings("申领 reimburse")),
        Word("reverse", "reverse", "冲正", spellings("撤销 退回 退费")),
    ),
)

ITEMS = Vocabulary(
    "item",
    (
        Word("drug", "drug", "药品", spellings("药 medicine")),
        Word("device", "medical device", "医疗器械", spellings("器械")),
        Word("consumable", "medical consumable", "医用耗材", spellings("耗材")),
    ),
)

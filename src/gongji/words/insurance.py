"""How a person stands to medical insurance: the scheme, its status, the kind of holder, the wallet.

`insutype:NNN` is the national platform's 险种类型; only those that are a basic insurance are read.
"""

from __future__ import annotations

from gongji.words.vocabulary import Vocabulary, Word, spellings

INSURANCES = Vocabulary(
    "insurance",
    (
        Word(
            "employee",
            "employee insurance",
            "职工医保",
            spellings(
                "职工 城镇职工 职工基本医疗保险 城镇职工基本医疗保险 职工医疗保险 insutype:310"
            ),
        ),
        # 380 (新农合) and 391 (城镇居民) were merged into 390 and still stand in old data.
        Word(
            "resident",
            "resident insurance",
            "居民医保",
            spellings(
                "居民 城乡居民 城乡居民医保 居民基本医疗保险 城乡居民基本医疗保险 新农合"
                " insutype:390 insutype:380 insutype:391"
            ),
        ),
        Word("none", "not insured", "未参保", spellings("无 没参保 uninsured")),
    ),
)

STATUSES = Vocabulary(
    "status",
    (
        Word("active", "active", "正常", spellings("正常参保 参保 在保 正常缴费")),
        Word("suspended", "suspended", "暂停", spellings("暂停参保 停保 中断 暂停缴费")),
        Word("arrears", "in arrears", "欠费", spellings("欠缴 断缴")),
        Word("ended", "ended", "终止", spellings("终止参保 注销 退保")),
    ),
)

HOLDER_TYPES = Vocabulary(
    "holder type",
    (
        Word("employed", "employed", "在职", spellings("在职职工 在职人员")),
        Word(
            "flexible",
            "in flexible employment",
            "灵活就业",
            spellings("灵活就业人员 灵活 flexible-employment self-employed"),
        ),
        Word("retired", "retired", "退休", spellings("退休人员 退休职工 pensioner")),
    ),
)

WALLETS = Vocabulary(
    "wallet",
    (
        Word("open", "open", "已开通", spellings("开通 有 opened yes")),
        Word("none", "none", "未开通", spellings("没开通 没有 无 no")),
    ),
)

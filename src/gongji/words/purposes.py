"""Purposes: what the money of an account is asked to pay."""

from __future__ import annotations

from gongji.words.vocabulary import Vocabulary, Word, spellings

# A spelling under several words (医保费, premium) is ambiguous on purpose.
PURPOSES = Vocabulary(
    "purpose",
    (
        Word("outpatient", "outpatient", "门诊", spellings("看病 门诊费 看门诊 clinic")),
        Word("inpatient", "inpatient", "住院", spellings("住院费 hospital-stay")),
        Word(
            "pharmacy",
            "pharmacy",
            "药店购药",
            spellings("药店 购药 买药 定点药店 drugstore medicine"),
        ),
        Word(
            "resident_premium",
            "resident-insurance premium",
            "居民医保费",
            spellings(
                "居民医保保费 居民医保 居民保费 居民医保缴费 城乡居民医保费 城乡居民医保 新农合"
                " 医保费 保费 resident-insurance premium"
            ),
        ),
        Word(
            "long_term_care_premium",
            "long-term-care premium",
            "长护险保费",
            spellings(
                "长护险 长护 长护险费 长期护理保险 长期护理保险费 长期照护保险 保费"
                " long-term-care premium"
            ),
        ),
        Word(
            "large_sum_premium",
            "large-sum premium",
            "大额医疗保费",
            spellings(
                "大额 大额保费 大额医疗 大额医保费 大额医疗补助 大额医疗费用补助 大病保费 保费"
                " large-sum premium"
            ),
        ),
        Word(
            "employee_premium",
            "employee-insurance premium",
            "职工医保费",
            spellings(
                "职工医保保费 职工医保 职工保费 职工医保缴费 灵活就业医保费 医保费 保费"
                " employee-insurance premium"
            ),
        ),
        Word(
            "commercial_supplement",
            "commercial supplementary insurance",
            "商业补充医疗保险",
            spellings(
                "惠民保 商业补充保险 商业健康保险 商业保险 商保 保费 commercial-supplement"
                " commercial-insurance premium"
            ),
        ),
        Word(
            "vaccine",
            "vaccine",
            "疫苗",
            spellings("疫苗接种 接种疫苗 打疫苗 vaccination"),
        ),
        Word("checkup", "health check-up", "体检", spellings("健康体检 check-up")),
        Word(
            "other",
            "outside medical insurance",
            "其他",
            spellings("其它 健身 保健品 养生保健 公共卫生 fitness health-food public-health"),
        ),
    ),
)

PREMIUMS: frozenset[str] = frozenset(
    {
        "resident_premium",
        "long_term_care_premium",
        "large_sum_premium",
        "employee_premium",
        "commercial_supplement",
    }
)
"""The purposes that are premiums: paid once for a person and a year."""

BILLS: frozenset[str] = frozenset(PURPOSES.codes) - PREMIUMS
"""The purposes that are bills: paid as often as they arise."""

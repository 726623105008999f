"""The names that the fields of a settlement message go by.

Systems write snake_case, camelCase and mixtures of both: underscores and case make no difference.
"""

from __future__ import annotations

from typing import Final

FUND_SOURCES: Final = (
    *("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"),
    "hifdm_pay",
)
"""What the pooled funds pay, by fund; the last one (伤残人员) is Guangdong's."""
SCOPE_PARTS: Final = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
"""The parts of a bill by what the insurance covers of it."""
ACCOUNT_BEFORE: Final = "account_before"
"""Not of the platform: the balance before the payment, which whoever knows it may put beside."""
AMOUNTS: Final = (
    "medfee_sumamt",
    *SCOPE_PARTS,
    *FUND_SOURCES,
    "fund_pay_sumamt",
    "hosp_part_amt",
    "psn_part_amt",
    "acct_pay",
    "acct_mulaid_pay",
    "psn_cash_pay",
    "balc",
    ACCOUNT_BEFORE,
)
"""The amounts that are read of a message; nothing else of it is kept."""
ALIASES: Final = {
    "psn_part_am": "psn_part_amt",
    "psn_pay": "psn_part_amt",
    "cash_payamt": "psn_cash_pay",
    "pdn_cash_pay": "psn_cash_pay",
    "othfund_pay": "oth_pay",
    "inscp_amt": "inscp_scp_amt",
    "med_fee_sumamt": "medfee_sumamt",
}
"""Other names that were seen in public code, and what they are called in the field list of 2304."""
OTHERS: Final = ("infcode", "output", "setlinfo", "setldetail", "fund_pay_type", "fund_payamt")


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


_KNOWN: Final = {_folded(name): name for name in (*AMOUNTS, *ALIASES, *OTHERS)}


def spelling(name: str) -> str | None:
    """Return the known spelling that a name in a message is, None for a field that is not read."""
    return _KNOWN.get(_folded(name))


def canonical(known: str) -> str:
    """Return the field that a known spelling stands for."""
    return ALIASES.get(known, known)

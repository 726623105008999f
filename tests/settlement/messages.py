"""Settlement messages for tests: one that balances, under each profile, and changes of it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from gongji.settlement.balance import Balance, check
from gongji.settlement.message import read_message
from gongji.settlement.profiles import Profile
from gongji.words.money import format_yuan

SOURCES = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")
PERSON = {
    "mdtrt_id": "M2025000017",
    "psn_no": "44030000000012345678",
    "psn_name": "欧阳翠花",
    "certno": "11010519491231002X",
    "psn_cert_type": "01",
    "brdy": "1949-12-31",
}
"""What a message says of a person, none of whom exists."""


def message(profile: Profile = Profile.OF_WHICH, **changed: Any) -> dict[str, Any]:
    """Return a flat message of 1000 yuan that balances under the profile; None leaves a key out.

    The fund pays 640, the hospital 10, the account 180, relatives 120, the person 50 in cash.
    """
    account = "180.00" if profile is Profile.ADDITIVE else "300.00"
    fund = "940.00" if profile is Profile.FUND_INCLUDES_ACCT else "640.00"
    fields = {
        **PERSON,
        "medfee_sumamt": "1000.00",
        "fulamt_ownpay_amt": "30.00",
        "overlmt_selfpay": "0.00",
        "preselfpay_amt": "70.00",
        "inscp_scp_amt": "900.00",
        **dict.fromkeys(SOURCES, "0.00"),
        "hifp_pay": "600.00",
        "hifob_pay": "40.00",
        "fund_pay_sumamt": fund,
        "hosp_part_amt": "10.00",
        "psn_part_amt": "350.00",
        "acct_pay": account,
        "acct_mulaid_pay": "120.00",
        "psn_cash_pay": "50.00",
        "balc": "20.00",
        "account_before": "200.00",
        "setldetail": [
            {"fund_pay_type": "310100", "fund_payamt": "600.00"},
            {"fund_pay_type": "330100", "fund_payamt": "40.00"},
        ],
    }
    return {name: value for name, value in (fields | changed).items() if value is not None}


def checked(profile: Profile = Profile.OF_WHICH, **changed: Any) -> Balance:
    """Return the balance, under `of_which`, of the message that balances under the profile."""
    return check(read_message(message(profile, **changed)))


def off(balance: Balance) -> dict[str, int | None]:
    """Return by how many fen each identity is off that is not known to hold."""
    return {
        finding.identity.number: finding.off_fen
        for finding in balance.findings
        if finding.outcome != "pass"
    }


@st.composite
def balanced(draw: st.DrawFn, profile: Profile) -> dict[str, Any]:
    """Return a message made from parts, so that it balances under the profile."""
    fen = st.integers(0, 10**9)
    funds = [draw(fen) for _source in SOURCES]
    own, pooled, cash, hospital, left = (draw(fen) for _amount in range(5))
    account = own if profile is Profile.ADDITIVE else own + pooled
    total = sum(funds) + own + pooled + cash + hospital
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=3, max_size=3)))
    scopes = [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
    rows = [("310100", fen) for fen in funds]
    if profile is Profile.FUND_INCLUDES_ACCT:
        rows.append(("310200", account))
    amounts = {
        "medfee_sumamt": total,
        **dict(zip(SCOPES, scopes, strict=True)),
        **dict(zip(SOURCES, funds, strict=True)),
        "fund_pay_sumamt": sum(funds) + (account if profile is Profile.FUND_INCLUDES_ACCT else 0),
        "hosp_part_amt": hospital,
        "psn_part_amt": own + pooled + cash,
        "acct_pay": account,
        "acct_mulaid_pay": pooled,
        "psn_cash_pay": cash,
        "balc": left,
        "account_before": left + own,
    }
    return {
        **{name: format_yuan(each) for name, each in amounts.items()},
        "setldetail": [
            {"fund_pay_type": kind, "fund_payamt": format_yuan(each)} for kind, each in rows
        ],
    }


SCOPES = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")

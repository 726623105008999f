"""The identities I1 to I7 that the amounts of a settlement message must satisfy, to the fen.

No public document that states them was found. They are read off the code of hospital systems: GZ is
IBORN_HIS_ALL (Guangzhou, Foshan), JX is NationYBProject (Jiangxi). `evidence` says how well each is
known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gongji.settlement.message import ACCOUNT_ROWS, FUND_ROWS, Message
from gongji.settlement.profiles import Profile
from gongji.settlement.spellings import ACCOUNT_BEFORE, FUND_SOURCES, SCOPE_PARTS


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an identity in fen, None where an amount is `missing`; `says` is its formula.

    Of a range `right_fen` is the left side itself, or the bound that it breaks.
    """

    says: str
    left_fen: int | None
    right_fen: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """One of the seven.

    `evidence` is two_codes, code, recall or inferred; one that is not `binding` only warns.
    """

    number: str
    evidence: str
    binding: bool
    sides: Callable[[Message, Profile], Sides]


def fee_by_scope(message: Message, profile: Profile) -> Sides:
    """I1: the bill is what the insurance does not cover, in three parts, and what it covers.

    No system that checks it was found.
    """
    return _equation(message, "medfee_sumamt", *SCOPE_PARTS)


def fund_by_source(message: Message, profile: Profile) -> Sides:
    """I2: the fund's total is what each fund pays (the breakdown on GZ's screen)."""
    account = ("acct_pay",) if profile is Profile.FUND_INCLUDES_ACCT else ()
    return _equation(message, "fund_pay_sumamt", *FUND_SOURCES, *account)


def fee_by_payer(message: Message, profile: Profile) -> Sides:
    """I3: the bill is paid by fund, person and hospital (GZ refuses a bill where it is not).

    GZ leaves the hospital's part out. A stay in hospital (2304) may leave the own share out: then
    what pays it stands in.
    """
    account = ("-acct_pay",) if profile is Profile.FUND_INCLUDES_ACCT else ()
    share = ("psn_part_amt",) if message.has("psn_part_amt") else share_payers(profile)
    return _equation(message, "medfee_sumamt", "fund_pay_sumamt", *account, *share, "hosp_part_amt")


def own_share(message: Message, profile: Profile) -> Sides:
    """I4: the own share is paid by account and cash (GZ's cash is own share less account; JX)."""
    return _equation(message, "psn_part_amt", *share_payers(profile))


def pooled_part(message: Message, profile: Profile) -> Sides:
    """I5: pooled money is a part of the account's (GZ's screen: 其中:账户共济支付; a Java HIS).

    Of a settlement taken back, whose total is negative, the same holds of the amounts turned round.
    """
    bound = None if profile is Profile.ADDITIVE else "acct_pay"
    says = "0 <= acct_mulaid_pay" + (f" <= {bound}" if bound else "")
    pooled = message.amounts.get("acct_mulaid_pay")
    if pooled is None:
        return Sides(says, None, None, ("acct_mulaid_pay",))
    sign = -1 if message.amounts["medfee_sumamt"] < 0 else 1
    most = pooled * sign if bound is None else message.amounts[bound] * sign
    return Sides(says, pooled, sign * _nearest(pooled * sign, most))


def fund_by_row(message: Message, profile: Profile) -> Sides:
    """I6: the rows of setldetail add up to the fund's total; those of the account stand aside."""
    account: tuple[str, ...] = ()
    if profile is Profile.FUND_INCLUDES_ACCT:
        account = (ACCOUNT_ROWS if message.has(ACCOUNT_ROWS) else "acct_pay",)
    return _equation(message, "fund_pay_sumamt", FUND_ROWS, *account)


def account_before(message: Message, profile: Profile) -> Sides:
    """I7: the balance left and the account's own payment are the balance before.

    GZ calls `balc` 支出后余额. JX adds back all of acct_pay: right only without pooled money.
    """
    pooled = () if profile is Profile.ADDITIVE else ("-acct_mulaid_pay",)
    return _equation(message, ACCOUNT_BEFORE, "balc", "acct_pay", *pooled)


IDENTITIES: Final = (
    Identity("I1", "recall", False, fee_by_scope),
    Identity("I2", "recall", True, fund_by_source),
    Identity("I3", "code", True, fee_by_payer),
    Identity("I4", "code", True, own_share),
    Identity("I5", "two_codes", True, pooled_part),
    Identity("I6", "inferred", True, fund_by_row),
    Identity("I7", "code", True, account_before),
)


def share_payers(profile: Profile) -> tuple[str, ...]:
    """Return the amounts that together pay a person's own share."""
    pooled = ("acct_mulaid_pay",) if profile is Profile.ADDITIVE else ()
    return ("acct_pay", *pooled, "psn_cash_pay")


def _equation(message: Message, left: str, *terms: str) -> Sides:
    """Return the sides of `left` = the sum of the terms; "-" before a term takes it away."""
    fields = [term.removeprefix("-") for term in terms]
    missing = tuple(name for name in (left, *fields) if not message.has(name))
    right = None
    if not any(name in missing for name in fields):
        signed = zip(terms, fields, strict=True)
        right = sum((-1 if term[0] == "-" else 1) * message.amounts[name] for term, name in signed)
    sum_of_terms = " + ".join(terms).replace("+ -", "- ")
    return Sides(f"{left} = {sum_of_terms}", message.amounts.get(left), right, missing)


def _nearest(fen: int, most: int) -> int:
    """Return `fen` if it lies from 0 to `most`, else the bound that it breaks."""
    return most if fen > most else max(fen, 0)

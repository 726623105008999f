"""The conventions by which provinces put amounts into a settlement message."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """How the amounts of a message are meant.

    `of_which`: pooled money is a part of the account's (GZ's screen, an enum of a Java HIS).
    `fund_includes_acct`: the same, and the fund's total contains the account's money as well (a
    comment in a Hunan HIS on Zhuhai).
    `additive`: pooled money stands beside the account's; no source was found that does so.
    """

    OF_WHICH = "of_which"
    FUND_INCLUDES_ACCT = "fund_includes_acct"
    ADDITIVE = "additive"

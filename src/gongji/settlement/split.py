"""How an own share was split by a message, and how the rules would have split it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongji.settlement.balance import check
from gongji.settlement.errors import BadSettlement
from gongji.settlement.identities import own_share
from gongji.settlement.message import Message
from gongji.settlement.profiles import Profile
from gongji.words.money import parse_yuan


@dataclass(frozen=True, slots=True)
class Split:
    """The three fields of a message that pay an own share, in fen; None where it is not known.

    `doubt` says why: verdict, own-account or wallet.
    """

    acct_pay: int | None
    acct_mulaid_pay: int | None
    psn_cash_pay: int | None
    doubt: str | None = None


FIELDS: Final = ("acct_pay", "acct_mulaid_pay", "psn_cash_pay")
VERDICT_OPEN: Final = Split(None, None, None, "verdict")
"""The rules do not say whether a relative may pay."""
NO_POOLING: Final = Split(None, 0, None, "own-account")
"""No relative's account pays; what the own account pays was not worked out."""
OWN_WALLET: Final = Split(None, None, None, "wallet")
"""The relative's own wallet pays a part: in which field a message holds that no source says."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The split that a message states beside the one that the rules give, under a profile.

    `balances` is whether the message does so: else its own share may be wrong as well.
    """

    profile: Profile
    balances: bool
    stated: Split
    due: Split

    def off_fen(self, field: str) -> int | None:
        """Return by how many fen the message states more than is due; None if not known."""
        stated, due = getattr(self.stated, field), getattr(self.due, field)
        return None if stated is None or due is None else stated - due

    @property
    def agrees(self) -> bool | None:
        """Whether all three fields are as the rules give them; None if that is not known."""
        offs = [self.off_fen(field) for field in FIELDS]
        if any(offs):
            return False
        return None if None in offs else True


def own_share_fen(message: Message, profile: Profile = Profile.OF_WHICH) -> int:
    """Return what the person must pay of the bill: psn_part_amt, or if absent what pays it.

    Raises BadSettlement if neither is in the message.
    """
    sides = own_share(message, profile)
    fen = sides.right_fen if sides.left_fen is None else sides.left_fen
    if fen is None:
        raise BadSettlement("settlement.missing", sides.missing[-1])
    return fen


def split_of_payment(fields: Mapping[str, Any], profile: Profile = Profile.OF_WHICH) -> Split:
    """Return the split of a payment from the fields of its record (`pay-for`).

    What relatives' accounts, pools and quotas pay is pooled money.
    """
    if parse_yuan(fields.get("wallet", "0.00")):
        return OWN_WALLET
    own, cash = parse_yuan(fields["own"]), parse_yuan(fields["cash"])
    pooled = sum(parse_yuan(draw["amount"]) for draw in fields["draws"])
    account = own if profile is Profile.ADDITIVE else own + pooled
    return Split(account, pooled, cash)


def compare(message: Message, due: Split, profile: Profile = Profile.OF_WHICH) -> Comparison:
    """Return how the split that the message states differs from the one that is due."""
    said = message.amounts.get
    stated = Split(said("acct_pay"), said("acct_mulaid_pay"), said("psn_cash_pay"))
    return Comparison(profile, check(message, profile).balances, stated, due)

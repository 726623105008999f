"""What the name of an account says.

`PERSON:current`, `PERSON:carryover`, `PERSON:wallet`, `PERSON:quota:BENEFICIARY`,
`PERSON:pending:BENEFICIARY` (sent to a wallet, not accepted yet) and `FAMILY:pool:CONTRIBUTOR`
hold a person's money; `cash:PERSON` and `bank:PERSON` stand for what a person pays or gets
outside; `provider`, `premium` and `credit` name nobody.
"""

from __future__ import annotations

from typing import Final

from gongji.words.names import RESERVED_NAMES

_OUTSIDE: Final = frozenset({"cash", "bank"})
_HOLDING: Final = frozenset({"current", "carryover", "wallet", "quota", "pending", "pool"})


def holds_money(account: str) -> bool:
    """Return whether the account is a person's, and so never stands below zero."""
    owner, _, rest = account.partition(":")
    return owner not in _OUTSIDE and rest.partition(":")[0] in _HOLDING


def names_in(account: str) -> tuple[str, ...]:
    """Return the persons (or the family) whom the account names, owner first."""
    owner, *rest = account.split(":")
    if not rest:
        return ()
    return (rest[0],) if owner in _OUTSIDE else (owner, *rest[1:])


def parts_of(account: str) -> list[tuple[str, bool]]:
    """Return the parts of an account's name in order, each with whether it is a name.

    What is none is a word of the ledger's own, such as `current` or `cash`.
    """
    parts = account.split(":")
    of_word = 0 if parts[0] in RESERVED_NAMES else 1
    words = _HOLDING | RESERVED_NAMES
    return [(part, at != of_word or part not in words) for at, part in enumerate(parts)]

"""The facts of one question: who asks, for whom, what for, on which day.

Absent facts are None; what a check then assumes, it says. Amounts are fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """The insured employee whose account would pay. Counts leave out the pair asked about."""

    area: str
    insurance: str
    status: str | None = None
    type: str | None = None
    tier: str | None = None
    group: frozenset[str] = frozenset()
    balance: int | None = None
    current: int | None = None
    carryover: int | None = None
    pooled: int | None = None
    authorised: int | None = None
    cap_per_payment: int | None = None
    wallet: str | None = None
    wallet_balance: int | None = None
    beneficiaries: int | None = None
    by_relation: Mapping[str, int] | None = None
    beneficiaries_cumulative: int | None = None
    is_beneficiary: bool | None = None


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """The relative for whom would be paid. Counts leave out the pair asked about."""

    area: str
    insurance: str
    status: str | None = None
    type: str | None = None
    tier: str | None = None
    group: frozenset[str] = frozenset()
    age: int | None = None
    own_balance: int | None = None
    wallet: str | None = None
    holders: int | None = None
    is_holder: bool | None = None
    accepted: bool | None = None
    bound_before: bool | None = None
    prior_year_insured: bool | None = None
    premium_paid: bool | None = None


@dataclass(frozen=True, slots=True)
class BindingFacts:
    """A binding as the books have it, or as somebody wishes to make or to end it.

    `by` (holder or beneficiary) is who starts or ends it, `evidence` (none, commitment, documents)
    what shows the relation. `since` is the day on which it was made, `until` its last day. It may
    be in force from `maybe_from` on and is from `effective` on. `switches` (pay, premium) are those
    that are on. From `last_ended` on an earlier binding of the two no longer held.
    """

    by: str | None = None
    evidence: str | None = None
    since: date | None = None
    maybe_from: datetime | None = None
    effective: datetime | None = None
    until: date | None = None
    switches: frozenset[str] | None = None
    last_ended: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `relation` is the beneficiary as seen from the holder."""

    on: date
    relation: str
    holder: Holder
    beneficiary: Beneficiary
    purpose: str | None = None
    id: str | None = None
    amount: int | None = None
    action: str = "use"
    mechanism: str | None = None
    year: int | None = None
    bound: bool | None = None
    at: str | None = None
    transfers_today: int | None = None
    provider_area: str | None = None
    paid_on: date | None = None
    hours_since_payment: int | None = None
    item: str | None = None
    from_wallet: bool = False
    """Whether the holder sends on what is in their own wallet, not money of the account."""
    pending_transfer: bool = False
    """Whether an earlier transfer of the holder waits to be accepted."""
    transfers_this_month: int | None = None
    binding: BindingFacts | None = None
    """What only the books, or an act on them, can tell of the binding."""
    mode: str | None = None
    """The way of paying a premium that the payer chooses, where a clause offers more than one."""
    paid_years: frozenset[int] | None = None
    """The years of benefit for which the relative's premium is paid."""
    orders: Mapping[int, int] | None = None
    """By year of benefit, the record that orders the relative's premium from a run to come."""
    later: bool = False
    """Whether the account pays the premium on a later day, and need not hold it now."""
    spent: Mapping[str, int] | None = None
    """By period of a cap (day, month, year, authorisation), what counts towards it so far."""
    persons_paid: int | None = None
    """Other people whose premium the holder has paid in the calendar year."""
    benefit_from: date | None = None
    """The day on which the benefits of the premium to be taken back begin."""
    benefit_used: bool | None = None
    """Whether the relative has had a bill since then."""
    cleared: bool | None = None
    """Whether a month-end run has taken the premium to be taken back."""
    assume: frozenset[str] = field(default_factory=frozenset)
    """Checks to go on with as if they had passed."""

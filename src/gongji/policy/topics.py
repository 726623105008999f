"""The topics of a rule file: one table each, its keys the parameters that a clause may set."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from gongji.policy.clause import Clause
from gongji.policy.fields import (
    PERIODS,
    ClockTime,
    Count,
    DayOfYear,
    DaysOfMonth,
    Fen,
    Insurance,
    Period,
    Purpose,
    Reach,
    Relation,
    Share,
    State,
    Status,
    Strict,
    Text,
    Word,
    shape_of_count,
    shape_of_limit,
    shape_of_limits,
)
from gongji.words.insurance import HOLDER_TYPES
from gongji.words.purposes import PURPOSES
from gongji.words.relations import RELATIONS


class Relatives(Clause):
    """Who counts as a relative: the whole list; who is not on it may not."""

    topic = "relatives"
    include: Annotated[list[Relation], Field(min_length=1)] | None = None


class InsuranceClause(Clause):
    """Which insurance either side must have; `holder_tier`: the tiers that have an account."""

    topic = "insurance"
    holder: list[Insurance] | None = None
    beneficiary: list[Insurance] | None = None
    holder_tier: list[Word] | None = None


class StatusClause(Clause):
    """Which states of an insurance are good enough on either side."""

    topic = "status"
    holder: list[Status] | None = None
    beneficiary: list[Status] | None = None


class Exclusion(Clause):
    """Groups of people that take no part, in words of the file (`publicly_funded` …)."""

    topic = "exclusion"
    holder: list[Word] | None = None
    beneficiary: list[Word] | None = None


class MechanismClause(Clause):
    """The roll-out state of each mechanism."""

    topic = "mechanism"
    authorisation: State | None = None
    family_pool: State | None = None
    wallet_transfer: State | None = None
    wallet_quota: State | None = None


class Scope(Clause):
    """How far apart the two may be insured."""

    topic = "scope"
    reach: Reach | None = None


class Provider(Clause):
    """How far from the holder's area of insurance the bill may arise."""

    topic = "provider"
    reach: Reach | None = None


class AtLeast(Strict):
    """So many are known to be allowed; whether more are is not known."""

    at_least: Count


# The shape of a value says which of the types was meant, so that a mistake is told once.
_Number = Annotated[Count, Tag("int")]
_Unlimited = Annotated[Literal["unlimited"], Tag("str")]
_AtLeast = Annotated[AtLeast, Tag("AtLeast")]
CountOrUnlimited = Annotated[_Number | _Unlimited, Discriminator(shape_of_count)]
Limit = Annotated[_Number | _Unlimited | _AtLeast, Discriminator(shape_of_limit)]


class Beneficiaries(Strict):
    """Limits of a holder's beneficiaries: at once, ever (distinct persons), by relation."""

    total: Limit | None = None
    cumulative: CountOrUnlimited | None = None
    each: dict[Relation, CountOrUnlimited] = {}


BeneficiaryLimits = Annotated[
    _Number | _Unlimited | _AtLeast | Annotated[Beneficiaries, Tag("Beneficiaries")],
    Discriminator(shape_of_limits),
]


class Limits(Clause):
    """How many relatives a holder may bind, and how many holders a relative may have."""

    topic = "limits"
    beneficiaries: BeneficiaryLimits | None = None
    holders: Limit | None = None

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return the names of the parameters and of the limits that one of them may hold."""
        each = {f"each.{relation}" for relation in RELATIONS.codes}
        return super().asked() | each | {"cumulative"}


class Roles(Clause):
    """`exclusive`: nobody is holder and beneficiary at the same time."""

    topic = "roles"
    exclusive: bool | None = None


class Consent(Clause):
    """From which age the relative must agree in person (by face check)."""

    topic = "consent"
    from_age: Count | None = None


class Purposes(Clause):
    """What may be paid (`allow`) and what may not (`deny`); anything else is not known."""

    topic = "purposes"
    allow: list[Purpose] | None = None
    deny: list[Purpose] | None = None

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return the purposes: each is asked for by itself."""
        return frozenset(PURPOSES.codes)


class Funds(Clause):
    """Which money: `keep` must remain; `gate` is needed to start, and nothing need remain.

    `strict`: the balance must be more than the gate, not just reach it.
    """

    topic = "funds"
    use: Literal["all", "carryover"] | None = None
    keep: Fen | None = None
    gate: Fen | None = None
    strict: bool | None = None


class Caps(Clause):
    """The most that may be paid per payment, day, month, year or authorisation.

    `of` says whose payments count; `set_by = "holder"` means that the holder chooses the figure.
    """

    topic = "caps"
    per: Period
    amount: Fen | None = None
    of: Literal["holder", "beneficiary", "pair"] | None = None
    set_by: Literal["holder"] | None = None

    @classmethod
    def parameters(cls) -> frozenset[str]:
        """Return the parameters; `per` tells the caps apart and is none itself."""
        return super().parameters() - {"per"}

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return the periods: a cap is one value of its period."""
        return frozenset(PERIODS)

    @classmethod
    def may_be_unknown(cls) -> frozenset[str]:
        """Return the parameters: the clause says of which period."""
        return cls.parameters()


class Order(Clause):
    """Whose money goes first.

    `own`: the relative's own account is drawn first (`first`), must be empty before a holder's is
    touched (`empty`), or is not drawn (`not_drawn`). `holders`: the order among several holders.
    """

    topic = "order"
    own: Literal["first", "empty", "not_drawn"] | None = None
    own_pools: list[Literal["current", "carryover"]] | None = None
    sources: list[Literal["own", "authorisation", "pool", "wallet", "quota", "cash"]] | None = None
    holders: (
        Literal[
            "binding_order",
            "beneficiary_order",
            "holder_order",
            "largest_balance",
            "last_bound",
            "payer_choice",
            "random",
        ]
        | None
    ) = None
    tie: Literal["name"] | None = None
    holders_per_settlement: Count | None = None


class Phase(Strict):
    """One stretch of a premium window, days inclusive.

    `opens_by`: open by then, since when is not known. `days`: only from the first to the second
    day of each month. `wait_months`: benefits begin so much later.
    """

    opens: date | None = None
    opens_by: date | None = None
    closes: date | None = None
    price: Fen | None = None
    wait_months: Count = 0
    wait_days: Count = 0
    days: DaysOfMonth | None = None

    @model_validator(mode="after")
    def _dates_are_possible(self) -> Self:
        start = self.opens or self.opens_by
        if self.opens and self.opens_by:
            raise PydanticCustomError("dates-from-by", "`opens` and `opens_by` exclude each other")
        if self.days and self.days[0] > self.days[1]:
            raise PydanticCustomError(
                "dates-order", "ends on {end}", {"end": self.days[1], "start": self.days[0]}
            )
        if start and self.closes and self.closes < start:
            raise PydanticCustomError(
                "dates-order",
                "closes on {end}, before {start}",
                {"end": self.closes, "start": start},
            )
        return self


class Premium(Clause):
    """The price and windows of a premium for one year of benefit.

    `group` and `tier` are words (adult, student, elderly, newborn …); without them the clause is
    for every resident. `price_at_least` is a floor, not a price. `accounts_from`/`accounts_until`:
    the days on which accounts may pay. The last of several phases may have no end; where a lone
    window names none, its end is not known.
    """

    topic = "premium"
    year: Annotated[int, Field(ge=2000, le=2100)]
    purpose: Purpose = "resident_premium"
    group: list[Word] | None = None
    tier: list[Word] | None = None
    price: Fen | None = None
    price_at_least: Fen | None = None
    opens: date | None = None
    opens_by: date | None = None
    closes: date | None = None
    phases: Annotated[list[Phase], Field(min_length=1)] | None = None
    accounts_from: date | None = None
    accounts_until: date | None = None
    subsidy: Fen | None = None

    @classmethod
    def parameters(cls) -> frozenset[str]:
        """Return the parameters; year, purpose, group and tier tell premiums apart."""
        return super().parameters() - {"year", "purpose", "group", "tier"}

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return the names of the values; a window is asked for as its phases."""
        return super().asked() - {"opens", "opens_by", "closes"}

    @model_validator(mode="after")
    def _has_no_dates(self) -> Self:
        if {"from_", "by", "until", "seen"} & self.model_fields_set:
            raise PydanticCustomError("premium-dated", "the year is the date of a premium")
        return self

    @model_validator(mode="after")
    def _one_window(self) -> Self:
        short = {"opens", "opens_by", "closes"} & self.model_fields_set
        if self.phases is not None and short | ({"price"} & self.model_fields_set):
            raise PydanticCustomError("premium-window-twice", "`phases` replace price and window")
        Phase(opens=self.opens, opens_by=self.opens_by, closes=self.closes)
        return self


class PremiumPayment(Clause):
    """How an account pays a premium.

    direct: taken at once; scheduled: a month-end run that needs the full amount; reimburse: paid
    in cash first, claimed `wait_days` later, paid out within `payout_days` (working days).
    """

    topic = "premium_payment"
    mode: Literal["direct", "scheduled", "reimburse"] | None = None
    also: Literal["direct", "scheduled", "reimburse"] | None = None
    full_amount: bool | None = None
    wait_days: Count | None = None
    payout_days: Count | None = None
    window_only: bool | None = None
    years: Literal["collected_now", "this_and_next", "any"] | None = None
    prior_year: bool | None = None
    persons_per_year: Count | None = None
    payee: Literal["holder_bank", "beneficiary_bank"] | None = None


class Reversal(Clause):
    """When a premium paid from an account may be taken back.

    `until_day` is the last day, in the year of benefit; `before` names events that end it.
    """

    topic = "reversal"
    allowed: bool | None = None
    window_only: bool | None = None
    after_hours: Count | None = None
    until_day: DayOfYear | None = None
    before: list[Literal["benefit_begins", "benefit_used", "clearing"]] | None = None
    refund_to: Literal["holder_account"] | None = None
    reasons: list[Text] | None = None


class Binding(Clause):
    """How a binding is made and ends."""

    topic = "binding"
    started_by: Literal["holder", "either"] | None = None
    proof: Literal["none", "commitment", "documents", "commitment_or_documents"] | None = None
    review_days: Count | None = None
    effective_hours: Count | None = None
    term: Literal["open", "chosen", "chosen_optional_end"] | None = None
    term_years: Count | None = None
    ended_by: Literal["holder", "either"] | None = None
    ends_with: (
        list[Literal["insurance_ends", "insurance_suspended", "insurance_moves", "last_member"]]
        | None
    ) = None
    rebind_wait_days: Count | None = None
    switches: list[Literal["pay", "premium"]] | None = None
    steps: list[Text] | None = None


class Transfer(Clause):
    """Moving or setting aside money beforehand; always for a mechanism named under `when`."""

    topic = "transfer"
    most: Fen | None = None
    least: Fen | None = None
    per_day: Count | None = None
    per_month: Count | None = None
    closed_from: ClockTime | None = None
    closed_until: ClockTime | None = None
    returned_at: ClockTime | None = None
    must_be_accepted: bool | None = None
    pending_blocks: bool | None = None
    moves_money: bool | None = None
    may_go_back: bool | None = None
    holder_may_spend: bool | None = None
    on_end: Literal["to_contributor", "to_creator", "stays"] | None = None


class Band(Strict):
    """A fixed monthly amount from an age on."""

    from_age: Count
    amount: Fen


class Accrual(Clause):
    """What comes into a personal account each month."""

    topic = "accrual"
    who: Literal["employed", "flexible", "retired"]
    rate: Share | None = None
    amount: Fen | None = None
    deduction: Fen | None = None
    pension_share: Share | None = None
    bands: list[Band] | None = None

    @classmethod
    def parameters(cls) -> frozenset[str]:
        """Return the parameters; `who` tells accruals apart."""
        return super().parameters() - {"who"}

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return the kinds of people: what accrues to each is one value."""
        return frozenset(HOLDER_TYPES.codes)

    @classmethod
    def may_be_unknown(cls) -> frozenset[str]:
        """Return the parameters: the clause says of whom."""
        return cls.parameters()


class AccountYear(Clause):
    """The day on which current-year money becomes carry-over."""

    topic = "account_year"
    starts: DayOfYear | None = None


class Channel(Clause):
    """Where it is done, under its real name."""

    topic = "channel"
    kind: Literal["app", "miniprogram", "wechat", "web", "counter", "phone", "terminal"]
    name: Text | None = None
    does: list[Word] | None = None

    @classmethod
    def parameters(cls) -> frozenset[str]:
        """Return the parameters; a channel is one whole."""
        return frozenset({"name", "does"})

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return the name: a channel without one is none."""
        return frozenset({"name"})


class Materials(Clause):
    """What must be handed in or uploaded."""

    topic = "materials"
    items: list[Text] | None = None


class ContributionYears(Clause):
    """Years of contribution needed before benefits last after retirement."""

    topic = "contribution_years"
    men: Count | None = None
    women: Count | None = None
    paid: Count | None = None
    shortfall: list[Literal["lump_sum", "monthly", "resident_insurance"]] | None = None


class Standing(Clause):
    """A rule in words that informs and is not computed; `text_en` is its English."""

    topic = "standing"
    rule: Word
    text: Text | None = None
    text_en: Text | None = None

    @classmethod
    def parameters(cls) -> frozenset[str]:
        """Return the parameters; `rule` names the standing rule."""
        return frozenset({"text", "text_en"})

    @classmethod
    def asked(cls) -> frozenset[str]:
        """Return nothing: a rule in words is there or is not, and nobody asks for it by name."""
        return frozenset()


TOPICS: tuple[type[Clause], ...] = (
    Relatives,
    InsuranceClause,
    StatusClause,
    Exclusion,
    MechanismClause,
    Scope,
    Provider,
    Limits,
    Roles,
    Consent,
    Purposes,
    Funds,
    Caps,
    Order,
    Premium,
    PremiumPayment,
    Reversal,
    Binding,
    Transfer,
    Accrual,
    AccountYear,
    Channel,
    Materials,
    ContributionYears,
    Standing,
)

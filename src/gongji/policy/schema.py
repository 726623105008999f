"""Format 1 of a rule file, as pydantic models. docs/rules/format.md explains every field.

Dates are TOML dates, never strings, and inclusive. Money is a string of yuan with at most two
decimals and becomes integer fen. Words are codes: a file is read by people of both languages and
by programs, so it spells each idea in one way.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    HttpUrl,
    PrivateAttr,
    Tag,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gongji.words.areas import parse_area
from gongji.words.days import BadDay, parse_time
from gongji.words.insurance import HOLDER_TYPES, INSURANCES, STATUSES
from gongji.words.mechanisms import ACTIONS, ITEMS, MECHANISMS
from gongji.words.money import BadMoney, parse_yuan
from gongji.words.purposes import PURPOSES
from gongji.words.relations import RELATIONS
from gongji.words.vocabulary import AmbiguousWord, UnknownWord, Vocabulary


def _code_of(vocabulary: Vocabulary) -> AfterValidator:
    def check(text: str) -> str:
        if text in vocabulary.codes:
            return text
        raise PydanticCustomError(
            "word-unknown",
            "`{text}` is no {kind}",
            {"text": text, "kind": vocabulary.kind, "known": ", ".join(vocabulary.codes)},
        )

    return AfterValidator(check)


def _area(text: str) -> str:
    try:
        code = parse_area(text)
    except (UnknownWord, AmbiguousWord):
        code = ""
    if code != text:
        raise PydanticCustomError("area-unknown", "`{text}` is no area code", {"text": text})
    return text


def _yuan(text: object) -> int:
    if not isinstance(text, str):
        raise PydanticCustomError("money-not-text", "an amount is written as a string of yuan")
    try:
        return parse_yuan(text)
    except BadMoney as problem:
        raise PydanticCustomError("money", "`{text}` is no amount", {"text": text}) from problem


def _clock_time(text: str) -> str:
    try:
        return parse_time(text)
    except BadDay as problem:
        raise PydanticCustomError("time", "`{text}` is no HH:MM", {"text": text}) from problem


def _day_of_year(text: str) -> str:
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        raise PydanticCustomError("day-of-year", "`{text}` is no MM-DD", {"text": text})
    return text


def _share(text: str) -> str:
    if not re.fullmatch(r"0(\.\d{1,6})?|1", text):
        raise PydanticCustomError("share", "`{text}` is no share between 0 and 1", {"text": text})
    return text


Relation = Annotated[str, _code_of(RELATIONS)]
Purpose = Annotated[str, _code_of(PURPOSES)]
Insurance = Annotated[str, _code_of(INSURANCES)]
Status = Annotated[str, _code_of(STATUSES)]
HolderType = Annotated[str, _code_of(HOLDER_TYPES)]
Mechanism = Annotated[str, _code_of(MECHANISMS)]
Action = Annotated[str, _code_of(ACTIONS)]
Item = Annotated[str, _code_of(ITEMS)]
Area = Annotated[str, AfterValidator(_area)]
Fen = Annotated[int, BeforeValidator(_yuan)]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
DayOfYear = Annotated[str, AfterValidator(_day_of_year)]
Share = Annotated[str, AfterValidator(_share)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]
DaysOfMonth = Annotated[list[DayOfMonth], Field(min_length=2, max_length=2)]
Text = Annotated[str, Field(min_length=1)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Word = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
Count = Annotated[int, Field(ge=0)]
Reach = Literal["pooling_area", "province", "nation"]
State = Literal["live", "partial", "not_live"]
Confidence = Literal["high", "medium", "low"]
Period = Literal["payment", "day", "month", "year", "authorisation"]
PERIODS: tuple[str, ...] = get_args(Period)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


def _shape_of_count(value: object) -> str:
    return "str" if isinstance(value, str) else "int"


def _shape_of_limit(value: object) -> str:
    return "AtLeast" if isinstance(value, dict) else _shape_of_count(value)


def _shape_of_limits(value: object) -> str:
    whole = isinstance(value, dict) and "at_least" not in value
    return "Beneficiaries" if whole else _shape_of_limit(value)


class RegionTable(_Strict):
    """`[region]`: what the file covers and when somebody last read its sources."""

    code: Area
    name: Text
    pinyin: Annotated[str, Field(pattern=r"^[a-z]+$")]
    pooling: Literal["city", "region"]
    reviewed: date
    summary: Text
    summary_en: Text


class SourceTable(_Strict):
    """`[source.KEY]`: one document. Grade `recall` is memory and has no address."""

    title: Text
    issuer: Text | None = None
    number: Text | None = None
    published: date | None = None
    published_note: Text | None = None
    url: Text | None = None
    grade: Literal["official", "press", "aggregator", "recall"]

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, url: str | None) -> str | None:
        if url is not None:
            try:
                TypeAdapter(HttpUrl).validate_python(url)
            except ValidationError:
                raise PydanticCustomError(
                    "url", "`{url}` is no web address", {"url": url}
                ) from None
        return url

    @model_validator(mode="after")
    def _address_follows_grade(self) -> Self:
        if self.grade == "recall" and self.url is not None:
            raise PydanticCustomError("source-address", "grade `recall` has no `url`")
        return self


class When(_Strict):
    """`when = {…}`: the clause speaks only where every qualifier holds one of its words.

    Plain names are the beneficiary's (insurance, group, tier) or the request's; those of the
    holder begin with `holder_`. `distance` is how far apart the two are insured.
    """

    mechanism: list[Mechanism] | None = None
    purpose: list[Purpose] | None = None
    relation: list[Relation] | None = None
    action: list[Action] | None = None
    item: list[Item] | None = None
    insurance: list[Insurance] | None = None
    group: list[Word] | None = None
    tier: list[Word] | None = None
    holder_type: list[HolderType] | None = None
    holder_group: list[Word] | None = None
    holder_tier: list[Word] | None = None
    distance: list[Reach] | None = None


class Dispute(BaseModel):
    """One voice against the clause: another value of its parameters, or a note of what is said."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    source: list[Key] = []
    note: Text | None = None


class Clause(_Strict):
    """What every clause has. Dates are inclusive days.

    `from` in force from this day; `by` in force by this day, its start unknown; `until` in force
    to this day; `seen` still so on this day, its end unknown.
    """

    topic: ClassVar[str]
    about: ClassVar[frozenset[str]] = frozenset(
        {"area", "when", "from_", "by", "until", "seen", "source", "confidence", "binds"}
        | {"note", "dispute", "unknown"}
    )

    area: Annotated[list[Area], Field(min_length=1)] | None = None
    when: When = When()
    from_: date | None = Field(default=None, alias="from")
    by: date | None = None
    until: date | None = None
    seen: date | None = None
    source: list[Key] = []
    confidence: Confidence = "low"
    binds: Literal["nation", "default"] | None = None
    note: Text | None = None
    dispute: list[Dispute] = []
    unknown: Annotated[list[Word], Field(min_length=1)] | None = None

    @classmethod
    def parameters(cls) -> frozenset[str]:
        """Return the field names that are parameters of this topic."""
        return frozenset(cls.model_fields) - cls.about

    @model_validator(mode="after")
    def _dates_are_possible(self) -> Self:
        if self.from_ and self.by:
            raise PydanticCustomError("dates-from-by", "`from` and `by` exclude each other")
        if self.until and self.seen:
            raise PydanticCustomError("dates-until-seen", "`until` and `seen` exclude each other")
        start, end = self.from_ or self.by, self.until or self.seen
        if start and end and end < start:
            raise PydanticCustomError(
                "dates-order", "ends on {end}, before {start}", {"end": end, "start": start}
            )
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        names = self.parameters()
        says = self.model_fields_set & names
        if not says and not self.unknown:
            raise PydanticCustomError(
                "clause-empty", "sets no parameter", {"known": ", ".join(sorted(names))}
            )
        strangers = set(self.unknown or ()) - names
        strangers |= {key for entry in self.dispute for key in entry.model_extra or {}} - names
        for stranger in sorted(strangers):
            raise PydanticCustomError(
                "parameter-unknown",
                "`{text}` is no parameter of this topic",
                {"text": stranger, "known": ", ".join(sorted(names))},
            )
        return self


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


class AtLeast(_Strict):
    """So many are known to be allowed; whether more are is not known."""

    at_least: Count


# The shape of a value says which of the types was meant, so that a mistake is told once.
_Number = Annotated[Count, Tag("int")]
_Unlimited = Annotated[Literal["unlimited"], Tag("str")]
_AtLeast = Annotated[AtLeast, Tag("AtLeast")]
CountOrUnlimited = Annotated[_Number | _Unlimited, Discriminator(_shape_of_count)]
Limit = Annotated[_Number | _Unlimited | _AtLeast, Discriminator(_shape_of_limit)]


class Beneficiaries(_Strict):
    """Limits of a holder's beneficiaries: at once, ever (distinct persons), by relation."""

    total: Limit | None = None
    cumulative: CountOrUnlimited | None = None
    each: dict[Relation, CountOrUnlimited] = {}


BeneficiaryLimits = Annotated[
    _Number | _Unlimited | _AtLeast | Annotated[Beneficiaries, Tag("Beneficiaries")],
    Discriminator(_shape_of_limits),
]


class Limits(Clause):
    """How many relatives a holder may bind, and how many holders a relative may have."""

    topic = "limits"
    beneficiaries: BeneficiaryLimits | None = None
    holders: Limit | None = None


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


class Phase(_Strict):
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


class Band(_Strict):
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
    enrolled: Literal["before", "after"] | None = None
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


class RuleFile(_Strict):
    """A whole rule file: `format`, `unknown`, `[region]`, `[source.KEY]` and the clauses."""

    format: Literal[1]
    unknown: list[
        Annotated[str, Field(pattern=r"^([0-9]{6}/)?[a-z_]+\.[a-z_]+(\.[a-z0-9_]+)?$")]
    ] = []
    region: RegionTable
    source: dict[Key, SourceTable] = {}
    relatives: list[Relatives] = []
    insurance: list[InsuranceClause] = []
    status: list[StatusClause] = []
    exclusion: list[Exclusion] = []
    mechanism: list[MechanismClause] = []
    scope: list[Scope] = []
    provider: list[Provider] = []
    limits: list[Limits] = []
    roles: list[Roles] = []
    consent: list[Consent] = []
    purposes: list[Purposes] = []
    funds: list[Funds] = []
    caps: list[Caps] = []
    order: list[Order] = []
    premium: list[Premium] = []
    premium_payment: list[PremiumPayment] = []
    reversal: list[Reversal] = []
    binding: list[Binding] = []
    transfer: list[Transfer] = []
    accrual: list[Accrual] = []
    account_year: list[AccountYear] = []
    channel: list[Channel] = []
    materials: list[Materials] = []
    contribution_years: list[ContributionYears] = []
    standing: list[Standing] = []

    _positions: dict[str, list[int]] = PrivateAttr(default_factory=dict)

    def clauses(self) -> list[tuple[str, int, Clause]]:
        """Return (topic, position in its table, clause) of every clause, in the file's order."""
        return [
            (kind.topic, position, clause)
            for kind in TOPICS
            for position, clause in self._placed(kind.topic)
        ]

    def _placed(self, topic: str) -> list[tuple[int, Clause]]:
        found: list[Clause] = getattr(self, topic)
        return list(zip(self._positions.get(topic, range(len(found))), found, strict=True))

    @property
    def is_partial(self) -> bool:
        """Whether clauses that could not be understood were left out."""
        return bool(self._positions)

    @classmethod
    def of_the_sound(cls, tables: dict[str, Any], unsound: set[tuple[str, int]]) -> Self:
        """Return the file without its unsound clauses; positions stay those of the text.

        Raises ValidationError where more than clauses is amiss.
        """
        topics = {topic for topic, _position in unsound}
        kept = {
            topic: [at for at in range(len(tables[topic])) if (topic, at) not in unsound]
            for topic in topics
        }
        sound = {topic: [tables[topic][at] for at in places] for topic, places in kept.items()}
        file = cls.model_validate({**tables, **sound})
        file._positions = kept
        return file

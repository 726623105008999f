"""Reads a request: one table of its keys, from which the reader, the options and the schema come.

A request is plain data (a JSON object, a row, a set of options). Every value is checked here, once;
behind this module there are only facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongji.engine.facts import Beneficiary, Holder, Request
from gongji.words.areas import parse_area
from gongji.words.days import BadDay, parse_day, parse_time
from gongji.words.insurance import HOLDER_TYPES, INSURANCES, STATUSES, WALLETS
from gongji.words.mechanisms import ACTIONS, ITEMS, MECHANISMS
from gongji.words.money import BadMoney, parse_yuan
from gongji.words.purposes import PURPOSES
from gongji.words.relations import RELATIONS, parse_relation
from gongji.words.text import TEXT_MAX
from gongji.words.vocabulary import AmbiguousWord, WordError

COUNT_MAX: Final = 1_000_000
INTEGER_BITS_MAX: Final = 64


class BadRequest(ValueError):
    """A request that cannot be read. `code` names the kind, `key` the place, `values` the words."""

    def __init__(self, code: str, key: str | None, **values: str) -> None:
        """Keep the arguments; the sentence is made where it is shown."""
        super().__init__(code, key, values)
        self.code = code
        self.key = key
        self.values = values


def _fail(code: str, **values: str) -> BadRequest:
    return BadRequest(code, None, **values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _fail("request.type", wanted="text")
    if len(value) > TEXT_MAX:
        raise _fail("request.too-long", limit=str(TEXT_MAX))
    return value


def _word(parse: Callable[[str], str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        try:
            return parse(_text(value))
        except WordError as problem:
            code = "ambiguous" if isinstance(problem, AmbiguousWord) else "unknown"
            candidates = "; ".join(problem.candidates)
            raise _fail(
                f"word.{code}", kind=problem.kind, text=problem.text, candidates=candidates
            ) from None

    return read


def _free_word(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", text):
        raise _fail("request.word-form", text=text)
    return text


def _free_words(value: object) -> frozenset[str]:
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise _fail("request.type", wanted="a list of words")
    return frozenset(_free_word(word) for word in value)


def _yuan(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > INTEGER_BITS_MAX:
            raise _fail("money.too-large", text="…")
        value = str(value)
    if not isinstance(value, str):
        raise _fail("request.type", wanted="an amount of yuan as text or a whole number")
    try:
        return parse_yuan(value)
    except BadMoney as problem:
        raise _fail(f"money.{problem.reason}", text=value) from None


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _fail("request.type", wanted="a whole number")
    if not 0 <= value <= COUNT_MAX:
        raise _fail("request.count-range", limit=str(COUNT_MAX))
    return value


def _year(value: object) -> int:
    year = _count(value)
    if not 1900 <= year <= 2999:
        raise _fail("request.year-range")
    return year


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _fail("request.type", wanted="true or false")
    return value


def _day(value: object) -> date:
    try:
        return parse_day(_text(value))
    except BadDay as problem:
        raise _fail("day.form", text=problem.text) from None


def _time(value: object) -> str:
    try:
        return parse_time(_text(value))
    except BadDay as problem:
        raise _fail("time.form", text=problem.text) from None


def _counts(value: object) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise _fail("request.type", wanted="an object of relations and numbers")
    read = _word(parse_relation)
    pairs = [(read(relation), _count(count)) for relation, count in value.items()]
    if len({relation for relation, _number in pairs}) < len(pairs):
        raise _fail("line.key-twice")
    return dict(pairs)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its place in the request, how it is read, what it means, its words if closed."""

    path: str
    read: Callable[[Any], Any]
    form: str
    meaning: str
    words: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The option that supplies the key: `holder.area` is `--holder-area`."""
        return "--" + self.path.replace(".", "-").replace("_", "-")


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue."""
    return sentence


def _party(side: str) -> tuple[Key, ...]:
    return (
        Key(f"{side}.area", _word(parse_area), "area", _("area of insurance")),
        Key(f"{side}.insurance", _word(INSURANCES.parse), "word", _("insurance"), INSURANCES.codes),
        Key(
            f"{side}.status",
            _word(STATUSES.parse),
            "word",
            _("state of the insurance"),
            STATUSES.codes,
        ),
        Key(
            f"{side}.type",
            _word(HOLDER_TYPES.parse),
            "word",
            _("employed, flexible or retired"),
            HOLDER_TYPES.codes,
        ),
        Key(f"{side}.tier", _free_word, "text", _("tier, in a word of the region's rule file")),
        Key(
            f"{side}.group", _free_words, "list", _("groups, such as special_outpatient or newborn")
        ),
        Key(f"{side}.wallet", _word(WALLETS.parse), "word", _("insurance wallet"), WALLETS.codes),
    )


KEYS: Final[tuple[Key, ...]] = (
    Key("id", _text, "text", _("your own name for the question")),
    Key("on", _day, "day", _("the day that governs everything")),
    Key(
        "relation",
        _word(parse_relation),
        "word",
        _("the beneficiary as seen from the holder"),
        RELATIONS.codes,
    ),
    Key("purpose", _word(PURPOSES.parse), "word", _("what would be paid"), PURPOSES.codes),
    Key("amount", _yuan, "yuan", _("the amount, in yuan")),
    Key(
        "action", _word(ACTIONS.parse), "word", _("what would be done (default use)"), ACTIONS.codes
    ),
    Key(
        "mechanism",
        _word(MECHANISMS.parse),
        "word",
        _("ask about this mechanism alone"),
        MECHANISMS.codes,
    ),
    Key("year", _year, "number", _("year of benefit of a premium")),
    Key("bound", _truth, "truth", _("whether the two are bound already")),
    Key("at", _time, "time", _("time of day, HH:MM")),
    Key("transfers_today", _count, "number", _("transfers made today already")),
    Key("provider_area", _word(parse_area), "area", _("area of the hospital or pharmacy")),
    Key("paid_on", _day, "day", _("day on which the premium was paid")),
    Key("hours_since_payment", _count, "number", _("full hours since the payment to take back")),
    Key("item", _word(ITEMS.parse), "word", _("what is bought in a pharmacy"), ITEMS.codes),
    *_party("holder"),
    Key("holder.balance", _yuan, "yuan", _("whole balance of the personal account")),
    Key("holder.current", _yuan, "yuan", _("money of the current year")),
    Key("holder.carryover", _yuan, "yuan", _("carry-over of past years")),
    Key("holder.pooled", _yuan, "yuan", _("money moved into the family account")),
    Key("holder.authorised", _yuan, "yuan", _("amount that the holder has authorised")),
    Key("holder.cap_per_payment", _yuan, "yuan", _("most per payment, set by the holder")),
    Key("holder.beneficiaries", _count, "number", _("other relatives bound now")),
    Key("holder.by_relation", _counts, "counts", _("other relatives bound now, by relation")),
    Key("holder.beneficiaries_cumulative", _count, "number", _("distinct persons ever bound")),
    Key("holder.is_beneficiary", _truth, "truth", _("whether somebody has bound the holder")),
    *_party("beneficiary"),
    Key("beneficiary.age", _count, "number", _("age in full years")),
    Key("beneficiary.own_balance", _yuan, "yuan", _("balance of the relative's own account")),
    Key("beneficiary.holders", _count, "number", _("other holders who have bound the relative")),
    Key("beneficiary.is_holder", _truth, "truth", _("whether the relative has bound somebody")),
    Key("beneficiary.accepted", _truth, "truth", _("whether the relative has agreed")),
    Key("beneficiary.bound_before", _truth, "truth", _("whether the two were bound before")),
    Key(
        "beneficiary.prior_year_insured", _truth, "truth", _("whether insured here the year before")
    ),
    Key("beneficiary.premium_paid", _truth, "truth", _("whether this year's premium is paid")),
)
BY_PATH: Final[Mapping[str, Key]] = {key.path: key for key in KEYS}
REQUIRED: Final = (
    "relation",
    "holder.area",
    "holder.insurance",
    "beneficiary.area",
    "beneficiary.insurance",
)
SIDES: Final = ("holder", "beneficiary")


def parse_request(data: object, today: date) -> Request:
    """Return the request that a mapping of plain values describes; `on` is `today` if absent.

    Raises BadRequest for the first key that is unknown, missing or wrong.
    """
    values: dict[str, Any] = {path: _read(path, value) for path, value in _flat(data)}
    values.setdefault("on", today)
    for path in REQUIRED:
        if path not in values:
            raise BadRequest("request.key-missing", path)
    if values.get("purpose") is None and values.get("action", "use") == "use":
        raise BadRequest("request.key-missing", "purpose")
    _complete_balances(values)
    sides = {side: _sub(values, side) for side in SIDES}
    top: dict[str, Any] = {path: value for path, value in values.items() if "." not in path}
    return Request(
        holder=Holder(**sides["holder"]), beneficiary=Beneficiary(**sides["beneficiary"]), **top
    )


def _flat(data: object) -> list[tuple[str, object]]:
    if not isinstance(data, Mapping):
        raise BadRequest("request.not-an-object", None)
    pairs: list[tuple[str, object]] = []
    for name, value in data.items():
        if name not in SIDES:
            if "." in str(name):
                raise BadRequest("request.key-unknown", str(name)[:80])
            pairs.append((str(name), value))
        elif isinstance(value, Mapping):
            pairs += ((f"{name}.{inner}", inner_value) for inner, inner_value in value.items())
        else:
            raise BadRequest("request.type", str(name), wanted="an object")
    return [(path, value) for path, value in pairs if value is not None or path not in BY_PATH]


def _read(path: str, value: object) -> object:
    key = BY_PATH.get(path)
    if key is None:
        raise _unknown_key(path)
    try:
        return key.read(value)
    except BadRequest as problem:
        raise BadRequest(problem.code, path, **problem.values) from None


def _unknown_key(path: str) -> BadRequest:
    from difflib import get_close_matches

    shown = path[:80]
    near = get_close_matches(shown, BY_PATH, n=1)
    if near:
        return BadRequest("request.key-near", shown, near=near[0])
    return BadRequest("request.key-unknown", shown)


def _complete_balances(values: dict[str, Any]) -> None:
    """Two of balance, current and carry-over imply the third; a mismatch is bad data."""
    balance, current, carryover = (
        values.get(f"holder.{name}") for name in ("balance", "current", "carryover")
    )
    if current is not None and carryover is not None:
        if balance not in (None, current + carryover):
            raise BadRequest("request.balance-mismatch", "holder.balance")
        values["holder.balance"] = current + carryover
    elif (
        balance is not None and (part := current if current is not None else carryover) is not None
    ):
        if part > balance:
            raise BadRequest("request.balance-mismatch", "holder.balance")
        other = "carryover" if current is not None else "current"
        values[f"holder.{other}"] = balance - part


def _sub(values: Mapping[str, Any], side: str) -> dict[str, Any]:
    prefix = f"{side}."
    return {
        path.removeprefix(prefix): value
        for path, value in values.items()
        if path.startswith(prefix)
    }

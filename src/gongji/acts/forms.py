"""The commands that write: what arguments each takes, and what plans it once they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gongji.acts.bill import Bill
from gongji.acts.bind import Wish, bind, unbind
from gongji.acts.claim import claim
from gongji.acts.credit import accrue, credit
from gongji.acts.ending import ended_bindings
from gongji.acts.outcome import Misfit, Plan
from gongji.acts.pay import pay_for
from gongji.acts.people import ATTRIBUTES, Balances, Ended, add_person, remove_person, set_person
from gongji.acts.quota import release, reserve
from gongji.acts.reverse import reverse
from gongji.acts.settle import due_drafts
from gongji.acts.transfer import Move, accept, is_early, transfer
from gongji.engine.request import BadRequest
from gongji.ledger.books import Books
from gongji.policy.pack import Pack
from gongji.words.days import parse_month
from gongji.words.money import parse_yuan

Asked = Mapping[str, Any]
"""The arguments of a command as plain JSON, `do` among them; what was not said is not there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a command does not say itself: the day, the rules, how an identity number is kept."""

    today: date
    rules: Callable[[], Pack]
    identify: Callable[[str], Mapping[str, Any]]

    def day(self, asked: Asked) -> date:
        """Return the day that governs the command."""
        return date.fromisoformat(asked["on"]) if "on" in asked else self.today


@dataclass(frozen=True, slots=True)
class Form:
    """A command's arguments and its plans on open books: most make one record, `settle` many.

    `ruled`: it cannot do without the rules; `keyed`: it takes a key; `check` raises BadRequest for
    arguments that do not go together.
    """

    plans: Callable[[Books, Asked, Scene], Iterator[Plan]]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    ruled: bool = True
    keyed: bool = True
    check: Callable[[Asked], None] = lambda _asked: None

    @property
    def guards(self) -> tuple[str, ...]:
        """What says when the command is done, and is no part of what is asked."""
        return ("key", "expect_head") if self.keyed else ("expect_head",)

    @property
    def arguments(self) -> tuple[str, ...]:
        """Everything that may be asked, beside `do`."""
        return (*self.needs, *self.takes, "on")


def _one(plan: Callable[[Books, Asked, Scene], Plan]) -> Callable[..., Iterator[Plan]]:
    def plans(books: Books, asked: Asked, scene: Scene) -> Iterator[Plan]:
        yield plan(books, asked, scene)

    return plans


def _fen(asked: Asked, name: str = "amount") -> int | None:
    return parse_yuan(asked[name]) if name in asked else None


def _sum(asked: Asked) -> int:
    return parse_yuan(asked["amount"])


def _assumed(asked: Asked) -> frozenset[str]:
    return frozenset(asked.get("assume", ()))


def _check_balances(asked: Asked) -> None:
    if "balance" in asked and ("current" in asked or "carryover" in asked):
        raise BadRequest("command.balance-twice", "balance")


def _check_credit(asked: Asked) -> None:
    if ("amount" in asked) == ("month" in asked):
        raise BadRequest("command.amount-or-month", "amount")


def _check_transfer(asked: Asked) -> None:
    if (asked["to"] == "wallet") != ("beneficiary" in asked):
        raise BadRequest("command.parties", "beneficiary")


def _attributes(asked: Asked) -> dict[str, Any]:
    return {name: asked[name] for name in ATTRIBUTES if name in asked}


def _balances(asked: Asked) -> Balances:
    whole, current, carryover = (_fen(asked, name) for name in ("balance", "current", "carryover"))
    return Balances(whole, current, carryover)


def _add(books: Books, asked: Asked, scene: Scene) -> Plan:
    balances = _balances(asked)
    return add_person(books, asked["person"], _attributes(asked), balances, scene.day(asked))


def _set(books: Books, asked: Asked, scene: Scene) -> Plan:
    name, on = asked["person"], scene.day(asked)
    changes, balances = _attributes(asked), _balances(asked)
    if not changes and not balances.pools:
        raise Misfit("person.no-change", name=name)

    def ended() -> Ended:
        return ended_bindings(books, scene.rules(), name, on)

    return set_person(books, name, changes, balances, on, ended)


def _remove(books: Books, asked: Asked, scene: Scene) -> Plan:
    return remove_person(books, asked["person"], scene.day(asked))


def _credit(books: Books, asked: Asked, scene: Scene) -> Plan:
    name, on = asked["person"], scene.day(asked)
    if "amount" in asked:
        return credit(books, name, _sum(asked), asked.get("to", "current"), on)
    month, base = parse_month(asked["month"]), _fen(asked, "base")
    return accrue(books, scene.rules(), name, month, base, on)


def _bind(books: Books, asked: Asked, scene: Scene) -> Plan:
    wish = Wish(
        holder=asked["holder"],
        beneficiary=asked["beneficiary"],
        relation=asked["relation"],
        on=scene.day(asked),
        mechanism=asked.get("mechanism"),
        cap_per_payment_fen=_fen(asked, "cap_per_payment"),
        authorised_fen=_fen(asked, "authorised"),
        priority=asked.get("priority"),
        assume=_assumed(asked),
        evidence=asked.get("evidence"),
        at=asked.get("at"),
        until=date.fromisoformat(asked["until"]) if "until" in asked else None,
        switches=frozenset(asked["switch"]) if "switch" in asked else None,
        by=asked.get("by"),
        accepted=asked.get("accepted"),
    )
    return bind(books, scene.rules(), wish)


def _unbind(books: Books, asked: Asked, scene: Scene) -> Plan:
    two, on = (asked["holder"], asked["beneficiary"]), scene.day(asked)
    return unbind(books, scene.rules(), *two, on, asked.get("by"))


def _pay_for(books: Books, asked: Asked, scene: Scene) -> Plan:
    bill = Bill(
        beneficiary=asked["beneficiary"],
        purpose=asked["purpose"],
        on=scene.day(asked),
        fen=_fen(asked),
        holders=tuple(asked.get("from", ())),
        year=asked.get("year"),
        provider_area=asked.get("provider_area"),
        item=asked.get("item"),
        at=asked.get("at"),
        mode=asked.get("mode"),
        assume=_assumed(asked),
        key=asked.get("key"),
    )
    return pay_for(books, scene.rules(), bill)


def _transfer(books: Books, asked: Asked, scene: Scene) -> Plan:
    move = Move(
        holder=asked["holder"],
        beneficiary=asked.get("beneficiary"),
        fen=_sum(asked),
        on=scene.day(asked),
        at=asked.get("at"),
        relation=asked.get("relation"),
        from_wallet=asked.get("from_wallet", False),
        assume=_assumed(asked),
    )
    return transfer(books, scene.rules(), move)


def _accept(books: Books, asked: Asked, scene: Scene) -> Plan:
    seq, on = asked["record"], scene.day(asked)
    early = "at" in asked and is_early(books, scene.rules(), seq, on, asked["at"])
    return accept(books, seq, on, is_early=early)


def _reserve(books: Books, asked: Asked, scene: Scene) -> Plan:
    two, on = (asked["holder"], asked["beneficiary"]), scene.day(asked)
    return reserve(books, scene.rules(), *two, _sum(asked), on, _assumed(asked))


def _release(books: Books, asked: Asked, scene: Scene) -> Plan:
    two, on = (asked["holder"], asked["beneficiary"]), scene.day(asked)
    return release(books, scene.rules(), *two, _fen(asked), on)


def _claim(books: Books, asked: Asked, scene: Scene) -> Plan:
    return claim(books, scene.rules(), asked["record"], scene.day(asked), _assumed(asked))


def _reverse(books: Books, asked: Asked, scene: Scene) -> Plan:
    record, reason, on = asked["record"], asked["reason"], scene.day(asked)
    return reverse(books, scene.rules(), record, reason, on, _assumed(asked), asked.get("at"))


def _settle(books: Books, asked: Asked, scene: Scene) -> Iterator[Plan]:
    at = asked.get("at", "23:59")
    return (Plan(draft) for draft in due_drafts(books, scene.rules(), scene.day(asked), at))


_PERSON: Final = (
    *("area", "insurance", "status", "type", "tier", "group", "born", "id_number", "wallet"),
    *("order", "balance", "current", "carryover"),
)
_PAIR: Final = ("holder", "beneficiary")

FORMS: Final[Mapping[str, Form]] = {
    "person-add": Form(
        _one(_add),
        ("person", "area", "insurance"),
        _PERSON,
        ruled=False,
        check=_check_balances,
    ),
    "person-set": Form(_one(_set), ("person",), _PERSON, ruled=False, check=_check_balances),
    "person-remove": Form(_one(_remove), ("person",), ruled=False),
    "credit": Form(
        _one(_credit),
        ("person",),
        ("amount", "to", "month", "base"),
        ruled=False,
        check=_check_credit,
    ),
    "bind": Form(
        _one(_bind),
        (*_PAIR, "relation"),
        (
            *("mechanism", "cap_per_payment", "authorised", "priority", "assume"),
            *("evidence", "at", "until", "switch", "by", "accepted"),
        ),
    ),
    "unbind": Form(_one(_unbind), _PAIR, ("by",)),
    "pay-for": Form(
        _one(_pay_for),
        ("beneficiary", "purpose"),
        ("amount", "from", "year", "provider_area", "item", "at", "mode", "assume"),
    ),
    "transfer": Form(
        _one(_transfer),
        ("holder", "amount", "to"),
        ("beneficiary", "at", "relation", "from_wallet", "assume"),
        check=_check_transfer,
    ),
    "accept": Form(_one(_accept), ("record",), ("at",), ruled=False),
    "reserve": Form(_one(_reserve), (*_PAIR, "amount"), ("assume",)),
    "release": Form(_one(_release), _PAIR, ("amount",)),
    "claim": Form(_one(_claim), ("record",), ("assume",)),
    "reverse": Form(_one(_reverse), ("record", "reason"), ("at", "assume")),
    "settle": Form(_settle, takes=("at",), keyed=False),
}
"""Every command that writes, by the `do` of its records."""

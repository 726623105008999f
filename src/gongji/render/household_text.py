"""The household: people, accounts, bindings and records, as data and for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from shutil import get_terminal_size
from typing import Any

from gongji.acts.facts import is_over, own_fen, set_aside_fen
from gongji.ledger.books import Binding, Books
from gongji.ledger.records import Record
from gongji.render.language import _
from gongji.render.tables import table_lines
from gongji.render.wording import area_word, beside, listed, word
from gongji.words.money import format_yuan
from gongji.words.text import clean


def person_data(books: Books, name: str, attributes: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return what the books hold of a person: attributes, accounts, bindings in force on a day."""
    return {
        "schema": "gongji.person/1",
        "person": name,
        **{key: value for key, value in attributes.items() if key != "unsplit"},
        "accounts": {
            account.removeprefix(f"{name}:"): format_yuan(fen)
            for account, fen in books.balances(f"{name}:").items()
        },
        "binds": [
            _bound(one, one.beneficiary)
            for one in books.bindings(holder=name, on=on)
            if not is_over(one, on)
        ],
        "bound_by": [
            _source(books, one)
            for one in books.bindings(beneficiary=name, on=on)
            if not is_over(one, on)
        ],
    }


def _bound(binding: Binding, other: str) -> dict[str, Any]:
    said = binding.fields
    return {
        "person": other,
        "relation": binding.relation,
        "mechanism": binding.mechanism,
        "since": str(binding.opened),
        **{name: said[name] for name in ("effective", "until") if name in said},
    }


def _source(books: Books, binding: Binding) -> dict[str, Any]:
    set_aside = set_aside_fen(books, binding)
    holds = own_fen(books, binding.holder) if set_aside is None else set_aside
    return {**_bound(binding, binding.holder), "holds": format_yuan(holds)}


def person_lines(data: Mapping[str, Any]) -> list[str]:
    """Return what is known of one person, a fact a line."""
    name = clean(data["person"])
    lines = [f"{name}  {_insured(data)}"]
    lines += [f"  {account_word(account)}  {yuan}" for account, yuan in data["accounts"].items()]
    binds = _("binds {person} ({relation}, {mechanism}) since {since}")
    may_use = _("may use the account of {person} ({mechanism}) since {since}")
    lines += ["  " + beside(_lived(binds, one)) for one in data["binds"]]
    lines += ["  " + beside(_lived(may_use, one)) for one in data["bound_by"]]
    return lines


def _lived(told: str, one: Mapping[str, Any]) -> list[str]:
    """Return what is told of a binding, and from and until when it is in force beside its days."""
    words = _words(one)
    parts = [told.format(**words)]
    if one.get("effective", one["since"]) != one["since"]:
        moment = words["effective"].replace("T", " ")
        parts.append(_("in force from {moment} on").format(moment=moment))
    if "until" in one:
        parts.append(_("until {until}").format(**words))
    return parts


def account_word(account: str) -> str:
    """Return what an account of a person is called: `quota:mum` is what is set aside for mum."""
    kind, _colon, other = account.partition(":")
    return f"{word('account', kind)} {clean(other)}".rstrip()


def people_lines(people: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a table of everybody."""
    head = (_("person"), _("area"), _("insurance"), _("status"))
    rows = (
        (
            data["person"],
            f"{area_word(data['area'])} {data['area']}",
            word("insurance", data["insurance"]),
            word("status", data.get("status") or "active"),
        )
        for data in people
    )
    return table_lines(head, rows, _width())


def history_lines(records: Iterable[Record]) -> list[str]:
    """Return a table of records, newest last."""
    head = ("#", _("day"), _("what"), _("who"), _("yuan"), _("how"))
    rows = [
        (
            str(record.seq),
            str(record.on),
            word("do", record.do),
            _who(record.fields),
            _yuan(record),
            _how(record),
        )
        for record in records
    ]
    return table_lines(head, rows, _width()) if rows else [_("no records")]


def _who(fields: Mapping[str, Any]) -> str:
    holder, beneficiary = fields.get("holder"), fields.get("beneficiary")
    if holder and beneficiary:
        return f"{holder} → {beneficiary}"
    return str(holder or beneficiary or fields.get("person") or "")


def _yuan(record: Record) -> str:
    if record.do == "reverse":
        return "-" + format_yuan(sum(one.fen for one in record.postings if one.fen > 0))
    moved = sum(posting.fen for posting in record.postings if posting.fen > 0)
    return format_yuan(moved) if moved else ""


_BOUND_BY = ("relation", "mechanism")


def _how(record: Record) -> str:
    fields = record.fields
    match record.do:
        case "pay-for":
            return " + ".join([word("purpose", fields["purpose"]), *split_of(fields)])
        case "bind":
            until = [_("until {until}").format(until=fields["until"])] if "until" in fields else []
            return ", ".join([*(word(name, fields[name]) for name in _BOUND_BY), *until])
        case "unbind" if fields.get("why") == "term":
            return _("its term is over")
        case "person-set" if "ends" in fields:
            pairs = listed([" → ".join(pair) for pair in fields["ends"]])
            return _("which ends {pairs}").format(pairs=pairs)
        case "order" | "lapse":
            return word("purpose", fields["purpose"])
        case "transfer":
            return word("goes_to", fields["to"])
        case "reverse":
            told = _("takes back {record}: {reason}")
            return told.format(record=fields["record"], reason=fields["reason"])
        case _:
            return ""


def split_of(fields: Mapping[str, Any]) -> list[str]:
    """Return who paid how much of a bill, as words: own account, each holder, cash."""
    draws: dict[str, list[str]] = {}
    for draw in fields["draws"]:
        draws.setdefault(draw["holder"], []).append(draw["amount"])
    parts = [
        (_("own account"), [fields["own"]]),
        *draws.items(),
        (_("own wallet"), [fields.get("wallet", "0.00")]),
        (_("cash"), [fields["cash"]]),
    ]
    return [f"{clean(who)} {' + '.join(amounts)}" for who, amounts in parts if amounts != ["0.00"]]


def _insured(data: Mapping[str, Any]) -> str:
    place = f"{area_word(data['area'])} {data['area']}"
    return f"{place}  {word('insurance', data['insurance'])}"


def _words(bound: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: word(name, clean(text)) if name in ("relation", "mechanism") else clean(text)
        for name, text in bound.items()
    }


def _width() -> int:
    return get_terminal_size().columns

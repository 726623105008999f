"""A receipt, as data and for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gongji.acts.receipt import Receipt
from gongji.ledger.records import Record
from gongji.render.language import N_, _
from gongji.render.paid_text import paid_data, paid_parts
from gongji.render.wording import listed, word
from gongji.words.money import format_yuan
from gongji.words.text import clean

FIELDS: Final[Mapping[str, str]] = {
    "psn_part_amt": N_("own share"),
    "acct_pay": N_("from personal accounts"),
    "acct_mulaid_pay": N_("of that from relatives' accounts"),
    "psn_cash_pay": N_("in cash"),
}
"""What the platform's fields of a settlement are called."""
_HEADS: Final[Mapping[str, str]] = {
    "pay-for": N_("{amount} yuan for {beneficiary}: {what}"),
    "claim": N_("{amount} yuan to the bank card of {holder} for {beneficiary}: {what}"),
    "pool": N_("{amount} yuan of {holder} into the family pool of {family}"),
    "wallet": N_("{amount} yuan of {holder} to the wallet of {beneficiary}"),
}
_AWAITS: Final[Mapping[str, str]] = {
    "claim": N_("{holder} has not paid it back yet"),
    "transfer": N_("not accepted yet"),
}


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt as plain JSON; an amount of the platform is null where it is not known."""
    fields, platform = receipt.record.fields, receipt.platform
    return {
        "schema": "gongji.receipt/1",
        "record": receipt.record.seq,
        "hash": receipt.record.hash,
        "do": receipt.record.do,
        "on": str(receipt.record.on),
        "at": fields.get("at"),
        "holder": fields.get("holder"),
        "beneficiary": fields.get("beneficiary"),
        "to": fields.get("to"),
        "family": fields.get("family"),
        "purpose": receipt.payment.fields.get("purpose"),
        "year": receipt.payment.fields.get("year"),
        **paid_data(receipt.paid),
        "platform": platform and {name: _yuan(fen) for name, fen in platform.items()},
        "pays_back": fields.get("record"),
        "clauses": list(receipt.clauses),
        "rules": fields.get("rules"),
        "awaits": receipt.awaits,
        "closed_by": receipt.closed_by.seq if receipt.closed_by else None,
        "reversed_by": receipt.reversed_by,
        "simulation": True,
    }


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else format_yuan(fen)


def receipt_lines(receipt: Receipt) -> list[str]:
    """Return a receipt in a few lines."""
    record = receipt.record
    title = _("receipt of record {record}: {do}, {on}")
    lines = [title.format(record=record.seq, do=word("do", record.do), on=record.on)]
    lines += [f"  {line}" for line in (_head(receipt), *paid_parts(receipt.paid))]
    if receipt.platform:
        lines.append(_("in the platform's settlement message"))
        lines += [f"  {_field(name, fen)}" for name, fen in receipt.platform.items()]
    if receipt.clauses:
        lines.append(_("under {clauses}").format(clauses=listed(list(receipt.clauses))))
    return [
        *lines,
        *_afterwards(receipt),
        _("hash of the record: {hash}").format(hash=record.hash),
        _("this is a simulation and no voucher of any office (12393)"),
    ]


def _head(receipt: Receipt) -> str:
    record = receipt.record
    kind = record.fields["to"] if record.do == "transfer" else record.do
    return _(_HEADS[kind]).format(
        amount=record.fields["amount"], what=_what(receipt), **_people(record)
    )


def _people(record: Record) -> dict[str, str]:
    roles = ("holder", "beneficiary", "family")
    return {role: clean(record.fields.get(role) or "") for role in roles}


def _what(receipt: Receipt) -> str:
    fields = receipt.payment.fields
    purpose = word("purpose", fields.get("purpose") or "")
    if fields.get("year") is None:
        return purpose
    return _("{purpose} of {year}").format(purpose=purpose, year=fields["year"])


def _field(name: str, fen: int | None) -> str:
    yuan = _("not known") if fen is None else _("{amount} yuan").format(amount=format_yuan(fen))
    return _("{label} ({field}): {yuan}").format(label=_(FIELDS[name]), field=name, yuan=yuan)


def _afterwards(receipt: Receipt) -> list[str]:
    """Return what the record followed and what became of it."""
    lines = []
    if receipt.payment is not receipt.record:
        told = _("paid in cash by record {record}")
        lines.append(told.format(record=receipt.payment.seq))
    if receipt.awaits:
        lines.append(_(_AWAITS[receipt.awaits]).format(**_people(receipt.record)))
    if receipt.closed_by:
        told = _("followed by record {record}: {do}, {on}")
        closing = receipt.closed_by
        lines.append(told.format(record=closing.seq, do=word("do", closing.do), on=closing.on))
    if receipt.reversed_by:
        lines.append(_("taken back by record {record}").format(record=receipt.reversed_by))
    return lines

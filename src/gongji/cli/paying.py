"""gongji pay-for and reverse."""

from __future__ import annotations

from typing import Annotated

import typer

from gongji.acts.bill import Bill
from gongji.acts.pay import pay_for
from gongji.acts.reverse import reverse
from gongji.cli.session import (
    AsJson,
    Assume,
    DryRun,
    Key,
    Ledger,
    On,
    Rules,
    checks_to_assume,
    day_of,
    fact,
    kept_text,
    pack_of,
)
from gongji.cli.shape import single
from gongji.cli.writing import Written, carry_out
from gongji.render.language import _
from gongji.words.money import format_yuan
from gongji.words.names import parse_name

Beneficiary = Annotated[
    str, typer.Argument(metavar="BENEFICIARY", help=_("the relative whose bill it is"))
]
Amount = Annotated[
    str | None,
    typer.Argument(metavar="AMOUNT", help=_("own share in yuan; a premium may leave it out")),
]
Purpose = Annotated[str, typer.Option("--purpose", metavar="PURPOSE", help=_("what is paid"))]
From = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="HOLDER", help=_("who pays; repeatable, in this order")),
]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help=_("year of benefit"))]
ProviderArea = Annotated[
    str | None,
    typer.Option("--provider-area", metavar="AREA", help=_("where the hospital or pharmacy is")),
]
Item = Annotated[
    str | None, typer.Option("--item", metavar="ITEM", help="drug | device | consumable")
]


@single(
    "pay-for",
    _("Split a relative's bill over accounts and cash, and post it."),
    """
    gongji pay-for 妈妈 350.00 --purpose 药店
    gongji pay-for 妈妈 350 --purpose outpatient --from 我 --from 妹妹 --dry-run
    gongji pay-for 妈妈 --purpose resident_premium --year 2026
    """,
)
def pay_app(
    beneficiary: Beneficiary,
    amount: Amount = None,
    purpose: Purpose = ...,  # type: ignore[assignment]
    holders: From = None,
    year: Year = None,
    provider_area: ProviderArea = None,
    item: Item = None,
    assume: Assume = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Split a bill: the relative's own account, the holders' accounts in their order, cash."""
    bill = Bill(
        beneficiary=parse_name(beneficiary),
        purpose=fact("purpose", purpose),
        on=day_of(on),
        fen=None if amount is None else fact("amount", amount, "AMOUNT"),
        holders=tuple(dict.fromkeys(parse_name(name) for name in holders or ())),
        year=None if year is None else fact("year", year),
        provider_area=None if provider_area is None else fact("provider_area", provider_area),
        item=None if item is None else fact("item", item),
        assume=checks_to_assume(assume),
        key=key,
    )
    asked = {
        "do": "pay-for",
        "beneficiary": bill.beneficiary,
        "amount": None if bill.fen is None else format_yuan(bill.fen),
        "purpose": bill.purpose,
        "from": list(bill.holders),
        "year": year,
        "provider_area": bill.provider_area,
        "item": bill.item,
        "assume": sorted(bill.assume),
        "on": on,
    }
    pack = pack_of(rules)
    return carry_out(
        ledger,
        lambda books: pay_for(books, pack, bill),
        _payment,
        request=asked,
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )


def _payment(written: Written) -> list[str]:
    from gongji.render.payment_text import payment_lines

    return payment_lines(written.record, written.plan)


@single(
    "reverse",
    _("Take a payment or a credit back by adding a record."),
    """
    gongji reverse 12 --reason "paid twice"
    gongji reverse 12 --reason 重复缴费 --dry-run
    """,
)
def reverse_app(
    record: Annotated[int, typer.Argument(metavar="RECORD", help=_("number of the record"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))],
    assume: Assume = None,
    on: On = None,
    key: Key = None,
    dry_run: DryRun = False,
    ledger: Ledger = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> int:
    """Take a record back, once; a premium only as the rules allow."""
    day, checks, pack = day_of(on), checks_to_assume(assume), pack_of(rules)
    reason = kept_text(reason, "--reason")
    asked = {
        "do": "reverse",
        "record": record,
        "reason": reason,
        "assume": sorted(checks),
        "on": on,
    }

    def told(written: Written) -> list[str]:
        line = _("record {record} is taken back by record {by}")
        return [line.format(record=record, by=written.record.seq)]

    return carry_out(
        ledger,
        lambda books: reverse(books, pack, record, reason, day, checks),
        told,
        request=asked,
        key=key,
        dry_run=dry_run,
        as_json=as_json,
    )

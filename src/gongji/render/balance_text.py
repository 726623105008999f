"""What a person can draw on, as data and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gongji.acts.account import POOLS
from gongji.acts.drawable import Drawable, Standing
from gongji.acts.outcome import reasons_on_record
from gongji.engine.decision import Verdict
from gongji.render.household_text import account_word
from gongji.render.labels import parameter_label
from gongji.render.language import _
from gongji.render.tables import table_lines
from gongji.render.wording import listed, sentence, word
from gongji.words.money import format_yuan
from gongji.words.text import clean


def balance_data(standing: Standing, on: date, rules: str) -> dict[str, Any]:
    """Return what a person can draw on as plain JSON; `rules` is the digest of the pack."""
    return {
        "schema": "gongji.balance/1",
        "person": standing.person,
        "on": str(on),
        "accounts": _yuan(standing.accounts),
        "relatives": [_relative(one) for one in standing.relatives],
        "rules": rules,
    }


def _relative(one: Drawable) -> dict[str, Any]:
    """Return one binding and purpose; `usable` is null where the rules do not know."""
    return {
        "holder": one.binding.holder,
        "mechanism": one.binding.mechanism,
        "relation": one.binding.relation,
        "since": str(one.binding.opened),
        "purpose": one.purpose,
        "usable": None if one.usable_fen is None else format_yuan(one.usable_fen),
        "accounts": _yuan(dict(one.purse.accounts)) if one.purse else {},
        "doubts": list(one.doubts),
        "decision": reasons_on_record(one.asked),
    }


def _yuan(accounts: Mapping[str, int]) -> dict[str, str]:
    return {account: format_yuan(fen) for account, fen in accounts.items()}


def balance_lines(standings: Sequence[Standing], on: date, width: int) -> list[str]:
    """Return a table of accounts, and below it through whom each person may pay a bill.

    Of the accounts that are empty only the two pools are shown.
    """
    head = (_("person"), _("account"), _("yuan"))
    rows = [
        (standing.person, account_word(account), format_yuan(fen))
        for standing in standings
        for account, fen in standing.accounts.items()
        if fen or account in POOLS
    ]
    lines = table_lines(head, rows, width) if rows else [_("no money in any account")]
    for standing in standings:
        if standing.relatives:
            told = _("relatives' money for a bill of {name} on {on}")
            lines.append(told.format(name=clean(standing.person), on=on))
            lines += [f"  {line}" for line in _relatives(standing.relatives)]
    return lines


def _relatives(relatives: Sequence[Drawable]) -> list[str]:
    """Return what each holder gives; purposes with one answer share it."""
    purposes: dict[tuple[str, ...], list[str]] = {}
    for one in relatives:
        purposes.setdefault((_answer(one), *_remarks(one)), []).append(one.purpose)
    return [
        line
        for (answer, *remarks), named in purposes.items()
        for line in (_for(answer, named), *(f"  {remark}" for remark in remarks))
    ]


def _for(answer: str, purposes: list[str]) -> str:
    named = listed([word("purpose", purpose) for purpose in purposes])
    return _("{answer} ({purposes})").format(answer=answer, purposes=named)


def _answer(one: Drawable) -> str:
    return _("{holder}, by {mechanism} as {relation}: {usable}").format(
        holder=clean(one.binding.holder),
        mechanism=word("mechanism", one.binding.mechanism),
        relation=word("relation", one.binding.relation),
        usable=_usable(one),
    )


def _usable(one: Drawable) -> str:
    if one.purse is not None:
        return _("up to {usable} of {holds} yuan").format(
            usable=format_yuan(one.purse.most_fen),
            holds=format_yuan(sum(fen for _account, fen in one.purse.accounts)),
        )
    unknown = one.asked.decision.verdict is Verdict.UNKNOWN
    return _("not known") if unknown else _("nothing")


def _remarks(one: Drawable) -> list[str]:
    """Return why there is nothing or not known what; who filled a pool; what is in doubt."""
    if one.purse is None:
        return [sentence(check) for _finding, check in one.asked.decision.reasons]
    lines = []
    if one.binding.mechanism == "family_pool":
        lines += [
            _("of {contributor}: {yuan} yuan").format(
                contributor=clean(account.rpartition(":")[2]), yuan=format_yuan(fen)
            )
            for account, fen in one.purse.accounts
            if fen
        ]
    if one.doubts:
        labels = [parameter_label(parameter) for parameter in one.doubts]
        lines.append(_("no clause settles: {checks}").format(checks=listed(labels)))
    return lines

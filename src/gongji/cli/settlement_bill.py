"""The bill of a settlement message: what `pay-for --settlement` pays, and compares afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from gongji.acts.outcome import Misfit, Refused
from gongji.cli.reading import opened
from gongji.engine.decision import Verdict
from gongji.render.language import _
from gongji.settlement.message import Message
from gongji.settlement.profiles import Profile
from gongji.settlement.split import (
    NO_POOLING,
    VERDICT_OPEN,
    Comparison,
    compare,
    own_share_fen,
    split_of_payment,
)
from gongji.words.purposes import PREMIUMS

Settlement = Annotated[
    str | None,
    typer.Option(
        "--settlement",
        metavar="FILE|-",
        help=_("pay the own share of this settlement message, and compare the two splits"),
    ),
]


def read_bill(
    source: str, profile: Profile, *, amount: str | None, purpose: str
) -> tuple[Message, int]:
    """Return the message and the own share in fen that it leaves to the person.

    Raises BadSettlement if there is not one message that can be read; Misfit if `amount` is given
    as well, for a premium, and for a message that takes a settlement back.
    """
    from gongji.batch.lines import read_lines
    from gongji.batch.settlements import one_message

    if amount is not None:
        raise Misfit("settlement.amount-given")
    if purpose in PREMIUMS:
        raise Misfit("settlement.premium")
    with opened(source) as stream:
        message = one_message(read_lines(stream))
    fen = own_share_fen(message, profile)
    if fen < 0:
        raise Misfit("settlement.taken-back")
    return message, fen


def compared_with_payment(
    message: Message, fields: Mapping[str, Any], profile: Profile
) -> Comparison:
    """Return how the message splits the bill beside the record of `pay-for` with those fields."""
    return compare(message, split_of_payment(fields, profile), profile)


def compared_with_refusal(message: Message, refused: Refused, profile: Profile) -> Comparison:
    """Return how the message splits a bill beside rules that let no relative pay, or do not say."""
    due = NO_POOLING if refused.verdict is Verdict.INELIGIBLE else VERDICT_OPEN
    return compare(message, due, profile)

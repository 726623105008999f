"""Why nothing was written, for people: what was asked, and each decision behind the no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.acts.outcome import Refused
from gongji.render.language import N_, _
from gongji.render.verdict_text import verdict_lines
from gongji.words.text import clean

REFUSALS: Final[Mapping[str, str]] = {
    "bind.refused": N_("nothing was bound"),
    "unbind.refused": N_("nothing was ended"),
    "pay.nobody": N_("nobody can pay; nothing was written"),
    "pay.nothing-drawn": N_("no relative's account would pay anything; nothing was written"),
    "transfer.refused": N_("nothing was moved"),
    "claim.refused": N_("nothing was claimed"),
    "reverse.refused": N_("nothing was taken back"),
}


def refusal_lines(refused: Refused) -> list[str]:
    """Return the sentence of the refusal and the verdict of every holder who was asked."""
    lines = [_(REFUSALS[refused.code])]
    for asked in refused.asked:
        lines += ["", _("{holder}:").format(holder=clean(asked.holder))]
        lines += [
            f"  {line}" for line in verdict_lines(asked.decision, asked.request, from_ledger=True)
        ]
    return lines

"""Why nothing was written, for people: what was asked, and each decision behind the no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.acts.outcome import Refused
from gongji.render.language import N_, _
from gongji.render.verdict_text import verdict_lines
from gongji.render.wording import clean, word

REFUSALS: Final[Mapping[str, str]] = {
    "bind.refused": N_("nothing was bound"),
    "pay.nobody": N_("nobody can pay; nothing was written"),
    "pay.price-by-group": N_(
        "the premium of {year} goes by group, and `{name}` is in none of them ({group}): say which"
        " with `gongji person set {name} --group …`, or name the amount; nothing was written"
    ),
    "pay.price-by-tier": N_(
        "the premium of {year} goes by tier, and `{name}` has none of them ({tiers}): say which"
        " with `gongji person set {name} --tier …`, or name the amount; nothing was written"
    ),
    "pay.nothing-drawn": N_("no relative's account would pay anything; nothing was written"),
    "transfer.refused": N_("nothing was moved"),
    "claim.refused": N_("nothing was claimed"),
    "reverse.refused": N_("nothing was taken back"),
}


def refusal_lines(refused: Refused) -> list[str]:
    """Return the sentence of the refusal and the verdict of every holder who was asked."""
    values = {name: word(name, clean(code)) for name, code in refused.values.items()}
    lines = [_(REFUSALS[refused.code]).format_map(values)]
    for asked in refused.asked:
        lines += ["", _("{holder}:").format(holder=clean(asked.holder))]
        lines += [
            f"  {line}" for line in verdict_lines(asked.decision, asked.request, from_ledger=True)
        ]
    return lines

"""Why nothing was written, for people: what was asked, and each decision behind the no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.acts.outcome import Refused
from gongji.policy.resolve import Ruling
from gongji.render.citations import clause_line, numbered, reference, source_lines
from gongji.render.labels import parameter_label
from gongji.render.language import N_, _
from gongji.render.values import value_text
from gongji.render.verdict_text import verdict_lines
from gongji.render.wording import word
from gongji.words.text import clean

REFUSALS: Final[Mapping[str, str]] = {
    "bind.refused": N_("nothing was bound"),
    "unbind.refused": N_("nothing was ended"),
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
    "credit.not-said": N_(
        "nothing was credited: the rules do not say what comes in a month; name the amount:"
        " `gongji credit NAME AMOUNT`"
    ),
    "credit.average-pension": N_(
        "nothing was credited: what comes in is a share of the area's average pension, and no"
        " source gives that figure; name the amount: `gongji credit NAME AMOUNT`"
    ),
    "credit.by-age": N_(
        "nothing was credited: what comes in goes by age; say the day of birth with"
        " `gongji person set NAME --born DAY`, or name the amount: `gongji credit NAME AMOUNT`"
    ),
    "credit.nothing": N_("nothing was credited: the rules put nothing into this account"),
    "credit.no-account": N_("nothing was credited: this tier has no personal account"),
}


def refusal_lines(refused: Refused) -> list[str]:
    """Return the sentence of the refusal, every holder's verdict, and what the rules said."""
    values = {name: word(name, clean(code)) for name, code in refused.values.items()}
    lines = [_(REFUSALS[refused.code]).format_map(values)]
    for asked in refused.asked:
        lines += ["", _("{holder}:").format(holder=clean(asked.holder))]
        lines += [
            f"  {line}" for line in verdict_lines(asked.decision, asked.request, from_ledger=True)
        ]
    for ruling in refused.rulings:
        lines += [f"  {line}" for line in _ruled(ruling)]
    return lines


def _ruled(ruling: Ruling) -> list[str]:
    """Return what the rules said, the clauses and their sources."""
    label, numbers = parameter_label(ruling.parameter), numbered(ruling.clauses)
    lines = [f"{clause_line(clause)} {reference(clause, numbers)}" for clause in ruling.clauses]
    lines += source_lines(numbers)
    if not ruling.known:
        return lines
    value = value_text(ruling.parameter, ruling.value)
    return [_("{label}: {sentence}").format(label=label, sentence=value), *lines]

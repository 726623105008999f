"""Free text that people write: what of it shows, and what may be kept."""

from __future__ import annotations

from typing import Final
from unicodedata import category

from gongji.words.id_number import holds_id_number, mask_id_numbers

TEXT_MAX: Final = 1_000
"""Characters of the longest free text."""

EXCERPT_MAX: Final = 80
"""Characters of a wrong text that are repeated where it is told of."""

_BLANKS = "\t\r\n"
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class BadText(ValueError):
    """A text that cannot be kept: `reason` is empty, too-long, encoding, control or identity."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean(text: str) -> str:
    """Return the text without control, bidi, zero-width and other characters that do not show.

    Tabs and line ends become blanks. What is left cannot move the cursor, colour or reorder a line.
    """
    if text.isprintable():
        return text
    return "".join(
        " " if character in _BLANKS else character
        for character in text
        if character in _BLANKS or category(character) not in _UNSHOWN
    )


def excerpt(text: str) -> str:
    """Return the beginning of a text as `clean` does, identity numbers masked."""
    shown = mask_id_numbers(clean(text[:EXCERPT_MAX]))
    return shown if len(text) <= EXCERPT_MAX else shown + "…"


def parse_text(text: str) -> str:
    """Return the text if a record can keep it: not empty, not too long, all of it shows.

    Nor may an identity number stand in it. Raises BadText.
    """
    if not text:
        raise BadText("empty")
    if len(text) > TEXT_MAX:
        raise BadText("too-long")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadText("encoding")
    if clean(text) != text:
        raise BadText("control")
    if holds_id_number(text):
        raise BadText("identity")
    return text

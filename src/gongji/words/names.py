"""The short name by which a ledger knows a person."""

from __future__ import annotations

from unicodedata import category, normalize

from gongji.words.id_number import holds_id_number

NAME_CHARACTERS_MAX = 32

RESERVED_NAMES: frozenset[str] = frozenset({"cash", "provider", "premium", "credit", "bank"})
"""Words that name accounts of their own in the ledger."""

_PUNCTUATION = frozenset("_-·.")
# Letters and marks that show nothing: two names that look alike must not differ by them.
_INVISIBLE = frozenset(
    chr(point)
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for point in range(first, last + 1)
)

_SENTENCES = {
    "empty": "a name is empty",
    "too-long": f"a name has at most {NAME_CHARACTERS_MAX} characters",
    "character": 'a name is made of letters, digits and "_", "-", "·", "."',
    "start": 'a name may not begin with "-", "." or an accent',
    "reserved": "a name may not be a word for an account",
    "identity": "a name may not hold an identity number",
}


class BadName(ValueError):
    """A text that cannot be a person's name.

    `reason` is one of empty, too-long, character, start, reserved and identity.
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason)
        self.text = text
        self.reason = reason

    def __str__(self) -> str:
        return f"{_SENTENCES[self.reason]}: {self.text!r}"


def parse_name(text: str) -> str:
    """Return a person's short name in Unicode form NFC: 1 to 32 characters.

    Letters, marks and digits of any script, "_", "-", "·" and "."; not blank, invisible, or a
    reserved word in whatever case, nor with an identity number in it. Raises BadName.
    """
    name = normalize("NFC", text)
    reason = _refusal(name)
    if reason is not None:
        raise BadName(text, reason)
    return name


def _refusal(name: str) -> str | None:
    if not name:
        return "empty"
    if len(name) > NAME_CHARACTERS_MAX:
        return "too-long"
    if not all(_is_allowed(character) for character in name):
        return "character"
    if name[0] in "-." or category(name[0])[0] == "M":
        return "start"
    if name.casefold() in RESERVED_NAMES:
        return "reserved"
    if holds_id_number(name):
        return "identity"
    return None


def _is_allowed(character: str) -> bool:
    if character in _INVISIBLE:
        return False
    kind = category(character)
    return kind[0] in "LM" or kind == "Nd" or character in _PUNCTUATION

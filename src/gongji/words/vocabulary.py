"""A vocabulary: the codes of one kind of word, and every spelling that is read as one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

CANDIDATES_MAX = 5

_FOLDS = str.maketrans(ascii_uppercase + "- ", ascii_lowercase + "__")
# Longer text is no misspelt word, and comparing it would cost time without bound.
_COMPARED_CHARACTERS_MAX = 64


@dataclass(frozen=True, slots=True)
class Word:
    """A code, its name in both languages, and the other spellings that are read as it."""

    code: str
    english: str
    chinese: str
    others: tuple[str, ...] = ()


def spellings(text: str) -> tuple[str, ...]:
    """Return the spellings that stand in `text`, divided by blanks (a blank within one is `-`)."""
    return tuple(text.split())


class WordError(ValueError):
    """A text that does not name one word.

    `kind` is the kind of word asked for, `text` what was written, `candidates` what may have
    been meant, each a line such as "parent 父母 parent"; the sentence leaves them out.
    """

    def __init__(self, kind: str, text: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(kind, text, candidates)
        self.kind = kind
        self.text = text
        self.candidates = candidates


class UnknownWord(WordError):
    """No word of the kind is spelt so; `candidates` holds at most five close ones."""

    def __str__(self) -> str:
        return f"unknown {self.kind}: {self.text!r}"


class AmbiguousWord(WordError):
    """Several words of the kind are spelt so; `candidates` holds all of them."""

    def __str__(self) -> str:
        return f"ambiguous {self.kind}: {self.text!r}"


def fold(text: str) -> str:
    """Return `text` with ASCII letters small and with `-` and blank written as `_`."""
    return text.translate(_FOLDS)


def closest(text: str, meanings: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return at most five codes whose folded spellings, the keys of `meanings`, are near `text`."""
    if len(text) > _COMPARED_CHARACTERS_MAX:
        return ()
    from difflib import get_close_matches

    # Several spellings may lead to one code, so more are asked for than are returned.
    spellings = get_close_matches(fold(text), meanings, n=4 * CANDIDATES_MAX, cutoff=0.65)
    codes = dict.fromkeys(code for spelling in spellings for code in meanings[spelling])
    return tuple(codes)[:CANDIDATES_MAX]


def meanings_of(spelt: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the codes behind each folded spelling, from pairs of (spelling, code)."""
    meanings: dict[str, tuple[str, ...]] = {}
    for spelling, code in spelt:
        key = fold(spelling)
        known = meanings.get(key, ())
        if code not in known:
            meanings[key] = (*known, code)
    return meanings


class Vocabulary:
    """The words of one kind: read with `parse`, said with `chinese` and `english`."""

    __slots__ = ("_meanings", "_words", "kind")

    def __init__(self, kind: str, words: tuple[Word, ...]) -> None:
        """Take the words; a spelling that two of them share is ambiguous when read."""
        self.kind = kind
        self._words = {word.code: word for word in words}
        self._meanings = meanings_of(
            (spelling, word.code)
            for word in words
            for spelling in (word.code, word.english, word.chinese, *word.others)
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the order of the vocabulary."""
        return tuple(self._words)

    def __contains__(self, code: object) -> bool:
        """Say whether `code` is a code of this vocabulary (other spellings are not)."""
        return code in self._words

    def parse(self, text: str) -> str:
        """Return the code that `text` names: a code, an English or Chinese name, another spelling.

        Exact but for the case of ASCII letters and for `-`, `_` and blank, which are equal.
        Raises UnknownWord or AmbiguousWord.
        """
        found = self._meanings.get(fold(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousWord(self.kind, text, self._lines(found))
        raise UnknownWord(self.kind, text, self._lines(closest(text, self._meanings)))

    def chinese(self, code: str) -> str:
        """Return the Chinese name of a code; KeyError if it is none."""
        return self._words[code].chinese

    def english(self, code: str) -> str:
        """Return the English name of a code; KeyError if it is none."""
        return self._words[code].english

    def _lines(self, codes: Iterable[str]) -> tuple[str, ...]:
        words = (self._words[code] for code in codes)
        return tuple(f"{word.code} {word.chinese} {word.english}" for word in words)

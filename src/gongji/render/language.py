"""The language of this process, and sentences in it.

English sentences are the message ids; the Chinese ones stand in the catalogue beside this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES: Final = ("zh", "en")
VARIABLE: Final = "GONGJI_LANG"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")

_current = "zh"


class UnknownLanguage(ValueError):
    """A language that the program does not speak; `place` is where it was asked for."""

    def __init__(self, text: str, place: str) -> None:
        super().__init__(text, place)
        self.text = text
        self.place = place


def choose(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return "zh" or "en": `--lang`, else GONGJI_LANG, else the locale, else Chinese.

    Of LC_ALL, LC_MESSAGES and LANG the first that is set is the locale. Raises UnknownLanguage for
    a `--lang`, or where there is none for a GONGJI_LANG, that is neither language.
    """
    asked = _asked(argv)
    if asked is not None:
        if asked not in LANGUAGES:
            raise UnknownLanguage(asked, "--lang")
        return asked
    named = environ.get(VARIABLE, "")
    if named and _spoken(named) is None:
        raise UnknownLanguage(named, VARIABLE)
    return likely(environ)


def likely(environ: Mapping[str, str]) -> str:
    """Return the language in which to tell the reader that another is not spoken."""
    locale = next((environ[name] for name in _LOCALE_VARIABLES if environ.get(name)), "")
    return _spoken(environ.get(VARIABLE, "")) or _spoken(locale) or "zh"


def use(language: str) -> None:
    """Make `language` ("zh" or "en") the language of this process."""
    global _current
    _current = language


def current() -> str:
    """Return the language of this process, Chinese until `use` says otherwise."""
    return _current


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak the language for a while: what programs read is English whatever a person reads."""
    before = _current
    use(language)
    try:
        yield
    finally:
        use(before)


def _(sentence: str, language: str | None = None) -> str:
    """Return the sentence in the language, by default that of this process."""
    return sentence if (language or _current) == "en" else _chinese().gettext(sentence)


def N_(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return sentence


def _asked(argv: Sequence[str]) -> str | None:
    asked = None
    words = iter(argv)
    for word in words:
        if word == "--":
            break
        if word == "--lang":
            asked = next(words, asked)
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked


def _spoken(locale: str) -> str | None:
    """Return the language of a locale such as zh_CN.UTF-8, None for C, POSIX and any other."""
    prefix = locale.lower().replace("-", "_").partition(".")[0].partition("_")[0]
    return prefix if prefix in LANGUAGES else None


@cache
def _chinese() -> NullTranslations:
    from gettext import translation
    from pathlib import Path

    return translation("gongji", Path(__file__).parent / "locale", ["zh_CN"], fallback=True)

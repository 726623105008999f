"""Codes become words, reasons become sentences, and text from outside is made harmless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gongji.engine.case import Check, Outcome
from gongji.engine.request import BY_PATH, BadRequest
from gongji.render.language import _, current
from gongji.render.phrases import PHRASES
from gongji.render.sentences import REASONS, REQUEST_ERRORS
from gongji.words.areas import pinyin_name, short_name
from gongji.words.insurance import HOLDER_TYPES, INSURANCES, STATUSES, WALLETS
from gongji.words.mechanisms import ACTIONS, ITEMS, MECHANISMS
from gongji.words.purposes import PURPOSES
from gongji.words.relations import RELATIONS
from gongji.words.text import clean, excerpt
from gongji.words.vocabulary import Vocabulary

_AREA_NAMES = frozenset({"area", "holder_area", "beneficiary_area", "provider_area"})
_LIST_NAMES = frozenset({"relations", "wanted", "group", "tiers", "before"})
_VOCABULARIES: Final[Mapping[str, tuple[Vocabulary, ...]]] = {
    "relation": (RELATIONS,),
    "relations": (RELATIONS,),
    "include": (RELATIONS,),
    "purpose": (PURPOSES,),
    "purposes": (PURPOSES,),
    "mechanism": (MECHANISMS,),
    "insurance": (INSURANCES,),
    "status": (STATUSES,),
    "wanted": (INSURANCES, STATUSES),
    "holder_type": (HOLDER_TYPES,),
    "who": (HOLDER_TYPES,),
    "wallet": (WALLETS,),
    "action": (ACTIONS,),
    "item": (ITEMS,),
}


OF_NO_NEAR_WORD: Final[Mapping[str, tuple[str, ...]]] = {
    "word.unknown": ("word.unknown-listed", "word.unknown-area")
}
"""Under which names the other sentences of a code stand, for a word to which none comes near."""


def word(name: str, code: str, language: str | None = None) -> str:
    """Return what the code of the value `name` is called; codes that are not known stay."""
    if name not in _LIST_NAMES:
        return _one(name, code, language)
    return listed([_one(name, part, language) for part in code.split(", ")], language)


def listed(words: list[str], language: str | None = None) -> str:
    """Return the words as a list within a sentence."""
    return _(", ", language).join(words)


def beside(parts: list[str]) -> str:
    """Return facts of different kinds side by side on one line."""
    return " · ".join(parts)


def _one(name: str, code: str, language: str | None) -> str:
    if name in _AREA_NAMES:
        return area_word(code, language)
    if name == "limit" and code.endswith("+"):
        return _("at least {count}", language).format(count=code[:-1])
    if name == "counted" and code.startswith("limits.each."):
        relation = word("relation", code.removeprefix("limits.each."), language)
        return _("relatives bound by the holder ({relation})", language).format(relation=relation)
    for vocabulary in _VOCABULARIES.get(name, ()):
        if code in vocabulary:
            return _named(vocabulary, code, language)
    phrase = PHRASES.get(name, {}).get(code)
    return code if phrase is None else _(phrase, language)


def area_word(code: str, language: str | None = None) -> str:
    """Return the short name of an area: Chinese, or pinyin in English."""
    return short_name(code) if (language or current()) == "zh" else pinyin_name(code)


def _named(vocabulary: Vocabulary, code: str, language: str | None) -> str:
    if (language or current()) == "zh":
        return vocabulary.chinese(code)
    return vocabulary.english(code)


def sentence(check: Check, language: str | None = None) -> str:
    """Return what the check found, for people."""
    values = _in_words(_values(check), language)
    return _(REASONS[check.reason][0], language).format_map(values)


def hint(check: Check, language: str | None = None) -> str | None:
    """Return what the person could do about a fail or an unknown; None after a pass."""
    template = REASONS[check.reason][1]
    if template is None or check.outcome is Outcome.PASS:
        return None
    return _(template, language).format_map(_in_words(_values(check), language))


def plain_sentence(check: Check) -> str:
    """Return what the check found in English with the codes as they are, for programs."""
    return REASONS[check.reason][0].format_map(_values(check))


def _values(check: Check) -> dict[str, str]:
    """Return the values of the check, and what its name and its ruling add to the sentence."""
    values = dict(check.values)
    side = check.name.partition("-")[0]
    if side in PHRASES["side"]:
        values.setdefault("side", side)
    if check.name.startswith("limit-") and check.rulings:
        values["counted"] = check.rulings[0].parameter
    return values


def _in_words(values: Mapping[str, str], language: str | None) -> dict[str, str]:
    return {name: word(name, code, language) for name, code in values.items()}


def refusal(problem: BadRequest, language: str | None = None) -> tuple[str, str]:
    """Return sentence and hint of a request that cannot be read, for people."""
    values = _told(problem)
    for name in ("kind", "wanted"):
        if name in values:
            values[name] = word(name, values[name], language)
    cause, remedy = REQUEST_ERRORS[_code_of(problem)]
    return _(cause, language).format_map(values), _(remedy, language).format_map(values)


def plain_refusal(problem: BadRequest) -> tuple[str, str]:
    """Return sentence and hint of a request that cannot be read in English, for programs."""
    values = _told(problem)
    cause, remedy = REQUEST_ERRORS[_code_of(problem)]
    return cause.format_map(values), remedy.format_map(values)


def _code_of(problem: BadRequest) -> str:
    if problem.code != "word.unknown" or problem.values["candidates"]:
        return problem.code
    of_a_list, of_an_area = OF_NO_NEAR_WORD[problem.code]
    return of_a_list if _codes_asked_for(problem) else of_an_area


def _codes_asked_for(problem: BadRequest) -> list[str]:
    """Return the codes of the vocabulary asked for; areas have none."""
    name = problem.values.get("kind", "").replace(" ", "_")
    return [code for vocabulary in _VOCABULARIES.get(name, ()) for code in vocabulary.codes]


def quoted(problem: BadRequest) -> dict[str, str]:
    """Return the values of the problem, harmless; what was wrong is cut off where it is long."""
    return {
        name: excerpt(text) if name == "text" else clean(text)
        for name, text in problem.values.items()
    }


def _told(problem: BadRequest) -> dict[str, str]:
    key = problem.key or ""
    told = quoted(problem)
    option = BY_PATH[key].option if key in BY_PATH else ""
    return {
        **told,
        "key": clean(key),
        "option": option,
        "words": ", ".join(_codes_asked_for(problem)),
    }

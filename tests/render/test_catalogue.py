from __future__ import annotations

from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import gongji

PACKAGE = Path(gongji.__file__).parent
FOLDER = PACKAGE / "render" / "locale" / "zh_CN" / "LC_MESSAGES"


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "gongji.po").open("rb") as stream:
        return read_po(stream, locale="zh_CN")


def test_every_sentence_of_the_code_stands_in_the_catalogue_and_no_other(
    catalogue: Catalog,
) -> None:
    """`make messages` has been run since a sentence last changed."""
    in_code = {message for _file, _line, message, _notes, _context in _extracted()}
    in_catalogue = {message.id for message in catalogue if message.id}

    assert in_catalogue == in_code
    assert not catalogue.obsolete


def test_every_sentence_is_translated_for_good(catalogue: Catalog) -> None:
    """Nothing is left in English by oversight, and nothing is a guess of the tool."""
    assert [_id(message) for message in catalogue if not message.string] == []
    assert [_id(message) for message in catalogue if message.fuzzy] == []


def test_a_translation_has_the_placeholders_of_its_sentence(catalogue: Catalog) -> None:
    """Whatever is told in English is told in Chinese."""
    for message in catalogue:
        if message.id:
            assert _fields(_text(message)) == _fields(_id(message)), _id(message)


def test_a_message_has_no_final_period_where_its_sentence_has_none(catalogue: Catalog) -> None:
    """One law for messages in both languages."""
    for message in catalogue:
        if message.id and not _id(message).endswith((".", "…")):
            assert not _text(message).endswith(("。", "."))


def test_chinese_is_punctuated_as_chinese(catalogue: Catalog) -> None:
    """No half-width comma, semicolon or question mark stands between Chinese characters."""
    for message in catalogue:
        text = _text(message)
        for before, mark, after in zip(text, text[1:], text[2:], strict=False):
            if mark in ",;:?!()" and _is_chinese(before) and _is_chinese(after):
                pytest.fail(text)


def test_the_compiled_catalogue_is_that_of_the_text(catalogue: Catalog) -> None:
    """What the program reads is what a translator wrote."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)

    assert (FOLDER / "gongji.mo").read_bytes() == compiled.getvalue()


def _extracted() -> list[tuple[str, int, object, list[str], str | None]]:
    return list(extract_from_dir(str(PACKAGE)))


def _id(message: Message) -> str:
    assert isinstance(message.id, str)
    return message.id


def _text(message: Message) -> str:
    assert isinstance(message.string, str)
    return message.string


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _is_chinese(character: str) -> bool:
    return "一" <= character <= "鿿"

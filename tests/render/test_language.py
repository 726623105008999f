from __future__ import annotations

import subprocess
import sys

import pytest

from gongji.render.language import UnknownLanguage, _, choose, current, likely, use


@pytest.mark.parametrize(
    ("argv", "environ", "language"),
    [
        (["--lang", "en", "check"], {"GONGJI_LANG": "zh"}, "en"),
        (["check", "--lang=en"], {}, "en"),
        (["--lang", "zh", "--lang", "en"], {}, "en"),
        (["check", "--", "--lang", "en"], {}, "zh"),
        (["check", "--lang"], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"GONGJI_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ([], {"GONGJI_LANG": "", "LANG": "en_GB.UTF-8"}, "en"),
        (["--lang", "en"], {"GONGJI_LANG": "klingon"}, "en"),
        ([], {"GONGJI_LANG": "zh-CN", "LANG": "en_GB"}, "zh"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "zh_CN"}, "en"),
        ([], {"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LANG": "POSIX"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "zh"),
        ([], {"LANG": "english"}, "zh"),
        ([], {}, "zh"),
    ],
)
def test_the_language_is_the_option_then_the_variable_then_the_locale(
    argv: list[str], environ: dict[str, str], language: str
) -> None:
    """The first of --lang, GONGJI_LANG and the locale to name a language has it, else Chinese."""
    assert choose(argv, environ) == language


@pytest.mark.parametrize("argv", [["--lang", "fr"], ["--lang="], ["--lang=EN"]])
def test_another_language_is_refused(argv: list[str]) -> None:
    """A language that was asked for and is not spoken is an error, not a guess."""
    with pytest.raises(UnknownLanguage) as caught:
        choose(argv, {})

    assert caught.value.place == "--lang"


def test_another_language_in_the_variable_is_refused_by_the_name_of_the_variable() -> None:
    """A misspelt variable is no wish for Chinese."""
    with pytest.raises(UnknownLanguage) as caught:
        choose([], {"GONGJI_LANG": "klingon", "LANG": "en_GB.UTF-8"})

    assert (caught.value.text, caught.value.place) == ("klingon", "GONGJI_LANG")
    assert likely({"GONGJI_LANG": "klingon", "LANG": "en_GB.UTF-8"}) == "en"


def test_a_sentence_is_said_in_the_language_in_use() -> None:
    """The language of the process is that of its sentences."""
    use("zh")
    assert (current(), _("relation")) == ("zh", "亲属关系")
    use("en")
    assert (current(), _("relation")) == ("en", "relation")


def test_a_sentence_can_be_said_in_another_language() -> None:
    """A single sentence may be asked for in one language without changing the process."""
    assert _("relation", "zh") == "亲属关系"
    assert current() == "en"


def test_a_sentence_outside_the_catalogue_stays_english() -> None:
    """Better an English sentence than none."""
    assert _("no such sentence", "zh") == "no such sentence"


def test_english_needs_no_catalogue() -> None:
    """Saying something in English imports neither gettext nor pathlib."""
    code = (
        "import sys; from gongji.render import language; language.use('en');"
        "language._('relation'); print(*sorted({'gettext', 'pathlib'} & sys.modules.keys()))"
    )

    run = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout == "\n"

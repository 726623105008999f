from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from gongji.render.stream import data, say


def _run(code: str) -> subprocess.CompletedProcess[bytes]:
    environ = {"PYTHONPATH": ":".join(sys.path), "LC_ALL": "C", "PYTHONUTF8": "0"}
    environ["PYTHONCOERCECLOCALE"] = "0"
    in_ascii = code.encode("ascii", "backslashreplace").decode()
    return subprocess.run(
        [sys.executable, "-c", f"from gongji.render.stream import data, say\n{in_ascii}"],
        env={**os.environ, **environ},
        capture_output=True,
        check=False,
    )


def test_data_is_utf_8_under_any_locale() -> None:
    """Under LC_ALL=C Chinese goes out as UTF-8, with one final newline."""
    run = _run("data('共济 ✓')")

    assert (run.stdout, run.stderr) == ("共济 ✓\n".encode(), b"")


def test_messages_go_to_standard_error() -> None:
    """A pipe reads data alone."""
    run = _run("say('提示')")

    assert (run.stdout, run.stderr) == (b"", "提示\n".encode())


def test_what_was_printed_before_stays_before() -> None:
    """Bytes do not overtake text that is still in the buffer."""
    run = _run("import sys; sys.stdout.write('first\\n'); data('second')")

    assert run.stdout == b"first\nsecond\n"


def test_a_final_newline_is_not_doubled() -> None:
    """A text that ends its line is not given another end."""
    run = _run("data('one\\n')")

    assert run.stdout == b"one\n"


def test_half_a_character_does_not_stop_the_output() -> None:
    """A lone surrogate, as a broken argument gives, is spelt out."""
    run = _run("data('a\\udc80b')")

    assert run.stdout == b"a\\udc80b\n"


def test_a_stream_without_bytes_takes_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller may put a text stream in place of the standard ones."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    data("共济")

    assert out.getvalue() == "共济\n"


def test_a_closed_stream_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a standard error a message is dropped."""
    monkeypatch.setattr(sys, "stderr", None)

    say("nobody hears")

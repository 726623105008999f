"""What only a process of its own can show: pipes, signals, locales, imports, races."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gongji.ledger.books import Books
from gongji.ledger.verify import verify

REQUEST = {
    "relation": "sibling",
    "purpose": "pharmacy",
    "on": "2025-01-02",
    "holder": {"area": "420100", "insurance": "employee"},
    "beneficiary": {"area": "420600", "insurance": "resident"},
}
LINE = json.dumps(REQUEST).encode() + b"\n"
COMMAND = (sys.executable, "-m", "gongji")
BATCH = (*COMMAND, "check-eligibility", "--batch", "-")
SHOW = (*COMMAND, "rules", "show", "420100", "--on", "2025-01-02")
HEAVY = ("rich", "pydantic", "polars", "pyarrow")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that says as little as possible, in which Chinese is spoken."""
    kept = ("PATH", "PYTHONPATH", "SYSTEMROOT", "VIRTUAL_ENV")
    own = {"HOME": str(tmp_path), "GONGJI_LEDGER": str(tmp_path / "l.jsonl"), "GONGJI_LANG": "zh"}
    return {name: os.environ[name] for name in kept if name in os.environ} | own


def ran(
    command: tuple[str, ...], environment: dict[str, str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    return subprocess.run(
        command, input=given, capture_output=True, env=environment, timeout=60, check=False
    )


def shell(script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which `gongji` is the program."""
    program = f"gongji() {{ '{sys.executable}' -m gongji \"$@\"; }}\n"
    return subprocess.run(
        ["bash", "-c", program + script], capture_output=True, env=environment, timeout=60
    )


@pytest.mark.parametrize(
    "command",
    [
        "gongji check-eligibility --batch - < lines | head -n 1 > first",
        "gongji check-eligibility --batch lines | head -n 1 > first",
        "gongji --help | true",
        "gongji rules show 420100 --json | true",
    ],
)
def test_a_closed_pipe_is_141_and_silent(
    environment: dict[str, str], tmp_path: Path, command: str
) -> None:
    """Whoever has read enough hears no complaint."""
    (tmp_path / "lines").write_bytes(LINE * 400)

    ended = shell(f"cd '{tmp_path}'; {command}; echo ${{PIPESTATUS[0]}}", environment)

    assert (ended.stdout, ended.stderr) == (b"141\n", b"")


def test_an_interruption_is_130(environment: dict[str, str]) -> None:
    """While it waits for the next line; what was answered stands."""
    process = subprocess.Popen(
        BATCH,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(LINE)
    process.stdin.flush()
    first = process.stdout.readline()

    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=30)

    assert process.returncode == 130
    assert (json.loads(first)["verdict"], rest) == ("eligible", b"")
    assert b"Traceback" not in errors


def test_every_line_is_answered_before_the_next_is_read(environment: dict[str, str]) -> None:
    """A program can ask line by line through two pipes."""
    process = subprocess.Popen(
        BATCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for number in range(3):
        process.stdin.write(json.dumps({**REQUEST, "id": str(number)}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == str(number)

    process.communicate(timeout=30)

    assert process.returncode == 0


@pytest.mark.parametrize(
    ("redirected", "code"),
    [
        ("gongji --version >&-", 0),
        ("gongji --help >&-", 0),
        ("gongji rules show 420100 >&-", 0),
        ("gongji rules show 420100 --json <&- > out", 0),
        ("gongji check-eligibility --batch - <&-", 2),
        ("gongji balance 2>&-", 2),
    ],
)
def test_a_missing_stream_is_no_fault(
    environment: dict[str, str], tmp_path: Path, redirected: str, code: int
) -> None:
    """There is no trace of the program's inside."""
    ended = shell(f"cd '{tmp_path}'; {redirected}", environment)

    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", "zh_CN.GBK"])
def test_output_is_utf8_whatever_the_locale(environment: dict[str, str], locale: str) -> None:
    """Even where Python itself would write ASCII."""
    plain = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    ended = ran(SHOW, environment | plain)

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "湖北省" in ended.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "zh"),
        ({"LC_ALL": "C"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"GONGJI_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_environment(
    environment: dict[str, str], variables: dict[str, str], language: str
) -> None:
    """GONGJI_LANG, else the locale, else Chinese."""
    silent = {name: value for name, value in environment.items() if name != "GONGJI_LANG"}

    ended = ran((*COMMAND, "balance"), silent | variables)

    assert ended.stderr.startswith("错误".encode() if language == "zh" else b"error")


@pytest.mark.parametrize("command", [SHOW, (*SHOW, "--json"), (*BATCH, "--json")])
def test_the_same_question_has_the_same_bytes(
    environment: dict[str, str], command: tuple[str, ...]
) -> None:
    """Whatever the order of hashes."""
    seeds = [{"PYTHONHASHSEED": seed} for seed in "1234"]

    answers = {ran(command, environment | seed, LINE).stdout for seed in seeds}

    assert len(answers) == 1
    assert answers != {b""}


@pytest.mark.parametrize("command", [SHOW, (*COMMAND, "--help"), (*COMMAND, "balance", "nobody")])
def test_nothing_is_coloured_without_a_terminal_or_with_no_color(
    environment: dict[str, str], command: tuple[str, ...]
) -> None:
    """A pipe, a terminal under NO_COLOR, and a dumb terminal get plain text."""
    piped = ran(command, {**environment, "TERM": "xterm-256color"})

    assert b"\x1b" not in piped.stdout + piped.stderr
    for plain in ({"TERM": "xterm-256color", "NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert b"\x1b" not in on_terminal(command, {**environment, **plain})


def on_terminal(command: tuple[str, ...], environment: dict[str, str]) -> bytes:
    """Return all that the command shows on a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:  # Linux says so when the other end is closed
            pass
        process.wait(timeout=30)
    os.close(ours)
    return shown


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], (*HEAVY, "typer", "sqlite3")),
        (["--help"], HEAVY),
        (["check-eligibility", "--help"], HEAVY),
        (["pay-for", "--help"], HEAVY),
    ],
)
def test_help_and_version_import_nothing_heavy(
    environment: dict[str, str], arguments: list[str], absent: tuple[str, ...]
) -> None:
    """They start at once."""
    assert not set(absent) & imported(arguments, environment)


def test_a_single_check_as_json_draws_nothing(environment: dict[str, str]) -> None:
    """It imports neither rich nor the ledger's database."""
    asked = ["check-eligibility", "--relation", "sibling", "--purpose", "pharmacy", "--json"]
    asked += ["--holder-area", "420100", "--holder-insurance", "employee"]
    asked += ["--beneficiary-area", "420600", "--beneficiary-insurance", "resident"]

    assert not {"rich", "polars", "sqlite3"} & imported(asked, environment)


def imported(arguments: list[str], environment: dict[str, str]) -> set[str]:
    """Return the modules that a command has imported when it ends."""
    script = (
        "import sys; from gongji.cli.main import main; code = main(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    ended = ran((sys.executable, "-c", script, *arguments), environment)
    assert ended.returncode == 0
    return set(ended.stderr.decode().split())


@pytest.mark.long
def test_processes_paying_at_once_never_overspend(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """Four at a time try 20 payments of 10 yuan each out of 95."""
    path = Path(environment["GONGJI_LEDGER"])
    on = ("--on", "2025-01-02")
    for arguments in (
        ("person", "add", "我", "--area", "420100", "--insurance", "employee", "--balance", "95"),
        ("person", "add", "妈妈", "--area", "420100", "--insurance", "resident"),
        ("bind", "我", "妈妈", "--relation", "parent"),
    ):
        assert ran((*COMMAND, *arguments, *on), environment).returncode == 0
    pay = (*COMMAND, "pay-for", "妈妈", "10", "--purpose", "药店", *on, "--json")

    running = [
        subprocess.Popen(
            ["bash", "-c", 'for n in 1 2 3 4 5; do "$@" || true; done', "bash", *pay],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for _process in range(4)
    ]
    told = [process.communicate(timeout=120) for process in running]

    assert b"".join(errors for _out, errors in told) == b""
    answers = [json.loads(line) for out, _errors in told for line in out.splitlines()]
    paid = [answer for answer in answers if answer["schema"] == "gongji.record/1"]
    drawn = sorted(answer["draws"][0]["amount"] for answer in paid)
    assert len(answers) == 20
    assert drawn == ["10.00"] * 9 + ["5.00"]
    assert sorted(answer["seq"] for answer in paid) == list(range(4, 14))
    with Books.open(path) as books:
        assert (books.balance("我:current"), books.balance("provider")) == (0, 10000)
    assert verify(path).sound

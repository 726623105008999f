"""The way in: chooses the language, runs the command, turns every end into an exit code."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

from gongji import __version__
from gongji.cli.exit import ExitCode


def entry() -> None:
    """Run the console script."""
    sys.exit(main())


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code. Prints; never raises."""
    _prepare_streams()
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        _drop_unwritable()
        return code
    except BrokenPipeError:
        _drop_output()
        return ExitCode.CLOSED_PIPE
    except OSError:  # the standard error cannot be written either
        return ExitCode.FAULT
    except KeyboardInterrupt:
        from gongji.render.stream import say

        with suppress(OSError):
            say("")
        return ExitCode.INTERRUPTED


def _prepare_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with suppress(OSError):
        # A stream that is closed leaves its number to the next file that is opened: the ledger.
        while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(descriptor)


def _drop_unwritable() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Let what is still in the buffers go nowhere: else the interpreter would complain of it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(arguments: list[str]) -> int:
    command = _without_globals(arguments)
    try:
        if command == ["--version"]:
            print(f"gongji {__version__}", flush=True)
            return ExitCode.YES
        from gongji.render import language

        # Said first without what was asked for: a wrong one is told in the reader's language.
        language.use(language.likely(os.environ))
        language.use(language.choose(arguments, os.environ))
        from gongji.cli.app import run

        return run(command)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:
        from gongji.cli.errors import report

        return report(error, as_json="--json" in arguments, debug="--debug" in arguments)


def _without_globals(arguments: list[str]) -> list[str]:
    """Leave out --lang and --debug, which may stand anywhere before `--`."""
    kept: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            return [*kept, argument, *rest]
        if argument == "--lang":
            next(rest, None)
        elif argument != "--debug" and not argument.startswith("--lang="):
            kept.append(argument)
    return kept

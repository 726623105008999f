"""The way in: chooses the language, runs the command, turns every end into an exit code."""

from __future__ import annotations

import os
import sys

from gongji import __version__
from gongji.cli.exit import ExitCode


def entry() -> None:
    """Run the console script."""
    sys.exit(main())


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code. Prints; never raises."""
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
        sys.stderr.write("\n")
        return ExitCode.INTERRUPTED


def _drop_unwritable() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Let what is still in the buffer go nowhere: else the interpreter would complain of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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

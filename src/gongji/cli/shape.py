"""The shape of commands: help that opens with examples, groups that load on demand."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from gongji.render.language import _


class NoSuchCommand(typer.BadParameter):
    """A name that no command has, and those that come near it."""

    def __init__(self, name: str, possibilities: list[str], ctx: Any) -> None:
        super().__init__(name, ctx=ctx)
        self.possibilities = possibilities


class ExampledCommand(TyperCommand):
    """A command whose help opens with its examples, which stand in its epilog."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write examples, usage, what it does, options."""
        _write_help(self, ctx, formatter)


class ExampledGroup(TyperGroup):
    """A group of commands in the same shape."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write examples, usage, what it does, options, commands."""
        _write_help(self, ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Resolve as usual; a misspelt name is compared with all names, loaded or not."""
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            from difflib import get_close_matches

            raise NoSuchCommand(args[0], get_close_matches(args[0], names), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write every command with the whole of its short help, folded where it is long."""
        names = self.list_commands(ctx)
        commands = [(name, self.get_command(ctx, name)) for name in names]
        rows = [(name, command.help or "") for name, command in commands if command is not None]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


class LazyGroup(ExampledGroup):
    """A group whose commands are imported when they are called for.

    `places` maps a command's name to "module:attribute" of its Typer application.
    """

    places: Mapping[str, str] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the table."""
        return list(self.places)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return a command, None if there is none of that name."""
        if cmd_name not in self.places:
            return None
        module, _colon, attribute = self.places[cmd_name].partition(":")
        command = typer.main.get_command(getattr(import_module(module), attribute))
        command.name = cmd_name
        self.commands[cmd_name] = command
        return command


def _write_examples(examples: str | None, formatter: Any) -> None:
    if examples:
        formatter.write(_("Examples:") + "\n")
        for line in inspect.cleandoc(examples).splitlines():
            formatter.write(f"  {line}\n")
        formatter.write("\n")


def _write_help(command: Any, ctx: Any, formatter: Any) -> None:
    _write_examples(command.epilog, formatter)
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))
    command.format_help_text(ctx, formatter)
    _write_parameters(command, ctx, formatter)
    if isinstance(command, ExampledGroup):
        command.format_commands(ctx, formatter)


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    """Write arguments and options; the parser's own headings are English alone."""
    for kind, heading in (("argument", _("Arguments")), ("option", _("Options"))):
        rows = [
            record if parameter.name != "help" else (record[0], _("show this help"))
            for parameter in command.get_params(ctx)
            if parameter.param_type_name == kind
            and (record := parameter.get_help_record(ctx)) is not None
        ]
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def group(help: str, examples: str) -> typer.Typer:
    """Return an application that holds the commands of a group."""
    application = typer.Typer(
        cls=ExampledGroup,
        help=help,
        epilog=examples,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    # Without a callback Typer would take a group of one command for that command.
    application.callback()(lambda: None)
    return application


def command(
    application: typer.Typer, name: str, help: str, examples: str
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return a decorator that adds a command to the application."""
    return application.command(name, cls=ExampledCommand, help=help, epilog=examples)


def single(name: str, help: str, examples: str) -> Callable[[Callable[..., int]], typer.Typer]:
    """Return a decorator that makes an application of one command."""

    def make(function: Callable[..., int]) -> typer.Typer:
        application = typer.Typer(
            add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        command(application, name, help, examples)(function)
        return application

    return make


REQUIRED = inspect.Parameter.empty
"""The default of an option that must be given."""


def taking(options: Mapping[str, tuple[Any, Any]], run: Callable[..., int]) -> Callable[..., int]:
    """Return a command function that takes options from a table and hands them to `run`.

    `options` maps a name to its annotation and its default (REQUIRED for none): for commands whose
    options come from a table, or are shared with another command.
    """

    def function(**given: Any) -> int:
        return run(**given)

    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter(name, kind, default=default, annotation=annotation)
        for name, (annotation, default) in options.items()
    ]
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {name: annotation for name, (annotation, _d) in options.items()}
    function.__doc__ = run.__doc__
    return function

"""The commands of `gongji`, each loaded when it is called for."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from gongji import __version__
from gongji.cli.exit import ExitCode
from gongji.cli.shape import LazyGroup
from gongji.render.language import _

PLACES = {
    "check-eligibility": "gongji.cli.check:app",
    "bind": "gongji.cli.binding:bind_app",
    "unbind": "gongji.cli.binding:unbind_app",
    "pay-for": "gongji.cli.paying:pay_app",
    "transfer": "gongji.cli.moving:transfer_app",
    "accept": "gongji.cli.moving:accept_app",
    "reserve": "gongji.cli.moving:reserve_app",
    "release": "gongji.cli.moving:release_app",
    "claim": "gongji.cli.settling:claim_app",
    "settle": "gongji.cli.settling:settle_app",
    "reverse": "gongji.cli.paying:reverse_app",
    "person": "gongji.cli.person:app",
    "credit": "gongji.cli.account:credit_app",
    "balance": "gongji.cli.asking:balance_app",
    "history": "gongji.cli.asking:history_app",
    "ledger": "gongji.cli.ledger:app",
    "rules": "gongji.cli.rules:app",
    "guide": "gongji.cli.guide:app",
    "settlement": "gongji.cli.settlement:app",
    "error": "gongji.cli.error:app",
    "demo": "gongji.cli.demo:app",
}


class Root(LazyGroup):
    """The group of all commands."""

    places = PLACES


def run(arguments: list[str]) -> int:
    """Run the command that the arguments name and return its exit code."""
    root = typer.main.get_command(app)
    # Not `root.main`: it would turn a closed pipe into exit code 1 and an interruption into words.
    try:
        with root.make_context("gongji", arguments) as context:
            return cast(int, root.invoke(context))
    except typer.Exit as end:
        return end.exit_code


def _exit_codes() -> str:
    lines = [f"{code.value} {_(code.meaning)}" for code in ExitCode]
    return _("Exit codes:") + "\n\n\b\n" + "\n".join(lines)


app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=_(
        "Who may use whose medical-insurance personal account in China, why, under which"
        " document, and what a payment would do. A simulation: the office decides (12393)."
    )
    + "\n\n"
    + _exit_codes(),
    epilog="""
    gongji demo
    gongji check-eligibility --holder-area 深圳 --holder-insurance employee \\
        --beneficiary-area 武汉 --beneficiary-insurance resident --relation 妈妈 --purpose 门诊
    gongji rules show 湖北
    """,
)


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", help=_("print the version"))] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="zh|en", help=_("language of all that is said"))
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help=_("show the trace of an unexpected fault"))
    ] = False,
) -> None:
    """Take the options that stand before a command; main has acted on them already."""
    if version:
        typer.echo(f"gongji {__version__}")
        raise typer.Exit(ExitCode.YES)

"""gongji ledger: whether the ledger can be trusted, and what other programs can read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongji.acts.arguments import read_head
from gongji.acts.outcome import Misfit
from gongji.cli.applying import apply_lines
from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, BadOption, Ledger, ledger_path, open_books, show
from gongji.cli.shape import command, group
from gongji.engine.request import BadRequest
from gongji.render import stream
from gongji.render.language import _
from gongji.words.text import clean

if TYPE_CHECKING:
    from gongji.ledger.books import Record

    Export = Callable[[Iterable[Record]], Iterator[str]]

app = group(
    _(
        "The ledger itself: verified from its first byte, its head to keep elsewhere,"
        " cut back where it is damaged, all of it for other programs."
    ),
    """
    gongji ledger verify
    gongji ledger head
    gongji ledger repair --dry-run
    gongji ledger apply commands.ndjson
    gongji ledger export hledger > family.journal
    """,
)
ExpectHead = Annotated[
    str | None,
    typer.Option("--expect-head", metavar="HASH", help=_("fail unless the head is this one")),
]


@command(
    app,
    "verify",
    _("Read every record again: hashes, links, sums, balances, index."),
    """
    gongji ledger verify
    gongji ledger verify --expect-head "$(cat head.txt)"
    """,
)
def verify(ledger: Ledger = None, expect_head: ExpectHead = None, as_json: AsJson = False) -> int:
    """Verify the whole ledger; any damage is told with its line, field and cause."""
    from gongji.ledger.verify import verify as verify_ledger
    from gongji.render.ledger_text import verification_data, verification_lines

    expected = _head(expect_head)
    found = verify_ledger(ledger_path(ledger))
    data = verification_data(found)
    show(data, () if as_json else verification_lines(data), as_json=as_json)
    if not data["ok"]:
        return ExitCode.DAMAGED
    _expect(expected, str(data["head"]))
    return ExitCode.YES


@command(app, "head", _("Print the hash of the last record."), "gongji ledger head > head.txt")
def head(ledger: Ledger = None, expect_head: ExpectHead = None, as_json: AsJson = False) -> int:
    """Print the head: whoever keeps it elsewhere can tell that nothing was taken away."""
    expected = _head(expect_head)
    with open_books(ledger) as books:
        last = books.head
    data = {"schema": "gongji.head/1", "ledger": last.ledger, "record": last.seq, "head": last.hash}
    show(data, [last.hash], as_json=as_json)
    _expect(expected, last.hash)
    return ExitCode.YES


@command(
    app,
    "repair",
    _("Copy a damaged ledger, then cut it back to its last good record; say what that drops."),
    """
    gongji ledger repair --dry-run
    gongji ledger repair
    """,
)
def repair(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("say what would be dropped, write nothing"))
    ] = False,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Repair the ledger: a sound one is left alone."""
    from gongji.ledger.repair import repair as repair_ledger
    from gongji.render.ledger_text import repair_data, repair_lines

    data = repair_data(repair_ledger(ledger_path(ledger), dry_run=dry_run), dry_run=dry_run)
    show(data, () if as_json else repair_lines(data), as_json=as_json)
    return ExitCode.YES


command(
    app,
    "apply",
    _(
        "Do many commands: one JSON object a line, `do` and the command's arguments as keys;"
        " each line is answered when its records are on the disk."
    ),
    """
    gongji ledger apply commands.ndjson
    echo '{"do":"credit","person":"我","amount":"200.00","key":"c-1"}' | gongji ledger apply -
    """,
)(apply_lines)


@command(
    app,
    "export",
    _("Print all records for another program: hledger, Beancount, a spreadsheet, a script."),
    """
    gongji ledger export hledger > family.journal
    gongji ledger export beancount -o family.beancount
    gongji ledger export csv --redact -o to-show.csv
    gongji ledger export json | jq -r .do
    """,
)
def export(
    form: Annotated[
        str, typer.Argument(metavar="hledger|beancount|csv|json", help=_("for which program"))
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=_("write a file, whole or not at all")),
    ] = None,
    redact: Annotated[
        bool,
        typer.Option(
            "--redact", help=_("people become p1, p2 …; texts, keys and identities are left out")
        ),
    ] = False,
    ledger: Ledger = None,
    as_json: AsJson = False,
) -> int:
    """Print every record, or write it to a file; --json tells of the file."""
    formats = _formats()
    if form not in formats:
        raise typer.BadParameter(
            _("a ledger is exported as {forms}").format(forms=", ".join(formats))
        )
    from gongji.ledger.redaction import redacted

    with open_books(ledger) as books:
        records = redacted(books.records()) if redact else books.records()
        pieces = formats[form](records)
        if output is None or str(output) == "-":
            for piece in pieces:
                stream.data(piece)
            return ExitCode.YES
        from gongji.cli.outfile import write_whole

        write_whole(output, pieces, ledger_path(ledger))
    data = {"schema": "gongji.export/1", "ok": True, "format": form, "path": str(output)}
    told = _("the ledger is in {path}").format(path=clean(str(output)))
    show(data, [told], as_json=as_json)
    return ExitCode.YES


def _formats() -> Mapping[str, Export]:
    from gongji.render.export.beancount import beancount_ledger
    from gongji.render.export.csv import csv_table
    from gongji.render.export.hledger import hledger_journal
    from gongji.render.export.ndjson import ndjson

    return {
        "hledger": hledger_journal,
        "beancount": beancount_ledger,
        "csv": csv_table,
        "json": ndjson,
    }


def _head(text: str | None) -> str | None:
    try:
        return None if text is None else read_head(text)
    except BadRequest as problem:
        raise BadOption(problem, "--expect-head") from None


def _expect(expected: str | None, found: str) -> None:
    if expected is not None and expected != found:
        raise Misfit("head.unexpected", found=found)

"""How a command writes: plan under the lock, once per key, or only show what would be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gongji.acts.outcome import Asked, Plan, Refused
from gongji.cli.check import EXITS
from gongji.cli.exit import ExitCode
from gongji.cli.session import kept_text, open_books, show, tell_notices
from gongji.ledger.books import Books
from gongji.ledger.records import Record
from gongji.render import as_json as shapes
from gongji.render.language import _


@dataclass(frozen=True, slots=True)
class Written:
    """A record, the plan behind it (None if it stood there before), and whether it is written."""

    record: Record
    plan: Plan | None
    dry_run: bool

    @property
    def repeated(self) -> bool:
        """Whether the record stood there before, under the same key."""
        return self.plan is None


def write(
    ledger: Path | None,
    act: Callable[[Books], Plan],
    *,
    request: Mapping[str, Any],
    key: str | None,
    dry_run: bool,
    create: bool = False,
) -> Written:
    """Do an act once: under a key that was used for the same request it is the first record.

    `request` is what was asked, as plain JSON; what is None in it is left out.
    """
    asked = {name: value for name, value in request.items() if value not in (None, [], ())}
    key = None if key is None else kept_text(key, "--key")
    with open_books(ledger, create=create) as books:
        if dry_run:
            return _planned(books, act, asked, key, dry_run=True)
        met = list(books.notices)
        with books.writing():
            written = _planned(books, act, asked, key, dry_run=False)
        if books.notices != met:
            tell_notices(books)
        return written


def _planned(
    books: Books,
    act: Callable[[Books], Plan],
    asked: Mapping[str, Any],
    key: str | None,
    *,
    dry_run: bool,
) -> Written:
    first = books.find_repeat(key, asked) if key is not None else None
    if first is not None:
        return Written(first, None, dry_run)
    plan = act(books)
    kept = {"request": dict(asked)} if key is not None else {}
    draft = replace(plan.draft, key=key, fields={**plan.draft.fields, **kept})
    record = books.preview(draft) if dry_run else books.append(draft).record
    return Written(record, plan, dry_run)


def carry_out(
    ledger: Path | None,
    act: Callable[[Books], Plan],
    told: Callable[[Written], Iterable[str]],
    *,
    request: Mapping[str, Any],
    key: str | None,
    dry_run: bool,
    as_json: bool,
    create: bool = False,
) -> int:
    """Do an act once as `write` does, print what came of it, and return the exit code.

    What came of it is the record, or what `told` makes of it for people; or why the rules refused.
    """
    try:
        written = write(ledger, act, request=request, key=key, dry_run=dry_run, create=create)
    except Refused as refused:
        return _show_refused(refused, as_json=as_json)
    _show_written(written, () if as_json else told(written), as_json=as_json)
    return ExitCode.YES


def _show_written(written: Written, lines: Iterable[str], *, as_json: bool) -> None:
    if written.dry_run:
        lines = (_("dry run: nothing is written"), *lines)
    data = shapes.record(written.record, dry_run=written.dry_run, repeated=written.repeated)
    show(data, lines, as_json=as_json)


def _show_refused(refused: Refused, *, as_json: bool) -> int:
    from gongji.render.refusal_text import refusal_lines

    data = {
        "schema": "gongji.refusal/1",
        "ok": False,
        "code": refused.code,
        "verdict": str(refused.verdict),
        "decisions": [_decision(one) for one in refused.asked],
    }
    show(data, () if as_json else refusal_lines(refused), as_json=as_json)
    return EXITS[refused.verdict]


def _decision(asked: Asked) -> dict[str, Any]:
    return {"holder": asked.holder, **shapes.decision(asked.decision)}

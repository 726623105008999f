"""gongji check-eligibility: from options, from two people of the ledger, or a line at a time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from gongji.acts.outcome import Misfit
from gongji.cli.exit import ExitCode
from gongji.cli.reading import opened
from gongji.cli.session import (
    AsJson,
    Ledger,
    On,
    Rules,
    day_of,
    fact,
    open_books,
    pack_of,
    show,
    show_json,
)
from gongji.cli.shape import single, taking
from gongji.engine.decision import Decision, Verdict
from gongji.engine.facts import Request
from gongji.engine.request import BY_PATH, KEYS, BadRequest, Key, parse_request
from gongji.render.language import _
from gongji.words.names import parse_name

EXITS = {
    Verdict.ELIGIBLE: ExitCode.YES,
    Verdict.INELIGIBLE: ExitCode.NO,
    Verdict.UNKNOWN: ExitCode.UNKNOWN,
}
OWN_OPTIONS = ("id", "on")
LEDGER_FACTS = (
    *("relation", "purpose", "amount", "action", "mechanism", "year", "at", "item"),
    *("provider_area", "transfers_today"),
)
"""What may be asked beside two names; everything else the books know."""


def _check(
    holder: str | None,
    beneficiary: str | None,
    batch: str | None,
    on: str | None,
    min_confidence: str | None,
    ledger: Path | None,
    rules: list[Path] | None,
    as_json: bool,
    **given: Any,
) -> int:
    from gongji.engine.decide import decide
    from gongji.policy.pack import Confidence

    least = _confidence(min_confidence)
    facts = {key.path: given[_variable(key)] for key in KEYS if _variable(key) in given}
    facts = {path: value for path, value in facts.items() if value not in (None, [])}
    today = day_of(on)
    pack = pack_of(rules)
    if batch is not None:
        if facts or holder is not None:
            raise Misfit("batch.options", option=_first_option(facts))
        return _batch(batch, pack, today, least)
    if holder is not None:
        request = _of_ledger(holder, beneficiary, facts, today, ledger)
    else:
        request = parse_request(_nested(facts), today)
    decision = decide(request, pack, Confidence(least))
    _show(decision, request, as_json=as_json, from_ledger=holder is not None)
    return EXITS[decision.verdict]


def _confidence(text: str | None) -> Any:
    from gongji.policy.pack import Confidence

    if text is None:
        return Confidence.LOW
    try:
        return Confidence[text.upper()]
    except KeyError:
        raise typer.BadParameter(_("a confidence is low, medium or high")) from None


def _show(decision: Decision, request: Request, *, as_json: bool, from_ledger: bool) -> None:
    from gongji.render import as_json as shapes
    from gongji.render.verdict_text import verdict_lines

    lines = () if as_json else verdict_lines(decision, request, from_ledger=from_ledger)
    show(shapes.decision(decision), lines, as_json=as_json)


def _batch(source: str, pack: Any, today: date, least: Any) -> int:
    from gongji.batch.lines import answer_lines, read_lines

    code = ExitCode.YES
    with opened(source) as lines:
        for answer in answer_lines(read_lines(lines), pack, today, least):
            show_json(answer)
            if not answer["ok"]:
                code = ExitCode.BAD_DATA
    return code


def _of_ledger(
    holder: str, beneficiary: str | None, facts: dict[str, Any], on: date, ledger: Path | None
) -> Request:
    from gongji.acts.facts import pair, request_of

    if beneficiary is None:
        raise typer.BadParameter(_("name two people: HOLDER and BENEFICIARY"))
    holder, beneficiary = parse_name(holder), parse_name(beneficiary)
    if holder == beneficiary:
        raise Misfit("bind.self")
    foreign = [path for path in facts if path not in LEDGER_FACTS]
    if foreign:
        raise BadRequest("request.known-from-ledger", foreign[0])
    read = {path: fact(path, value) for path, value in facts.items()}
    action = read.get("action", "use")
    with open_books(ledger) as books:
        binding = pair(books, holder, beneficiary, on)
        known = binding.relation if binding else None
        relation = read.pop("relation", None) or known
        if known and relation != known:
            raise BadRequest("request.known-from-ledger", "relation")
        if relation is None:
            raise BadRequest("request.key-missing", "relation")
        if "purpose" not in read and action == "use":
            raise BadRequest("request.key-missing", "purpose")
        if binding and action == "use":
            read = {"mechanism": binding.mechanism, "bound": True, **read}
        return request_of(books, holder, beneficiary, on, relation, **read)


def _nested(facts: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {"holder": {}, "beneficiary": {}}
    for path, value in facts.items():
        side, dot, name = path.partition(".")
        target = nested[side] if dot else nested
        target[name if dot else path] = _plain(path, value)
    return nested


def _plain(path: str, value: Any) -> Any:
    if path != "holder.by_relation":
        return value
    pairs = [part.partition("=") for part in value]
    if not all(count.isascii() and count.isdigit() for _name, _equals, count in pairs):
        raise BadRequest("request.type", path, wanted="RELATION=NUMBER")
    return {name: int(count) for name, _equals, count in pairs}


def _first_option(facts: dict[str, Any]) -> str:
    return next((BY_PATH[path].option for path in facts), "HOLDER")


def _variable(key: Key) -> str:
    return key.path.replace(".", "_")


def _annotation(key: Key) -> Any:
    words = " | ".join(key.words) if 0 < len(key.words) <= 11 else None
    help_text = _(key.meaning) + (f": {words}" if words else "")
    match key.form:
        case "truth":
            declared = f"{key.option}/--no-{key.option[2:]}"
            return Annotated[bool | None, typer.Option(declared, help=help_text)]
        case "number":
            return Annotated[int | None, typer.Option(key.option, help=help_text, metavar="N")]
        case "list" | "counts":
            metavar = "WORD" if key.form == "list" else "RELATION=N"
            option = typer.Option(key.option, help=help_text, metavar=metavar)
            return Annotated[list[str] | None, option]
        case form:
            option = typer.Option(key.option, help=help_text, metavar=form.upper())
            return Annotated[str | None, option]


def _options() -> dict[str, tuple[Any, Any]]:
    """Return the options of the command: its own, and one for every key of a request."""
    own: dict[str, Any] = {
        "holder": Annotated[
            str | None, typer.Argument(metavar="HOLDER", help=_("a person of the ledger"))
        ],
        "beneficiary": Annotated[
            str | None, typer.Argument(metavar="BENEFICIARY", help=_("another one"))
        ],
        "batch": Annotated[
            str | None,
            typer.Option("--batch", metavar="FILE|-", help=_("one JSON request a line, NDJSON")),
        ],
        "on": On,
        "min_confidence": Annotated[
            str | None,
            typer.Option(
                "--min-confidence",
                metavar="low|medium|high",
                help=_("weaker clauses count as unknown"),
            ),
        ],
        "ledger": Ledger,
        "rules": Rules,
    }
    keys = {_variable(key): _annotation(key) for key in KEYS if key.path not in OWN_OPTIONS}
    options = {name: (annotation, None) for name, annotation in (own | keys).items()}
    return options | {"as_json": (AsJson, False)}


app = single(
    "check-eligibility",
    _("May this account pay for this relative, by which mechanism, and why?"),
    """
    gongji check-eligibility --holder-area 深圳 --holder-insurance employee \\
        --beneficiary-area 深圳 --beneficiary-insurance resident \\
        --relation 妈妈 --purpose 门诊 --on 2024-12-01
    gongji check-eligibility 我 妈妈 --purpose pharmacy
    gongji check-eligibility --batch requests.ndjson
    cat requests.ndjson | gongji check-eligibility --batch - | jq -r .verdict
    """,
)(taking(_options(), _check))

"""gongji rules test: the cases beside the rule files, tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, Rules, pack_of, show
from gongji.cli.shape import command
from gongji.render.language import _

if TYPE_CHECKING:
    from gongji.batch.cases import Trial
    from gongji.policy.pack import Pack

app = typer.Typer()


@command(
    app,
    "test",
    _("Try the cases beside the rule files."),
    """
    gongji rules test
    gongji rules test --rules my-reform/
    gongji rules test --json | jq -r '.unexercised[]'
    """,
)
def try_rules(rules: Rules = None, as_json: AsJson = False) -> int:
    """Try cases/*.ndjson beside the rule files, those of overlays included.

    Ends with 0 if all agree, 3 if the rules contradict a case, 4 if some are merely unknown.
    """
    from gongji.batch.cases import Agreement, case_folders, read_cases, try_cases
    from gongji.render.trial_text import counts_lines, disagreement_lines

    pack = pack_of(rules)
    trials = list(try_cases(read_cases(case_folders(pack)), pack))
    amiss = [trial for trial in trials if trial.agreement is not Agreement.AGREES]
    data = _data(trials, amiss, pack)
    lines = [] if as_json else counts_lines(data)
    for told, trial in zip(data["disagreements"], () if as_json else amiss, strict=False):
        lines += disagreement_lines(told, trial.decision)
    show(data, lines, as_json=as_json)
    if data["contradicted"]:
        return ExitCode.NO
    return ExitCode.UNKNOWN if amiss else ExitCode.YES


def _data(trials: list[Trial], amiss: list[Trial], pack: Pack) -> dict[str, Any]:
    from gongji.batch.cases import Agreement, unexercised

    counts = {each: sum(trial.agreement is each for trial in trials) for each in Agreement}
    return {
        "schema": "gongji.rules-test/1",
        "ok": not amiss,
        "cases": len(trials),
        "agree": counts[Agreement.AGREES],
        "unknown": counts[Agreement.UNKNOWN],
        "contradicted": counts[Agreement.CONTRADICTS],
        "disagreements": [_disagreement(trial) for trial in amiss],
        "unexercised": [clause.id for clause in unexercised(trials, pack)],
        "rules": pack.digest,
    }


def _disagreement(trial: Trial) -> dict[str, Any]:
    from gongji.render import as_json

    return {
        "id": trial.case.id,
        "title": trial.case.title,
        "place": trial.case.place,
        "agreement": str(trial.agreement),
        "expected": dict(trial.case.expected),
        "answer": dict(trial.said),
        "reasons": as_json.decision(trial.decision)["reasons"],
    }

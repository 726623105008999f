"""gongji rules test: the cases and the stories beside the rule files, tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson, Rules, overlays_of, pack_of, show
from gongji.cli.shape import command
from gongji.render.language import _

if TYPE_CHECKING:
    from gongji.batch.cases import Trial
    from gongji.batch.stories import Telling
    from gongji.policy.pack import Pack

app = typer.Typer()


@command(
    app,
    "test",
    _("Try the cases and the stories beside the rule files."),
    """
    gongji rules test
    gongji rules test --rules my-reform/
    gongji rules test --json | jq -r '.unexercised[]'
    """,
)
def try_rules(rules: Rules = None, as_json: AsJson = False) -> int:
    """Try cases/*.ndjson and stories/*.toml beside the rule files, those of overlays included.

    Ends with 0 if all agree, 3 if the rules contradict one, 4 if some are merely unknown.
    """
    from gongji.batch.cases import Agreement, case_folders, read_cases, try_cases
    from gongji.batch.stories import read_stories
    from gongji.render.trial_text import counts_lines, difference_lines, disagreement_lines

    pack = pack_of(rules)
    folders = list(dict.fromkeys([*case_folders(pack), *overlays_of(rules)]))
    cases, stories = read_cases(folders), read_stories(folders)
    trials, tellings = list(try_cases(cases, pack)), [_told(story, pack) for story in stories]
    amiss = [trial for trial in trials if trial.agreement is not Agreement.AGREES]
    data = _data(trials, amiss, tellings, pack)
    lines = [] if as_json else counts_lines(data)
    for told, trial in zip(data["disagreements"], () if as_json else amiss, strict=False):
        lines += disagreement_lines(told, trial.decision)
    lines += () if as_json else difference_lines(data["differences"])
    show(data, lines, as_json=as_json)
    if data["contradicted"] or data["differences"]:
        return ExitCode.NO
    return ExitCode.UNKNOWN if amiss else ExitCode.YES


def _told(story: Any, pack: Pack) -> Telling:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from gongji.batch.stories import tell
    from gongji.ledger.books import Books

    with (
        TemporaryDirectory(prefix="gongji-story-") as folder,
        Books.open(Path(folder) / "story.jsonl", create=True) as books,
        books.writing(),
        books.together(),
    ):
        return tell(story, pack, books)


def _data(
    trials: list[Trial], amiss: list[Trial], tellings: list[Telling], pack: Pack
) -> dict[str, Any]:
    from gongji.batch.cases import Agreement, unexercised

    counts = {each: sum(trial.agreement is each for trial in trials) for each in Agreement}
    decisions = [trial.decision for trial in trials]
    decisions += [one.decision for telling in tellings for one in telling.asked]
    cited = {clause for telling in tellings for clause in telling.story.cites}
    return {
        "schema": "gongji.rules-test/1",
        "ok": not amiss and not any(telling.differences for telling in tellings),
        "cases": len(trials),
        "agree": counts[Agreement.AGREES],
        "unknown": counts[Agreement.UNKNOWN],
        "contradicted": counts[Agreement.CONTRADICTS],
        "disagreements": [_disagreement(trial) for trial in amiss],
        "stories": len(tellings),
        "told_as_written": sum(not telling.differences for telling in tellings),
        "differences": [one for telling in tellings for one in _differences(telling)],
        "unexercised": [clause.id for clause in unexercised(decisions, cited, pack)],
        "rules": pack.digest,
    }


def _differences(telling: Telling) -> list[dict[str, Any]]:
    return [
        {
            "story": telling.story.id,
            "path": telling.story.path,
            "step": one.number,
            "tells": one.tells,
            "expected": one.expected,
            "came": one.came,
        }
        for one in telling.differences
    ]


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

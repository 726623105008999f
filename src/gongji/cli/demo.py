"""gongji demo: a whole story on a throw-away ledger, in commands that anyone can type."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from gongji.cli.errors import report
from gongji.cli.exit import ExitCode
from gongji.cli.session import AsJson
from gongji.cli.shape import single
from gongji.render import stream
from gongji.render.language import N_, _


@dataclass(frozen=True, slots=True)
class Step:
    """A command, what it is to show, and the exit code with which it ends."""

    tells: str
    command: str
    ends: ExitCode = ExitCode.YES


CHECK_SIBLING = (
    "check-eligibility --holder-area 深圳 --holder-insurance employee --holder-tier 1"
    " --beneficiary-area 深圳 --beneficiary-insurance resident --relation 妹妹 --purpose 药店"
)

STORY: tuple[Step, ...] = (
    Step(
        N_("A family: two children insured in Shenzhen, the father retired there."),
        "person add 大哥 --area 深圳 --insurance employee --tier 1"
        " --current 120 --carryover 0 --on 2024-10-02",
    ),
    Step(
        "",
        "person add 二姐 --area 深圳 --insurance employee --tier 1"
        " --current 60.20 --carryover 200 --on 2024-10-02",
    ),
    Step(
        "",
        "person add 爸爸 --area 深圳 --insurance employee --type retired"
        " --current 35.50 --carryover 0 --born 1955-03-08 --on 2024-10-02",
    ),
    Step(
        N_("The mother lives in Wuhan, a grandson in Changsha, an aunt in Shanghai."),
        "person add 妈妈 --area 武汉 --insurance resident --on 2024-10-02",
    ),
    Step(
        "",
        "person add 姑姑 --area 上海 --insurance employee --current 900 --carryover 0"
        " --on 2024-10-02",
    ),
    Step("", "person add 表弟 --area 上海 --insurance resident --on 2024-10-02"),
    Step(
        N_("May a Shenzhen account pay for a sister? In 2025 it may …"),
        CHECK_SIBLING + " --on 2025-06-01",
    ),
    Step(
        N_("… and the same question one year earlier has the other answer."),
        CHECK_SIBLING + " --on 2024-06-01",
        ExitCode.NO,
    ),
    Step(N_("Both children bind their father."), "bind 大哥 爸爸 --relation 爸爸 --on 2024-10-05"),
    Step("", "bind 二姐 爸爸 --relation 爸爸 --on 2024-10-06"),
    Step(
        N_("The mother is insured in another province: no clause covers the pair."),
        "bind 大哥 妈妈 --relation 妈妈 --on 2025-09-22",
        ExitCode.NO,
    ),
    Step(
        N_("In Shanghai only money of past years may be shared, and the aunt has none."),
        "check-eligibility 姑姑 表弟 --relation 儿子 --purpose 门诊 --on 2025-08-01",
        ExitCode.NO,
    ),
    Step(
        N_("In Changsha a premium has a price and a window."),
        "check-eligibility --holder-area 长沙 --holder-insurance employee --holder-beneficiaries 5"
        " --beneficiary-area 长沙 --beneficiary-insurance resident --relation 孙子"
        " --purpose 居民医保费 --on 2025-11-01",
    ),
    Step(
        N_("The father's bill: his own account, the larger of the two, the other, cash."),
        "pay-for 爸爸 500 --purpose 药店 --on 2024-10-20 --key bill-1",
    ),
    Step(
        N_("Typed twice by mistake, with the same key: nothing is paid twice."),
        "pay-for 爸爸 500 --purpose 药店 --on 2024-10-20 --key bill-1",
    ),
    Step("", "balance --on 2024-10-20"),
    Step(N_("The elder brother ends his binding."), "unbind 大哥 爸爸 --on 2024-11-01"),
    Step("", "history"),
    Step(
        N_("Every record is chained to the one before; the ledger proves itself."), "ledger verify"
    ),
)


@single(
    "demo",
    _("A whole story on a throw-away ledger: refusals, a split bill, an unbinding, a proof."),
    """
    gongji demo
    gongji demo --json
    """,
)
def app(as_json: AsJson = False) -> int:
    """Run the story; every step shows its command, what happened and why."""
    with TemporaryDirectory(prefix="gongji-demo-") as folder:
        ledger = Path(folder) / "demo.jsonl"
        ends = [_play(step, ledger, as_json=as_json) for step in STORY]
    as_told = [end == step.ends for end, step in zip(ends, STORY, strict=True)]
    return ExitCode.YES if all(as_told) else ExitCode.FAULT


def _play(step: Step, ledger: Path, *, as_json: bool) -> int:
    from gongji.cli.app import run

    words = shlex.split(step.command)
    if words[0] != "check-eligibility" or not words[1].startswith("-"):
        words += ["--ledger", str(ledger)]
    if as_json:
        words.append("--json")
    else:
        _introduce(step)
    try:
        return run(words)
    except OSError:  # the answer has nowhere to go, and neither have those of the other steps
        raise
    except Exception as error:
        return report(error, as_json=as_json, debug=False)


def _introduce(step: Step) -> None:
    if step.tells:
        stream.data(f"\n# {_(step.tells)}")
    stream.data(f"$ gongji {step.command}")

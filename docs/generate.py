"""Writes what the docs take from the code.

`python docs/generate.py` writes docs/reference/ and the tables of exit codes in both READMEs;
`--sessions` also writes anew the outputs in console blocks that differ from a real run;
`--check` writes nothing, names the files that are out of date, and ends with 1 if there are any.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs import reference_pages, sessions  # noqa: E402
from gongji.render import language  # noqa: E402

TABLE = re.compile(r"(<!-- exit codes -->\n).*?(<!-- end of exit codes -->)", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Write, or with --check only compare; return the exit code."""
    os.environ.update(GONGJI_LANG="en", COLUMNS="80")
    language.use("en")  # the help of a command is worded when it is first loaded
    outdated = {path: text for path, text in _made().items() if _read(path) != text}
    if "--check" in arguments:
        for path in outdated:
            print(path.relative_to(ROOT))
        return 1 if outdated else 0
    for path, text in outdated.items():
        _write(path, text)
    if "--sessions" in arguments:
        for page in sessions.pages():
            _write(page, sessions.rerun(page.read_text("utf-8"), sessions.language_of(page)))
    return 0


def _made() -> dict[Path, str]:
    reference = ROOT / "docs" / "reference"
    made = {
        reference / "commands.md": reference_pages.commands(),
        reference / "exit-codes.md": reference_pages.exit_codes(),
        reference / "checks.md": reference_pages.checks(),
        reference / "errors.md": reference_pages.errors(),
        reference / "request.md": reference_pages.request(),
    }
    for readme in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
        table = reference_pages.exit_code_table(sessions.language_of(readme))
        made[readme] = TABLE.sub(rf"\g<1>\n{table}\n\n\g<2>", _read(readme))
    return made


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

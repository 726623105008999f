from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from gongji import __version__

ROOT = Path(__file__).parents[2]
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")

# On one worker, so that the wheel is built and installed once.
pytestmark = pytest.mark.xdist_group("wheel")


def run(*command: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a command without what the environment of the tests says of Python or gongji."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GONGJI_"))}
    return subprocess.run(
        command, cwd=cwd, env=kept | env, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT),
        cwd=folder,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("installed")
    pins = re.findall(r"^[\w.-]+==[\w.]+", (ROOT / "requirements.lock").read_text("utf-8"), re.M)
    (folder / "pins.txt").write_text("\n".join(pins), encoding="utf-8")
    skip_without_index(folder)

    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    done = run(programs / "python", *PIP, "install", "-c", "pins.txt", wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    return programs


def skip_without_index(folder: Path) -> None:
    """Asks pip for one small pinned package, so that a wheel that asks for too much still fails."""
    asked = run(
        *(sys.executable, *PIP, "download", "--no-deps", "-c", "pins.txt", "tomli-w"), cwd=folder
    )
    if asked.returncode != 0:
        pytest.skip("pip reaches no package index here")


def test_the_wheel_carries_every_rule_file(wheel: Path) -> None:
    rules = {f"gongji/{p.relative_to(ROOT).as_posix()}" for p in ROOT.glob("rules/**/*.toml")}

    carried = set(zipfile.ZipFile(wheel).namelist())

    assert rules
    assert rules <= carried


@pytest.mark.long
def test_the_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "gongji", "--version", cwd=tmp_path)

    assert (said.returncode, said.stderr) == (0, "")
    assert __version__ in said.stdout


@pytest.mark.long
def test_the_installed_wheel_tells_the_demo_and_leaves_nothing_behind(
    installed: Path, tmp_path: Path
) -> None:
    told = run(installed / "gongji", "demo", cwd=tmp_path, HOME=str(tmp_path), GONGJI_LANG="zh")

    assert told.returncode == 0, told.stderr
    assert "深圳" in told.stdout
    assert list(tmp_path.iterdir()) == []

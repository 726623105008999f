"""What is around a ledger: full disks, read-only folders, clocks, other files in its place."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from gongji.cli import session
from gongji.cli.main import main
from gongji.ledger import disk, lock
from gongji.ledger.books import Books
from gongji.ledger.verify import verify
from tests.cli.conftest import Gongji
from tests.cli.test_commands import MOVING, ON, WRITING, prepared
from tests.ledger.test_index import as_nobody

ADD = ("person", "add", "我", "--area", "420100", "--insurance", "employee", "--balance", "5", *ON)
READING = (
    *(("balance", *ON), ("history",), ("person", "list", *ON), ("ledger", "head")),
    *(("ledger", "verify"), ("ledger", "export", "csv"), ("ledger", "repair", "--dry-run")),
)


@pytest.fixture
def house(family: Gongji) -> Gongji:
    """The family, and an uncle bound to nobody."""
    added = ("person", "add", "舅舅", "--area", "420100", "--insurance", "resident", *ON)
    assert family(*added).code == 0
    return family


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Let the system cut a write short there, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("title", [*WRITING, "settle"])
def test_a_record_for_which_there_is_no_room_is_not_there(
    house: Gongji, ledger: Path, title: str
) -> None:
    """The ledger is as it was, the exit code is 1, and with room again the command works."""
    turn = ("settle", *MOVING, "--on", "2026-01-01")
    arguments = turn if title == "settle" else prepared(house, title)
    before = ledger.read_bytes()

    for room in (0, 1, 200):
        with no_file_larger_than(len(before) + room):
            answer = house(*arguments, "--json")
        assert (answer.code, answer.error["code"]) == (1, "ledger.append-failed")
        assert "File too large" in answer.error["message"]
        assert ledger.read_bytes() == before

    assert house(*arguments).code == 0
    assert house("ledger", "verify").code == 0


def test_where_not_even_a_header_has_room_no_ledger_is_begun(small: Gongji, ledger: Path) -> None:
    """Nothing stays behind but the folder."""
    with no_file_larger_than(40):
        answer = small(*ADD, "--json")

    assert (answer.code, answer.error["code"]) == (1, "ledger.disk-failed")
    assert list(ledger.parent.iterdir()) == []
    assert small(*ADD).code == 0


FULL = """
import os, sys
from pathlib import Path
from gongji.cli.main import main

folder = Path(sys.argv[1])
ledger = folder / "books" / "ledger.jsonl"
os.environ["GONGJI_LEDGER"] = str(ledger)
add = ["person", "add", "me", "--area", "420100", "--insurance", "none", "--on", "2025-01-02"]
add_account = ["--insurance", "employee", "--balance", "5"]
credit = ["credit", "me", "1", "--on", "2025-01-02"]
assert main([*add, *add_account]) == 0
filler = open(folder / "filler", "wb", buffering=0)

def fill():
    try:
        while True:
            filler.write(b"x" * 512)
    except OSError:
        pass

told = -1
code = 0
while code == 0:
    told += 1
    fill()
    before = ledger.read_bytes()
    code = main(credit)
assert (code, ledger.read_bytes()) == (1, before), code
assert before.count(b"\\n") == 2 + told
other = folder / "other.jsonl"
fill()
assert main([*add, "--ledger", str(other)]) == 1
assert not other.exists()
assert main(["ledger", "export", "csv", "-o", str(folder / "all.csv")]) == 1
assert not (folder / "all.csv").exists()
assert main(["balance"]) == main(["ledger", "verify"]) == 0
os.unlink(folder / "filler")
filler.close()
assert main(credit) == main(["ledger", "verify"]) == 0
print("done")
"""


def test_a_full_disk_costs_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """A real file system of 200 kB, filled to the last byte: also where the index has no room."""
    mount = 'mount -t tmpfs -o size=200k none "$1"'
    if subprocess.run(["unshare", "-rm", "sh", "-c", mount, "sh", tmp_path]).returncode != 0:
        pytest.skip("this machine lets nobody mount a small file system")

    script = f'{mount} && exec "$2" -c "$3" "$1"'
    ended = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", tmp_path, sys.executable, FULL],
        capture_output=True,
        timeout=120,
    )

    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, b"done"), ended.stderr.decode()


@pytest.mark.parametrize("indexed", [True, False])
def test_a_folder_that_can_only_be_read_is_read(
    house: Gongji, ledger: Path, memory: Path, indexed: bool
) -> None:
    """With and without an index; whatever would write is refused as unwritable."""
    path = memory / "books" / ledger.name
    shutil.copytree(ledger.parent, path.parent)
    if indexed:
        Books.open(path).close()
    else:
        path.with_name(path.name + ".index").unlink()
    # Nobody may read the modules that a command imports only when it is run.
    assert {house(*arguments).code for arguments in READING} == {0}
    assert house("balance", "--ledger", str(memory / "none")).code == 2
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    for each in (path.parent, *path.parent.iterdir()):
        each.chmod(0o555)
    memory.chmod(0o755)

    def look() -> bool:
        here = ("--ledger", str(path))
        read = [main([*arguments, *here]) for arguments in READING]
        wrote = [main([*WRITING[title], *here]) for title in ("credit", "pay-for", "unbind")]
        return (set(read), set(wrote)) == ({0}, {2})

    assert as_nobody(look)
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


def test_what_is_no_regular_file_is_no_ledger(house: Gongji, ledger: Path, tmp_path: Path) -> None:
    """A link, a pipe, a device and a folder are refused, whether read, written or begun."""
    link, dangling, pipe = (tmp_path / name for name in ("link", "dangling", "pipe"))
    link.symlink_to(ledger)
    dangling.symlink_to(tmp_path / "elsewhere")
    os.mkfifo(pipe)

    for path in (link, dangling, pipe, tmp_path, Path("/dev/null")):
        for command in (ADD, WRITING["credit"], *READING):
            answer = house(*command, "--ledger", str(path), "--json")
            assert (answer.code, answer.error["code"]) == (2, "ledger.unsuitable-ledger")
    assert not (tmp_path / "elsewhere").exists()


def test_a_link_in_place_of_the_lock_is_not_followed(house: Gongji, ledger: Path) -> None:
    """What it points to keeps its bytes, and nothing is written without a lock."""
    beside = ledger.with_name(ledger.name + ".lock")
    precious = ledger.with_name("precious")
    precious.write_text("keep me")
    beside.unlink()
    beside.symlink_to(precious)

    answer = house(*WRITING["credit"], "--json")

    assert (answer.code, answer.error["code"]) == (2, "ledger.unwritable-ledger")
    assert precious.read_text() == "keep me"


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_where_no_lock_can_be_had_nothing_is_written(
    house: Gongji, ledger: Path, untouched: None, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Some network folders have none; what is there can be read."""

    def no_lock(_descriptor: int, _kind: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(lock.fcntl, "flock", no_lock)  # type: ignore[attr-defined]

    answer = house(*WRITING["credit"], "--json")

    assert (answer.code, answer.error["code"]) == (2, "ledger.unwritable-ledger")
    assert house("balance", *ON).code == 0


def test_where_files_cannot_be_linked_no_ledger_is_begun(
    small: Gongji, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network folders and memory sticks cannot: the system's reason is told."""

    def no_link(_temporary: Path, _path: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(disk, "publish", no_link)

    answer = small(*ADD, "--json")

    assert (answer.code, answer.error["code"]) == (2, "ledger.unwritable-ledger")
    assert "Operation not permitted" in answer.error["message"]
    assert list(ledger.parent.iterdir()) == []


@pytest.mark.parametrize("title", WRITING)
def test_a_clock_that_was_set_back_changes_no_record(
    house: Gongji, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    """With `--on` the same command makes the same bytes, whatever the clock says."""
    arguments = prepared(house, title)
    written = []

    for year in (2099, 1970):
        clock = SimpleNamespace(now=lambda zone, year=year: datetime(year, 1, 1, tzinfo=zone))
        monkeypatch.setattr(session, "datetime", clock)
        path = tmp_path / str(year) / ledger.name
        shutil.copytree(ledger.parent, path.parent)
        assert house(*arguments, "--ledger", str(path)).code == 0
        written.append(path.read_bytes())

    assert written[0] == written[1] != ledger.read_bytes()


@pytest.mark.parametrize("seconds", [0, 1 << 33])
def test_the_times_of_the_files_decide_nothing(house: Gongji, ledger: Path, seconds: int) -> None:
    """Long ago or yet to come: the answers are the same, and the next record is chained."""
    before = house("balance", *ON)
    for each in ledger.parent.iterdir():
        os.utime(each, (seconds, seconds))

    assert house("balance", *ON) == before
    assert house(*WRITING["credit"]).code == 0
    assert house("ledger", "verify").code == 0


def test_another_ledger_in_its_place_is_told_by_the_index_and_by_the_head(
    house: Gongji, ledger: Path, tmp_path: Path
) -> None:
    """The note stands beside the answer; a command that expects the old head does nothing."""
    other = tmp_path / "other" / "ledger.jsonl"
    assert house(*ADD, "--ledger", str(other)).code == 0
    head = house("ledger", "head").out.strip()
    shutil.copy(other, ledger)

    guarded = house("credit", "我", "1", *ON, "--expect-head", head)
    read = house("balance", "我", *ON)

    assert (guarded.code, guarded.err.splitlines()[0]) == (
        6,
        "note: the index beside the ledger was built anew (foreign)",
    )
    assert ledger.read_bytes() == other.read_bytes()
    assert (read.code, "5.00" in read.out) == (0, True)
    assert verify(ledger).sound


@pytest.mark.parametrize("command", [ADD, WRITING["credit"], *READING[:4], *READING[5:]])
def test_a_ledger_of_a_newer_format_is_left_alone(
    house: Gongji, ledger: Path, untouched: None, command: tuple[str, ...]
) -> None:
    """Neither read nor written, and not called damaged."""
    newer = ledger.read_bytes().replace(b"gongji.ledger/1", b"gongji.ledger/2", 1)
    path = ledger.parent.parent / "newer.jsonl"
    path.write_bytes(newer)

    answer = house(*command, "--ledger", str(path), "--json")

    assert (answer.code, answer.error["code"]) == (5, "ledger.newer-ledger")
    assert path.read_bytes() == newer

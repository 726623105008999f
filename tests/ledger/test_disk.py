from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongji.ledger import disk
from gongji.ledger.books import Books, Draft, TornTail
from gongji.ledger.errors import AppendFailed, UnwritableLedger
from gongji.ledger.verify import verify
from tests.seam import KILLED, Act, act_at, die, die_after, fail, in_child, steps_of

Make = Callable[..., Draft]
Write = Callable[..., None]
TORN = b'{"seq":2,"do":"credit","on":"2025-'


def test_an_append_that_fails_at_any_step_leaves_the_ledger_as_it_was(
    path: Path, write: Write, credit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is a named error; the same books can be appended to once there is room.

    What was taken back is synced: a loss of power does not bring it back.
    """
    write(credit("我", 100))
    before = path.read_bytes()

    for step, name in enumerate(("write_all", "sync_file"), 1):
        with Books.open(path) as books, books.writing():
            with monkeypatch.context() as patch:
                taken = act_at(patch, step, fail)
                with pytest.raises(AppendFailed, match="No space left") as caught:
                    books.append(credit("我", 1))
            assert taken[step - 1 :] == [name, "truncate", "sync_file"]
            assert caught.value.undone
            assert path.read_bytes() == before
            assert books.head.seq == 1
    write(credit("我", 1))
    assert verify(path).sound


def test_a_write_that_cannot_even_be_taken_back_says_so(
    path: Path, write: Write, credit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its half line is a torn tail for whoever comes next."""
    write(credit("我", 100))
    size = path.stat().st_size

    with Books.open(path) as books, books.writing():
        with monkeypatch.context() as patch:
            act_at(patch, 1, fail)
            patch.setattr(disk, "truncate", lambda *_: fail("truncate", ()))
            with pytest.raises(AppendFailed) as caught:
                books.append(credit("我", 1))
        assert not caught.value.undone
    with Books.open(path) as books:
        (notice,) = books.notices
        assert isinstance(notice, TornTail)
        assert notice.offset == size
    write(credit("我", 1))
    assert verify(path).sound


def test_a_limit_of_the_file_size_leaves_the_ledger_as_it_was(
    path: Path, write: Write, credit: Make
) -> None:
    """The real thing: the system itself cuts the write short."""
    write(credit("我", 100))
    before = path.read_bytes()

    def limited() -> int:
        import resource

        with Books.open(path) as books, books.writing():
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 40, len(before) + 40))
            try:
                books.append(credit("我", 1))
            except AppendFailed as failed:
                return 1 if failed.undone else 2
        return 3

    assert in_child(limited) == 1
    assert path.read_bytes() == before
    assert verify(path).sound


def test_a_creation_that_fails_at_any_step_leaves_no_half_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing, or a whole header."""

    def run(step: int) -> list[str]:
        path = tmp_path / str(step) / "family.jsonl"
        with monkeypatch.context() as patch:
            taken = act_at(patch, step, fail)
            try:
                Books.open(path, create=True).close()
            except UnwritableLedger:
                assert len(taken) == step
        assert not path.exists() or verify(path).sound
        Books.open(path, create=True).close()
        assert verify(path).sound
        assert not [each for each in path.parent.iterdir() if each.name.startswith(".")]
        return taken

    assert list(steps_of(run)) == [1, 2, 3, 4, 5]


def test_a_torn_tail_whose_setting_aside_fails_stays(
    path: Path, write: Write, credit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are in the journal or beside it, at every step, and the next writer goes on."""
    write(credit("我", 100))
    good = path.read_bytes()

    def run(step: int) -> list[str]:
        path.write_bytes(good + TORN)
        for sidecar in path.parent.glob("*.torn-*"):
            sidecar.unlink()
        with Books.open(path) as books, monkeypatch.context() as patch:
            taken = act_at(patch, step, fail)
            try:
                with books.writing():
                    pass
            except UnwritableLedger:
                assert len(taken) == step
        kept = [each.read_bytes() for each in path.parent.glob("*.torn-*")]
        assert path.read_bytes() == good + TORN or TORN in kept
        write(credit("我", 1))
        assert verify(path).sound
        return taken

    assert list(steps_of(run)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("how", [die, die_after])
def test_a_process_killed_at_any_step_loses_nothing_acknowledged(
    tmp_path: Path, credit: Make, monkeypatch: pytest.MonkeyPatch, how: Act
) -> None:
    """Created, torn tail set aside, appended to twice: every step of it may be the last."""

    def session(path: Path, acknowledged: Path) -> None:
        with Books.open(path, create=True) as books:
            for fen in (1, 2):
                with books.writing():
                    books.append(credit("我", fen))
                    acknowledged.write_text(str(books.balance("我:current")))
            with path.open("ab") as file:
                file.write(TORN)
            with books.writing():
                books.append(credit("我", 4))
                acknowledged.write_text(str(books.balance("我:current")))

    def run(step: int) -> list[str]:
        path = tmp_path / f"{how.__name__}-{step}" / "family.jsonl"
        acknowledged = tmp_path / "acknowledged"
        acknowledged.write_text("0")
        with monkeypatch.context() as patch:
            taken = act_at(patch, step, how)

            def killed() -> int:
                session(path, acknowledged)
                return 0

            code = in_child(killed)
        check(path, int(acknowledged.read_text()))
        assert code in (0, KILLED)
        return taken + ["killed"] * step if code == KILLED else []

    def check(path: Path, acknowledged: int) -> None:
        with Books.open(path, create=True) as books:
            records = list(books.history())
            sums = [sum(2**n for n in range(count)) for count in range(4)]
            assert books.balance("我:current") == sums[len(records)] >= acknowledged
            assert sums[len(records)] <= acknowledged + 2 ** len(records) // 2
            with books.writing():
                books.append(credit("mum", 1))
        assert verify(path).sound

    assert len(list(steps_of(run))) == 17

"""The steps of the disk: at any of them a test may let the program fail, stop, or lose power."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from gongji.ledger import disk

Act = Callable[[str, tuple[Any, ...]], None]
"""What happens in place of a step, given its name and its arguments."""

STEPS: Final = ("write_all", "sync_file", "sync_folder", "publish", "replace", "truncate")
REAL: Final = {name: getattr(disk, name) for name in STEPS}
"""The steps as they are, before any test puts itself in their place."""
KILLED: Final = 77


def act_at(patch: pytest.MonkeyPatch, step: int, act: Act, *, onwards: bool = False) -> list[str]:
    """Call `act` in place of the Nth step (`onwards`: and of all later ones); list those taken."""
    taken: list[str] = []

    def seam(name: str) -> Callable[..., None]:
        real = getattr(disk, name)

        def taking(*args: Any) -> None:
            taken.append(name)
            if len(taken) == step or (onwards and len(taken) > step > 0):
                act(name, args)
            else:
                real(*args)

        return taking

    for name in STEPS:
        patch.setattr(disk, name, seam(name))
    return taken


def fail(name: str, args: tuple[Any, ...]) -> None:
    """Be full: a write comes halfway."""
    _half(name, args)
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def stay_broken(name: str, args: tuple[Any, ...]) -> None:
    """Answer no more."""
    _half(name, args)
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def die(name: str, args: tuple[Any, ...]) -> None:
    """Be killed before the step; a write comes halfway."""
    _half(name, args)
    os._exit(KILLED)


def die_after(name: str, args: tuple[Any, ...]) -> None:
    """Be killed right after the step."""
    REAL[name](*args)
    os._exit(KILLED)


def interrupt(name: str, args: tuple[Any, ...]) -> None:
    """Hear Ctrl-C before the step; a write comes halfway."""
    _half(name, args)
    raise KeyboardInterrupt


def interrupt_after(name: str, args: tuple[Any, ...]) -> None:
    """Hear Ctrl-C right after the step."""
    REAL[name](*args)
    raise KeyboardInterrupt


def _half(name: str, args: tuple[Any, ...]) -> None:
    if name == "write_all":
        os.write(args[0], args[1][: len(args[1]) // 2])


def steps_of(run: Callable[[int], list[str]]) -> Iterator[int]:
    """Count up until a run no longer comes as far as the step."""
    step = 1
    while len(run(step)) >= step:
        yield step
        step += 1


def in_child(run: Callable[[], int]) -> int:
    """Return the exit code of a child process that runs `run`."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(run())
        except BaseException:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Platter:
    """What is on the disk for good, while the rest is only in the machine's memory.

    `lose` makes of the files what a loss of power might: what was not synced is gone, and a name
    whose folder was not synced; or where `mangled`, half of the bytes are there and the size is.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._kept: dict[tuple[int, int], tuple[int, bytes]] = {}
        self._names: list[Path] = []
        before = {name: getattr(disk, name) for name in STEPS}

        def changing(name: str) -> Callable[..., None]:
            def change(descriptor: int, *args: Any) -> None:
                self._keep(descriptor)
                before[name](descriptor, *args)

            return change

        def sync_file(descriptor: int) -> None:
            before["sync_file"](descriptor)
            self._kept.pop(_identity(descriptor), None)

        def publish(temporary: Path, path: Path) -> None:
            before["publish"](temporary, path)
            self._names.append(path)

        def sync_folder(folder: Path) -> None:
            before["sync_folder"](folder)
            self._names = [path for path in self._names if path.parent != folder]

        for name in ("write_all", "truncate"):
            patch.setattr(disk, name, changing(name))
        for step in (sync_file, publish, sync_folder):
            patch.setattr(disk, step.__name__, step)
        self.steps = {name: getattr(disk, name) for name in STEPS}

    def _keep(self, descriptor: int) -> None:
        identity = _identity(descriptor)
        if identity not in self._kept:
            again = os.open(f"/proc/self/fd/{descriptor}", os.O_RDWR)
            self._kept[identity] = again, os.pread(again, os.fstat(again).st_size, 0)

    def lose(self, *, mangled: bool) -> None:
        """Take away what was not synced."""
        for descriptor, kept in self._kept.values():
            size = os.fstat(descriptor).st_size
            half = os.pread(descriptor, max(size - len(kept), 0) // 2, len(kept))
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, kept + half if mangled else kept, 0)
            if mangled and size > len(kept):
                os.truncate(descriptor, size)
        for path in () if mangled else self._names:
            path.unlink()


def _identity(descriptor: int) -> tuple[int, int]:
    state = os.fstat(descriptor)
    return state.st_dev, state.st_ino

"""Times acts against each other, in a new random order each round: noise meets all alike."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Act = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds that one act took, round by round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one, in seconds."""
        return median(self.seconds)


def side_by_side(acts: Mapping[str, Act], rounds: int) -> dict[str, Times]:
    """Do each act once without looking at the clock, then once a round, and return all times."""
    for act in acts.values():
        act()
    seconds: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name in random.sample(list(acts), len(acts)):
            start = perf_counter()
            acts[name]()
            seconds[name].append(perf_counter() - start)
    return {name: Times(tuple(all_of_it)) for name, all_of_it in seconds.items()}


def process(words: list[str], environment: Mapping[str, str]) -> Act:
    """Return the act of running a program to its end, its output thrown away."""
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]

    def run() -> None:
        child = os.posix_spawn(words[0], words, {**os.environ, **environment}, file_actions=nowhere)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code != 0:
            raise RuntimeError(f"exit code {code} of {words}")

    return run

"""Lines of whatever bytes: every one is answered, in its place, with a named error or a result."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongji.acts.forms import FORMS
from gongji.engine.request import BY_PATH
from tests.hostile.payloads import objects, texts, values
from tests.hostile.running import Run

GOOD: dict[str, Any] = {
    "relation": "sibling",
    "purpose": "pharmacy",
    "on": "2025-01-02",
    "holder": {"area": "420100", "insurance": "employee"},
    "beneficiary": {"area": "420600", "insurance": "resident"},
}


def as_line(data: object) -> bytes:
    """Return the data as a line of JSON, NaN and half characters included."""
    return json.dumps(data, ensure_ascii=False).encode(errors="surrogatepass")


def mutated(good: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A good object with some of its values replaced."""
    return st.dictionaries(st.sampled_from(sorted(good)), values, min_size=1, max_size=3).map(
        lambda changes: {**good, **changes}
    )


junk = st.binary(max_size=60).map(lambda data: data.replace(b"\n", b" "))
torn = st.builds(lambda line, at: line[: at % (len(line) + 1)], objects.map(as_line), st.integers())


def lines_of(*kinds: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[bytes]]:
    """Lists of lines: of the kinds, of any JSON, torn, and of bytes."""
    whole = st.one_of(*kinds, objects, values).map(as_line)
    return st.lists(whole | torn | junk, min_size=1, max_size=12)


def request() -> st.SearchStrategy[dict[str, Any]]:
    """Requests with wild values under known keys."""
    top = st.dictionaries(st.sampled_from([p for p in BY_PATH if "." not in p]), values, max_size=4)
    side = st.dictionaries(
        st.sampled_from([p.partition(".")[2] for p in BY_PATH if "." in p]), values, max_size=4
    )
    return st.builds(
        lambda top, holder, beneficiary: {
            **GOOD,
            **top,
            "holder": {**GOOD["holder"], **holder},
            "beneficiary": {**GOOD["beneficiary"], **beneficiary},
        },
        top,
        side,
        side,
    )


def command() -> st.SearchStrategy[dict[str, Any]]:
    """Commands with wild values under the arguments that they take."""

    def of(do: str) -> st.SearchStrategy[dict[str, Any]]:
        form = FORMS[do]
        needed = st.fixed_dictionaries(dict.fromkeys(form.needs, texts | values))
        more = st.dictionaries(st.sampled_from([*form.arguments, *form.guards]), texts | values)
        return st.builds(lambda one, two: {"do": do, **one, **two}, needed, more)

    return st.sampled_from(sorted(FORMS)).flatmap(of)


def test_every_line_of_a_batch_has_its_answer(gongji: Run, effort: settings) -> None:
    """Whatever the lines hold, as many answers as lines, each a decision or a named error."""

    @effort
    @given(lines_of(mutated(GOOD), request()))
    def holds(lines: list[bytes]) -> None:
        ended = gongji("check-eligibility", "--batch", "-", given=b"\n".join(lines) + b"\n")

        assert len(ended.rows) == len(lines)
        for row in ended.rows:
            assert row["ok"] or row["error"]["message"]

    holds()


def test_every_line_of_commands_has_its_answer(
    gongji: Run, anew: Callable[[], None], effort: settings
) -> None:
    """Done, refused or a named error, and the ledger is sound afterwards."""

    @effort
    @given(lines_of(command()))
    def holds(lines: list[bytes]) -> None:
        anew()
        ended = gongji("ledger", "apply", "-", given=b"\n".join(lines) + b"\n")

        assert [row["line"] for row in ended.rows] == list(range(1, len(lines) + 1))
        assert gongji("ledger", "verify").code == 0
        for reading in ("history", "balance", "person list"):
            gongji(*reading.split())

    holds()

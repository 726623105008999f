"""Settlement messages in, balances out: one message a line, or a single one spread over lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from gongji.batch.lines import LINE_BYTES_MAX, read_json
from gongji.engine.request import BadRequest
from gongji.settlement.balance import Balance, check
from gongji.settlement.errors import BadSettlement
from gongji.settlement.message import Message, read_message
from gongji.settlement.profiles import Profile
from gongji.settlement.spellings import spelling

Numbered = tuple[int, bytes | None]
"""The number of the line on which a text begins, and the text; None for one that is too long."""


def check_lines(
    lines: Iterable[bytes | None], profile: Profile
) -> Iterator[tuple[int, Balance | BadSettlement]]:
    """Yield for every message the number of its line, and its balance or what is wrong with it."""
    for number, text in _texts(lines):
        try:
            yield number, check(_read(number, text), profile)
        except BadSettlement as problem:
            yield number, problem


def one_message(lines: Iterable[bytes | None]) -> Message:
    """Return the only message there is; empty lines are passed over.

    Raises BadSettlement, also if there are none or several.
    """
    filled = (one for one in _texts(lines) if one[1] is None or one[1].strip())
    texts = list(islice(filled, 2))
    if len(texts) != 1:
        raise BadSettlement("settlement.several" if texts else "settlement.none")
    return _read(*texts[0])


def _texts(lines: Iterable[bytes | None]) -> Iterator[Numbered]:
    """Yield the texts of the messages as they come: nobody waits for a line that is not needed.

    A first line that ends in the middle of an object, with a key or its end on the second line,
    begins a message that is spread over all lines.
    """
    lines = iter(lines)
    opening = list(islice(lines, 1))
    if opening and (opening[0] or b"").rstrip().endswith((b"{", b",")):
        opening += islice(lines, 1)
        if len(opening) == 2 and (opening[1] or b"").lstrip().startswith((b'"', b"}")):
            yield 1, _joined(chain(opening, lines))
            return
    yield from enumerate(chain(opening, lines), 1)


def _joined(lines: Iterable[bytes | None]) -> bytes | None:
    """Return the lines as one text, None if it is longer than a line may be."""
    kept: list[bytes] = []
    left = LINE_BYTES_MAX
    for line in lines:
        if line is None or len(line) > left:
            return None
        left -= len(line) + 1
        kept.append(line)
    return b"\n".join(kept)


def _read(number: int, text: bytes | None) -> Message:
    try:
        data = read_json(text, whole=str, fraction=str)
    except BadRequest as problem:
        raise _as_settlement(problem, number) from None
    return read_message(data)


def _as_settlement(problem: BadRequest, number: int) -> BadSettlement:
    """Return the same problem, its line counted from the first, a key only if it is a known one."""
    values = problem.values
    if "line" in values:
        values = values | {"line": str(number + int(values["line"]) - 1)}
    known = spelling(problem.key) if problem.key else None
    return BadSettlement(problem.code, known, **values)

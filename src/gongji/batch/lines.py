"""NDJSON in, NDJSON out: every line its own answer, in the same order, whatever the line holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BufferedReader
from typing import Any, BinaryIO, Final, NoReturn

from gongji.engine.decide import decide
from gongji.engine.request import BadRequest, parse_request
from gongji.policy.pack import Confidence, Pack
from gongji.render import as_json
from gongji.render.request_text import told_of

LINE_BYTES_MAX: Final = 1_000_000
GROUP_BYTES: Final = 1 << 16
BOM: Final = b"\xef\xbb\xbf"


def read_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines without their ends; None for one longer than LINE_BYTES_MAX.

    No more than that is held of any line, and nobody waits for the rest of one that is too long.
    """
    while line := stream.readline(LINE_BYTES_MAX + 1):
        if len(line) <= LINE_BYTES_MAX or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n") if line.endswith(b"\n") else line
            continue
        yield None
        while not line.endswith(b"\n") and (line := stream.readline(LINE_BYTES_MAX)):
            pass


def read_groups(stream: BufferedReader) -> Iterator[list[bytes | None]]:
    """Yield the lines as `read_lines` does, those together that are there at once.

    So nobody who waits for the answer to a line waits for the next line.
    """
    rest, skipping = b"", False
    while chunk := stream.read1(GROUP_BYTES):
        if skipping:
            _skipped, end, chunk = chunk.partition(b"\n")
            skipping = not end
        *ended, rest = (rest + chunk).split(b"\n")
        group = [None if len(line) > LINE_BYTES_MAX else line.rstrip(b"\r") for line in ended]
        if len(rest) > LINE_BYTES_MAX:
            group.append(None)
            rest, skipping = b"", True
        if group:
            yield group
    if rest:
        yield [rest]


def answer_lines(
    lines: Iterable[bytes | None],
    pack: Pack,
    today: date,
    min_confidence: Confidence = Confidence.LOW,
) -> Iterator[dict[str, Any]]:
    """Yield one answer a line: a decision, or what is wrong with the line (`ok` tells)."""
    for number, line in enumerate(lines, 1):
        yield _answer(number, line, pack, today, min_confidence)


def _answer(
    number: int, line: bytes | None, pack: Pack, today: date, least: Confidence
) -> dict[str, Any]:
    try:
        data = read_object(line)
        request = parse_request(data, today)
    except BadRequest as problem:
        return {
            "schema": as_json.DECISION,
            "id": _name_in(line),
            "line": number,
            "ok": False,
            "error": told_of(problem),
        }
    return as_json.decision(decide(request, pack, least), data.get("id"))


def _name_in(line: bytes | None) -> str | None:
    """Return the one id of a line that is no request, None where it has none or is no object."""
    if line is None or not line.lstrip().startswith(b"{"):
        return None
    try:
        found = json.loads(line, object_pairs_hook=_ids, parse_int=float)
    except (ValueError, RecursionError):
        return None
    match found:
        case [str(name)]:
            return name
        case _:
            return None


def _ids(pairs: list[tuple[str, Any]]) -> list[Any]:
    return [value for name, value in pairs if name == "id"]


def read_object(line: bytes | None) -> dict[str, Any]:
    """Return the JSON object of a request that a line holds.

    Raises BadRequest as `read_json` does, and for floats and anything that is not one object.
    """
    data = read_json(line, whole=_integer, fraction=_refuse("line.not-an-integer"))
    if not isinstance(data, dict):
        raise BadRequest("request.not-an-object", None)
    return data


def read_json(
    line: bytes | None, *, whole: Callable[[str], Any], fraction: Callable[[str], Any]
) -> Any:
    """Return what the JSON of a line says; `whole` and `fraction` read the text of its numbers.

    Raises BadRequest: duplicate keys, NaN and a byte order mark are refused.
    """
    if line is None:
        raise BadRequest("line.too-long", None, limit=str(LINE_BYTES_MAX))
    if line.startswith(BOM):
        raise BadRequest("line.byte-order-mark", None)
    if not line.strip():
        raise BadRequest("line.empty", None)
    try:
        return json.loads(
            line.decode(),
            object_pairs_hook=_once,
            parse_float=fraction,
            parse_constant=_refuse("line.not-a-number"),
            parse_int=whole,
        )
    except UnicodeDecodeError:
        raise BadRequest("line.encoding", None) from None
    except RecursionError:
        raise BadRequest("line.too-deep", None) from None
    except json.JSONDecodeError as error:
        place = {"line": str(error.lineno), "column": str(error.colno)}
        raise BadRequest("line.not-json", None, **place) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadRequest("line.key-twice", name[:80])
        found[name] = value
    return found


def _refuse(code: str) -> Callable[[str], NoReturn]:
    def refuse(text: str) -> NoReturn:
        raise BadRequest(code, None, text=text[:40])

    return refuse


def _integer(text: str) -> int:
    if len(text) > 40:
        raise BadRequest("line.number-too-large", None)
    if text == "-0":
        raise BadRequest("line.not-an-integer", None, text=text)
    return int(text)

"""Identity numbers at the edge: checked, then kept as a mask and a keyed digest."""

from __future__ import annotations

import hmac
import os
from pathlib import Path

from gongji.acts.outcome import Misfit
from gongji.cli.session import ledger_path
from gongji.ledger.writing import create_whole
from gongji.render import stream
from gongji.render.language import N_, _
from gongji.words.id_number import BadIdNumber, parse_id_number

KEY_BYTES = 32


def identified(text: str, ledger: Path | None, *, dry_run: bool) -> dict[str, object]:
    """Return what a ledger keeps of an identity number: mask, digest, day of birth.

    The first one makes the key beside the ledger; a dry run without one digests with another key.
    """
    try:
        known = parse_id_number(text)
    except BadIdNumber as problem:
        raise Misfit(f"id.{problem.reason}") from None
    if not known.area_is_known:
        stream.say(
            _(
                "note: the area part of the identity number is no code of today; districts come"
                " and go, so it is taken"
            )
        )
    key = _key(ledger_path(ledger), dry_run=dry_run)
    digest = hmac.new(key, text.upper().encode(), "sha256").hexdigest()
    return {"id": {"mask": known.mask, "digest": digest}, "born": known.born.isoformat()}


def _key(ledger: Path, *, dry_run: bool) -> bytes:
    """Return the key beside the ledger, made once and readable by its owner alone.

    Raises Misfit for a file that is no key, and UnwritableLedger.
    """
    path = ledger.with_name(ledger.name + ".key")
    if os.path.lexists(path):
        return _read(path)
    key = os.urandom(KEY_BYTES)
    if dry_run:
        return key
    try:
        create_whole(path, [key])
    except FileExistsError:  # another process was first
        return _read(path)
    return key


def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except OSError as error:
        raise _unfit(path, error.strerror or str(error)) from None
    if len(key) != KEY_BYTES:
        raise _unfit(path, N_("it does not have 32 bytes"))
    return key


def _unfit(path: Path, cause: str) -> Misfit:
    return Misfit("id.key", path=str(path), cause=cause)

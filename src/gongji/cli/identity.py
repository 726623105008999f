"""Identity numbers at the edge: checked, then kept as a mask and a keyed digest."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from gongji.acts.outcome import Misfit
from gongji.cli.session import ledger_path
from gongji.render import stream
from gongji.render.language import _
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
    """Return the key beside the ledger, made once and readable by its owner alone."""
    path = ledger.with_name(ledger.name + ".key")
    if dry_run and not path.exists():
        return secrets.token_bytes(KEY_BYTES)
    ledger.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as stream:
        key = secrets.token_bytes(KEY_BYTES)
        stream.write(key)
        os.fsync(stream.fileno())
    return key

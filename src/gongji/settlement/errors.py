"""What is wrong with a text that should be a settlement message."""

from __future__ import annotations


class BadSettlement(ValueError):
    """A text that cannot be read as a settlement message.

    `code` names the kind, `key` the field in a spelling that this program knows. Neither they nor
    `values` hold anything of the message itself: what stands in a wrong place may be personal.
    """

    def __init__(self, code: str, key: str | None = None, **values: str) -> None:
        """Keep the arguments; the sentence is made where it is shown."""
        super().__init__(code, key, values)
        self.code = code
        self.key = key
        self.values = values

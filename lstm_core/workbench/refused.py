"""A file that is not taken: a reason with its details, which a page says in its own language."""

from __future__ import annotations

from ..words import Words, texts


class Refused(ValueError):
    """A file that is refused. `reason` is the key of the message, `details` fill its placeholders.

    `str()` is the message in English, for a file of numbers; who refuses other files says why himself.
    """

    def __init__(self, reason: str, **details):
        super().__init__(reason)
        self.reason, self.details = reason, details

    def __str__(self) -> str:
        key = f"upload.refused.{self.reason}"
        return Words("en")(key, **self.details) if key in texts("en") else f"{self.reason}: {self.details}"

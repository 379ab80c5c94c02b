"""A file that is not taken: a reason with its details, which a page says in its own language."""

from __future__ import annotations

from collections.abc import Callable

from ..words import Words, texts


class Refused(ValueError):
    """A file that is refused. `reason` is the key of the message, `details` fill its placeholders.

    table : of the texts that the message is in. `str()` is the message in English, for a file of numbers; who
    refuses other files says why himself.
    """

    table = "upload.refused"

    def __init__(self, reason: str, **details):
        super().__init__(reason)
        self.reason, self.details = reason, details

    def __str__(self) -> str:
        has_text = f"{self.table}.{self.reason}" in texts("en")
        return self.said(Words("en")) if has_text else f"{self.reason}: {self.details}"

    def said(self, words: Words, quoted: Callable = str) -> str:
        """The sentence in the language of `words`. quoted : how a text from the file stands in it."""
        details = {
            name: value.said(words, quoted) if hasattr(value, "said") else quoted(value)
            for name, value in self.details.items()
        }
        return words(f"{self.table}.{self.reason}").format(**details)

"""A file that is not taken: a reason with its details, which a page says in its own language."""

from collections.abc import Callable

from ..words import FIRST, Words


class Refused(ValueError):
    """A file that is refused. `reason` is the key of the message, `details` fill its placeholders.

    table : of the texts that the message is in; who refuses other files than those of numbers has another.
    `str()` is the message in English.
    """

    table = "upload.refused"

    def __init__(self, reason: str, **details):
        super().__init__(reason)
        self.reason, self.details = reason, details

    def __str__(self) -> str:
        return self.said(Words(FIRST))

    def said(self, words: Words, quoted: Callable = str) -> str:
        """The sentence in the language of `words`. quoted : how a text from the file stands in it."""
        details = {
            name: value.said(words, quoted) if hasattr(value, "said") else quoted(value)
            for name, value in self.details.items()
        }
        return words(f"{self.table}.{self.reason}").format(**details)

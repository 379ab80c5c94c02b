"""Why a file is not taken: a reason with its details. The sentences stand in assets/text, once a language."""

from __future__ import annotations

from collections.abc import Callable

from ..words import Words
from .phrases import Phrase, shown


class Refused(ValueError):
    """A file, or a run of it, that is not taken. `str()` is one sentence in English.

    reason : a key of the texts under `network.refused`.
    details : what the sentence names: a Phrase, another Refused, or a text that is cut and made printable.
    """

    def __init__(self, reason: str, **details):
        super().__init__(reason)
        self.reason = reason
        self.details = {
            name: value if isinstance(value, (Phrase, Refused)) else shown(value)
            for name, value in details.items()
        }

    def __str__(self) -> str:
        return self.said(Words("en"))

    def said(self, words: Words, quoted: Callable[[str], str] = str) -> str:
        """The sentence in the language of `words`. quoted : how a text from the file stands in it."""
        details = {
            name: value.said(words, quoted) if isinstance(value, (Phrase, Refused)) else quoted(value)
            for name, value in self.details.items()
        }
        return words(f"network.refused.{self.reason}").format(**details)


def broken(kind: str, what: str, **values) -> Refused:
    """The refusal of a file that is no real one of its kind. kind, what : keys of phrases."""
    return Refused("broken", kind=Phrase(kind), what=Phrase(what, **values))

"""Words within a refusal, such as what is broken in a file: each by its key in assets/text."""

from __future__ import annotations

from collections.abc import Callable

from ..words import Words


class Phrase:
    """Words within a refusal. `str()` is English. key : of the texts under `network.phrase`."""

    def __init__(self, key: str, **values):
        self.key = key
        self.values = {name: shown(value) for name, value in values.items()}

    def __str__(self) -> str:
        return self.said(Words("en"))

    def said(self, words: Words, quoted: Callable[[str], str] = str) -> str:
        """The words in the language of `words`. quoted : how a text from the file stands in them."""
        values = {name: quoted(text) for name, text in self.values.items()}
        return words(f"network.phrase.{self.key}").format(**values)


def shown(value) -> str:
    """A number or a text from a file as it stands in a sentence: cut, and printable."""
    if isinstance(value, int) and abs(value) < 10**15:
        return f"{value:,}"
    text = "".join(letter if letter.isprintable() else "?" for letter in str(value)[:200])
    return text if len(text) <= 120 else text[:117] + "…"

"""Why a file is not taken: a reason with its details. The sentences stand in assets/text, once a language."""

from collections.abc import Callable

from ..words import Words
from ..workbench import refused as workbench


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


class Refused(workbench.Refused):
    """A file, or a run of it, that is not taken. `str()` is one sentence in English.

    reason : a key of the texts under `network.refused`.
    details : what the sentence names: a Phrase, another Refused, or a text that is cut and made printable.
    """

    table = "network.refused"

    def __init__(self, reason: str, **details):
        super().__init__(reason)
        self.details = {
            name: value if isinstance(value, (Phrase, Refused)) else shown(value)
            for name, value in details.items()
        }


def broken(kind: str, what: str, **values) -> Refused:
    """The refusal of a file that is no real one of its kind. kind, what : keys of phrases."""
    return Refused("broken", kind=Phrase(kind), what=Phrase(what, **values))


def shown(value) -> str:
    """A number or a text from a file as it stands in a sentence: cut, and printable."""
    if isinstance(value, int) and abs(value) < 10**15:
        return f"{value:,}"
    text = "".join(letter if letter.isprintable() else "?" for letter in str(value)[:200])
    return text if len(text) <= 120 else text[:117] + "…"

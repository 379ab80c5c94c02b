"""Why a file is not taken: a reason with its details. The sentences stand in assets/text, once a language."""

from __future__ import annotations

from ..words import Words
from ..workbench import refused as workbench
from .phrases import Phrase, shown


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

    def __str__(self) -> str:  # a KeyError where there is no such sentence
        return self.said(Words("en"))


def broken(kind: str, what: str, **values) -> Refused:
    """The refusal of a file that is no real one of its kind. kind, what : keys of phrases."""
    return Refused("broken", kind=Phrase(kind), what=Phrase(what, **values))

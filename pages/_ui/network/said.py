"""Refusals and texts from a file -> **sentences** in the reader's language, in which nothing is markup."""

from __future__ import annotations

import re

from lstm_core.readers.refusals import Refused
from lstm_core.words import Words
from lstm_core.workbench import refused as workbench

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!|~$:-])")


def plain(text: object) -> str:
    """A text from a file for a sentence in Markdown: on one line, with no sign of Markdown at work."""
    one_line = "".join(letter if letter.isprintable() else " " for letter in str(text))
    return _MARKUP.sub(r"\\\1", one_line)


def refusal(words: Words, refused: Refused | workbench.Refused) -> str:
    """Why a file or a run is not taken."""
    if isinstance(refused, Refused):
        return refused.said(words, plain)
    details = {name: plain(value) for name, value in refused.details.items()}
    return words(f"upload.refused.{refused.reason}", **details)

"""Refusals and texts from a file -> **sentences** in the reader's language, in which nothing is markup."""

from __future__ import annotations

import re

from lstm_core.readers.phrases import Phrase
from lstm_core.readers.refusals import Refused
from lstm_core.words import Words
from lstm_core.workbench import intake

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!|~$:-])")


def plain(text: object) -> str:
    """A text from a file for a sentence in Markdown: on one line, with no sign of Markdown at work."""
    one_line = "".join(letter if letter.isprintable() else " " for letter in str(text))
    return _MARKUP.sub(r"\\\1", one_line)


def refusal(words: Words, refused: Refused | intake.Refused) -> str:
    """Why a file or a run is not taken."""
    kind = "upload" if isinstance(refused, intake.Refused) else "network"
    details = {name: _detail(words, value) for name, value in refused.details.items()}
    return words(f"{kind}.refused.{refused.reason}", **details)


def _detail(words: Words, value: object) -> str:
    """What a refusal names: words in the reader's language, another refusal, or a text from the file."""
    if isinstance(value, Phrase):
        values = {name: plain(text) for name, text in value.values.items()}
        return words(f"network.phrase.{value.key}", **values)
    return refusal(words, value) if isinstance(value, Refused) else plain(value)

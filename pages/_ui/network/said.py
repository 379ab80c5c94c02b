"""A text from a file -> **plain text** for a sentence, in which nothing is markup."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!|~$:-])")


def plain(text: object) -> str:
    """A text from a file for a sentence in Markdown: on one line, with no sign of Markdown at work."""
    one_line = "".join(letter if letter.isprintable() else " " for letter in str(text))
    return _MARKUP.sub(r"\\\1", one_line)

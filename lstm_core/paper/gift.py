"""Questions for a learning platform: exercises -> **gift**, Moodle's text format for questions.

The format is described in the documentation of Moodle under "GIFT format".
"""

import re
from collections.abc import Sequence

from ..words import Words
from .bank_entry import CHOICE, Entry, category_of, entry
from .exercises import Exercise

_SPECIAL = re.compile(r"([\\~=#{}:])")


def gift(todo: Sequence[Exercise], words: Words, title: str) -> str:
    """All questions as one file, to be saved as UTF-8; tasks, which need the app, are left out.

    title : of the category that they come into, plain text. A curve to draw becomes the number at its end.
    """
    asked = [_question(entry(one, words)) for one in todo if one.question]
    return "\n\n".join([f"$CATEGORY: {category_of(title, words)}", *asked]) + "\n"


def _question(taken: Entry) -> str:
    answers = "" if taken.kind == CHOICE else "#"
    for one in taken.answers:
        if taken.kind == CHOICE:
            said = f"{'=' if one.right else '~'}{_plain(one.said)}"
        else:  # what a wrong idea leads to is worth nothing
            said = f"={'' if one.right else '%0%'}{one.said}:{taken.tolerance:g}"
        answers += f"\n{said}#{_plain(one.why)}"
    return f"::{_plain(taken.name)}::[html]{_plain(taken.body)}{{{answers}\n}}"


def _plain(text: str) -> str:
    """Text in which nothing has a meaning in the format. A line break would end what it stands in."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

"""Questions for a learning platform: exercises -> **gift**, Moodle's text format for questions.

The format is described in the documentation of Moodle under "GIFT format". Every right answer comes from the
run of its question, and each wrong one brings what it shows as feedback.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter

from ..lessons.question import CHOOSE, DRAW, Numbers, Question
from ..lessons.verdict import judge
from ..quantities import QUANTITIES
from ..words import Words, texts
from .document import inline
from .exercises import Exercise

_TIMES = {"t", "T", "s", "n", "values"}
"""Placeholders of texts that say themselves which steps they are about."""

_SPECIAL = re.compile(r"([\\~=#{}:])")


def gift(todo: Sequence[Exercise], words: Words, title: str) -> str:
    """All questions as one file, to be saved as UTF-8; tasks, which need the app, are left out.

    title : of the category that they come into, plain text. A curve to draw becomes the number at its end.
    """
    # A category is a path whose parts a slash would separate.
    category = " ".join(title.replace("/", "∕").split()) or words("paper.lesson")
    asked = [_question(one.question, words) for one in todo if one.question]
    return "\n\n".join([f"$CATEGORY: {category}", *asked]) + "\n"


def _question(asked: Question, words: Words) -> str:
    name = f"{words(asked.item.name_key)} ({words('paper.variant', seed=asked.seed)})"
    answers = _options(asked, words) if asked.item.kind == CHOOSE else _numbers(asked, words)
    return f"::{_plain(name)}::[html]{_html(text_of(asked, words))}{{{answers}\n}}"


def text_of(asked: Question, words: Words) -> str:
    """What is asked, with the step it is about; of a curve to draw, the number at its end is asked for."""
    told = f"{_when(asked, words)}{asked.text(words)}"
    return f"{told} {words('paper.at_step', t=asked.steps[-1])}" if asked.item.kind == DRAW else told


def _when(asked: Question, words: Words) -> str:
    """Which step of which unit is now, where no picture shows it and the text does not say it itself.

    "" also for a question that is about no step, such as how many weights there are.
    """
    mentioned = {name for _, name, _, _ in Formatter().parse(texts(words.language)[asked.text_key]) if name}
    hides = {key for key in asked.item.hidden if key in QUANTITIES and QUANTITIES[key].in_trace}
    if asked.run or mentioned & _TIMES or not (hides or asked.item.kind == DRAW):
        return ""
    one = asked.experiment.H == 1
    return f"{words('ask.at_step' if one else 'ask.at_step_of_unit', **asked.values)} "


def _options(asked: Question, words: Words) -> str:
    lines = []
    for option in asked.options:
        said = judge(asked, option)
        label, why = asked.option_label(words, option), words(said.why_key, **said.values)
        lines.append(f"\n{'=' if said.right else '~'}{_html(label)}#{_html(why)}")
    return "".join(lines)


def _numbers(asked: Question, words: Words) -> str:
    """The number with its tolerance, and each number that a wrong idea leads to, which is worth nothing."""
    lines = []
    for answer in (asked.truth, *wrong_numbers(asked)):
        said = judge(asked, answer)
        why = words(said.why_key, **said.values)
        share = "" if said.right else "%0%"
        lines.append(f"\n={share}{end_of(answer):.4f}:{asked.item.tolerance:g}#{_html(why)}")
    return f"#{''.join(lines)}"


def wrong_numbers(asked: Question) -> list[Numbers]:
    """What wrong ideas lead to, where the number that is asked for is not right by it, too."""
    # Two curves may differ, and still end so close together that both ends count as right.
    near = 2 * asked.item.tolerance
    return [answer for answer in asked.beliefs.values() if abs(end_of(answer) - end_of(asked.truth)) > near]


def end_of(answer) -> float:
    """The number itself, or the last one of a curve."""
    return float(answer[-1] if isinstance(answer, tuple) else answer)


def _html(text: str) -> str:
    return _plain(inline(text))


def _plain(text: str) -> str:
    """Text in which nothing has a meaning in the format. A line break would end what it stands in."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

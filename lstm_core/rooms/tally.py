"""What a class answered: question, answers -> **tally**. It tells how many, and of nobody who."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ..lessons.beliefs import OTHER
from ..lessons.question import CHOOSE, VALUE, Question
from ..lessons.verdict import judge

BINS = 10
"""Bars of the answers to a question for a number."""

RIGHT = "right"


def checked_answer(asked: Question, answer: Any) -> Any:
    """An answer as the question can have it. Raises ValueError for any other."""
    return judge(asked, answer).answer


def tally(asked: Question, answers: Iterable[Any], told: bool) -> dict[str, int]:
    """How many gave each answer: an option, for a number the bar that it is in, else which idea it shows.

    told : whether the truth is known. Before, drawn curves are not told apart, because that would tell it.
    """
    given = list(answers)
    if asked.item.kind == CHOOSE:
        found = Counter(given)
        return {option: found[option] for option in asked.options}
    if asked.item.kind == VALUE:
        bars = Counter(bar_of(asked, number) for number in given)
        return {str(bar): bars[bar] for bar in range(BINS)}
    if not told:
        return {}
    verdicts = [judge(asked, answer) for answer in given]
    found = Counter(RIGHT if one.right else one.belief for one in verdicts)
    return {name: found[name] for name in (RIGHT, *asked.beliefs, OTHER) if found[name]}


def wrong_twice(asked: Question, before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    """How many were wrong before they talked to a neighbour and after. before, after : member -> answer."""
    both = before.keys() & after.keys()
    return sum(not (judge(asked, before[one]).right or judge(asked, after[one]).right) for one in both)


def bar_of(asked: Question, number: float) -> int:
    """The bar, from 0, that a number is in."""
    low, high = asked.bounds or (0.0, 1.0)
    return min(int((number - low) / (high - low) * BINS), BINS - 1)


def ends_of(asked: Question, bar: int) -> tuple[float, float]:
    """The numbers between which a bar counts."""
    low, high = asked.bounds or (0.0, 1.0)
    return low + (high - low) * bar / BINS, low + (high - low) * (bar + 1) / BINS

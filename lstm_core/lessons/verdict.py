"""Judge an answer: question, answer -> **verdict**: whether it is right, and which wrong idea it shows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..rounding import text
from .beliefs import OTHER, misconception_of
from .question import CHOOSE, DRAW, VALUE, Numbers, Question

RIGHT, MISSED, SKIPPED = OUTCOMES = ("right", "missed", "skipped")
"""What can come of a question, a task or a trial. Only a question can be skipped."""


@dataclass(frozen=True)
class Verdict:
    """An answer compared with the run.

    truth, answer : an option for CHOOSE, a number for VALUE, numbers for DRAW.
    difference : answer − truth; for DRAW one for each step; None for CHOOSE.
    belief : the wrong idea that the answer shows; "" where the answer is right.
    misconception : one of `items.MISCONCEPTIONS`, that of the wrong idea, which need not be what the item is
        about; None where the answer is right, a slip, or shows no known idea.
    why_key : the text that explains why the answer is right or wrong; `values` fills it.
    """

    right: bool
    truth: str | Numbers
    answer: str | Numbers
    difference: Numbers | None
    belief: str
    why_key: str
    values: Mapping[str, str]
    misconception: str | None = None

    @property
    def heading_key(self) -> str:
        """The text that says whether the answer is right."""
        return "verdict.right" if self.right else "verdict.wrong"


def judge(asked: Question, answer: Any) -> Verdict:
    """Compare an answer with the run. Raises ValueError where the question can't have such an answer."""
    item, truth = asked.item, asked.truth
    difference: Any
    if item.kind == CHOOSE:
        if answer not in asked.options:
            raise ValueError(f"answer: expected one of {asked.options}, got {answer!r:.40}")
        right, difference, belief = answer == truth, None, answer
        values = {name: asked.labels.get(o, "") for name, o in (("truth", str(truth)), ("answer", answer))}
    else:
        answer = _numbers(asked, answer)
        off = np.atleast_1d(answer) - np.atleast_1d(truth)
        # A slider moves in steps, whose floats may be off in the last bit.
        right = bool((abs(off) <= item.tolerance + 1e-9).all())
        difference = float(off[0]) if item.kind == VALUE else tuple(map(float, off))
        belief = _belief_behind(asked, answer)
        values = {
            "truth": _listed(asked.truth),
            "answer": _listed(answer),
            "difference": text(abs(off).max()),
        }
    why = f"item.{item.key}.right" if right else f"item.{item.key}.wrong.{belief}"
    belief = "" if right else belief
    shows = misconception_of(item, belief)
    return Verdict(right, truth, answer, difference, belief, why, {**asked.values, **values}, shows)


def _numbers(asked: Question, answer) -> Numbers:
    """An answer in numbers, checked: one number for VALUE, one for each step for DRAW."""
    wanted = len(asked.steps) if asked.item.kind == DRAW else 1
    given = list(answer) if asked.item.kind == DRAW and isinstance(answer, (list, tuple)) else [answer]
    assert asked.bounds is not None, "a question that is answered in numbers has bounds"
    low, high = asked.bounds
    for number in given:
        real = isinstance(number, (int, float)) and not isinstance(number, bool)
        if not (real and low <= number <= high):
            raise ValueError(f"answer: expected numbers from {low:g} to {high:g}, got {number!r:.40}")
    if len(given) != wanted:
        raise ValueError(f"answer: expected {wanted} numbers, got {len(given)}")
    return tuple(map(float, given)) if asked.item.kind == DRAW else float(given[0])


def _belief_behind(asked: Question, answer: Numbers) -> str:
    """The wrong idea whose numbers an answer is closest to, or OTHER where it is close to none."""

    def distance(numbers):
        return float(abs(np.atleast_1d(answer) - np.atleast_1d(numbers)).mean())

    belief = min(asked.beliefs, key=lambda key: distance(asked.beliefs[key]))
    off = distance(asked.beliefs[belief])
    # A drawn curve is rough: it shows the belief if it is more than twice as near to it as to the truth.
    near = 2 * off < distance(asked.truth) if asked.item.kind == DRAW else off <= asked.item.tolerance
    return belief if near or math.isclose(off, asked.item.tolerance) else OTHER


def _listed(numbers) -> str:
    return ", ".join(text(number) for number in np.atleast_1d(numbers))

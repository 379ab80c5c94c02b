"""Loss and score of a course over its snapshots, one in focus: course -> **course_curve** -> HTML."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ...rounding import text
from ...words import Words
from ..palette import THEME_INK, readable
from ..strip.over_steps import Scale, line, row_of_numbers
from .frame import frame, grid, scale_letters

_LOSS, _SCORE, _GAP = 62, 34, 8


def course_curve(
    updates: Sequence[int], loss: np.ndarray, score: np.ndarray, here: int, goal: float, words: Words
) -> str:
    """Two rows over the snapshots: the loss on a logarithmic scale, and the share of right test sequences.

    updates : after which update each snapshot was taken. loss, score : (P,) each.
    here : the snapshot in focus, from 0. goal : the score that counts as learned, drawn as a line.
    """
    P = len(updates)
    exponents = np.log10(np.maximum(np.nan_to_num(loss, nan=1.0, posinf=1e12), 1e-12))
    low, high = math.floor(exponents.min()), math.ceil(exponents.max() + 1e-9)
    high = max(high, low + 1)
    losses = Scale(4, _LOSS, low, high)
    scores = Scale(4 + _LOSS + _GAP, _SCORE, -0.08, 1.08)
    decades = list(range(low, high + 1, max(1, (high - low + 2) // 3)))
    behind = (
        grid(losses, decades, P, "grid-loss")
        + grid(scores, [0, 1], P, "grid-score")
        + line(np.full(P, goal), scores, readable("i"), "dot", 1, data_key="goal")
        + line(
            exponents, losses, readable("f"), "solid", 2, data_key="loss", data_name=words("learning.loss"),
            data_values=_exact(loss),
        )
        + line(
            score, scores, THEME_INK, "solid", 2, data_key="score", data_name=words("learning.score"),
            data_values=row_of_numbers(score),
        )
    )  # fmt: skip
    beside = scale_letters(
        words("learning.loss"), losses, [(d, _power(d)) for d in decades], readable("f")
    ) + scale_letters(words("learning.score"), scores, [(0, "0"), (1, "1")], THEME_INK)
    says = words(
        "learning.curve_says", update=updates[here], of=updates[-1], loss=text(float(loss[here])),
        score=text(float(score[here])),
    )  # fmt: skip
    ticks = [(place + 1, str(updates[place])) for place in _places(P, here)]
    return frame(
        beside, behind, "", P, 4 + _LOSS + _GAP + _SCORE, here + 1, ticks, words("learning.update"), says
    )


def _exact(values: np.ndarray) -> str:
    return " ".join("?" if v != v else f"{v:.6g}" for v in values.tolist())


def _power(decade: int) -> str:
    return f"{10.0**decade:g}" if -3 <= decade <= 3 else f"1e{decade}".replace("-", "−")


def _places(P: int, here: int) -> list[int]:
    """About eight places whose number has room, and the one in focus."""
    apart = max(1, round(P / 9))
    near = [place for place in range(0, P, apart) if abs(place - here) >= 0.8 * apart]
    return sorted({*near, here})

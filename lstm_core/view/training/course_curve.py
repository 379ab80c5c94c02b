"""Loss and score of a course over its snapshots, one in focus: course -> **course_curve** -> HTML."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ...rounding import text, with_minus
from ...words import Words
from .. import svg
from ..palette import THEME_INK, readable
from ..strip.over_steps import Scale, line, middle, says
from .frame import frame, grid, scale_letters

_LOSS, _SCORE, _GAP = 62, 34, 8

_LEAST = 12
"""Places of a chart, also where a course has just begun and has fewer snapshots: it grows from the left."""


def course_curve(
    updates: Sequence[int], loss: np.ndarray, score: np.ndarray, here: int, goal: float, words: Words,
    moments: Sequence[tuple[int, str]] = (),
) -> str:  # fmt: skip
    """Two rows over the snapshots: the loss on a logarithmic scale, and the share of right test sequences.

    updates : after which update each snapshot was taken. loss, score : (P,) each.
    here : the snapshot in focus, from 0. goal : the score that counts as learned, drawn as a line.
    moments : the snapshot, from 0, at which something happened, and what, in the order of the course; each is
        marked.
    """
    P = max(len(updates), _LEAST)
    exponents = np.log10(np.maximum(np.nan_to_num(loss, nan=1.0, posinf=1e12), 1e-12))
    middle, half = (exponents.max() + exponents.min()) / 2, max(np.ptp(exponents) / 2, 0.1)
    losses = Scale(4, _LOSS, float(middle - 1.15 * half), float(middle + 1.15 * half))
    marks = _marks(losses.low, losses.high)
    scores = Scale(4 + _LOSS + _GAP, _SCORE, -0.08, 1.08)
    behind = (
        grid(losses, marks, P, "grid-loss")
        + grid(scores, [0, 1], P, "grid-score")
        + line(np.full(P, goal), scores, readable("i"), "dot", 1, data_key="goal")
        + line(
            exponents, losses, readable("f"), "solid", 2, data_key="loss",
            **says(words("learning.loss"), loss, _shown),
        )
        + line(
            score, scores, THEME_INK, "solid", 2, data_key="score", **says(words("learning.score"), score)
        )
    )  # fmt: skip
    beside = scale_letters(
        words("learning.loss"), losses, [(mark, _number(mark)) for mark in marks], readable("f")
    ) + scale_letters(words("learning.score"), scores, [(0, "0"), (1, "1")], THEME_INK)
    spoken = words(
        "learning.curve_says", update=updates[here], of=updates[-1], loss=text(float(loss[here])),
        score=text(float(score[here])),
    )  # fmt: skip
    ticks = [(place + 1, str(updates[place])) for place in _places(len(updates), here)]
    return frame(
        beside, behind, "".join(_mark(place, P) for place, _ in moments), P, 4 + _LOSS + _GAP + _SCORE,
        here + 1, ticks, words("learning.update"), spoken,
        f"{words('learning.loss')}, {words('learning.score')}", words, last=len(updates),
        heads=[f"{words('learning.update')} {update}" for update in updates],
    )  # fmt: skip


def _mark(place: int, P: int) -> str:
    """A triangle at the upper edge, over the snapshot of a moment."""
    triangle = svg.tag("path", d="M-5 0H5L0 8Z", fill=THEME_INK)
    return svg.tag(
        "svg", triangle, x=middle(place + 1, P), y=1, overflow="visible", data_key=f"moment{place}"
    )


def moment_buttons(moments: Sequence[tuple[int, str]], here: int) -> str:
    """A button for each moment, as `course_curve` takes them; the last one up to `here` is marked."""
    reached = sum(place <= here for place, _ in moments)
    buttons = "".join(
        svg.tag(
            "button", svg.escaped(said), type="button", data_role="step", data_t=place + 1,
            aria_current="step" if k == reached else None, data_key=f"{k}",
        )
        for k, (place, said) in enumerate(moments, 1)
    )  # fmt: skip
    return svg.tag("div", buttons, class_="moments", data_key="moments")


def _shown(loss: float) -> str:
    """A loss with three digits, because it becomes small."""
    return "?" if loss != loss else with_minus(f"{loss:.3g}")


def _marks(low: float, high: float) -> list[float]:
    """Exponents of the round numbers between 10^low and 10^high that are written: about three."""
    decades = range(math.ceil(low), math.floor(high) + 1)
    if len(decades) >= 2:
        return [float(decade) for decade in decades[:: max(1, -(-len(decades) // 3))]]
    whole = range(math.floor(low), math.ceil(high) + 1)
    fine = [math.log10(digit) + decade for decade in whole for digit in (1, 1.2, 1.5, 2, 3, 5, 7)]
    inside = [mark for mark in fine if low <= mark <= high]
    return inside[:: max(1, len(inside) - 1)]


def _number(exponent: float) -> str:
    return with_minus(f"{10.0**exponent:.2g}")


def _places(P: int, here: int) -> list[int]:
    """About eight places whose number has room, and the one in focus."""
    apart = max(1, round(P / 9))
    near = [place for place in range(0, P, apart) if abs(place - here) >= 1.3 * apart]
    return sorted({*near, here})

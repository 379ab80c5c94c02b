"""Loss and score of a course over its snapshots, one in focus: course -> **course_curve** -> HTML."""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np

from ...rounding import text, with_minus
from ...words import Words
from .. import svg
from ..palette import THEME_INK, readable
from ..strip.over_steps import Scale, grid, line, middle, name_beside, numbers_beside, says
from ..strip.time_axis import Drawn, TimeAxis

_LOSS, _SCORE, _GAP = 57, 34, 8

MARGIN = 6.4
"""Room at the left, in letters, as in the strip of a course, so that steps stand under each other."""

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
    axis = TimeAxis(
        max(len(updates), _LEAST), here + 1, words, last=len(updates), margin=MARGIN,
        ticks=[(place + 1, str(updates[place])) for place in _places(len(updates), here)],
        heads=[f"{words('learning.update')} {update}" for update in updates],
        name=words("learning.update"), by_keyboard=False,
    )  # fmt: skip
    spoken = words(
        "learning.curve_says", update=updates[here], of=updates[-1], loss=text(float(loss[here])),
        score=text(float(score[here])),
    )  # fmt: skip
    rows = partial(_rows, axis, loss, score, goal, [place for place, _ in moments])
    title = f"{words('learning.loss')}, {words('learning.score')}"
    return axis.strip([(_LOSS + _GAP + _SCORE, rows)], title, spoken)


def _rows(
    axis: TimeAxis, loss: np.ndarray, score: np.ndarray, goal: float, marked: list[int], top: float,
    height: float,
) -> Drawn:  # fmt: skip
    """Both rows, which the pointer reads off together."""
    P, loss_name, score_name = axis.T, *(axis.words(f"learning.{name}") for name in ("loss", "score"))
    exponents = np.log10(np.maximum(np.nan_to_num(loss, nan=1.0, posinf=1e12), 1e-12))
    middle, half = (exponents.max() + exponents.min()) / 2, max(np.ptp(exponents) / 2, 0.1)
    low, high = float(middle - 1.15 * half), float(middle + 1.15 * half)
    powers = {mark: with_minus(f"{10.0**mark:.2g}") for mark in _marks(low, high)}
    losses = Scale(top, _LOSS, low, high, tuple(powers))
    scores = Scale(top + height - _SCORE, _SCORE, -0.08, 1.08, (0, 1))
    behind = (
        grid(losses, P, data_key="grid-loss")
        + grid(scores, P, data_key="grid-score")
        + line(np.full(P, goal), scores, readable("i"), "dot", 1, data_key="goal")
        + line(exponents, losses, readable("f"), "solid", data_key="loss", **says(loss_name, loss, _shown))
        + line(score, scores, THEME_INK, "solid", data_key="score", **says(score_name, score))
    )
    beside = (
        name_beside(losses, loss_name, axis.letters, readable("f"))
        + numbers_beside(losses, axis.left, axis.letters, powers)
        + name_beside(scores, score_name, axis.letters, THEME_INK)
        + numbers_beside(scores, axis.left, axis.letters)
    )
    return beside, behind, "".join(_mark(place, P) for place in marked)


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


def _places(P: int, here: int) -> list[int]:
    """About eight places whose number has room, and the one in focus."""
    apart = max(1, round(P / 9))
    near = [place for place in range(0, P, apart) if abs(place - here) >= 1.3 * apart]
    return sorted({*near, here})

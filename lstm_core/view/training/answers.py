"""What a network says at each step, and what is asked for: numbers -> **answers** -> HTML with SVG in it."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from ...rounding import nice_limit, text
from ...words import Words
from .. import svg
from ..palette import MUTED, PAPER, THEME_INK, readable
from ..strip.over_steps import Scale, around_zero, grid, line, middle, name_beside, numbers_beside, says
from ..strip.time_axis import Drawn, TimeAxis
from .course_curve import MARGIN

_HIGH, _HIGH_LINES = 46, 66
_DASHES = ("solid", "dash", "dot", "dashdot")


def answers(
    said: np.ndarray, wanted: np.ndarray, t: int, words: Words, chance: bool = False,
    lines: np.ndarray | None = None, symbols: Sequence[str] = (),
) -> str:  # fmt: skip
    """One row: the answer as a line, and a ring where one is asked for.

    said, wanted : (T,); wanted is NaN where nothing is asked. t : the step in focus, from 1.
    chance : whether the answer is a chance from 0 to 1.
    lines : (T, H), drawn as a second row: h of a layer without gates.
    symbols : what is read at each step, one text a step; without any, the steps are numbered.
    """
    axis = TimeAxis(
        len(said), t, words, margin=MARGIN, ticks=list(enumerate(symbols, 1)),
        heads=[f"t = {step} · {symbol}" for step, symbol in enumerate(symbols, 1)],
        name=words("learning.symbol") if symbols else None, by_keyboard=False,
    )  # fmt: skip
    rows = [(_HIGH, partial(_answer, axis, said, wanted, chance))]
    if lines is not None:
        rows.append((_HIGH_LINES, partial(_lines, axis, lines)))
    spoken = words("learning.answers_say", t=t, said=text(float(said[t - 1])))
    return axis.strip(rows, words("learning.answer_row"), spoken)


def _answer(
    axis: TimeAxis, said: np.ndarray, wanted: np.ndarray, chance: bool, top: float, height: float
) -> Drawn:
    T, words, asked = axis.T, axis.words, np.flatnonzero(~np.isnan(wanted)).tolist()
    if chance:
        scale = Scale(top, height, -0.1, 1.12, (0, 1))
    else:
        scale = around_zero(top, height, nice_limit(np.concatenate([said, wanted[asked]])))
    told = says(words("learning.said"), said)
    looks = (
        (wanted, {"r": 5, "fill": "none", "stroke": readable("o"), "stroke_width": 2.2}),
        (said, {"r": 2.6, "fill": THEME_INK, "stroke": PAPER, "stroke_width": 0.6}),
    )
    rings = (
        svg.tag("circle", cx=middle(step + 1, T), cy=scale.y(float(values[step])), **look)
        for values, look in looks
        for step in asked
    )
    return (
        name_beside(scale, words("learning.answer_row"), axis.letters, THEME_INK)
        + numbers_beside(scale, axis.left, axis.letters),
        grid(scale, T) + line(said, scale, THEME_INK, "solid", data_key="said", **told),
        "".join(rings),
    )


def _lines(axis: TimeAxis, lines: np.ndarray, top: float, height: float) -> Drawn:
    scale = Scale(top, height, -1.1, 1.1, (-1, 0, 1))
    drawn = (
        line(
            row, scale, THEME_INK if k else readable("o"), _DASHES[k % len(_DASHES)], 1.5,
            data_key=f"line{k}", **says(axis.words("learning.of_unit", name="h", unit=k + 1), row),
        )
        for k, row in enumerate(lines.T)
    )  # fmt: skip
    beside = name_beside(scale, "h", axis.letters, MUTED) + numbers_beside(scale, axis.left, axis.letters)
    return beside, grid(scale, axis.T) + "".join(drawn), ""

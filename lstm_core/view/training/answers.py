"""What a network says at each step, and what is asked for: numbers -> **answers** -> HTML with SVG in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...rounding import nice_limit, text, with_minus
from ...words import Words
from .. import svg
from ..palette import MUTED, PAPER, THEME_INK, readable
from ..strip.over_steps import Scale, line, middle, says
from .frame import frame, grid, scale_letters

_HEIGHT, _GAP = 46, 8
_DASHES = ("solid", "dash", "dot", "dashdot")


def answers(
    said: np.ndarray, wanted: np.ndarray, t: int, words: Words, chance: bool = False,
    lines: np.ndarray | None = None, name: str = "h", symbols: Sequence[str] = (),
) -> str:  # fmt: skip
    """One row: the answer as a line, and a ring where one is asked for.

    said, wanted : (T,); wanted is NaN where nothing is asked. t : the step in focus, from 1.
    chance : whether the answer is a chance from 0 to 1.
    symbols : what is read at each step, one text a step; without any, the steps are numbered.
    lines : (T, H), drawn as a second row under the name `name`: what a layer without gates carries on.
    """
    T, asked = len(said), ~np.isnan(wanted)
    limit = 1.0 if chance else nice_limit(np.concatenate([said, wanted[asked]]))
    scale = Scale(4, _HEIGHT, -0.1 if chance else -1.12 * limit, 1.12 * limit)
    marks = [0.0, limit] if chance else [-limit, 0.0, limit]
    behind = grid(scale, marks, T, "grid") + line(
        said, scale, THEME_INK, "solid", 2, data_key="said", **says(words("learning.said"), said)
    )
    rings = "".join(
        svg.tag(
            "circle", cx=middle(step + 1, T), cy=scale.y(float(wanted[step])), r=5, fill="none",
            stroke=readable("o"), stroke_width=2.2,
        )
        for step in np.flatnonzero(asked).tolist()
    )  # fmt: skip
    dots = "".join(
        svg.tag(
            "circle", cx=middle(step + 1, T), cy=scale.y(float(said[step])), r=2.6, fill=THEME_INK,
            stroke=PAPER, stroke_width=0.6,
        )
        for step in np.flatnonzero(asked).tolist()
    )  # fmt: skip
    beside = scale_letters(
        words("learning.answer_row"),
        scale,
        [(mark, with_minus(f"{mark:g}")) for mark in marks],
        THEME_INK,
    )
    height = 4 + _HEIGHT
    if lines is not None:
        below = Scale(height + _GAP, _HEIGHT + 20, -1.1, 1.1)
        behind += grid(below, [-1, 0, 1], T, "grid-lines") + "".join(
            line(
                row, below, THEME_INK if k else readable("o"), _DASHES[k % len(_DASHES)], 1.5,
                data_key=f"line{k}", **says(words("learning.of_unit", name=name, unit=k + 1), row),
            )
            for k, row in enumerate(lines.T)
        )  # fmt: skip
        beside += scale_letters(name, below, [(-1, "−1"), (0, "0"), (1, "1")], MUTED)
        height = int(below.top + below.height)
    spoken = words("learning.answers_say", t=t, said=text(float(said[t - 1])))
    ticks = [
        (step, str(step)) for step in range(1, T + 1) if step == t or (step % 5 == 0 and abs(step - t) > 1)
    ]
    if symbols:
        ticks = [(step + 1, symbol) for step, symbol in enumerate(symbols)]
    axis = words("learning.symbol" if symbols else "axis.step")
    heads = [f"t = {step} · {symbol}" for step, symbol in enumerate(symbols, 1)]
    title = words("learning.answer_row")
    return frame(beside, behind, rings + dots, T, height, t, ticks, axis, spoken, title, words, heads=heads)

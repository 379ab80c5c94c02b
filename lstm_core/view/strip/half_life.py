"""How long a memory lasts, over the forget bias: bias -> **half_life_curve** -> HTML with SVG in it."""

from functools import lru_cache, partial

import numpy as np

from ...memory import half_life_of_bias
from ...rounding import text, with_minus
from ...words import Words
from .. import svg
from ..palette import THEME_INK, readable
from ..svg import paint
from ..typeset import emphasised
from .over_steps import TITLE, Scale, grid, line, numbers_beside, says, share
from .time_axis import Drawn, TimeAxis

MARKED_BIASES = (0, 1, 2, 5)
"""The forget biases whose half-lives are taught, and marked on the curve."""

LOW, HIGH = -2, 8
"""The ends of the axis of biases. A bias beyond them is marked at the end."""

HEIGHT = 126
_BIASES = np.linspace(LOW, HIGH, 10 * (HIGH - LOW) + 1)
_POINTS = len(_BIASES)
_STEPS = {0.3: "0.3", 1: "1", 10: "10", 100: "100", 1000: "1000"}
_POWERS = {float(np.log10(steps)): name for steps, name in _STEPS.items()}


def half_life_curve(b_f: float, unit: int, words: Words) -> str:
    """After how many steps half of the memory is left, for each forget bias, under a sentence on one's own.

    b_f : the forget bias of the unit (from 1). It is marked, and so are the MARKED_BIASES.
    """
    own = half_life_of_bias(b_f)
    sentence = words("why_forget.now", b=text(b_f), unit=unit, steps=text(own, decimals=1))
    axis = TimeAxis(
        _POINTS, 0, words, last=0, name="", by_keyboard=False,
        ticks=[(10 * (b - LOW) + 1, with_minus(str(b))) for b in range(LOW, HIGH + 1)],
        heads=[with_minus(f"b_f = {b:.1f}") for b in _BIASES.tolist()],
    )  # fmt: skip
    rows = [(HEIGHT, partial(_row, axis, b_f))]
    strip = axis.strip(rows, words("why_forget.half_life"), sentence.replace("**", ""))
    return svg.tag("p", emphasised(sentence), class_="said", data_key="now") + strip


def _row(axis: TimeAxis, b_f: float, top: float, height: float) -> Drawn:
    scale = Scale(top + TITLE, height - TITLE, -0.7, 3.6, tuple(_POWERS))
    shown = min(max(b_f, LOW), HIGH)
    mark = svg.tag(
        "circle", cx=_across(shown), cy=_y(shown, scale), r=6.5, fill="none", stroke=THEME_INK,
        stroke_width=2.5, data_key="own",
    )  # fmt: skip
    curve, marks = _curve(scale, axis.words("why_forget.half_life"), axis.words("why_forget.bias"))
    return numbers_beside(scale, axis.left, axis.letters, _POWERS), curve, marks + mark


@lru_cache
def _curve(scale: Scale, half_life: str, bias: str) -> tuple[str, str]:
    """What is the same for each bias: the curve, and the taught biases on it.

    half_life, bias : the names of the axes.
    """
    steps = half_life_of_bias(_BIASES)
    told = says(half_life, steps, lambda value: text(value, decimals=1))
    curve = line(np.log10(steps), scale, paint("f"), "solid", 2.5, data_key="curve", **told)
    marks = [
        svg.tag("circle", cx=_across(b), cy=_y(b, scale), r=3.5, fill=paint("f"))
        + svg.tag(
            "text", text(half_life_of_bias(b), decimals=1), x=_across(b), dx=-7, y=_y(b, scale) - 5,
            text_anchor="end",
        )
        for b in MARKED_BIASES
    ]  # fmt: skip
    symbol = '<tspan font-style="italic">b</tspan><tspan font-size="70%" dy="0.3em">f</tspan>'
    name = svg.escaped(f"↑ {half_life}, → {bias} ")
    title = svg.tag("text", name + symbol, x=2, y=scale.top - 6, fill=readable("f"))
    return grid(scale, _POINTS) + curve, title + "".join(marks)


def _across(b: float) -> str:
    """Where a bias stands, as a share of the width. Its point of the curve is half a point from each edge."""
    return share((_POINTS - 1) * (b - LOW) / (HIGH - LOW) + 0.5, _POINTS)


def _y(b: float, scale: Scale) -> float:
    return scale.y(float(np.log10(half_life_of_bias(b))))

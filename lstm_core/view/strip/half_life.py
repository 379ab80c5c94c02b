"""How long a memory lasts, over the forget bias: bias -> **half_life_curve** -> HTML with SVG in it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...memory import half_life_of_bias
from ...rounding import text, with_minus
from ...words import Words
from .. import svg
from ..palette import THEME_INK, readable
from ..svg import paint
from ..typeset import emphasised
from .over_steps import Scale, grid, line, numbers_beside, read_as_table, says, share, stretched
from .time_axis import LETTERS

MARKED_BIASES = (0, 1, 2, 5)
"""The forget biases whose half-lives are taught, and marked on the curve."""

LOW, HIGH = -2, 8
"""The ends of the axis of biases. A bias beyond them is marked at the end."""

HEIGHT = 150
_TITLE, _BOTTOM = 17, 18
_POINTS = 10 * (HIGH - LOW) + 1
_LEFT = round(4.9 * LETTERS)
_STEPS = {0.3: "0.3", 1: "1", 10: "10", 100: "100", 1000: "1000"}
_POWERS = {float(np.log10(steps)): name for steps, name in _STEPS.items()}
_SCALE = Scale(_TITLE, HEIGHT - _TITLE - _BOTTOM, -0.7, 3.6, tuple(_POWERS))


def half_life_curve(b_f: float, unit: int, words: Words) -> str:
    """After how many steps half of the memory is left, for each forget bias, under a sentence on one's own.

    b_f : the forget bias of the unit (from 1). It is marked, and so are the MARKED_BIASES. words : the
    reader's language, such as `Words("en")`.
    """
    own = half_life_of_bias(b_f)
    sentence = words("why_forget.now", b=text(b_f), unit=unit, steps=text(own, decimals=1))
    shown = min(max(b_f, LOW), HIGH)
    mark = svg.tag(
        "circle", cx=_across(shown), cy=_height(half_life_of_bias(shown)), r=6.5, fill="none",
        stroke=THEME_INK, stroke_width=2.5, data_key="own",
    )  # fmt: skip
    names, curve = _unchanging(words("why_forget.half_life"), words("why_forget.bias"))
    plot = svg.tag(
        "svg", curve + mark, class_="plot", style=f"height:{HEIGHT}px", role="img",
        aria_label=sentence.replace("**", ""), data_key="plot",
    )  # fmt: skip
    strip = svg.tag(
        "div", names + plot + read_as_table(words("why_forget.half_life"), words), class_="over-time",
        data_key="half-life",
        style=f"grid-template-columns:{_LEFT}px 1fr;font-size:{LETTERS}px",
    )  # fmt: skip
    return svg.tag("p", emphasised(sentence), class_="said", data_key="now") + strip


@lru_cache
def _unchanging(half_life: str, bias: str) -> tuple[str, str]:
    """What is the same for each bias: the numbers of the scale, and the curve with the taught biases.

    half_life, bias : the names of the axes.
    """
    biases = np.linspace(LOW, HIGH, _POINTS)
    steps = half_life_of_bias(biases)
    curve = line(
        np.log10(steps), _SCALE, paint("f"), "solid", 2.5, data_key="curve",
        **says(half_life, steps, lambda value: text(value, decimals=1)),
    )  # fmt: skip
    reach = svg.tag("rect", class_="reach", width="100%", height=HEIGHT)
    marks = [
        svg.tag("circle", cx=_across(b), cy=_height(half_life_of_bias(b)), r=3.5, fill=paint("f"))
        + svg.tag(
            "text", text(half_life_of_bias(b), decimals=1), x=_across(b), dx=-7,
            y=_height(half_life_of_bias(b)) - 5, text_anchor="end",
        )
        for b in MARKED_BIASES
    ]  # fmt: skip
    ticks = [
        svg.tag("text", with_minus(str(b)), x=_across(b), y=HEIGHT - 4, class_="tick", text_anchor="middle")
        for b in range(LOW, HIGH + 1)
    ]
    symbol = '<tspan font-style="italic">b</tspan><tspan font-size="70%" dy="0.3em">f</tspan>'
    name = svg.escaped(f"↑ {half_life}, → {bias} ")
    title = svg.tag("text", name + symbol, x=2, y=11, fill=readable("f"))
    drawn = stretched(grid(_SCALE, _POINTS) + curve, _POINTS, HEIGHT)
    row = svg.tag(
        "g", reach + drawn + title + "".join(marks + ticks),
        class_="row", data_steps=_POINTS, data_key="row", aria_hidden="true",
        data_heads="|".join(with_minus(f"b_f = {b:.1f}") for b in biases.tolist()),
    )  # fmt: skip
    names = svg.tag(
        "svg", numbers_beside(_SCALE, _LEFT, LETTERS, _POWERS), class_="names", style=f"height:{HEIGHT}px",
        aria_hidden="true", data_key="names",
    )  # fmt: skip
    return names, row


def _across(b: float) -> str:
    """Where a bias stands, as a share of the width. Its point of the curve is half a point from each edge."""
    return share((_POINTS - 1) * (b - LOW) / (HIGH - LOW) + 0.5, _POINTS)


def _height(steps: float) -> float:
    return _SCALE.y(float(np.log10(steps)))

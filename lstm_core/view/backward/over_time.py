"""What arrives at C and h at every step of the walk: backprop -> **strip** -> HTML with SVG in it."""

from __future__ import annotations

from functools import partial

from ...rounding import slope_text
from ...words import Words
from .. import svg
from ..palette import DASHES, THEME_INK
from ..strip.over_steps import grid, line, numbers_beside, says, unbounded
from ..strip.time_axis import Drawn, TimeAxis
from .shown import ShownWalk

HEIGHT = 84
_TITLE = 17


def walk_over_time(walk: ShownWalk, words: Words, exact: bool = True) -> str:
    """δC and δh over the steps 1 … T, each to be chosen; those that are not walked back are grey."""
    axis = TimeAxis(walk.walk.trace.T, walk.t, words, labels=walk.walk.trace.labels)
    numbers = ", ".join(f"δ{key} {slope_text(walk.number(key))}" for key in "Ch")
    says = words("strip.says", t=axis.step, numbers=numbers)
    return axis.strip([(HEIGHT, partial(_row, axis, walk, exact))], words("back.over_time"), says)


def _row(axis: TimeAxis, walk: ShownWalk, exact: bool, top: float, height: float) -> Drawn:
    column = walk.unit - 1
    on_C, on_h = walk.walk.C[:, column], walk.walk.h[:, column]
    scale = unbounded(top + _TITLE, height - _TITLE, on_C, on_h)
    drawn: list[str] = []
    title: list[str] = []
    for key, values, wide in (("C", on_C, 3.0), ("h", on_h, 2.0)):
        told = says(f"δ{key}", values, slope_text) if exact else {}
        drawn.append(line(values, scale, THEME_INK, DASHES[key], wide, data_key=f"line-{key}", **told))
        sign = "━" if key == "C" else "– –"
        title.append(svg.tag("tspan", svg.escaped(f"{sign} δ{key}"), dx=12 if title else None))
    before = walk.walk.first - 1
    grey = svg.tag(
        "rect", x=0, y=top + _TITLE, width=before, height=height - _TITLE, fill=THEME_INK, fill_opacity=0.08,
        data_key="not-walked",
    )  # fmt: skip
    return (
        numbers_beside(scale, axis.left, axis.letters),
        (grey if before else "") + grid(scale, axis.T) + "".join(drawn),
        svg.tag("text", "".join(title), x=2, y=top + 11, data_key="title"),
    )

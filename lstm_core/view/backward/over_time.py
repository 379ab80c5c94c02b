"""What arrives at C and h at every step of the walk: backprop -> **strip** -> HTML with SVG in it."""

from functools import partial

from ...rounding import slope_text
from ...words import Words
from .. import svg
from ..palette import DASHES, THEME_INK
from ..strip.over_steps import TITLE, grid, line, numbers_beside, says, title, unbounded
from ..strip.time_axis import Drawn, TimeAxis
from .shown import ShownWalk

HEIGHT = 84


def walk_over_time(walk: ShownWalk, words: Words, exact: bool = True) -> str:
    """δC and δh over the steps 1 … T, each to be chosen; those that are not walked back are grey."""
    axis = TimeAxis(walk.walk.trace.T, walk.t, words, labels=walk.walk.trace.labels)
    numbers = ", ".join(f"δ{key} {slope_text(walk.number(key))}" for key in "Ch")
    says = words("strip.says", t=axis.step, numbers=numbers)
    return axis.strip([(HEIGHT, partial(_row, axis, walk, exact))], words("back.over_time"), says)


def _row(axis: TimeAxis, walk: ShownWalk, exact: bool, top: float, height: float) -> Drawn:
    column = walk.unit - 1
    on_C, on_h = walk.walk.C[:, column], walk.walk.h[:, column]
    scale = unbounded(top + TITLE, height - TITLE, on_C, on_h)
    drawn: list[str] = []
    for key, values, wide in (("C", on_C, 3.0), ("h", on_h, 2.0)):
        told = says(f"δ{key}", values, slope_text) if exact else {}
        drawn.append(line(values, scale, THEME_INK, DASHES[key], wide, data_key=f"line-{key}", **told))
    before = walk.walk.first - 1
    grey = svg.tag(
        "rect", x=0, y=top + TITLE, width=before, height=height - TITLE, fill=THEME_INK, fill_opacity=0.08,
        data_key="not-walked",
    )  # fmt: skip
    return (
        numbers_beside(scale, axis.left, axis.letters),
        (grey if before else "") + grid(scale, axis.T) + "".join(drawn),
        title([("━ δC", None, ""), ("– – δh", None, "")], top),
    )

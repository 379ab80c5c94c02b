"""A few curves over the steps for a slide: series -> **line_chart** -> SVG that stands alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..rounding import nice_limit
from ..view import svg
from ..view.palette import INK, MUTED
from ..view.strip.over_steps import Scale, grid, line, numbers_beside

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 900, 380, 60, 730, 14, 44
_LETTERS = 15


@dataclass(frozen=True)
class Series:
    """One curve: its values at the steps 1 … T, its name, and its look.

    dash : a key of `palette.DASHARRAYS`. NaN and what is not finite leave a gap.
    """

    name: str
    values: np.ndarray
    colour: str = INK
    dash: str = "solid"


def line_chart(
    curves: Sequence[Series],
    label: str,
    axis: str,
    t: int | None = None,
    names: Sequence[str] = (),
    height: int = _HEIGHT,
) -> str:
    """The curves on one scale that holds 0, with their names at the right. t : a step to mark, from 1.

    label : what the picture shows, for those who listen. axis : the name of the horizontal axis.
    names : what is written at each step, where it is not its number. height : of a picture 900 wide.
    """
    curves = [replace(curve, values=np.asarray(curve.values, float)) for curve in curves]
    values = np.concatenate([curve.values for curve in curves])
    finite = values[np.isfinite(values)]
    limit = nice_limit(finite) if finite.size else 1.0
    low = -limit if (finite < 0).any() else 0.0
    high = limit if (finite > 0).any() or not low else 0.0
    scale = Scale(_TOP, height - _TOP - _BOTTOM, low, high, tuple(dict.fromkeys((low, 0.0, high))))
    T = max(len(curve.values) for curve in curves)
    each = (_RIGHT - _LEFT) / max(T - 1, 1)
    muted = {"font_size": _LETTERS, "fill": MUTED}
    below = svg.text((_LEFT + _RIGHT) / 2, height - 4, axis) + "".join(
        svg.text(_LEFT + each * (step - 1), height - _BOTTOM + 20, names[step - 1] if names else str(step))
        for step in dict.fromkeys((1, T if t is None else t, T))
    )
    parts = [
        grid(scale, _RIGHT, _LEFT, stroke_opacity=0.5),
        svg.tag("g", numbers_beside(scale, _LEFT - 3, _LETTERS), **muted),
        svg.tag("g", below, text_anchor="middle", **muted),
    ]
    if t is not None:
        d = f"M{_LEFT + each * (t - 1):g} {_TOP}V{height - _BOTTOM}"
        parts.append(svg.tag("path", d=d, stroke=MUTED, stroke_width=2, stroke_dasharray="3 4"))
    # A name stands beside the last number that is finite.
    last = [next(iter(one.values[np.isfinite(one.values)][::-1].tolist()), 0.0) for one in curves]
    heights = _apart([scale.y(value) for value in last], height - _BOTTOM)
    for curve, y in zip(curves, heights, strict=True):
        drawn = line(curve.values, scale, curve.colour, curve.dash, 3, _LEFT - each / 2, each, fill="none")
        parts += [drawn, svg.text(_RIGHT + 10, y + 5, curve.name, font_size=16, fill=curve.colour)]
    return svg.tag(
        "svg", "".join(parts), xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}",
        role="img", aria_label=label, font_family="inherit",
    )  # fmt: skip


def _apart(heights: list[float], lowest: float) -> list[float]:
    """The heights of the names, moved down where one would stand on another, and none below `lowest`."""
    placed = list(heights)
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    for above, below in zip(order, order[1:], strict=False):
        placed[below] = max(placed[below], placed[above] + 20)
    over = max(placed) - lowest if placed else 0
    return [y - max(over, 0) for y in placed]

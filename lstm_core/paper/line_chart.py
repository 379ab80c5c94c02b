"""A few curves over the steps for a slide: series -> **line_chart** -> SVG that stands alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..rounding import nice_limit, with_minus
from ..view import svg
from ..view.palette import DASHARRAYS, INK, MUTED

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 900, 380, 60, 170, 14, 44


@dataclass(frozen=True)
class Series:
    """One curve: its values at the steps 1 … T, its name, and its look.

    dash : a key of `palette.DASHARRAYS`. NaN and what is not finite leave a gap.
    """

    name: str
    values: Sequence[float]
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
    values = np.concatenate([np.asarray(curve.values, float) for curve in curves])
    finite = values[np.isfinite(values)]
    limit = nice_limit(finite) if finite.size else 1.0
    low, high = (-limit if (finite < 0).any() else 0.0), (limit if (finite > 0).any() else 0.0)
    T = max(len(curve.values) for curve in curves)

    def across(step: int) -> float:
        return _LEFT + (step - 1) / max(T - 1, 1) * (_WIDTH - _LEFT - _RIGHT)

    def down(value: float) -> float:
        return _TOP + (high - value) / ((high - low) or 1.0) * (height - _TOP - _BOTTOM)

    parts = []
    for mark in dict.fromkeys((low, 0.0, high)):
        y = down(mark)
        parts.append(
            svg.tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, stroke=MUTED, stroke_opacity=0.5)
        )
        number = with_minus(f"{mark:g}")
        parts.append(svg.text(_LEFT - 8, y + 5, number, text_anchor="end", font_size=15, fill=MUTED))
    if t is not None:
        parts.append(
            svg.tag(
                "line", x1=across(t), x2=across(t), y1=_TOP, y2=height - _BOTTOM, stroke=MUTED,
                stroke_width=2, stroke_dasharray="3 4",
            )
        )  # fmt: skip
    for step in dict.fromkeys((1, T if t is None else t, T)):
        parts.append(
            svg.text(
                across(step),
                height - _BOTTOM + 20,
                names[step - 1] if names else str(step),
                text_anchor="middle",
                font_size=15,
                fill=MUTED,
            )
        )
    parts.append(
        svg.text(
            (_LEFT + _WIDTH - _RIGHT) / 2, height - 4, axis, text_anchor="middle", font_size=15, fill=MUTED
        )
    )
    heights = _apart([down(_last(curve.values)) for curve in curves], height - _BOTTOM)
    for curve, y in zip(curves, heights, strict=True):
        look = {"fill": "none", "stroke": curve.colour, "stroke_width": 3}
        d = _path([(across(k), down(v)) for k, v in enumerate(curve.values, 1)])
        parts.append(svg.tag("path", d=d, stroke_dasharray=DASHARRAYS[curve.dash], **look))
        parts.append(
            svg.text(_WIDTH - _RIGHT + 10, y + 5, curve.name, font_size=16, fill=curve.colour)
        )  # fmt: skip
    return svg.tag(
        "svg", "".join(parts), xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}",
        role="img", aria_label=label, font_family="inherit",
    )  # fmt: skip


def _last(values: Sequence[float]) -> float:
    """The last value that is finite, beside which the name stands; 0 where there is none."""
    return next((value for value in reversed(values) if math.isfinite(value)), 0.0)


def _apart(heights: list[float], lowest: float) -> list[float]:
    """The heights of the names, moved down where one would stand on another, and none below `lowest`."""
    placed = list(heights)
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    for above, below in zip(order, order[1:], strict=False):
        placed[below] = max(placed[below], placed[above] + 20)
    over = max(placed) - lowest if placed else 0
    return [y - max(over, 0) for y in placed]


def _path(points: list[tuple[float, float]]) -> str:
    """The line through the points that are finite; it begins anew after a gap."""
    d, down = "", False
    for x, y in points:
        if math.isfinite(y):
            d += f"{'L' if down else 'M'}{x:.1f} {y:.1f}"
        down = math.isfinite(y)
    return d or "M0 0"

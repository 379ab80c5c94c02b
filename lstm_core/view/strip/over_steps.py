"""Pieces of a chart over steps: numbers -> **over_steps** -> SVG that is as wide as the room it gets.

Heights are pixels. Across, a chart has no size of its own: lines and bars are drawn in steps and
stretched, marks and letters stand at a share of the width and keep their shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...rounding import exact, nice_limit
from .. import svg
from ..palette import DASHES, MARKERS, PAPER

MAX_MARKERS = 60
"""Up to so many steps each one has its mark and its bars, beyond only lines are drawn."""

MOST_PLACES = 600
"""Of a longer run the highest and the lowest of neighbouring steps are drawn."""

_DASHARRAYS = {"solid": None, "dash": "7 4", "dashdot": "8 3 2 3", "dot": "2 3"}
_SHAPES = {
    "circle": svg.tag("circle", r=3.5),
    "square": svg.tag("rect", x=-3.2, y=-3.2, width=6.4, height=6.4),
    "diamond": svg.tag("path", d="M0-4.8L4.8 0L0 4.8L-4.8 0Z"),
    "triangle-up": svg.tag("path", d="M0-4.4L4.4 3.4H-4.4Z"),
    "x-thin-open": svg.tag("path", d="M-3.2-3.2L3.2 3.2M-3.2 3.2L3.2-3.2", stroke="currentColor"),
    "circle-open": svg.tag("circle", r=3.4, stroke="currentColor", stroke_width=1.6),
}
_REACH = svg.tag("circle", r=9, fill_opacity=0)


@dataclass(frozen=True)
class Scale:
    """A range of numbers over `height` pixels from `top` down; `ticks` are written beside it."""

    top: float
    height: float
    low: float
    high: float
    ticks: tuple[float, ...] = ()

    def y(self, value):
        """Where a number stands, or an array of them, to a tenth of a pixel."""
        return np.round(self.top + self.height * (self.high - value) / (self.high - self.low), 1)


def bounded(top: float, height: float, low: int) -> Scale:
    """For what lies within 0..1 (`low` 0) or -1..1 (`low` -1)."""
    edge = 0.1 * (1 - low)
    return Scale(top, height, low - edge, 1 + edge, (-1, 0, 1) if low else (0, 0.5, 1))


def unbounded(top: float, height: float, *values: np.ndarray) -> Scale:
    """For numbers such as C: round ends, 0 in the middle where any is negative; covered ones have no say."""
    everything = np.concatenate(values)
    limit = nice_limit(everything)
    both = bool((everything < -0.02 * limit).any())
    return Scale(
        top, height, -1.12 * limit if both else -0.12 * limit, 1.12 * limit,
        (-limit, 0, limit) if both else (0, limit / 2, limit),
    )  # fmt: skip


def middle(t: int, T: int) -> str:
    """Where step t of T stands, as a share of the width."""
    return share(t - 0.5, T)


def share(steps: float, T: int) -> str:
    """So many steps of T as a share of the width."""
    return f"{100 * steps / T:.5g}%"


def row_of_numbers(values: np.ndarray) -> str:
    """Numbers at full precision, one after the other; in a long run with six digits."""
    full = len(values) <= MAX_MARKERS
    return " ".join(exact(v) if full or v != v else f"{v:.6g}" for v in values.tolist())


def stretched(body: str, T: int, height: float) -> str:
    """What is drawn in steps and pixels, as wide as the chart."""
    return svg.tag(
        "svg", body, viewBox=f"0 0 {T} {height:g}", preserveAspectRatio="none", class_="stretched",
        width="100%", height=height,
    )  # fmt: skip


def line(values: np.ndarray, scale: Scale, colour: str, dash: str, stroke_width: float = 2, **more) -> str:
    """A line through the middle of each step, with a gap where a number is covered."""
    d, pen = [], "M"
    for step, value in _places(values):
        if value != value:
            pen = "M"
            continue
        d.append(f"{pen}{step + 0.5:g} {scale.y(value):g}")
        pen = "L"
    return svg.tag(
        "path", d="".join(d), class_="line", stroke=colour, stroke_width=stroke_width,
        stroke_dasharray=_DASHARRAYS[dash], **more,
    )  # fmt: skip


def _places(values: np.ndarray) -> Iterator[tuple[int, float]]:
    """Step from 0, and number: all, or of a long run the lowest and highest of each few neighbours."""
    T = len(values)
    if T <= MOST_PLACES:
        yield from enumerate(values.tolist())
        return
    few = -(-2 * T // MOST_PLACES)
    for start in range(0, T, few):
        piece = values[start : start + few]
        if np.isnan(piece).any():
            yield start, float("nan")
            continue
        for step in sorted({int(piece.argmin()), int(piece.argmax())}):
            yield start + step, float(piece[step])


def blocks(first: np.ndarray, last: np.ndarray, scale: Scale, left: float, right: float) -> str:
    """`d` of one block a step from one number to another; left and right are parts of the step's width.

    There is none where either number is covered.
    """
    return "".join(
        f"M{step + left:g} {scale.y(a):g}h{right - left:g}V{scale.y(b):g}h{left - right:g}Z"
        for step, (a, b) in enumerate(zip(first.tolist(), last.tolist(), strict=True))
        if a == a and b == b
    )


def marks(values: np.ndarray, scale: Scale, key: str, colour: str, unit: int, **more) -> str:
    """A mark in the quantity's shape at each step; where it is chosen, its place says at which."""
    T = len(values)
    drawn = "".join(
        f'<use href="#mark-{MARKERS[key]}" x="{middle(step + 1, T)}" y="{scale.y(value):g}"/>'
        for step, value in enumerate(values.tolist())
        if value == value
    )
    return svg.tag("g", drawn, data_quantity=key, data_unit=unit, **_ink(key, colour), **more)


def sample(x: float, y: float, key: str, colour: str) -> str:
    """The mark and dash of a quantity, for beside its name."""
    return svg.tag(
        "g",
        svg.tag(
            "path", d=f"M{x - 9:g} {y:g}H{x + 9:g}", class_="line", stroke=colour, stroke_width=2,
            stroke_dasharray=_DASHARRAYS[DASHES[key]],
        )
        + svg.tag("g", _SHAPES[MARKERS[key]], transform=f"translate({x:g} {y:g})", **_ink(key, colour)),
    )  # fmt: skip


def _ink(key: str, colour: str) -> dict:
    """Marks are filled, open ones with what stands behind the picture."""
    return {"fill": PAPER, "color": colour} if MARKERS[key].endswith("open") else {"fill": colour}


def shapes(keys: Sequence[str]) -> str:
    """Definitions of the marks of these quantities; each answers to a finger, too."""
    return "".join(
        svg.tag("g", _REACH + _SHAPES[name], id=f"mark-{name}")
        for name in dict.fromkeys(MARKERS[key] for key in keys)
    )

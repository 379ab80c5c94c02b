"""Pieces of a chart over steps: numbers -> **over_steps** -> SVG that is as wide as the room it gets.

Heights are pixels. Across, a chart has no size of its own: lines and bars are drawn in steps and
stretched, marks and letters stand at a share of the width and keep their shape.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...rounding import exact, nice_limit, with_minus
from ...words import Words
from .. import svg
from ..palette import DASHARRAYS, DASHES, MARKERS, MUTED, PAPER

MAX_MARKERS = 60
"""The most steps of a run that has a mark and bars at each step. Of a longer one only lines are drawn."""

MOST_PLACES = 600
"""The most steps that a line goes through one by one. In a longer run it goes through the highest and the
lowest of a few neighbours at a time."""

TITLE = 17
"""Pixels at the top of a row for its `title`."""

_REACH = svg.tag("circle", r=9, fill_opacity=0)


@dataclass(frozen=True)
class Scale:
    """A range of numbers, from `high` at `top` down to `low`, `height` pixels below.

    ticks : the numbers that are written beside it.
    """

    top: float
    height: float
    low: float
    high: float
    ticks: tuple[float, ...] = ()

    def y(self, value: float) -> float:
        """Where a number stands, to a tenth of a pixel."""
        y = self._y(value)
        return round(10 * y) / 10 if math.isfinite(y) else y  # several times as fast as NumPy's round

    def ys(self, values: np.ndarray) -> np.ndarray:
        """Where each number of an array stands, to a tenth of a pixel."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.round(self._y(np.asarray(values, float)), 1)

    def _y(self, value):
        return self.top + self.height * (self.high - value) / (self.high - self.low)


def bounded(top: float, height: float, low: int) -> Scale:
    """The scale of numbers within 0..1 (where `low` is 0) or -1..1 (where it is -1)."""
    edge = 0.1 * (1 - low)
    return Scale(top, height, low - edge, 1 + edge, (-1, 0, 1) if low else (0, 0.5, 1))


def unbounded(top: float, height: float, *values: np.ndarray) -> Scale:
    """The scale of numbers such as C, with round ends and, where any number is negative, 0 in the middle.

    Covered numbers do not count.
    """
    everything = np.concatenate(values)
    limit = nice_limit(everything)
    both = bool((everything < -0.02 * limit).any())
    return Scale(
        top, height, -1.12 * limit if both else -0.12 * limit, 1.12 * limit,
        (-limit, 0, limit) if both else (0, limit / 2, limit),
    )  # fmt: skip


def around_zero(top: float, height: float, limit: float) -> Scale:
    """The scale from -limit to limit."""
    return Scale(top, height, -1.12 * limit, 1.12 * limit, (-limit, 0, limit))


def middle(t: int, T: int) -> str:
    """Where step t of T stands, as a share of the width."""
    return share(t - 0.5, T)


def share(steps: float, T: int) -> str:
    """So many steps of T as a share of the width."""
    return f"{100 * steps / T:.5g}%"


def says(name: str, values: np.ndarray, shown: Callable[[float], str] | None = None) -> dict:
    """What the pointer reads off a line, and a table shows: its name, and its number at each step.

    The numbers have full precision, in a long run six digits. shown : a number as the table shows it, where
    that is not with two decimals.
    """
    full = len(values) <= MAX_MARKERS
    numbers = " ".join(exact(v) if full or v != v else f"{v:.6g}" for v in values.tolist())
    told = {"data_name": name, "data_values": numbers}
    return told | ({"data_shown": " ".join(map(shown, values.tolist()))} if shown else {})


def read_as_table(title: str, words: Words) -> str:
    """What opens a chart as a table, which assets/figure/as_table.js makes of what its lines say.

    It is hidden wherever that script is not.
    """
    name = words("table.read")
    summary = svg.tag(
        "summary", svg.escaped(name), aria_label=f"{name}: {title}", data_title=title, data_key="summary"
    )
    return svg.tag("details", summary, class_="as-table", hidden="", data_key="as-table")


def stretched(body: str, T: int, height: float) -> str:
    """What is drawn in steps and pixels, as wide as the chart."""
    return svg.tag(
        "svg", body, viewBox=f"0 0 {T} {height:g}", preserveAspectRatio="none", class_="stretched",
        width="100%", height=height,
    )  # fmt: skip


def line(
    values: np.ndarray, scale: Scale, colour: str, dash: str, stroke_width: float = 2, left: float = 0,
    each: float = 1, **more,
) -> str:  # fmt: skip
    """A line through the middle of each step, with a gap where a number is covered or not finite.

    left, each : where the first step begins, and how wide each is; without them they are drawn in steps.
    """
    d, pen = [], "M"
    steps = _drawn_steps(values)
    for step, y in zip(steps, scale.ys(values[steps]).tolist(), strict=True):
        if not math.isfinite(y):
            pen = "M"
            continue
        d.append(f"{pen}{left + each * (step + 0.5):g} {y:g}")
        pen = "L"
    return svg.tag(
        "path", d="".join(d), class_="line", stroke=colour, stroke_width=stroke_width,
        stroke_dasharray=DASHARRAYS[dash], **more,
    )  # fmt: skip


def _drawn_steps(values: np.ndarray) -> list[int]:
    """The steps, from 0, that a line goes through: all, or of a long run those of the highest and lowest.

    They are chosen among a few neighbours at a time. Where one of those is covered, its step alone is
    taken, so that the line has a gap there.
    """
    T = len(values)
    if T <= MOST_PLACES:
        return list(range(T))
    few = -(-2 * T // MOST_PLACES)
    steps = []
    for start in range(0, T, few):
        piece = values[start : start + few]  # of a covered number both argmin and argmax give the step
        steps += sorted({start + int(piece.argmin()), start + int(piece.argmax())})
    return steps


def blocks(first: np.ndarray, last: np.ndarray, scale: Scale, left: float, right: float) -> str:
    """The attribute `d` of a path with one block a step, from a number of `first` to one of `last`.

    left, right : its edges, as shares of the width of a step. There is no block where a number is covered.
    """
    return "".join(
        f"M{step + left:g} {a:g}h{right - left:g}V{b:g}h{left - right:g}Z"
        for step, (a, b) in enumerate(zip(scale.ys(first).tolist(), scale.ys(last).tolist(), strict=True))
        if a == a and b == b
    )


def places(values: np.ndarray, scale: Scale, marker: str) -> str:
    """A mark at each step, with a gap where a number is covered."""
    T = len(values)
    return "".join(
        f'<use href="#mark-{marker}" x="{middle(step + 1, T)}" y="{y:g}"/>'
        for step, y in enumerate(scale.ys(values).tolist())
        if y == y
    )


def grid(scale: Scale, right: float, left: float = 0, **more) -> str:
    """A line across the chart at each tick of the scale, from `left` to `right`."""
    d = "".join(f"M{left:g} {scale.y(tick):g}H{right:g}" for tick in scale.ticks)
    look = {"stroke": MUTED, "stroke_opacity": 0.3, "data_key": "grid"} | more
    return svg.tag("path", d=d, class_="line", **look)


def numbers_beside(
    scale: Scale, left: float, letters: float, named: Mapping[float, str] | None = None
) -> str:
    """The numbers of the scale, whose right ends stand at `left`.

    letters : their size in pixels. named : tick -> what is written instead of its number.
    """
    return "".join(
        svg.text(
            left - 5, scale.y(tick) + 0.33 * letters, named[tick] if named else _tick(tick),
            text_anchor="end", class_="tick",
        )
        for tick in scale.ticks
        if scale.height >= 40 or tick not in scale.ticks[1:-1] or tick == 0
    )  # fmt: skip


def title(names: Sequence[tuple[str, str | None, str]], top: float) -> str:
    """What a row shows, in one line: (name, colour, number), the number only where there is room."""
    spans = []
    for k, (name, colour, number) in enumerate(names):
        spans.append(svg.tag("tspan", svg.escaped(name), fill=colour, dx=12 if k else None))
        if number:
            look = {"fill": colour, "font_weight": 700, "class_": "spare"}
            spans.append(svg.tag("tspan", svg.escaped(f" {number}"), **look))
    return svg.tag("text", "".join(spans), x=2, y=top + 11, data_key="title")


def name_beside(scale: Scale, name: str, letters: float, colour: str) -> str:
    """The name of what stands in a row, at its left end."""
    y = scale.top + scale.height / 2 + 0.33 * letters
    return svg.text(0, y, name, fill=colour, font_weight=600)


def _tick(value: float) -> str:
    return with_minus(f"{value:g}" if abs(value) < 1e5 else f"{value:.1e}")


def sample(x: float, y: float, key: str, colour: str) -> str:
    """The mark and dash of a quantity, for beside its name."""
    return svg.tag(
        "g",
        svg.tag(
            "path", d=f"M{x - 9:g} {y:g}H{x + 9:g}", class_="line", stroke=colour, stroke_width=2,
            stroke_dasharray=DASHARRAYS[DASHES[key]],
        )
        + svg.tag("g", svg.SHAPES[MARKERS[key]], transform=f"translate({x:g} {y:g})", **ink(key, colour)),
    )  # fmt: skip


def ink(key: str, colour: str) -> dict:
    """The colours of a mark: it is filled with its hue, an open one with the colour of the page."""
    return {"fill": PAPER, "color": colour} if MARKERS[key].endswith("open") else {"fill": colour}


def shapes(keys: Sequence[str]) -> str:
    """Definitions of the marks of these quantities, each in an unseen disc as large as a fingertip needs."""
    return "".join(
        svg.tag("g", _REACH + svg.SHAPES[name], id=f"mark-{name}")
        for name in dict.fromkeys(MARKERS[key] for key in keys)
    )

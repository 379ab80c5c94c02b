"""The cell of 1997 beside the one with a forget gate: two runs -> **then_and_now** -> HTML with SVG in it."""

from functools import partial

import numpy as np

from ...memory import largest_memory, stuck_steps
from ...quantities import QUANTITIES
from ...rounding import nice_limit, text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..palette import MARKERS
from ..svg import paint
from ..typeset import emphasised
from .over_steps import MAX_MARKERS, around_zero, grid, ink, places, shapes
from .rows import UnitRun, names_beside
from .time_axis import HALF, Drawn, TimeAxis

HEIGHTS = {"C": 96, "tanh_C": 50, "h": 50}
"""Quantity -> pixels of its row, from top to bottom."""

MARGIN = 8
"""Room for "tanh C" at the left, in letters."""


def then_and_now(
    without: LSTMTrace,
    gated: LSTMTrace,
    unit: int,
    t: int,
    words: Words,
    last: int | None = None,
    exact: bool = True,
    higher: float = 1,
) -> str:
    """C, tanh(C) and h of the same weights and inputs, left with f = 1 and right with the forget gate.

    Above each side a sentence says how its run ends.

    without, gated : runs of one sequence. unit, t : count from 1; the step is marked. last : the last step
    that can be chosen; None for the last one. exact : whether the exact numbers are sent along, for the
    pointer to read off. higher : how many times as high as usual, where nothing stands below.
    The scales of both sides are the same.
    """
    limit = nice_limit(np.concatenate([run.C[:, unit - 1] for run in (without, gated)]))
    sides = (
        _side(
            name,
            run,
            unit,
            TimeAxis(run.T, t, words, last=last, margin=MARGIN, labels=run.labels, room=HALF),
            limit,
            exact,
            higher,
        )  # fmt: skip
        for name, run in {"without": without, "gated": gated}.items()
    )
    return svg.tag("div", "".join(sides), class_="sides", data_key="sides")


def _side(
    name: str, trace: LSTMTrace, unit: int, axis: TimeAxis, limit: float, exact: bool,
    higher: float,
) -> str:  # fmt: skip
    words, t = axis.words, axis.t
    run = UnitRun(trace, unit, axis, exact=exact)
    ends = words(
        f"why_forget.after_{name}", T=trace.T, C=text(run.values("C")[-1]), h=text(run.values("h")[-1]),
        largest=text(largest_memory(trace, unit)), stuck=stuck_steps(trace, unit),
    )  # fmt: skip
    heading = svg.tag("p", emphasised(f"**{words(f'why_forget.{name}')}**"), class_="said")
    rows = [
        (higher * high, partial(_row, run, key, limit if key == "C" else 1.0))
        for key, high in HEIGHTS.items()
    ]
    numbers = ", ".join(f"{words(f'quantity.{key}')} {text(run.values(key)[t - 1])}" for key in HEIGHTS)
    strip = axis.strip(
        rows, words(f"why_forget.{name}"), words("strip.says", t=axis.step, numbers=numbers),
        shapes(list(HEIGHTS)) if trace.T <= MAX_MARKERS else "",
    )  # fmt: skip
    body = heading + svg.tag("p", emphasised(ends), class_="said ends") + strip
    return svg.tag("section", body, data_key=name)


def _row(run: UnitRun, key: str, limit: float, top: float, height: float) -> Drawn:
    scale, T = around_zero(top, height, limit), run.trace.T
    marks = places(run.values(key), scale, MARKERS[key]) if T <= MAX_MARKERS else ""
    return (
        names_beside((key,), scale, run),
        grid(scale, T) + run.quantity_line(key, scale, 2.5 if key == "C" else 2),
        svg.tag("g", marks, data_role="step", data_key="marks", **ink(key, paint(QUANTITIES[key].colour))),
    )

"""All units at once, unit by step: trace -> **heatmaps** of the forget gate and of C -> Plotly figure."""

from __future__ import annotations

import numpy as np

from ...quantities import QUANTITIES
from ...rounding import exact, nice_limit
from ...trace import LSTMTrace
from ...words import Words
from ..palette import COLOURS, INK, SIGNED_SCALE, faded, gate_scale
from .series import hover, html_symbol, points
from .stack import Drawn, stack

MOST_UNITS, MOST_STEPS = 64, 120
"""The most units and steps that are drawn. Of more, every second is, or every third, and so on."""

MOST_POINTS = 40
"""The most points of a row that answer to a click, because each costs the browser an element."""

CELLS = "unit"
"""The name of the unseen points that tell which unit was chosen: x is the step, y the unit."""


def heatmaps(trace: LSTMTrace, unit: int, t: int, words: Words) -> dict:
    """f and C of every unit at every step, as a Plotly figure.

    f has a fixed scale from 0 to 1, C a symmetric one. unit, t : count from 1; the unit is framed, the step
    marked. words : the reader's language, such as `Words("en")`.
    """
    steps, units = drawn_of(trace.T, MOST_STEPS), drawn_of(trace.params.H, MOST_UNITS)
    limit = nice_limit(trace.C)
    scales = {"f": (gate_scale("f"), 0.0, 1.0), "C": (SIGNED_SCALE, -limit, limit)}
    height = min(max(22 * len(units), 60), 240)
    rows = []
    for key, (scale, low, high) in scales.items():
        values = getattr(trace, key)[np.ix_(steps - 1, units - 1)].T
        colour = COLOURS[QUANTITIES[key].colour]
        rows.append(
            Drawn(
                height,
                [_map(key, values, steps, units, scale, low, high), _cells(key, values, steps, units, words)],
                {
                    "range": [trace.params.H + 0.5, 0.5],
                    "showgrid": False,
                    "tickvals": sorted({1, unit, trace.params.H}),
                },
                [(html_symbol(key), INK if colour == INK else colour)],
            )
        )
    figure = stack([rows], trace.T, t, words("axis.step"))
    figure["layout"]["shapes"] += [_frame(unit, trace.T, axis) for axis in ("y", "y2")]
    return figure


def drawn_of(count: int, most: int) -> np.ndarray:
    """Which of 1 … count are drawn: all, or where they are more than `most` every second, every third …"""
    return np.arange(1, count + 1, -(-count // most))


def _map(
    key: str, values: np.ndarray, steps: np.ndarray, units: np.ndarray, scale: list, low: float, high: float
) -> dict:
    return {
        "type": "heatmap",
        "name": key,
        "x": steps.tolist(),
        "y": units.tolist(),
        "z": [points(row) for row in values],
        "zmin": low,
        "zmax": high,
        "colorscale": scale,
        "showscale": False,
        "hoverinfo": "skip",  # otherwise it would take the clicks from the unseen points, and report none
    }


def _cells(key: str, values: np.ndarray, steps: np.ndarray, units: np.ndarray, words: Words) -> dict:
    """Unseen points over a heatmap, because Plotly reports no clicks on a heatmap itself."""
    every = -(-len(steps) // MOST_POINTS)
    x, y = np.meshgrid(steps[::every], units)
    return {
        "type": "scatter",
        "name": CELLS,
        "mode": "markers",
        "x": x.ravel().tolist(),
        "y": y.ravel().tolist(),
        "customdata": [exact(value) for value in values[:, ::every].ravel().round(4)],
        "hovertemplate": hover(html_symbol(key), words("heatmap.unit", unit="%{y}")),
        "marker": {"size": 10, "color": faded(INK, 0)},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
    }


def _frame(unit: int, T: int, axis: str) -> dict:
    return {
        "type": "rect", "xref": "x", "yref": axis, "x0": 0.5, "x1": T + 0.5,
        "y0": unit - 0.5, "y1": unit + 0.5, "line": {"color": INK, "width": 1.5}, "fillcolor": faded(INK, 0),
    }  # fmt: skip

"""A run that can be zoomed into and saved: trace -> **run_over_time** -> Plotly figure."""

from __future__ import annotations

from ...quantities import QUANTITIES
from ...rounding import nice_limit
from ...trace import LSTMTrace
from ...words import Words
from ..palette import COLOURS, DASHES
from .series import html_symbol, line_mode, points, series
from .stack import Drawn, stack

ROWS = {("f", "i", "o"): 120, ("C_tilde", "h"): 120, ("C",): 120}
"""Quantities of one row -> its height in pixels."""


def run_over_time(trace: LSTMTrace, unit: int, t: int, words: Words) -> dict:
    """Gates, candidate, h and C of one unit over the steps, as a Plotly figure; dragging across zooms in.

    unit, t : count from 1; the step is marked. What is NaN is not drawn. words : the reader's language.
    """
    rows = [Drawn(high, *_lines(trace, keys, unit, words)) for keys, high in ROWS.items()]
    figure = stack([rows], trace.T, t, words("axis.step"))
    figure["layout"]["dragmode"] = "zoom"
    figure["layout"]["xaxis"]["fixedrange"] = False
    return figure


def _lines(trace: LSTMTrace, keys: tuple[str, ...], unit: int, words: Words):
    lines = [
        {
            **series(trace, key, unit, words),
            "type": "scatter",
            "mode": line_mode(trace.T),
            "y": points(getattr(trace, key)[:, unit - 1]),
            "line": {"color": _hue(key), "dash": DASHES[key], "width": 3 if key == "C" else 2},
        }
        for key in keys
    ]
    limit = nice_limit(trace.C[:, unit - 1]) if keys == ("C",) else 1.0
    low = 0.0 if "f" in keys else -limit
    ticks = sorted({low, (low + limit) / 2, limit})
    axis = {"range": [low - 0.1 * limit, 1.1 * limit], "tickvals": ticks}
    return lines, axis, [(html_symbol(key), _hue(key)) for key in keys]


def _hue(key: str) -> str:
    return COLOURS[QUANTITIES[key].colour]

"""The cell of 1997 beside the one with a forget gate: two traces -> **then_and_now** -> Plotly figures."""

from __future__ import annotations

import numpy as np

from ...memory import half_life_of_bias
from ...quantities import QUANTITIES
from ...rounding import nice_limit, text
from ...trace import LSTMTrace
from ...words import Words
from ..palette import COLOURS, DASHES, INK, MUTED, faded
from .series import html_symbol, points, series
from .stack import Drawn, stack

MARKED_BIASES = (0, 1, 2, 5)
"""The forget biases whose half-lives are taught, and marked on the curve."""


def then_and_now(without: LSTMTrace, gated: LSTMTrace, unit: int, words: Words) -> dict:
    """C, tanh(C) and h of the same weights and inputs, left with f = 1 and right with the forget gate.

    without, gated : runs of one sequence. unit : counts from 1. The scales of both sides are the same.
    """
    limit = nice_limit(np.concatenate([run.C[:, unit - 1] for run in (without, gated)]))
    columns = [
        [
            _row(run, "C", unit, 120, limit, words),
            _row(run, "tanh_C", unit, 70, 1.0, words),
            _row(run, "h", unit, 70, 1.0, words),
        ]
        for run in (without, gated)
    ]
    headings = [words("why_forget.without"), words("why_forget.gated")]
    return stack(columns, without.T, None, words("axis.step"), headings)


def _row(run: LSTMTrace, key: str, unit: int, height: int, limit: float, words: Words) -> Drawn:
    line = {
        **series(run, key, unit, words),
        "type": "scatter",
        "mode": "lines",
        "y": points(getattr(run, key)[:, unit - 1]),
        "line": {
            "color": COLOURS[QUANTITIES[key].colour],
            "dash": DASHES[key],
            "width": 3 if key == "C" else 2,
        },
    }
    axis = {
        "range": [-1.1 * limit, 1.1 * limit],
        "tickvals": [-limit, 0, limit],
        "zeroline": True,
        "zerolinecolor": faded(MUTED, 0.6),
    }
    return Drawn(height, [line], axis, [(html_symbol(key), INK)])


def half_life_curve(b_f: float, words: Words) -> dict:
    """After how many steps half of the memory is left, for each forget bias, as a Plotly figure.

    The biases of MARKED_BIASES and b_f are marked.
    """
    biases = np.linspace(-2, 8, 101)
    shown = min(max(b_f, -2), 8)
    marks = [*MARKED_BIASES, shown]
    half_lives = [half_life_of_bias(b) for b in marks]
    hue = COLOURS["f"]
    hover = words("why_forget.hover", b="%{x:.2f}", steps="%{y:.1f}") + "<extra></extra>"
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "half_life",
            "x": biases.tolist(),
            "y": half_life_of_bias(biases).tolist(),
            "line": {"color": hue, "width": 2.5},
            "hovertemplate": hover,
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": "marks",
            "x": marks,
            "y": half_lives,
            "text": [*(text(steps, decimals=1) for steps in half_lives[:-1]), ""],
            "textposition": "top left",
            "textfont": {"size": 12, "color": INK},
            "marker": {
                "size": [*[8] * len(MARKED_BIASES), 14],
                "color": [*[hue] * len(MARKED_BIASES), INK],
                "symbol": [*["circle"] * len(MARKED_BIASES), "circle-open"],
            },
            "hovertemplate": hover,
        },
    ]
    grid = {"gridcolor": faded(MUTED, 0.22), "zeroline": False, "fixedrange": True}
    tick = {"tickfont": {"size": 11, "color": MUTED}}
    layout = {
        "height": 250,
        "margin": {"l": 64, "r": 12, "t": 10, "b": 44},
        "showlegend": False,
        "dragmode": False,
        "xaxis": {
            **grid, **tick, "range": [-2.2, 8.2], "dtick": 1, "title": {"text": words("why_forget.bias")},
        },
        "yaxis": {
            **grid, **tick, "type": "log", "range": [-0.7, 3.5], "tickvals": [0.3, 1, 10, 100, 1000],
            "title": {"text": words("why_forget.half_life")},
        },
    }  # fmt: skip
    return {"data": data, "layout": layout}

"""Several courses in one chart, to zoom in: curves -> **courses_chart** -> Plotly figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...words import Words
from ..palette import COLOURS, INK, MUTED, faded

LOOKS = ((COLOURS["o"], "solid"), (COLOURS["f"], "dash"), (COLOURS["i"], "dot"), (COLOURS["x"], "dashdot"))
"""Colour and dash of each course, so that colour never stands alone."""

BUTTONS = 34
"""Pixels above a chart of Plotly for the buttons that zoom, move and save it."""

MOST_POINTS = 1000
"""The most points of a curve; a longer course is drawn through some of its updates."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One course: its name, its loss (N,) after the updates 1 … N, and its scores (S,) after `scored_at`."""

    name: str
    loss: np.ndarray
    scored_at: np.ndarray
    scores: np.ndarray


def courses_chart(curves: Sequence[Curve], words: Words) -> dict:
    """The loss on a logarithmic axis, and under it the score, over the updates."""
    data = []
    for curve, (colour, dash) in zip(curves, LOOKS, strict=False):
        chosen = np.unique(np.linspace(0, len(curve.loss) - 1, MOST_POINTS).round().astype(int))
        chosen = chosen[: len(curve.loss)]
        look = {"color": colour, "dash": dash, "width": 2}
        data += [
            {
                "type": "scatter", "mode": "lines", "name": curve.name, "legendgroup": curve.name,
                "line": look, "x": (chosen + 1).tolist(), "y": np.maximum(curve.loss[chosen], 1e-12).tolist(),
                "xaxis": "x", "yaxis": "y",
                "hovertemplate": f"{words('learning.loss')} %{{y:.4g}}, {words('learning.update')} %{{x}}",
            },
            {
                "type": "scatter", "mode": "lines", "name": curve.name, "legendgroup": curve.name,
                "line": look, "showlegend": False, "x": curve.scored_at.tolist(), "y": curve.scores.tolist(),
                "xaxis": "x", "yaxis": "y2",
                "hovertemplate": f"{words('learning.score')} %{{y:.0%}}, {words('learning.update')} %{{x}}",
            },
        ]  # fmt: skip
    grid = {"gridcolor": faded(MUTED, 0.22), "zeroline": False, "tickfont": {"size": 11, "color": MUTED}}
    title = {"font": {"size": 12, "color": INK}}
    layout = {
        "height": 380,
        "margin": {"l": 60, "r": 12, "t": BUTTONS, "b": 60},
        "legend": {"orientation": "h", "y": -0.2, "yanchor": "top", "font": {"size": 12, "color": INK}},
        "hovermode": "closest",
        "xaxis": {
            **grid, "anchor": "y2", "rangemode": "tozero",
            "title": {**title, "text": words("learning.updates")},
        },
        "yaxis": {
            **grid, "type": "log", "domain": [0.42, 1], "title": {**title, "text": words("learning.loss")},
            "exponentformat": "power",
        },
        "yaxis2": {
            **grid, "domain": [0, 0.32], "range": [-0.03, 1.05], "tickvals": [0, 0.5, 1], "tickformat": ".0%",
            "title": {**title, "text": words("learning.score")},
        },
    }  # fmt: skip
    return {"data": data, "layout": layout}

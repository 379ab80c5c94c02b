"""Several courses in one chart, to zoom in: courses -> **courses_chart** -> Plotly figure."""

from collections.abc import Sequence

import numpy as np

from ...training.course import Course
from ...training.curve import smoothed
from ...words import Words
from ..palette import COLOURS, INK, MUTED, faded

LOOKS = ((COLOURS["o"], "solid"), (COLOURS["f"], "dash"), (COLOURS["i"], "dot"), (COLOURS["x"], "dashdot"))
"""Colour and dash of each course, so that colour never stands alone."""

BUTTONS = 34
"""Pixels above a chart of Plotly for the buttons that zoom, move and save it."""

MOST_POINTS = 1000
"""The most points of a curve; a longer course is drawn through some of its updates."""


def courses_chart(courses: Sequence[tuple[str, Course]], words: Words) -> dict:
    """The loss on a logarithmic axis, and under it the score, over the updates; each course has a name."""
    data = []
    for (name, course), (colour, dash) in zip(courses, LOOKS, strict=False):
        loss = smoothed(course)
        chosen = np.unique(np.linspace(0, len(loss) - 1, MOST_POINTS).round().astype(int))
        chosen = chosen[: len(loss)]
        losses = np.maximum(loss[chosen], 1e-12).tolist()
        line = {
            "type": "scatter", "mode": "lines", "name": name, "legendgroup": name, "xaxis": "x",
            "line": {"color": colour, "dash": dash, "width": 2},
        }  # fmt: skip
        data += [
            {
                **line, "x": (chosen + 1).tolist(), "y": losses, "yaxis": "y",
                "hovertemplate": f"{words('learning.loss')} %{{y:.4g}}, {words('learning.update')} %{{x}}",
            },
            {
                **line, "x": course.scored_at.tolist(), "y": course.scores.tolist(), "yaxis": "y2",
                "hovertemplate": f"{words('learning.score')} %{{y:.0%}}, {words('learning.update')} %{{x}}",
                "showlegend": False,
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

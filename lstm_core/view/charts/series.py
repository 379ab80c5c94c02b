"""One quantity of one unit as a Plotly trace: what the charts of Plotly are made of."""

from __future__ import annotations

import numpy as np

from ...quantities import QUANTITIES
from ...rounding import exact
from ...trace import LSTMTrace
from ...words import Words
from ..strip.over_steps import MAX_MARKERS

BUTTONS = 34
"""Pixels above a chart for the buttons by which Plotly zooms, moves and saves it."""


def html_symbol(key: str) -> str:
    """The quantity's symbol in the HTML that Plotly understands."""
    quantity = QUANTITIES[key]
    return f"<i>{quantity.letter}</i><sub>{quantity.index}</sub>"


def series(trace: LSTMTrace, key: str, unit: int, words: Words) -> dict:
    """The part of a Plotly trace that all quantities share: name, steps, and hover text at full precision."""
    return {
        "name": key,
        "x": list(range(1, trace.T + 1)),
        "customdata": [exact(v) for v in getattr(trace, key)[:, unit - 1]],
        "hovertemplate": hover(html_symbol(key), words(f"quantity.{key}")),
        **UNTOUCHED,
    }


def points(values: np.ndarray) -> list[float | None]:
    """Numbers for a chart; None, where nothing is drawn, for those that are covered."""
    return [None if value != value else value for value in values.tolist()]


def line_mode(T: int) -> str:
    """Lines, with a marker at each step where there is room for them."""
    return "lines" if T > MAX_MARKERS else "lines+markers"


def hover(symbol: str, name: str) -> str:
    """A hover text, into which Plotly puts the number of the point, its `customdata`."""
    return f"<b>{symbol}</b> {name} %{{customdata}}<extra></extra>"


UNTOUCHED = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
"""Keeps points as they are after a click, which chooses the step: Plotly would pale all others."""

"""One quantity of one unit as a Plotly trace: what the rows of the time strip are made of."""

from __future__ import annotations

import numpy as np

from ..quantities import QUANTITIES
from ..rounding import exact, nice_limit
from ..trace import LSTMTrace
from .palette import INK, MUTED, faded

MAX_MARKERS = 60
"""Up to so many steps each one has its marker and its bars, beyond only lines are drawn."""


def html_symbol(key: str) -> str:
    """The quantity's symbol in the HTML that Plotly understands."""
    quantity = QUANTITIES[key]
    return f"<i>{quantity.letter}</i><sub>{quantity.index}</sub>"


def series(trace: LSTMTrace, key: str, unit: int, words) -> dict:
    """Name, steps and hover text (at full precision) of a quantity of a unit; a click leaves it as it is."""
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


def memory_line(trace: LSTMTrace, unit: int, words) -> dict:
    """C over time, thick and in ink."""
    return {
        **series(trace, "C", unit, words),
        "type": "scatter",
        "mode": line_mode(trace.T),
        "y": points(trace.C[:, unit - 1]),
        "line": {"color": INK, "width": 2.5},
        "marker": {"color": INK, "size": 6},
    }


def memory_axis(*values: np.ndarray) -> dict:
    """A y-axis for numbers without a bound, such as C: round ends, 0 in the middle where any is negative."""
    everything = np.concatenate(values)
    limit = nice_limit(everything)
    both = bool((everything < -0.02 * limit).any())
    return {
        "range": [-1.1 * limit if both else -0.12 * limit, 1.1 * limit],
        "tickvals": [-limit, 0, limit] if both else [0, limit / 2, limit],
        "zeroline": True,
        "zerolinecolor": faded(MUTED, 0.6),
    }


def line_mode(T: int) -> str:
    """Lines, with a marker at each step where there is room for them."""
    return "lines" if T > MAX_MARKERS else "lines+markers"


def hover(symbol: str, name: str) -> str:
    """A hover text; the number itself is the point's custom datum."""
    return f"<b>{symbol}</b> {name} %{{customdata}}<extra></extra>"


UNTOUCHED = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
"""A click chooses the step; Plotly would pale all other points."""

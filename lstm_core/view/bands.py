"""Whose writes is C_t made of? trace -> provenance -> **bands**, a row of the time strip."""

from __future__ import annotations

import numpy as np

from ..rounding import exact
from ..trace import LSTMTrace, provenance
from .palette import INK, MUTED, faded, readable_on
from .series import UNTOUCHED, html_symbol, memory_axis, memory_line, points

LEAST = 0.005
"""Parts that are nowhere larger than this are drawn as one band: they would be thinner than a line."""

MAX_STEPS = 200

REST = "rest"

_EARLY, _LATE = (0, 72, 54), (150, 222, 198)


def step_colour(s: int, T: int) -> str:
    """Written is green, as everywhere: dark for early steps, light for late ones; C0 (s = 0) is grey."""
    if s == 0:
        return MUTED
    share = (s - 1) / max(T - 1, 1)
    return "#" + "".join(
        f"{round(early + share * (late - early)):02x}" for early, late in zip(_EARLY, _LATE, strict=True)
    )


def provenance_bands(
    trace: LSTMTrace, unit: int, words, chosen: str | None = None
) -> tuple[list, dict, list]:
    """One band for each step that wrote, positive parts stacked up from 0 and negative ones down.

    C_t is the upper end minus the lower end, and is drawn over them; a run of more than
    MAX_STEPS is drawn as C alone. The band of the step `chosen` is framed.
    Returns Plotly traces, their y-axis and the row's labels.
    """
    T = trace.T
    up, down = np.zeros(T), np.zeros(T)
    drawn = []
    for name, origin, colour, part in _bands(trace, unit, words) if T <= MAX_STEPS else []:
        base = np.where(part >= 0, up, down)
        up, down = up + np.maximum(part, 0), down + np.minimum(part, 0)
        drawn.append(_band(name, origin, colour, part, base, framed=name == chosen))
    drawn.append(memory_line(trace, unit, words))
    axis = memory_axis(up, down, trace.C[:, unit - 1])
    return drawn, axis, [(html_symbol("C"), INK)]


def _bands(trace: LSTMTrace, unit: int, words):
    """Name, words, colour and values (T,) of each band; what is too thin to see comes as one last band."""
    parts = provenance(trace, unit)
    thin = ~(np.abs(parts) > LEAST).any(axis=1)
    for s in np.flatnonzero(~thin):
        origin = words("provenance.step", s=s) if s else words("provenance.start")
        yield str(s), origin, step_colour(s, trace.T), parts[s]
    if (np.abs(parts[thin]) > 0).any():
        yield REST, words("provenance.rest"), faded(MUTED, 0.35), parts[thin].sum(axis=0)


def _band(name: str, origin: str, colour: str, part: np.ndarray, base: np.ndarray, framed: bool) -> dict:
    steps = range(1, len(part) + 1)
    return {
        "type": "bar",
        "name": name,
        "x": list(steps),
        "y": points(part),
        "base": points(base),
        "width": 0.96,
        "marker": {
            "color": colour,
            "line": {
                "width": [(2 if framed else 0.5) if abs(v) > 0.03 else 0 for v in part],
                "color": INK if framed else faded(MUTED, 0.8),
            },
        },
        "customdata": [exact(v) for v in part],
        "text": [name if str(t) == name and abs(v) > 0.1 else "" for t, v in zip(steps, part, strict=True)],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 12, "color": readable_on(colour)},
        "hovertemplate": f"{origin}: %{{customdata}}<extra></extra>",
        **UNTOUCHED,
    }

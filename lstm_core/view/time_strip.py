"""Inputs, gates and ledger on one time axis: trace -> **time_strip** -> a Plotly figure as a plain dict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..quantities import QUANTITIES
from ..rounding import nice_limit, text
from ..trace import LSTMTrace
from .bands import provenance_bands
from .palette import COLOURS, DASHES, INK, MARKERS, MUTED, SIGNED_SCALE, faded
from .series import MAX_MARKERS, hover, html_symbol, line_mode, memory_axis, memory_line, series
from .stack import Drawn, stack

Words = Callable[..., str]

MAX_INPUTS = 8
"""Of more inputs than this the first are drawn."""

PRESENTED = 130
"""Pixels of all rows but the inputs for a projector of 1024×768."""

_INPUT = 20


@dataclass(frozen=True)
class Row:
    """One row of the strip: what it draws, and its height in pixels.

    kind : "inputs" (whose height follows their number), "lines" (of `keys`, all within -1..1 or
        0..1), "ledger" or "provenance" (with the step whose band is marked as its only key).
    """

    kind: str
    height: int = 0
    keys: tuple[str, ...] = ()


def presented(rows: list[Row]) -> list[Row]:
    """The rows for a projector, where the diagram takes most of the height: the first three, lower."""
    few = rows[:3]
    lines = sum(row.height for row in few)
    return [replace(row, height=round(row.height * min(1, PRESENTED / lines))) for row in few]


def time_strip(
    trace: LSTMTrace, unit: int, t: int, rows: list[Row], words: Words, ghost: LSTMTrace | None = None
) -> dict:
    """Rows of one unit of one sequence over a shared time axis, step t marked; units and steps from 1.

    ghost : another run of the same length, whose gates and C are drawn faintly behind.

    All y-ranges are fixed, or round numbers that move only when a value leaves them.
    """
    drawn = []
    for row in rows:
        traces, axis, labels = _DRAW[row.kind](trace, unit, row, words, ghost)
        if ghost and row.kind in ("lines", "ledger"):
            traces = [*(_ghost(ghost, key, unit, words) for key in row.keys or ("C",)), *traces]
        height = _INPUT * min(trace.params.D, MAX_INPUTS) if row.kind == "inputs" else row.height
        drawn.append(Drawn(height, traces, axis, labels))
    return stack([drawn], trace.T, t, words("axis.step"))


def _ghost(trace: LSTMTrace, key: str, unit: int, words: Words) -> dict:
    colour = COLOURS[QUANTITIES[key].colour]
    return {
        **series(trace, key, unit, words),
        "type": "scatter",
        "mode": "lines",
        "y": getattr(trace, key)[:, unit - 1].tolist(),
        "line": {"color": MUTED if colour == INK else colour, "width": 2, "dash": "dot"},
        "opacity": 0.6,
        "hoverinfo": "skip",
        "hovertemplate": None,
    }


def _inputs(trace, unit, row, words, ghost):
    D = trace.params.D
    shown = min(D, MAX_INPUTS)
    values = trace.x[:, :shown].T
    limit = nice_limit(values)
    written = [[text(v) if trace.T <= 24 else "" for v in line] for line in values]
    drawn = {
        "type": "heatmap",
        "name": "x",
        "x": list(range(1, trace.T + 1)),
        "y": list(range(1, shown + 1)),
        "z": values.tolist(),
        "zmin": -limit,
        "zmax": limit,
        "colorscale": SIGNED_SCALE,
        "showscale": False,
        "xgap": 2 if trace.T <= MAX_MARKERS else 0,
        "ygap": 2,
        "text": written,
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "customdata": [[repr(float(v)) for v in line] for line in values],
        "hovertemplate": hover("<i>x</i><sub>%{y}</sub>", words("quantity.x")),
    }
    ticks = {
        "tickvals": list(range(1, shown + 1)),
        "ticktext": [f"<i>x</i><sub>{d}</sub>" for d in range(1, shown + 1)],
        "tickfont": {"size": 13, "color": COLOURS["x"]},
        "range": [shown + 0.5, 0.5],
        "showgrid": False,
    }
    return [drawn], ticks, []


def _lines(trace, unit, row, words, ghost):
    drawn = []
    for key in row.keys:
        colour = COLOURS[QUANTITIES[key].colour]
        drawn.append(
            {
                **series(trace, key, unit, words),
                "type": "scatter",
                "mode": line_mode(trace.T),
                "y": getattr(trace, key)[:, unit - 1].tolist(),
                "line": {"color": colour, "dash": DASHES[key], "width": 2},
                "marker": {"size": 7, "symbol": MARKERS[key], "color": colour},
            }
        )  # fmt: skip
    low = -1 if any(QUANTITIES[key].range[0] < 0 for key in row.keys) else 0
    axis = {
        "range": [low - 0.08 * (1 - low), 1 + 0.08 * (1 - low)],
        "tickvals": [-1, 0, 1] if low else [0, 0.5, 1],
    }
    return drawn, axis, [(html_symbol(key), COLOURS[QUANTITIES[key].colour]) for key in row.keys]


def _ledger(trace, unit, row, words, ghost):
    """Two halves a step: what was there, as kept and erased; then what was written on the kept, up to C."""
    k = unit - 1
    kept, erased, written, C = (getattr(trace, key)[:, k] for key in ("kept", "erased", "written", "C"))
    axis = memory_axis(C, kept + erased, kept, *([] if ghost is None else [ghost.C[:, k]]))
    labels = [(html_symbol("C"), INK)]
    line = memory_line(trace, unit, words)
    if trace.T > MAX_MARKERS:
        return [line], axis, labels

    def bar(key, base, y, offset, marker):
        return {
            **series(trace, key, unit, words),
            "type": "bar",
            "base": base.tolist(),
            "y": y.tolist(),
            "offset": offset,
            "width": 0.42,
            "marker": marker,
        }

    nothing = np.zeros(trace.T)
    hatch = {
        "color": faded(COLOURS["erased"], 0.0),
        "line": {"color": COLOURS["erased"], "width": [1 if abs(v) >= 0.005 else 0 for v in erased]},
        "pattern": {"shape": "/", "fgcolor": COLOURS["erased"], "size": 5, "solidity": 0.25},
    }
    bars = [
        bar("kept", nothing, kept, -0.42, {"color": COLOURS["kept"], "line": {"width": 0}}),
        bar("erased", kept, erased, -0.42, hatch),
        bar("kept", nothing, kept, 0.0, {"color": faded(COLOURS["kept"], 0.35), "line": {"width": 0}}),
        bar("written", kept, written, 0.0, {"color": COLOURS["written"], "line": {"width": 0}}),
    ]
    return [*bars, line], axis, labels


def _provenance(trace, unit, row, words, ghost):
    return provenance_bands(trace, unit, words, chosen=row.keys[0] if row.keys else None)


_DRAW = {"inputs": _inputs, "lines": _lines, "ledger": _ledger, "provenance": _provenance}

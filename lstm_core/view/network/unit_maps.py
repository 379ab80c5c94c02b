"""Gates and memory of many units over many steps: summary -> **unit_maps** -> Plotly figure, to zoom in."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from ...labels import IN_A_SENTENCE, shown
from ...quantities import GATE, QUANTITIES, Quantity
from ...readers.gru import GRU_QUANTITIES
from ...rounding import nice_limit
from ...words import Words
from ..palette import COLOURS, INK, MUTED, SIGNED_SCALE, gate_scale
from ..training.courses_chart import BUTTONS

_LEFT, _RIGHT, _BOTTOM, _GAP = 78, 52, 30, 14
_ROW, _LOWEST, _HIGHEST = 5, 70, 190


def unit_maps(summary, words: Words, labels: Sequence[str] = ()) -> dict:
    """One heatmap under the other over a shared time axis, a row a unit, as a Plotly figure.

    summary : `.values` key -> (units, columns), `.steps` of the columns and `.units` of the rows, both
        from 1, and how many steps there are `.per_column`. A drag zooms in, in all maps at once.
    labels : of all steps of the run, in the order of the sequence, or ().

    What the forget gate takes away is drawn, 1 − f (of a GRU 1 − z), up to the most that it is here: where
    a network remembers, f itself is near 1 everywhere. C and h are drawn as a share of the unit's own
    largest, because one large unit would leave all others white. The other gates go from 0 to 1. The number
    itself stands in the hover.
    """
    keys, n = list(summary.values), len(summary.units)
    high = min(max(n * _ROW, _LOWEST), _HIGHEST)
    total = len(keys) * high + (len(keys) - 1) * _GAP
    rows, names = list(range(n)), [str(unit) for unit in summary.units.tolist()]
    layout: dict[str, Any] = {
        "height": total + BUTTONS + _BOTTOM,
        "margin": {"l": _LEFT, "r": _RIGHT, "t": BUTTONS, "b": _BOTTOM},
        "dragmode": "zoom",
        "hovermode": "closest",
        "showlegend": False,
        "annotations": [],
        "xaxis": {
            "anchor": f"y{len(keys)}" if len(keys) > 1 else "y",
            "title": {"text": words("axis.step"), "font": {"size": 11, "color": MUTED}, "standoff": 2},
            "tickfont": {"size": 11, "color": MUTED},
            "showgrid": False,
            "zeroline": False,
        },
    }
    names_of_steps = [""] * len(summary.steps)
    if summary.per_column == 1 and labels:
        names_of_steps = [_in_hover(labels[t - 1]) for t in summary.steps.tolist()]
    data = []
    for place, key in enumerate(keys):
        values = summary.values[key]
        drawn, name, scale, low, top = _scaled(key, values)
        y, upper = "y" if place == 0 else f"y{place + 1}", total - place * (high + _GAP)
        data.append(
            {
                "type": "heatmap",
                "name": key,
                "x": summary.steps.tolist(),
                "y": rows,
                "z": np.round(drawn, 4).tolist(),
                "customdata": [
                    [[unit, value, label] for value, label in zip(row, names_of_steps, strict=True)]
                    for unit, row in zip(names, np.round(values, 4).tolist(), strict=True)
                ],
                "hovertemplate": f"<b>{_symbol(key)}</b> "
                f"{words('network.unit', unit='%{customdata[0]}')} · "
                f"{words('network.step', t='%{x}')}%{{customdata[2]}}: %{{customdata[1]}}<extra></extra>",
                "zmin": low,
                "zmax": top,
                "colorscale": scale,
                "colorbar": {
                    "len": high / total,
                    "y": (upper - high / 2) / total,
                    "thickness": 9,
                    "x": 1.005,
                    "outlinewidth": 0,
                    "tickvals": [low, top],
                    # Of a quantity with a sign the ends are each unit's own largest.
                    "ticktext": ["−max", "max"] if low < 0 else ["0", f"{top:g}"],
                    "tickfont": {"size": 10, "color": MUTED},
                },
                "xaxis": "x",
                "yaxis": y,
            }
        )
        every = max(1, n // 4)
        layout[y.replace("y", "yaxis")] = {
            "domain": [max((upper - high) / total, 0), upper / total],
            "range": [n - 0.5, -0.5],
            "tickvals": rows[::every],
            "ticktext": names[::every],
            "matches": "y" if place else None,
            "tickfont": {"size": 10, "color": MUTED},
            "showgrid": False,
            "zeroline": False,
            "anchor": "x",
        }
        colour = COLOURS[_quantity(key).colour]
        layout["annotations"].append(
            {
                "xref": "paper", "yref": "paper", "x": 0, "xanchor": "right", "xshift": -38, "font": {
                    "size": 15, "color": MUTED if colour == INK else colour},
                "y": (upper - high / 2) / total, "yanchor": "middle", "showarrow": False,
                "text": name,
            }
        )  # fmt: skip
    return {"data": data, "layout": layout}


def _scaled(key: str, values: np.ndarray) -> tuple[np.ndarray, str, list, float, float]:
    """What is drawn of a quantity, its name, its colours, and the ends of their scale."""
    quantity, symbol = _quantity(key), _symbol(key)
    if key in ("f", "z"):
        erased = 1 - values
        return erased, f"1 − {symbol}", gate_scale("f"), 0.0, min(1.0, nice_limit(erased, 1e-4))
    if quantity.range == GATE:
        return values, symbol, gate_scale(quantity.colour), 0.0, 1.0
    largest = np.abs(values).max(axis=1, keepdims=True)
    return values / np.where(largest == 0, 1, largest), symbol, SIGNED_SCALE, -1.0, 1.0


def _quantity(key: str) -> Quantity:
    return GRU_QUANTITIES.get(key) or QUANTITIES[key]


def _symbol(key: str) -> str:
    """The quantity's symbol in the HTML that Plotly understands."""
    return f"<i>{_quantity(key).letter}</i><sub>{_quantity(key).index}</sub>"


def _in_hover(label: str) -> str:
    """A label for a hover text, in which Plotly reads some HTML, so that none can stand in it."""
    return f" “{escape(shown(label, IN_A_SENTENCE))}”" if label else ""

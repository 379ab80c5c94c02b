"""Gates and memory of many units over many steps: summary -> **unit_maps** -> Plotly figure, to zoom in."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...quantities import QUANTITIES
from ...rounding import nice_limit
from ...words import Words
from ..palette import COLOURS, INK, MUTED, SIGNED_SCALE, gate_scale
from ..plotly import BUTTONS, html_symbol

_LEFT, _BOTTOM, _GAP = 78, 30, 14
_ROW, _LOWEST, _HIGHEST = 5, 70, 190


def unit_maps(summary, words: Words) -> dict:
    """One heatmap under the other over a shared time axis, a row a unit, as a Plotly figure.

    summary : `.values` key -> (units, columns), `.steps` of the columns and `.units` of the rows, both
        from 1, and how many steps there are `.per_column`. Gates have a fixed scale from 0 to 1, all others
        a symmetric one. A drag zooms in, in all maps at once.
    """
    keys, n = list(summary.values), len(summary.units)
    high = min(max(n * _ROW, _LOWEST), _HIGHEST)
    total = len(keys) * high + (len(keys) - 1) * _GAP
    rows, names = list(range(n)), [str(unit) for unit in summary.units.tolist()]
    layout: dict[str, Any] = {
        "height": total + BUTTONS + _BOTTOM,
        "margin": {"l": _LEFT, "r": 12, "t": BUTTONS, "b": _BOTTOM},
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
    data = []
    for place, key in enumerate(keys):
        values = summary.values[key]
        is_gate = QUANTITIES[key].range == (0.0, 1.0)
        limit = nice_limit(values)
        scale, low, top = (gate_scale(key), 0.0, 1.0) if is_gate else (SIGNED_SCALE, -limit, limit)
        y, upper = "y" if place == 0 else f"y{place + 1}", total - place * (high + _GAP)
        data.append(
            {
                "type": "heatmap",
                "name": key,
                "x": summary.steps.tolist(),
                "y": rows,
                "z": np.round(values, 4).tolist(),
                "customdata": [[unit] * values.shape[1] for unit in names],
                "hovertemplate": f"<b>{html_symbol(key)}</b> {words('network.unit', unit='%{customdata}')} · "
                f"{words('network.step', t='%{x}')}: %{{z}}<extra></extra>",
                "zmin": low,
                "zmax": top,
                "colorscale": scale,
                "showscale": False,
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
        colour = COLOURS[QUANTITIES[key].colour]
        layout["annotations"].append(
            {
                "xref": "paper", "yref": "paper", "x": 0, "xanchor": "right", "xshift": -38, "font": {
                    "size": 15, "color": MUTED if colour == INK else colour},
                "y": (upper - high / 2) / total, "yanchor": "middle", "showarrow": False,
                "text": html_symbol(key),
            }
        )  # fmt: skip
    return {"data": data, "layout": layout}

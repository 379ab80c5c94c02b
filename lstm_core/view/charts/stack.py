"""Rows of charts over one time axis: drawn rows -> **stack** -> a Plotly figure as a plain dict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..palette import MUTED, faded
from .series import UNTOUCHED

_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 12, 6, 24
_GAP = 12
SLOTS = "t"
"""The name of the unseen trace of bars that makes the whole column of a step answer to a click."""
_BETWEEN = 0.08  # of the width, between columns
_HEADING = 26


@dataclass(frozen=True)
class Drawn:
    """A row: its height in pixels, Plotly traces without axes, its y-axis, labels with their colours."""

    height: int
    traces: list[dict]
    axis: dict
    labels: list[tuple[str, str]] = field(default_factory=list)


def stack(
    columns: list[list[Drawn]],
    T: int,
    t: int | None,
    step: str,
    headings: list[str] | None = None,
    left: int = _LEFT,
    ticks: int = 28,
    before: int = 0,
) -> dict:
    """Columns of rows, each column over a time axis of its own from 1 to T; step t is marked.

    step : the name of the time axis. headings : one for each column. left : pixels for the labels, and
    `ticks` of them for the numbers of the axes.
    before : the steps of a longer run that come before step 1; they are counted in the numbers of the axis.
    The heights are those of the first column. Axes do not move: whoever draws a row gives it its range.
    """
    rows = columns[0]
    total = sum(row.height for row in rows) + _GAP * (len(rows) - 1)
    top = _TOP + (_HEADING if headings else 0)
    layout: dict[str, Any] = {
        "height": total + top + _BOTTOM,
        "margin": {"l": left, "r": _RIGHT, "t": top, "b": _BOTTOM},
        "showlegend": False,
        "barmode": "overlay",
        "dragmode": False,
        "hovermode": "closest",
        "clickmode": "event+select",
        "annotations": [_axis_name(step)],
        "shapes": [],
    }
    data = []
    width = (1 - _BETWEEN * (len(columns) - 1)) / len(columns)
    for c, column in enumerate(columns):
        start = c * (width + _BETWEEN)
        x = "x" if c == 0 else f"x{c + 1}"
        last = _axis("y", c * len(rows) + len(rows))
        layout[x.replace("x", "xaxis")] = {
            **_time_axis(T, len(columns), before),
            "anchor": last,
            "domain": [start, start + width],
        }
        if t is not None:
            layout["shapes"].append(_focus(t, x))
        if headings:
            layout["annotations"].append(_heading(headings[c], start))
        upper = float(total)
        for r, row in enumerate(column):
            y = _axis("y", c * len(rows) + r + 1)
            drawn = row.traces if t is None else [_slots(T, row.axis["range"]), *row.traces]
            data += [{**trace, "xaxis": x, "yaxis": y} for trace in drawn]
            lower = upper - row.height
            layout[y.replace("y", "yaxis")] = {
                "domain": [max(lower / total, 0), upper / total],
                "fixedrange": True,
                "zeroline": False,
                "gridcolor": faded(MUTED, 0.22),
                "tickfont": {"size": 11, "color": MUTED},
                "anchor": x,
                **row.axis,
            }
            if c == 0:
                layout["annotations"] += _labels(row.labels, (upper - row.height / 2) / total, total, ticks)
            upper = lower - _GAP
    return {"data": data, "layout": layout}


def _axis(letter: str, number: int) -> str:
    return letter if number == 1 else f"{letter}{number}"


def _slots(T: int, ends: list[float]) -> dict:
    """An unseen bar for each step, as high as the row, so that a click anywhere in it chooses the step."""
    low, high = sorted(ends)
    return {
        "type": "bar",
        "name": SLOTS,
        "x": list(range(1, T + 1)),
        "y": [high - low] * T,
        "base": [low] * T,
        "width": 1,
        "marker": {"color": faded(MUTED, 0), "line": {"width": 0}},
        "hoverinfo": "none",
        **UNTOUCHED,
    }


def _heading(text: str, left: float) -> dict:
    return {
        "xref": "paper", "yref": "paper", "x": left, "xanchor": "left", "y": 1, "yanchor": "bottom",
        "yshift": 6, "showarrow": False, "text": f"<b>{text}</b>", "font": {"size": 14},
    }  # fmt: skip


def _focus(t: int, x: str) -> dict:
    return {
        "type": "rect", "xref": x, "yref": "paper", "x0": t - 0.5, "x1": t + 0.5, "y0": 0, "y1": 1,
        "fillcolor": faded(MUTED, 0.16), "line": {"width": 0}, "layer": "below",
    }  # fmt: skip


def _time_axis(T: int, columns: int, before: int) -> dict:
    dtick = 1 if T <= 14 else 2 if T <= 40 else max(1, round(T / 20)) if columns == 1 else round(T / 4)
    steps = list(range(1, T + 1, max(dtick, 4)))
    shifted = {"tickvals": steps, "ticktext": [str(step + before) for step in steps]} if before else {}
    return {
        **shifted,
        "range": [0.5, T + 0.5],
        "fixedrange": True,
        "tick0": 1,
        "dtick": dtick,
        "tickangle": 0,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 11, "color": MUTED},
    }


def _axis_name(name: str) -> dict:
    """Left of the first step's number, where no tick can run into it."""
    return {
        "xref": "paper", "yref": "paper", "x": 0, "xanchor": "right", "xshift": -6, "y": 0, "yanchor": "top",
        "yshift": -3, "showarrow": False, "text": name, "font": {"size": 11, "color": MUTED},
    }  # fmt: skip


def _labels(labels: list[tuple[str, str]], middle: float, total: int, ticks: int) -> list[dict]:
    """Row labels in the left margin, one under the other, in their hue."""
    line = 17 / total
    return [
        {
            "xref": "paper", "yref": "paper", "x": 0, "xanchor": "right", "xshift": -ticks,
            "y": middle + (len(labels) / 2 - k - 0.5) * line, "yanchor": "middle", "showarrow": False,
            "text": label, "font": {"size": 14, "color": colour}, "align": "right",
        }
        for k, (label, colour) in enumerate(labels)
    ]  # fmt: skip

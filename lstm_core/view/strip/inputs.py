"""The inputs over time: trace -> **inputs_row**, a row of the time strip -> SVG."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ...rounding import nice_limit, text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..handles import grabbed, handle
from ..palette import COLOURS, NEGATIVE, PAPER, POSITIVE, STRONGEST, readable
from ..typeset import width
from .over_steps import MAX_MARKERS, Scale, line, says, share
from .time_axis import Drawn

if TYPE_CHECKING:
    from .rows import UnitRun

MAX_INPUTS = 8
"""The most inputs that are drawn; of more, these are the first."""

_HIGH, _MOST = 16, 56
_FINGERTIP, _MOST_TALL = 44, 96
_UNIT = 40
"""Pixels that a hand moves to change an input by 1."""


def inputs_height(D: int, tall: bool = False) -> int:
    """Pixels of the row of so many inputs. tall : whether each is as high as a fingertip if it fits."""
    high, most = (_FINGERTIP, _MOST_TALL) if tall else (_HIGH, _MOST)
    return min(high * min(D, MAX_INPUTS), most)


def drawn_inputs(run: UnitRun, keys: Sequence[str], top: float, height: float) -> Drawn:
    """A row of cells for each input, coloured by sign and size, or in a long run a line for each.

    The keyboard reaches the cells of the step in focus. keys : as of every row; the inputs need none.
    """
    trace, axis = run.trace, run.axis
    shown = min(trace.params.D, MAX_INPUTS)
    values = trace.x[:, :shown].T
    limit = nice_limit(values)
    high = height / shown
    named = range(1, shown + 1, 1 if high >= 14 else -(-shown // 4))  # where rows are low, about four of them
    letters = "".join(_letter(d, top + (d - 0.5) * high, axis.left, high) for d in named)
    if trace.T > MAX_MARKERS:
        lines = (
            line(row, Scale(top + d * high, high, -limit, limit), COLOURS["x"], "solid", 1, data_key=f"x{d}",
                 **_says(row, d, axis.words))
            for d, row in enumerate(values)
        )  # fmt: skip
        return letters, "".join(lines), "", ""
    cells = (_cells(run, row, d, top + d * high, high, limit) for d, row in enumerate(values))
    handled = range(shown) if "x" in run.grabs else ()
    handles = (_handle(run, d, top + d * high, high) for d in handled)
    return letters, "", "".join(cells), "".join(handles)


def numbers_fit(trace: LSTMTrace, size: float) -> float:
    """The least width of the chart in pixels at which every cell has room for its number; 0 for none."""
    shown = min(trace.params.D, MAX_INPUTS)
    if trace.T > MAX_MARKERS or inputs_height(shown) / shown < size:
        return 0.0
    return trace.T * (_longest(tuple(trace.x[:, :shown].ravel().tolist()), size) + 4)


@lru_cache
def _longest(values: tuple[float, ...], size: float) -> float:
    """The width of the longest of these numbers, which is the same while a weight is dragged."""
    return max(width(text(value), size) for value in values)


def _letter(d: int, y: float, left: float, high: float) -> str:
    symbol = f'<tspan font-style="italic">x</tspan><tspan font-size="70%" dy="0.3em">{d}</tspan>'
    return svg.tag(
        "text", symbol, x=left - 8, y=y + 4.5, text_anchor="end", class_="symbol", fill=readable("x"),
        data_symbol="x", style=f"font-size:min(1.3em,{high:g}px)",
    )  # fmt: skip


def _says(row: np.ndarray, d: int, words: Words) -> dict:
    return says(f"x {input_name(d + 1, words)}", row)


def _handle(run: UnitRun, d: int, top: float, high: float) -> str:
    """The cell of the step in focus, as the keyboard has it. A click asks where its number comes from."""
    t, T, words = run.axis.t, run.axis.T, run.axis.words
    bounds = low, highest = run.grabs["x"]
    name = words("strip.input_at", name=input_name(d + 1, words), t=run.axis.step)
    travel, value = _UNIT * (highest - low), float(run.trace.x[t - 1, d])
    return svg.tag(
        "rect", x=share(t - 1, T), width=share(1, T), y=top, height=high - 1, fill_opacity=0,
        class_="handle", data_quantity="x", data_index=d + 1, data_t=t, data_key=f"grab-x{d}",
        **handle(f"x.{t}.{d + 1}", bounds, travel, value, name, "spinbutton"),
    )  # fmt: skip


def input_name(d: int, words: Words) -> str:
    """What an input is called, from 1."""
    return words("diagram.of_input", name=words("quantity.x"), index=d)


def _cells(run: UnitRun, row: np.ndarray, d: int, top: float, high: float, limit: float) -> str:
    drag, words = {}, run.axis.words
    if bounds := run.grabs.get("x"):
        drag = grabbed(f"x.*.{d + 1}", bounds, _UNIT * (bounds[1] - bounds[0]))
        drag["data_hint"] = words("strip.grab")
    return svg.tag(
        "g", _coloured(tuple(row.tolist()), top, high, limit), class_="cells", data_key=f"x{d}",
        data_quantity="x", data_index=d + 1, **_says(row, d, words), **drag,
    )  # fmt: skip


@lru_cache
def _coloured(row: tuple[float, ...], top: float, high: float, limit: float) -> str:
    """The cells of one input with their numbers, which are the same while a weight is dragged."""
    T, cells, numbers = len(row), [], []
    for step, value in enumerate(row):
        hidden = value != value
        strength = 0.0 if hidden else STRONGEST * min(abs(value) / limit, 1)
        cells.append(
            svg.tag(
                "rect", x=share(step, T), width=share(1, T), y=top, height=high - 1,
                fill=NEGATIVE if value < 0 else POSITIVE, fill_opacity=f"{strength:.3f}", stroke=PAPER,
            )
        )  # fmt: skip
        if high >= 12:
            numbers.append(
                f'<text x="{share(step + 0.5, T)}" y="{top + high / 2 + 3.6:g}">{text(value)}</text>'
            )
    return "".join(cells + numbers)

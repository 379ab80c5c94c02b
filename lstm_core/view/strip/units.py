"""All units over time, a row of cells each: trace -> **units_over_time** -> HTML with SVG in it."""

from functools import partial

import numpy as np

from ...quantities import GATE, QUANTITIES
from ...rounding import nice_limit, text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..palette import COLOURS, MUTED, NEGATIVE, POSITIVE, STRONGEST, THEME_INK, readable
from .over_steps import says
from .rows import UnitRun
from .time_axis import Drawn, TimeAxis

KEYS = ("f", "C")
"""The quantities of which each has a row of cells for every unit."""

MOST_UNITS, MOST_STEPS = 64, 120
"""The most units and steps that are drawn. Of more, every second is, or every third, and so on."""

_SHADES = 16
"""Steps of a colour's strength, so that a picture has an element for a shade and not for a cell."""

_HIGH, _MOST = 22, 220
"""Pixels of a unit's row, and of all rows of a quantity together at most."""

_MOST_SAID = 8
"""The most units whose numbers are read out."""


def units_over_time(trace: LSTMTrace, unit: int, t: int, words: Words, exact: bool = True) -> str:
    """f and C of every unit at every step, as coloured cells under a sentence that says what they are.

    unit, t : count from 1; the unit is framed and the step marked. f has a fixed scale from 0 to 1, C a
    symmetric one. exact : whether the exact numbers are sent along, for the pointer to read off. There is no
    cell where a number is covered.
    """
    units = drawn_of(trace.params.H, MOST_UNITS)
    axis = TimeAxis(trace.T, t, words, margin=6.4, labels=trace.labels)
    run = UnitRun(trace, unit, axis, exact=exact)
    high = min(_HIGH * len(units), _MOST)
    rows = [(high, partial(_map, run, key, units)) for key in KEYS]
    said = ", ".join(
        f"{words('heatmap.unit', unit=u)} "
        + ", ".join(f"{key} {text(float(getattr(trace, key)[t - 1, u - 1]))}" for key in KEYS)
        for u in units[:_MOST_SAID].tolist()
    )
    heading = words("heatmap.heading", H=trace.params.H)
    above = svg.tag("p", svg.escaped(heading), class_="said", data_key="heading")
    return axis.strip(rows, heading, words("strip.says", t=axis.step, numbers=said), above=above)


def drawn_of(count: int, most: int) -> np.ndarray:
    """Which of 1 … count are drawn: all, or where they are more than `most` every second, every third …"""
    return np.arange(1, count + 1, -(-count // most))


def _map(run: UnitRun, key: str, units: np.ndarray, top: float, height: float) -> Drawn:
    trace, unit, axis = run.trace, run.unit, run.axis
    steps = drawn_of(trace.T, MOST_STEPS)
    values = getattr(trace, key)[np.ix_(steps - 1, units - 1)].T
    limit = 1.0 if QUANTITIES[key].range == GATE else nice_limit(values)
    each = height / len(units)
    wide = int(steps[1] - steps[0]) if len(steps) > 1 else trace.T
    behind = "".join(
        svg.tag("path", d=d, fill=colour, fill_opacity=strength, data_key=f"{key}{colour}{strength}")
        for (colour, strength), d in _shaded(values / limit, key, steps, wide, top, each).items()
    )
    quantity = QUANTITIES[key]
    symbol = svg.tag(
        "text", svg.symbol(quantity), x=2, y=top + height / 2 + 0.36 * axis.letters, class_="symbol",
        fill=readable(quantity.colour),
    )  # fmt: skip
    room = each >= axis.letters
    rows = {u: top + k * each for k, u in enumerate(units.tolist())}
    beside = symbol + "".join(
        svg.text(
            axis.left - 5, rows[u] + each / 2 + 0.33 * axis.letters, str(u), text_anchor="end",
            class_="tick here" if u == unit else "tick",
        )
        for u in rows
        if room or u in (1, unit, int(units[-1]))
    )  # fmt: skip
    answering = "".join(_row(run, key, u, y, each) for u, y in rows.items())
    frame = ""
    if unit in rows:
        frame = svg.tag(
            "rect", width="100%", y=rows[unit], height=each, fill="none", stroke=THEME_INK, stroke_width=1.5,
            data_key="frame",
        )  # fmt: skip
    edge = svg.tag("rect", width="100%", y=top, height=height, fill="none", stroke=MUTED, stroke_opacity=0.4)
    return beside, behind, edge + frame + answering


def _shaded(
    shares: np.ndarray, key: str, steps: np.ndarray, wide: int, top: float, each: float
) -> dict[tuple[str, float], str]:
    """(colour, opacity) -> the cells of that shade, as the attribute `d` of a path in steps and pixels.

    shares : (units, steps), the numbers as shares of the end of their scale. Every shade is there, also one
    without a cell, so that the next picture has the same elements.
    """
    is_gate = QUANTITIES[key].range == GATE
    colours, strongest = ((COLOURS[key],), 1.0) if is_gate else ((POSITIVE, NEGATIVE), STRONGEST)
    shades = [round(strongest * k / _SHADES, 3) for k in range(_SHADES + 1)]
    found = {(colour, shade): "" for colour in colours for shade in shades[1:]}
    strengths = np.round(np.minimum(np.abs(shares), 1) * _SHADES)
    for row, strong in enumerate(strengths.tolist()):
        y = top + row * each
        for column, strength in enumerate(strong):
            if strength > 0:  # which is not so for NaN, where a number is covered
                colour = colours[-1] if shares[row, column] < 0 else colours[0]
                cell = f"M{steps[column] - 1} {y:g}h{wide}v{each:g}h-{wide}Z"
                found[colour, shades[int(strength)]] += cell
    return found


def _row(run: UnitRun, key: str, unit: int, y: float, each: float) -> str:
    """What the pointer meets over a unit's cells: it reads off the number, and a click looks there."""
    told = {}
    if run.exact and run.trace.T <= MOST_STEPS:
        name = f"{QUANTITIES[key].letter} {run.axis.words('heatmap.unit', unit=unit)}"
        told = says(name, getattr(run.trace, key)[:, unit - 1]) | {"data_alone": ""}
    return svg.tag(
        "rect", class_="reach", width="100%", y=y, height=each, data_role="step", data_unit=unit,
        data_key=f"{key}-unit{unit}", **told,
    )  # fmt: skip

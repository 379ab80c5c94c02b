"""Inputs, gates and ledger on one time axis: trace -> **time_strip** -> SVG text, as wide as its room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ...quantities import QUANTITIES
from ...rounding import text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..handles import Bounds
from ..palette import MUTED
from ..shown_numbers import ShownNumbers
from .inputs import inputs_height, numbers_fit
from .ledger_line import ledger_line
from .over_steps import middle, shapes, share, stretched
from .rows import DRAW, LEDGER, UnitRun, hatch

LETTERS, LARGE = 12, 15
"""Size of letters in pixels, and their size in presenter mode."""

PRESENTED = 116
"""Height in pixels of all rows but the inputs, on a projector of 1024×768."""

_TOP, _GAP, _BOTTOM = 5, 6, 20
_NARROW = 679
"""Width in pixels up to which a picture is arranged for a phone, as in picture.css."""


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
    """The rows for a projector, where the diagram takes most of the height: the first two and the ledger."""
    few = [*rows[:2], *[row for row in rows[2:] if row.kind == "ledger"]]
    lines = sum(row.height for row in few)
    return [replace(row, height=round(row.height * PRESENTED / lines)) for row in few]


def time_strip(
    trace: LSTMTrace, unit: int, t: int, rows: list[Row], words: Words, ghost: LSTMTrace | None = None,
    letters: float = LETTERS, before: int = 0, grabs: Mapping[str, Bounds] = MappingProxyType({}),
) -> str:  # fmt: skip
    """Rows of one unit of one sequence over a shared time axis, step t marked, as HTML with SVG in it.

    unit, t : count from 1.
    words : the reader's language, such as `Words("en")`.
    ghost : another run of the same length, whose gates and C are drawn faintly behind.
    letters : their size in pixels.
    before : the steps of a longer run that come before this part of it; they are counted in what is written.
    grabs : how far a hand can drag the inputs "x" and the state before step 1, "h0" and "C0".

    All y-ranges are fixed, or round numbers that move only when a value leaves them. Where a number
    is covered a line has a gap, a bar is missing and "?" is written.
    """
    run = UnitRun(trace, unit, t, words, ghost, letters, round(4.9 * letters), before, grabs)
    T, top, names, drawn = trace.T, float(_TOP), [], []
    height = height_of(rows, trace)
    for number, row in enumerate(rows):
        high = float(inputs_height(trace.params.D) if row.kind == "inputs" else row.height)
        beside, behind, in_front, handles = DRAW[row.kind](run, row.keys, top, high)
        names.append(beside)
        reach = svg.tag(
            "rect", class_="reach", width="100%", y=top - _GAP / 2, height=high + _GAP, data_role="step"
        )
        seen = reach + stretched(behind, T, height) + in_front
        body = svg.tag("g", seen, aria_hidden="true", data_key="seen") + handles
        drawn.append(
            svg.tag(
                "g", body, class_="row", data_steps=T, data_before=run.before or None, data_key=f"row{number}"
            )
        )
        top += high + _GAP
    axis = _axis(run, height)
    used = [key for row in rows for key in (*row.keys, *(["C"] if row.kind == "ledger" else []))]
    plot = svg.tag(
        "svg",
        svg.tag("defs", shapes([key for key in used if key in QUANTITIES]) + hatch())
        + _focus(run, rows, height)
        + svg.tag("g", "".join(drawn) + axis, data_key="rows"),
        class_="plot", style=f"height:{height:g}px", role="group",
        aria_label=words("strip.title", unit=unit, T=T), data_key="plot",
    )  # fmt: skip
    beside = svg.tag(
        "svg", "".join(names) + _axis_name(run, height), class_="names", style=f"height:{height:g}px",
        aria_hidden="true", data_key="names",
    )  # fmt: skip
    style = svg.tag("style", _room(run))
    line = ledger_line(run) if any(row.kind == "ledger" for row in rows) else ""
    return svg.tag(
        "div", style + line + beside + plot, class_="over-time", data_key="over-time",
        style=f"grid-template-columns:{run.left}px 1fr;font-size:{letters:g}px",
    )  # fmt: skip


def height_of(rows: list[Row], trace: LSTMTrace) -> float:
    """Pixels of a strip of these rows."""
    heights = [inputs_height(trace.params.D) if row.kind == "inputs" else row.height for row in rows]
    return _TOP + sum(heights) + _GAP * (len(rows) - 1) + _BOTTOM


# -- axes, letters, the step in focus -------------------------------------------------------------


def _axis(run: UnitRun, height: float) -> str:
    """The number of each step, or of some where there is no room for all."""
    T, t = run.trace.T, run.t
    wide, narrow = (_spacing(T, room / (1.9 * run.letters)) for room in (800, 270))
    drawn = []
    for step in range(1, T + 1):
        here = step == t
        crowded = not here and wide > 1 and abs(step - t) < 0.7 * wide
        if (not here and (step + run.before) % wide) or crowded:
            continue
        spare = not here and ((step + run.before) % narrow or (narrow > 1 and abs(step - t) < 0.7 * narrow))
        look = "tick here" if here else "tick spare" if spare else "tick"
        drawn.append(
            svg.tag(
                "text", str(step + run.before), x=middle(step, T), y=height - 6, class_=look,
                text_anchor="middle", data_key=step,
            )
        )  # fmt: skip
    return svg.tag("g", "".join(drawn), aria_hidden="true", data_key="axis")


def _spacing(T: int, most: float) -> int:
    """Every how many-th step is written, so that there are no more than `most`."""
    return next(d for d in (1, 2, 5, 10, 20, 50, 100, 200, 500, T) if T / d <= most or d == T)


def _axis_name(run: UnitRun, height: float) -> str:
    return svg.text(run.left - 5, height - 6, run.words("axis.step"), text_anchor="end", class_="tick")


def _focus(run: UnitRun, rows: list[Row], height: float) -> str:
    """The column of the step in focus.

    To the keyboard it is a slider, whose value is read out as the numbers of the step.
    """
    T, t = run.trace.T, run.t
    column = svg.tag(
        "rect", class_="hit", x=share(t - 1, T), width=share(1, T), y=1, height=height - 2, rx=4, fill=MUTED,
        fill_opacity=0.16,
    )  # fmt: skip
    return svg.tag(
        "g", column, class_="focus", role="slider", tabindex=0, aria_label=run.words("controls.step"),
        aria_valuemin=1, aria_valuemax=T, aria_valuenow=t, aria_valuetext=_describe(run, rows),
        data_role="step", data_t=t, data_key="focus",
    )  # fmt: skip


def _describe(run: UnitRun, rows: list[Row]) -> str:
    """The numbers of the step in focus in the order of the rows, as shown: those of the ledger add up."""
    said, shown = {}, ShownNumbers(run.trace)
    for row in rows:
        if row.kind == "inputs":
            for d, value in enumerate(run.trace.x[run.t - 1, :4].tolist(), 1):
                name = run.words("diagram.of_input", name=run.words("quantity.x"), index=d)
                said[name] = text(value)
        keys = row.keys if row.kind == "lines" else LEDGER if row.kind == "ledger" else ()
        for key in keys:
            number = text(shown.at(key, run.t, run.unit), sign=key == "written")
            said[run.words(f"quantity.{key}")] = number
    numbers = ", ".join(f"{name} {number}" for name, number in said.items())
    return run.words("strip.says", t=run.t + run.before, numbers=numbers)


def _room(run: UnitRun) -> str:
    """Style rules for what has no room in a narrow picture."""
    rules = [f"@container (max-width:{_NARROW}px){{.spare{{display:none}}}}"]
    least = numbers_fit(run.trace, run.letters)
    if least:
        rules.append(f"@container (max-width:{least + run.left:.0f}px){{.cells text{{display:none}}}}")
    return "".join(rules)

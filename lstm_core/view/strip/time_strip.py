"""Inputs, gates and ledger on one time axis: trace -> **time_strip** -> SVG text, as wide as its room."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from ...quantities import QUANTITIES
from ...rounding import ShownNumbers, text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..handles import Bounds
from ..typeset import emphasised
from .inputs import input_name, inputs_height, numbers_fit
from .ledger_line import ledger_line
from .over_steps import MAX_MARKERS, shapes
from .rows import DRAW, LEDGER, UnitRun, hatch
from .time_axis import LETTERS, TimeAxis

LEAST = 40
"""Pixels that a row keeps where it gives room for the labels of the steps."""

PRESENTED = 116
"""Height in pixels of all rows but the inputs, on a projector of 1024×768."""


@dataclass(frozen=True)
class Row:
    """One row of the strip: what it draws, and its height in pixels.

    kind : "inputs" (whose height follows their number where it is 0), "lines" (of `keys`, on a scale that
        holds them all), "ledger" or "provenance" (with the step whose band is marked as its only key).
    """

    kind: str
    height: int = 0
    keys: tuple[str, ...] = ()


def presented(rows: list[Row]) -> list[Row]:
    """The rows for a projector, where the diagram takes most of the height: the first two and the ledger."""
    few = [*rows[:2], *[row for row in rows[2:] if row.kind == "ledger"]]
    lines = sum(row.height for row in few)
    return [replace(row, height=round(row.height * PRESENTED / lines)) for row in few]


def for_fingers(rows: list[Row], D: int) -> list[Row]:
    """The rows for a phone, on which a finger drags the D inputs."""
    return [replace(row, height=inputs_height(D, tall=True)) if row.kind == "inputs" else row for row in rows]


def time_strip(
    trace: LSTMTrace, unit: int, t: int, rows: list[Row], words: Words, ghost: LSTMTrace | None = None,
    letters: float = LETTERS, before: int = 0, exact: bool = True,
    grabs: Mapping[str, Bounds] = MappingProxyType({}), ghost_says: str = "pin.without",
    ghost_keys: tuple[str, ...] = (), said: str = "",
) -> str:  # fmt: skip
    """Rows of one unit of one sequence over a shared time axis, step t marked, as HTML with SVG in it.

    unit, t : count from 1.
    ghost : the run without pins, or undisturbed, of the same length, whose gates and C are drawn faintly
        behind. A line, the text of the key `ghost_says`, says what its C and h are at step t.
    letters : their size in pixels.
    before : the steps of a longer run that come before this part of it; they are counted in what is written.
    exact : whether the exact numbers are sent along, for the pointer to read off. A hand that drags a slider
        reads nothing off.
    grabs : how far a hand can drag the inputs "x" and the state before step 1, "h0" and "C0".
    ghost_keys : what alone is drawn of it, broadly, as what is wanted; () for a run that is compared.
    said : a sentence more, above the rows.

    All y-ranges are fixed, or round numbers that move only when a value leaves them. Where a number
    is covered a line has a gap, a bar is missing and "?" is written. Where the steps have names, these
    stand in a row above the inputs, for which the rows below give room.
    """
    axis = TimeAxis(trace.T, t, words, letters, margin=_margin(rows), before=before, labels=trace.labels)
    run = UnitRun(trace, unit, axis, ghost, exact, grabs, ghost_keys)
    heights = [float(row.height or inputs_height(trace.params.D)) for row in rows]
    heights = _room_for_labels(rows, heights, axis)
    drawn = [(high, partial(DRAW[row.kind], run, row.keys)) for row, high in zip(rows, heights, strict=True)]
    used = [key for row in rows for key in (*row.keys, *(["C"] if row.kind == "ledger" else []))]
    return axis.strip(
        drawn,
        words("strip.title", unit=unit, T=trace.T),
        _describe(run, rows),
        shapes([key for key in used if key in QUANTITIES]) + hatch() if trace.T <= MAX_MARKERS else "",
        _above(run, rows, ghost_says, said),
        rules_of(run),
    )


def _room_for_labels(rows: list[Row], heights: list[float], axis: TimeAxis) -> list[float]:
    """The heights where other rows give the room for the labels, so that the strip stays as high as it was.

    Inputs give nothing, and nothing goes below LEAST; above it all others give in proportion.
    """
    spare = [
        0 if row.kind == "inputs" else max(high - LEAST, 0) for row, high in zip(rows, heights, strict=True)
    ]
    share = min(axis.room_for_labels / sum(spare), 1) if sum(spare) else 0
    return [round(high - share * more) for high, more in zip(heights, spare, strict=True)]


def _margin(rows: list[Row]) -> float:
    """The room beside the rows for names and numbers, such as C with −0.75, in letters.

    It does not depend on the run, so that the steps stay in their places while the run changes.
    """
    names = [QUANTITIES[key].letter for row in rows if row.kind == "lines" for key in row.keys]
    return 6.4 + 0.36 * (max(map(len, names), default=1) - 1)


def _describe(run: UnitRun, rows: list[Row]) -> str:
    """The numbers of the step in focus in the order of the rows, as shown: those of the ledger add up."""
    said, shown = {}, ShownNumbers(run.trace)
    for row in rows:
        if row.kind == "inputs":
            for d, value in enumerate(run.trace.x[run.axis.t - 1, :4].tolist(), 1):
                said[input_name(d, run.axis.words)] = text(value)
        keys = row.keys if row.kind == "lines" else LEDGER if row.kind == "ledger" else ()
        for key in keys:
            number = text(shown.at(key, run.axis.t, run.unit), sign=key == "written")
            said[run.axis.words(f"quantity.{key}")] = number
    numbers = ", ".join(f"{name} {number}" for name, number in said.items())
    return run.axis.words("strip.says", t=run.axis.step, numbers=numbers)


def _above(run: UnitRun, rows: list[Row], ghost_says: str, said: str) -> str:
    """The ledger in words, and beside it, where there is room, what it is in the run behind, and `said`."""
    has_ledger = any(row.kind == "ledger" for row in rows)
    ledger = ledger_line(run.trace, run.unit, run.axis.t, run.axis.words, run.axis.step) if has_ledger else ""
    more = svg.tag("p", emphasised(said), class_="said", data_key="more") if said else ""
    lines = ledger + _of_ghost(run, ghost_says) + more
    return svg.tag("div", lines, class_="above", data_key="above") if lines else ""


def _of_ghost(run: UnitRun, says: str) -> str:
    """What C and h are in the run behind this one, at the step in focus."""
    if run.ghost is None:
        return ""
    C, h = (text(run.values(key, run.ghost)[run.axis.t - 1]) for key in ("C", "h"))
    line = emphasised(run.axis.words(says, t=run.axis.step, C=C, h=h))
    return svg.tag("p", line, class_="said", data_key="without-pins")


def rules_of(run: UnitRun) -> str:
    """Style rules for what has no room in a narrow picture."""
    least = numbers_fit(run.trace, run.axis.letters)
    return (
        f"@container (max-width:{least + run.axis.left:.0f}px){{.cells text{{display:none}}}}"
        if least
        else ""
    )

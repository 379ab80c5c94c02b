"""One unit of a GRU over time: trace -> **gru_strip** -> HTML with SVG in it."""

from __future__ import annotations

from functools import partial

from ...readers.gru import GRU_QUANTITIES, GRUTrace
from ...rounding import shown_ledger, text
from ...words import Words
from .. import svg
from ..palette import DASHES, readable
from ..strip.inputs import drawn_inputs, inputs_height, numbers_fit
from ..strip.ledger_line import ledger_line
from ..strip.over_steps import (
    MAX_MARKERS,
    bounded,
    grid,
    line,
    numbers_beside,
    sample,
    says,
    shapes,
    unbounded,
)
from ..strip.rows import DRAW, UnitRun, hatch
from ..strip.time_axis import LETTERS, TimeAxis
from ..svg import paint

_GATES, _LEDGER = 80, 110


def gru_strip(trace: GRUTrace, unit: int, t: int, words: Words, before: int = 0) -> str:
    """Inputs, gates and ledger of a unit of one sequence over a shared time axis, step t marked.

    unit, t : count from 1. before : the steps of a longer run that come before this part of it. The ledger is
    that of h, which is a GRU's memory: kept + written = h.
    """
    axis = TimeAxis(trace.T, t, words, LETTERS, margin=6.4, before=before, labels=trace.labels)
    # The bars of the ledger are those of an LSTM, whose C is h here; a hover text would call it C.
    run = UnitRun(trace, unit, t, words, None, LETTERS, axis.left, before, exact=False)  # type: ignore[arg-type]
    least = numbers_fit(trace, LETTERS)  # type: ignore[arg-type]
    rows = [
        (inputs_height(trace.params.D), partial(_inputs, run)), (_GATES, partial(_gates, run)),
        (_LEDGER, partial(_ledger, run)),
    ]  # fmt: skip
    shown = shown_ledger(trace, t, unit)  # type: ignore[arg-type]
    numbers = ", ".join(
        [f"{words(f'network.gru.{key}')} {text(float(run.values(key)[t - 1]))}" for key in GRU_QUANTITIES]
        + [f"h {text(shown.C)}"]
    )
    said = ledger_line(trace, unit, t, words, run.step(), "network.gru.ledger")  # type: ignore[arg-type]
    return axis.strip(
        rows, words("network.gru.strip", unit=unit, T=trace.T),
        words("strip.says", t=run.step(), numbers=numbers),
        shapes(("f", "o", "C_tilde", "C")) + hatch() if trace.T <= MAX_MARKERS else "",
        svg.tag("div", said, class_="above", data_key="above"),
        f"@container (max-width:{least + axis.left:.0f}px){{.cells text{{display:none}}}}" if least else "",
    )  # fmt: skip


def _inputs(run: UnitRun, top: float, height: float):
    return drawn_inputs(run.trace, run.words, top, height, run.left, run.t, None, run.step())


def _gates(run: UnitRun, top: float, height: float):
    scale = bounded(top, height, -1)
    lines, names = [], []
    for k, (key, quantity) in enumerate(GRU_QUANTITIES.items()):
        colour, values = paint(quantity.colour), run.values(key)
        lines.append(
            line(
                values, scale, colour, DASHES[quantity.colour], data_key=f"line-{key}",
                **says(f"{key} {run.words(f'network.gru.{key}')}", values),
            )
        )  # fmt: skip
        y = top + height / 2 + (k - 1) * 1.35 * run.letters
        names.append(
            sample(10, y, quantity.colour, colour)
            + svg.tag(
                "text", svg.symbol(quantity), x=1.85 * run.letters, y=y + 0.36 * run.letters, class_="symbol",
                fill=readable(quantity.colour),
            )
        )  # fmt: skip
    beside = "".join(names) + numbers_beside(scale, run.left, run.letters)
    return beside, grid(scale, run.trace.T) + "".join(lines), ""


def _ledger(run: UnitRun, top: float, height: float):
    _, behind, in_front, _ = DRAW["ledger"](run, (), top, height)
    kept, h, y = run.values("kept"), run.values("h"), top + height / 2
    scale = unbounded(top, height, h, kept + run.values("erased"), kept)
    name = '<tspan font-style="italic">h</tspan><tspan font-size="70%" dy="0.3em">t</tspan>'
    beside = sample(10, y, "C", paint("C")) + svg.tag(
        "text", name, x=1.85 * run.letters, y=y + 0.36 * run.letters, class_="symbol", fill=readable(None)
    )
    beside += numbers_beside(scale, run.left, run.letters)
    return beside, behind, in_front

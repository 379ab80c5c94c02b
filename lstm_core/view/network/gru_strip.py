"""One unit of a GRU over time: trace -> **gru_strip** -> HTML with SVG in it."""

from functools import partial

from ...quantities import QUANTITIES
from ...readers.gru import GRU_QUANTITIES, GRUTrace
from ...rounding import shown_ledger, text
from ...words import Words
from .. import svg
from ..palette import DASHES
from ..strip.inputs import drawn_inputs, inputs_height
from ..strip.ledger_line import ledger_line
from ..strip.over_steps import MAX_MARKERS, bounded, grid, line, says, shapes
from ..strip.rows import UnitRun, drawn_ledger, hatch, names_beside
from ..strip.time_axis import Drawn, TimeAxis
from ..strip.time_strip import rules_of
from ..svg import paint

_GATES, _LEDGER = 80, 110
_MEMORY = {"C": QUANTITIES["h"]}
"""The bars of the ledger are those of an LSTM, whose C is h here."""


def gru_strip(trace: GRUTrace, unit: int, t: int, words: Words, before: int = 0) -> str:
    """Inputs, gates and ledger of a unit of one sequence over a shared time axis, step t marked.

    unit, t : count from 1. before : the steps of a longer run that come before this part of it. The ledger is
    that of h, which is a GRU's memory: kept + written = h.
    """
    axis = TimeAxis(trace.T, t, words, margin=6.4, before=before, labels=trace.labels)
    # Not exact, because a hover text would call h C.
    run = UnitRun(trace, unit, axis, exact=False)  # type: ignore[arg-type]
    rows = [
        (inputs_height(trace.params.D), partial(drawn_inputs, run, ())),
        (_GATES, partial(_gates, run)),
        (_LEDGER, partial(drawn_ledger, run, (), table=_MEMORY)),
    ]
    shown = {key: float(run.values(key)[t - 1]) for key in GRU_QUANTITIES}
    numbers = [f"{words(f'network.gru.{key}')} {text(value)}" for key, value in shown.items()]
    numbers.append(f"h {text(shown_ledger(trace, t, unit).C)}")  # type: ignore[arg-type]
    said = ledger_line(trace, unit, t, words, axis.step, "network.gru.ledger")  # type: ignore[arg-type]
    return axis.strip(
        rows,
        words("network.gru.strip", unit=unit, T=trace.T),
        words("strip.says", t=axis.step, numbers=", ".join(numbers)),
        shapes(("f", "o", "C_tilde", "C")) + hatch() if trace.T <= MAX_MARKERS else "",
        svg.tag("div", said, class_="above", data_key="above"),
        rules_of(run),
    )


def _gates(run: UnitRun, top: float, height: float) -> Drawn:
    scale = bounded(top, height, -1)
    drawn = grid(scale, run.trace.T)
    for key, quantity in GRU_QUANTITIES.items():
        told = says(f"{key} {run.axis.words(f'network.gru.{key}')}", run.values(key))
        drawn += line(
            run.values(key), scale, paint(quantity.colour), DASHES[quantity.colour],
            data_key=f"line-{key}", **told,
        )  # fmt: skip
    return names_beside(tuple(GRU_QUANTITIES), scale, run, GRU_QUANTITIES), drawn, ""

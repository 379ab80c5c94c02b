"""What a stop of a tour shows, on a slide: stop -> **stop_picture** -> SVG."""

import numpy as np

from ..labels import shown
from ..lessons.story import found
from ..lessons.tours import Stop
from ..paths import memory_paths
from ..training.curve import score_along
from ..training.learned import learned_along
from ..training.shipped import OPENS, shipped
from ..view.diagram import cell_diagram
from ..view.palette import COLOURS, MUTED
from ..words import Words
from ..workbench.focus import ALL
from ..workbench.opening import phase_of
from .document import on_paper
from .line_chart import Series, line_chart

_OVER_TIME = {
    "keep": (("C", "solid"), ("f", "dash")),
    "why_gate": (("C", "solid"), ("h", "dash")),
    "show": (("C", "solid"), ("h", "dash")),
}
"""Stop -> the quantities whose course over all steps stands under the cell, because its text tells of it."""

_LOW = 210
"""Height of the curves that stand under a cell."""

_PROBLEM = "recall"
"""The one that the page “Learning” opens on."""


def stop_picture(stop: Stop, words: Words, prefix: str) -> str:
    """The picture of a stop: the cell, or on a page about long runs the curves that the page is about.

    prefix : of the ids in it; no two pictures of one document share it.
    """
    chart = _CHARTS.get(stop.page, _cell)
    return on_paper(chart(stop, words, prefix))


def _cell(stop: Stop, words: Words, prefix: str) -> str:
    experiment, focus = stop.link.experiment, stop.link.focus
    phase = phase_of(focus, stop.page)
    shown = None if phase == ALL else phase
    trace = experiment.trace()
    cell = cell_diagram(trace, focus.t, focus.unit, words, shown, prefix=prefix)
    rows = _OVER_TIME.get(stop.key, ())
    if not rows:
        return cell
    curves = [
        Series(words(f"quantity.{key}"), getattr(trace, key)[:, focus.unit - 1], COLOURS[key], dash)
        for key, dash in rows
    ]
    below = line_chart(curves, words(stop.title_key), words("axis.step"), focus.t, height=_LOW)
    return cell + below


def _then_and_now(stop: Stop, words: Words, _: str) -> str:
    """C of the same weights and inputs without a forget gate and with one."""
    experiment, focus = stop.link.experiment, stop.link.focus
    long, column = experiment.unpinned().tiled(focus.length), focus.unit - 1
    curves = [
        Series(words(f"why_forget.{name}"), long.with_variant(cell).trace().C[:, column], *look)
        for name, cell, look in (
            ("without", "1997", (MUTED, "dash")),
            ("gated", "lstm", (COLOURS["f"], "solid")),
        )
    ]
    return line_chart(curves, words(stop.title_key), words("axis.step"))


def _gradient(stop: Stop, words: Words, _: str) -> str:
    """∂C_T/∂C_t over the steps: along the direct path, over all paths, and in the plain RNN."""
    focus = stop.link.focus
    paths = memory_paths(stop.link.experiment.trace(), focus.unit, focus.recurrence)
    curves = [
        Series(words("gradient.row_full"), paths.full, COLOURS["C"]),
        Series(words("gradient.row_direct"), paths.direct, COLOURS["f"], "dash"),
        Series(words("gradient.row_rnn"), paths.rnn, MUTED, "dot"),
    ]
    return line_chart(curves, words(stop.title_key), words("axis.step"), focus.t)


def _learning(stop: Stop, words: Words, _: str) -> str:
    """Over the updates of the course that the page opens on: what is right, and the gates while holding."""
    course = shipped(OPENS[_PROBLEM])
    gates = [rows[0].holding for _, rows in learned_along(course)]
    curves = [Series(words("learning.score"), score_along(course), COLOURS["C"])] + [
        Series(words(f"quantity.{gate}"), np.array([getattr(of, gate) for of in gates]), COLOURS[gate], dash)
        for gate, dash in (("f", "dash"), ("i", "dot"))
    ]
    updates = tuple(map(str, course.snapshot_at.tolist()))
    return line_chart(curves, words(stop.title_key), words("learning.update"), names=updates)


def _reading(stop: Stop, words: Words, _: str) -> str:
    """C of the unit that follows brackets, after each letter of the line of the stop."""
    reading, unit = found(stop.link.experiment)
    C = reading.trace.C[:, unit.unit - 1]
    letters = [shown(label, 1) for label in reading.trace.labels]
    return line_chart(
        [Series("C", C, COLOURS["C"])], words(stop.title_key), words("axis.step"), names=letters
    )


_CHARTS = {"why_forget": _then_and_now, "gradient": _gradient, "learning": _learning, "reading": _reading}
"""Page -> what draws its stops; the others show the cell."""

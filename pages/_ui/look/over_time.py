"""Trace -> **charts over time**, and what a click in them asks for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lstm_core.memory import life_of_part
from lstm_core.paths import memory_paths
from lstm_core.rounding import text
from lstm_core.trace import LSTMTrace
from lstm_core.view.charts import heatmaps, run_over_time
from lstm_core.view.strip import (
    LARGE,
    LETTERS,
    MAX_BAND_STEPS,
    Row,
    for_fingers,
    gradient_paths,
    half_life_curve,
    presented,
    then_and_now,
    time_strip,
)
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from .. import session
from ..browser.charts import chart, chosen_point
from ..browser.picture import picture
from ..edit import grab
from ..lessons import lesson
from ..whole_page import run_page
from .choose import choose

STILL = {"displayModeBar": False, "scrollZoom": False}


def strip(
    words: Words, experiment: Experiment, trace: LSTMTrace, focus: Focus, rows: tuple[Row, ...], dragged: bool
) -> None:
    """The run over time; a click on a step moves the focus there. The run without pins is drawn faintly.

    dragged : whether a hand is on a slider. The exact numbers, for the pointer to read off, follow later.
    """
    rows = [replace(row, keys=_chosen_band()) if row.kind == "provenance" else row for row in rows]
    if focus.present:
        rows = presented(rows)
    ghost = lesson.covered(experiment.unpinned().trace()) if experiment.pins else None
    letters = LARGE if focus.present else LETTERS
    grabs = grab.in_strip(experiment, focus)
    if "x" in grabs and session.arrangement() == "narrow":
        rows = for_fingers(rows, experiment.D)
    picture(
        time_strip(trace, focus.unit, focus.t, rows, words, ghost, letters, exact=not dragged, grabs=grabs),
        key=f"strip.{session.page()}",
        on_choose=_choose,
        grabs=grab.addresses(grabs, experiment, focus),
        on_move=grab.move,
        turn=session.turn,
    )


def whole_run(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """The run of the unit in focus as a chart to zoom into and to save."""
    chart(run_over_time(trace, focus.unit, focus.t, words), key="run")


def band_life(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """A sentence on what became of the chosen part of the memory until the step in focus.

    Without a chosen part, it invites the reader to choose one.
    """
    s = session.band()
    if trace.T > MAX_BAND_STEPS or focus.present:
        return
    life = None if s is None or s > focus.t else life_of_part(trace, focus.unit, s, focus.t)
    if life is None or life.is_covered:  # nothing is told while a question about it is open
        st.markdown(words("provenance.choose"))
        return
    values = {
        "s": s,
        "t": focus.t,
        "written": text(life.written, sign=True),
        "left": text(life.left, sign=True),
    }
    if life.worst_t is None:
        st.markdown(words("provenance.born", **values))
        return
    values |= {"n": life.steps, "worst_t": life.worst_t, "worst_f": text(life.worst_f)}
    st.markdown(words("provenance.life_of_start" if s == 0 else "provenance.life", **values))


def all_units(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """All units over time, where there are several; a click puts the focus on a unit and step."""
    if trace.params.H == 1 or focus.present:
        return
    st.markdown(words("heatmap.heading", H=trace.params.H))
    chart(
        heatmaps(trace, focus.unit, focus.t, words),
        key="heatmaps",
        config=STILL,
        on_select=_pick_unit,
        selection_mode="points",
    )


def why_forget(words: Words, experiment: Experiment, focus: Focus, dragged: bool) -> None:
    """The run without a forget gate beside the one with it, and how long a memory lasts with this bias."""
    long = experiment.unpinned().tiled(focus.length)
    without, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
    sides = then_and_now(without, gated, focus.unit, min(focus.t, long.T), words, experiment.T, not dragged)
    curve = half_life_curve(experiment.value(f"b_f.{focus.unit}"), focus.unit, words)
    picture(sides + curve, key="then_and_now", on_choose=_choose)


def gradient(words: Words, trace: LSTMTrace, focus: Focus, dragged: bool) -> None:
    """How the last memory of the unit in focus depends on each step: over which path, and on whose input."""
    paths = memory_paths(trace, focus.unit)
    picture(gradient_paths(paths, focus.unit, focus.t, words, not dragged), key="paths", on_choose=_choose)


def _chosen_band() -> tuple[str, ...]:
    """The key of the provenance row: the step whose band is chosen, or none."""
    return () if session.band() is None else (str(session.band()),)


def _pick_unit() -> None:
    chosen = chosen_point("heatmaps", "xy")
    if chosen:
        session.touch()
        session.look(t=round(chosen[0]), unit=round(chosen[1]))


def _choose(choice: dict) -> None:
    """What a click in the strip does: a step comes into focus, a band is followed, a number is explained."""
    if choice.get("role") == "band" and choice.get("value", "").isdigit():
        session.mark_band(int(choice["value"]))
    if choice.get("role") in ("step", "band") and "t" in choice:
        session.touch()
        session.look(t=choice["t"])
    else:
        choose(choice)
    run_page()

"""Trace -> **charts over time**, and what a click in them asks for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lstm_core.memory import half_life_of_bias, largest_memory, life_of_part, stuck_steps
from lstm_core.paths import memory_paths
from lstm_core.rounding import slope_text, text
from lstm_core.trace import LSTMTrace
from lstm_core.view import charts as figures
from lstm_core.view.charts import gradient_paths, heatmaps
from lstm_core.view.strip import LARGE, LETTERS, MAX_BAND_STEPS, Row, presented, time_strip
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
    words: Words, experiment: Experiment, trace: LSTMTrace, focus: Focus, rows: tuple[Row, ...]
) -> None:
    """The run over time; a click on a step moves the focus there. The run without pins is drawn faintly."""
    rows = [replace(row, keys=_chosen_band()) if row.kind == "provenance" else row for row in rows]
    if focus.present:
        rows = presented(rows)
    ghost = lesson.covered(experiment.unpinned().trace()) if experiment.pins else None
    if ghost:
        C, h = (text(getattr(ghost, key)[focus.t - 1, focus.unit - 1]) for key in ("C", "h"))
        st.markdown(words("pin.without", t=focus.t, C=C, h=h))
    letters = LARGE if focus.present else LETTERS
    grabs = grab.in_strip(experiment, focus)
    picture(
        time_strip(trace, focus.unit, focus.t, rows, words, ghost, letters, grabs=grabs),
        key=f"strip.{session.page()}",
        on_choose=_choose,
        grabs=grab.addresses(grabs, experiment, focus),
        on_move=grab.move,
        turn=session.turn,
    )


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


def then_and_now(words: Words, without: LSTMTrace, gated: LSTMTrace, focus: Focus) -> None:
    """The run without a forget gate beside the run with one, and a sentence on the end of each."""
    k = focus.unit - 1
    for run, key in ((without, "without"), (gated, "gated")):
        C, h = text(run.C[-1, k]), text(run.h[-1, k])
        largest = text(largest_memory(run, focus.unit))
        stuck = stuck_steps(run, focus.unit)
        st.markdown(words(f"why_forget.after_{key}", T=run.T, C=C, h=h, largest=largest, stuck=stuck))
    chart(figures.then_and_now(without, gated, focus.unit, words), key="then_and_now", config=STILL)


def gradient(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """How the last memory of the unit in focus depends on each step: over which path, and on whose input."""
    paths = memory_paths(trace, focus.unit)
    here = {name: slope_text(getattr(paths, name)[focus.t - 1]) for name in ("direct", "full", "rnn")}
    st.markdown(words("gradient.says", t=focus.t, T=trace.T, unit=focus.unit, **here))
    if not paths.is_covered:
        differ = "gradient.differ" if trace.params.peepholes is None else "gradient.differ_peephole"
        st.markdown(words("gradient.same" if paths.only_direct else differ))
    chart(
        gradient_paths(paths, focus.t, words),
        key="gradient",
        config=STILL,
        on_select=_pick_step,
        selection_mode="points",
    )


def half_life(words: Words, experiment: Experiment, focus: Focus) -> None:
    """The half-life of the memory over the forget bias, with the bias of the unit in focus marked."""
    b_f = experiment.value(f"b_f.{focus.unit}")
    steps = half_life_of_bias(b_f)
    st.markdown(words("why_forget.now", b=text(b_f), unit=focus.unit, steps=text(steps, decimals=1)))
    chart(figures.half_life_curve(b_f, words), key="half_life", config=STILL)


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


def _pick_step() -> None:
    chosen = chosen_point("gradient", "x")
    if chosen:
        session.touch()
        session.look(t=round(chosen[0]))

"""Trace -> **charts over time**, and what a click in them asks for."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lstm_core.memory import half_life_of_bias, life_of_part, stuck_steps
from lstm_core.paths import cell_jacobian, direct_path, input_sensitivity, spectral_norm
from lstm_core.rnn import rnn_forward, state_jacobian
from lstm_core.rounding import text
from lstm_core.trace import LSTMTrace, provenance
from lstm_core.view import charts as figures
from lstm_core.view.charts import gradient_paths, heatmaps
from lstm_core.view.strip import LARGE, LETTERS, Row, presented, time_strip
from lstm_core.view.strip.bands import MAX_STEPS
from lstm_core.words import Words
from lstm_core.workbench.experiment import HAND_H, Experiment
from lstm_core.workbench.focus import Focus

from .. import session
from ..browser.charts import chart
from ..browser.picture import picture
from .choose import choose

STILL = {"displayModeBar": False, "scrollZoom": False}


def strip(words: Words, experiment: Experiment, trace: LSTMTrace, focus: Focus, rows: list[Row]) -> None:
    """The run over time; a click on a step moves the focus there. A run without pins is its ghost."""
    if focus.present:
        rows = presented(rows)
    ghost = experiment.unpinned().trace() if experiment.pins else None
    if ghost:
        C, h = (text(getattr(ghost, key)[focus.t - 1, focus.unit - 1]) for key in ("C", "h"))
        st.markdown(words("pin.without", t=focus.t, C=C, h=h))
    letters = LARGE if focus.present else LETTERS
    picture(
        time_strip(trace, focus.unit, focus.t, rows, words, ghost, letters),
        key=f"strip.{session.page()}",
        on_choose=_choose,
    )


def chosen_band() -> tuple[str, ...]:
    """The key of the provenance row: the step whose band is chosen, if one is."""
    return () if session.band() is None else (str(session.band()),)


def band_life(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """What became of the band that was chosen, until the step in focus; or the invitation to choose one."""
    s = session.band()
    if trace.T > MAX_STEPS or focus.present:
        return
    life = None if s is None or s > focus.t else life_of_part(trace, focus.unit, s, focus.t)
    if life is None or np.isnan(life.left):  # what a question covers has no story yet
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
    values |= {"n": focus.t - s, "worst_t": life.worst_t, "worst_f": text(life.worst_f)}
    st.markdown(words("provenance.life_of_start" if s == 0 else "provenance.life", **values))


def all_units(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """Every unit over time, where there are several; a click opens its unit and step."""
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
    """The run without forget gate beside the one with it, and in a sentence what became of each."""
    row, k = -1, focus.unit - 1
    for run, key in ((without, "without"), (gated, "gated")):
        C, h = text(run.C[row, k]), text(run.h[row, k])
        largest = text(abs(run.C[:, k]).max())
        stuck = stuck_steps(run, focus.unit)
        st.markdown(words(f"why_forget.after_{key}", T=run.T, C=C, h=h, largest=largest, stuck=stuck))
    chart(figures.then_and_now(without, gated, focus.unit, words), key="then_and_now", config=STILL)


def gradient(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """How the last memory of the unit in focus depends on each step: over which path, and on whose input."""
    unit, T = focus.unit, trace.T
    direct = direct_path(trace, unit)[1:]
    full = cell_jacobian(trace, unit)[1:, unit - 1]
    plain = rnn_forward(trace.params, trace.x, trace.h_prev[0])
    rnn = state_jacobian(plain, unit)[1:, unit - 1]
    here = {
        name: _small(values[focus.t - 1])
        for name, values in zip(("direct", "full", "rnn"), (direct, full, rnn), strict=True)
    }
    st.markdown(words("gradient.says", t=focus.t, T=T, unit=unit, **here))
    if not np.isnan(full).any():
        one_path = np.allclose(direct, full, rtol=1e-9, atol=1e-12)
        differ = "gradient.differ" if trace.params.peepholes is None else "gradient.differ_peephole"
        st.markdown(words("gradient.same" if one_path else differ))
    written = provenance(trace, unit)[1:, -1]
    norm = spectral_norm(cell_jacobian(trace)[1:]) if 1 < trace.params.H <= HAND_H else None
    figure = gradient_paths(direct, full, rnn, norm, written, input_sensitivity(trace, unit), focus.t, words)
    chart(
        figure,
        key="gradient",
        config=STILL,
        on_select=_pick_step,
        selection_mode="points",
    )


def _small(value: float) -> str:
    """Three decimals, and where even they say nothing, that it is less."""
    return "±0.000…" if 0 < abs(value) < 0.0005 else text(value, decimals=3)


def half_life(words: Words, experiment: Experiment, focus: Focus) -> None:
    """The forget bias of the unit in focus on the curve of half-lives."""
    b_f = experiment.value(f"b_f.{focus.unit}")
    steps = half_life_of_bias(b_f)
    st.markdown(words("why_forget.now", b=text(b_f), unit=focus.unit, steps=text(steps, decimals=1)))
    chart(figures.half_life_curve(b_f, words), key="half_life", config=STILL)


def _pick_unit() -> None:
    points = st.session_state["heatmaps"].get("selection", {}).get("points", [])
    step, unit = (points[0].get(axis) for axis in "xy") if points else (None, None)
    if isinstance(step, (int, float)) and isinstance(unit, (int, float)):
        session.touch()
        session.look(t=round(step), unit=round(unit))


def _choose(choice: dict) -> None:
    """A step comes into focus; of a band it is asked what became of it, of a number where it comes from."""
    if choice.get("role") == "band" and choice.get("value", "").isdigit():
        session.mark_band(int(choice["value"]))
    if choice.get("role") in ("step", "band") and "t" in choice:
        session.touch()
        session.look(t=choice["t"])
    else:
        choose(choice)


def _pick_step() -> None:
    points = st.session_state["gradient"].get("selection", {}).get("points", [])
    step = points[0].get("x") if points else None
    if isinstance(step, (int, float)):
        session.touch()
        session.look(t=round(step))

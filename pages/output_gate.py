"""Output gate: how much of the memory the cell shows."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import lesson, link, over_time, session, show, tour
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page
from pages._ui.walk import diagram_file, walk
from pages._ui.why import pinned, why

words = open_page("output_gate")


@st.fragment
def page():
    left, right, below = show.bench()
    experiment, focus = session.experiment(), session.focus()
    trace = lesson.covered(experiment.trace())
    with right:  # first, for it is what the hand on a slider waits for
        tour.heading(words, "output_gate")
        walk(words, trace, focus)
        pinned(words, experiment)
        rows = [
            Row("inputs"),
            Row("lines", 32, ("o",)),
            Row("ledger", 54),
            Row("lines", 44, ("tanh_C", "h")),
        ]
        over_time.strip(words, experiment, trace, focus, rows)
    with left:
        controls(words, ("o", "x", "start"))
        why(words, experiment, trace)
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation(experiment, "z_o", "o", "h")
            show.split(trace, focus, "o")
        with prose:
            show.notice(words, "output_gate", experiment)
        inputs_table(words)
        show.downloads(words, experiment, lambda: diagram_file(words, trace, focus))
    link.write()


page()

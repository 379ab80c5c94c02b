"""Forget gate: how much of the old memory is kept."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import lesson, link, over_time, session, show, tour
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page
from pages._ui.walk import diagram_file, walk
from pages._ui.why import pinned, why

words = open_page("forget_gate")


@st.fragment
def page():
    left, right, below = show.bench()
    experiment, focus = session.experiment(), session.focus()
    trace = lesson.covered(experiment.trace())
    with right:  # first, for it is what the hand on a slider waits for
        tour.heading(words, "forget_gate")
        walk(words, trace, focus)
        pinned(words, experiment)
        rows = [
            Row("inputs"),
            Row("lines", 50, ("f",)),
            Row("ledger", 84),
        ]
        over_time.strip(words, experiment, trace, focus, rows)
    with left:
        controls(words, ("f", "x", "start"))
        why(words, experiment, trace)
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation(experiment, "z_f", "f", "kept", "erased")
            show.split(trace, focus, "f")
        with prose:
            show.notice(words, "forget_gate", experiment)
        inputs_table(words)
        show.downloads(words, experiment, lambda: diagram_file(words, trace, focus))
    link.write()


page()

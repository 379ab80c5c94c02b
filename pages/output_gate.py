"""Output gate: how much of the memory the cell shows."""

import streamlit as st

from lstm_core.view.strip import Row
from pages._ui import link, session
from pages._ui.edit.controls import controls
from pages._ui.edit.inputs_table import inputs_table
from pages._ui.heading import heading
from pages._ui.lessons import lesson
from pages._ui.look import over_time, show
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.look.walk import diagram_file, walk
from pages._ui.look.why import pinned, why
from pages._ui.menu import open_page

words = open_page("output_gate")


@st.fragment
def page():
    left, right, below = bench()
    experiment, focus = session.experiment(), session.focus()
    trace = lesson.covered(experiment.trace())
    with right:  # first, for it is what the hand on a slider waits for
        heading(words, "output_gate")
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
        downloads(words, experiment, lambda: diagram_file(words, trace, focus))
    link.write()


page()

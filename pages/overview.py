"""The whole cell: one step of input, from the gates to the memory to what is shown."""

import streamlit as st

from lstm_core.view.strip import Row
from pages._ui import link, session
from pages._ui.edit.controls import GROUPS, controls
from pages._ui.edit.inputs_table import inputs_table
from pages._ui.edit.sidebar import ORDINARY, cell_choice, cell_says
from pages._ui.heading import heading
from pages._ui.lessons import lesson
from pages._ui.look import over_time, show
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.look.walk import diagram_file, walk
from pages._ui.look.why import pinned, why
from pages._ui.menu import open_page

words = open_page("overview")


@st.fragment
def page():
    left, right, below = bench()
    experiment, focus = session.experiment(), session.focus()
    trace = lesson.covered(experiment.trace())
    with right:  # first, for it is what the hand on a slider waits for
        heading(words, "overview", beside=cell_choice)
        if experiment.variant != ORDINARY:  # one line of room less for the pictures
            cell_says(words)
        walk(words, trace, focus)
        pinned(words, experiment)
        rows = [
            Row("inputs"),
            Row("lines", 42, ("f", "i", "o")),
            Row("ledger", 52),
            Row("lines", 36, ("C_tilde", "h")),
        ]
        over_time.strip(words, experiment, trace, focus, rows)
    with left:
        controls(words, GROUPS)
        why(words, experiment, trace)
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation(experiment, "z_f", "f", "z_i", "i", "z_c", "C_tilde", "z_o", "o", "C", "h")
        with prose:
            show.notice(words, "overview", experiment)
        inputs_table(words)
        downloads(words, experiment, lambda: diagram_file(words, trace, focus))
    link.write()


page()

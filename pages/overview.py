"""The whole cell: one step of input, from the gates to the memory to what is shown."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import link, show
from pages._ui.controls import GROUPS, controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page

words = open_page("overview")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, GROUPS)
    trace = experiment.trace()
    with right:
        show.heading(words, "overview", experiment)
        show.ledger_sentence(words, trace, focus)
        rows = [
            Row("inputs"),
            Row("lines", 90, ("f", "i", "o")),
            Row("lines", 70, ("C_tilde",)),
            Row("ledger", 110),
            Row("lines", 60, ("h",)),
        ]
        show.strip(words, trace, focus, rows, "overview")
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation("z_f", "f", "z_i", "i", "z_c", "C_tilde", "z_o", "o", "C", "h")
        with prose:
            show.notice(words, "overview", experiment)
        inputs_table(words)
        show.downloads(words, experiment)
    link.write()


page()

"""Output gate: how much of the memory the cell shows."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import link, show
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page

words = open_page("output_gate")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, ("o", "x", "start"))
    trace = experiment.trace()
    with right:
        show.heading(words, "output_gate", experiment)
        show.ledger_sentence(words, trace, focus)
        rows = [
            Row("inputs"),
            Row("lines", 60, ("o",)),
            Row("ledger", 90),
            Row("lines", 70, ("tanh_C", "h")),
        ]
        show.strip(words, trace, focus, rows, "output_gate")
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation("z_o", "o", "h")
            show.terms(words, trace, focus, "o")
        with prose:
            show.notice(words, "output_gate", experiment)
        inputs_table(words)
        show.downloads(words, experiment)
    link.write()


page()

"""Cell state: what the memory is made of."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import link, show
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page

words = open_page("cell_state")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, ("f", "i", "c", "x", "start"))
    trace = experiment.trace()
    with right:
        show.heading(words, "cell_state", experiment)
        show.ledger_sentence(words, trace, focus)
        rows = [
            Row("inputs"),
            Row("lines", 60, ("f", "i")),
            Row("ledger", 110),
            Row("provenance", 110),
        ]
        show.strip(words, trace, focus, rows, "cell_state")
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation("C")
        with prose:
            show.notice(words, "cell_state", experiment)
        inputs_table(words)
        show.downloads(words, experiment)
    link.write()


page()

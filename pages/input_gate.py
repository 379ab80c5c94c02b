"""Input gate and candidate: how much of the new is written, and what."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import link, show
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page

words = open_page("input_gate")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, ("i", "c", "x", "start"))
    trace = experiment.trace()
    with right:
        show.heading(words, "input_gate", experiment)
        show.ledger_sentence(words, trace, focus)
        rows = [
            Row("inputs"),
            Row("lines", 60, ("i",)),
            Row("lines", 60, ("C_tilde",)),
            Row("ledger", 110),
        ]
        show.strip(words, trace, focus, rows, "input_gate")
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation("z_i", "i", "z_c", "C_tilde", "written")
            show.terms(words, trace, focus, "i")
            show.terms(words, trace, focus, "c")
        with prose:
            show.notice(words, "input_gate", experiment)
        inputs_table(words)
        show.downloads(words, experiment)
    link.write()


page()

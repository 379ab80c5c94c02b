"""Forget gate: how much of the old memory is kept."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import link, show
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page

words = open_page("forget_gate")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, ("f", "x", "start"))
    trace = experiment.trace()
    with right:
        show.heading(words, "forget_gate", experiment)
        show.gate_sentence(words, trace, focus)
        show.ledger_sentence(words, trace, focus)
        rows = [
            Row("inputs"),
            Row("lines", 70, ("f",)),
            Row("ledger", 120),
        ]
        show.strip(words, trace, focus, rows, "forget_gate")
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation("z_f", "f", "kept", "erased")
            show.terms(words, trace, focus, "f")
        with prose:
            show.notice(words, "forget_gate", experiment)
        inputs_table(words)
        show.downloads(words, experiment)
    link.write()


page()

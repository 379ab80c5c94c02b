"""Cell state: what the memory is made of."""

import streamlit as st

from lstm_core.view.time_strip import Row
from pages._ui import lesson, link, over_time, session, show, tour
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page
from pages._ui.walk import diagram_file, walk
from pages._ui.why import pinned, why

words = open_page("cell_state")


@st.fragment
def page():
    left, right, below = show.bench()
    experiment, focus = session.experiment(), session.focus()
    trace = lesson.covered(experiment.trace())
    with right:  # first, for it is what the hand on a slider waits for
        tour.heading(words, "cell_state")
        walk(words, trace, focus)
        pinned(words, experiment)
        rows = [
            Row("inputs"),
            Row("lines", 32, ("f", "i")),
            Row("ledger", 48),
            Row("provenance", 50, over_time.chosen_band()),
        ]
        over_time.strip(words, experiment, trace, focus, rows)
        over_time.band_life(words, trace, focus)
        over_time.all_units(words, trace, focus)
    with left:
        controls(words, ("f", "i", "c", "x", "start"))
        why(words, experiment, trace)
    with below:
        sums, prose = st.columns(2, gap="large")
        with sums:
            show.equation(experiment, "kept", "erased", "written", "C")
            show.ledger_sentence(words, trace, focus)
        with prose:
            show.notice(words, "cell_state", experiment)
        inputs_table(words)
        show.downloads(words, experiment, lambda: diagram_file(words, trace, focus))
    link.write()


page()

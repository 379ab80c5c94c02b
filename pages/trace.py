"""The numbers: every quantity of the run as a table, files to take home, files to bring."""

import streamlit as st

from pages._ui import lesson, link, show, tour
from pages._ui.controls import controls
from pages._ui.inputs_table import inputs_table
from pages._ui.menu import open_page
from pages._ui.uploads import uploads

words = open_page("trace")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, ("f", "i", "c", "o", "x", "start"))
    trace = lesson.covered(experiment.trace())
    with right:
        tour.heading(words, "trace", listens=True)
        show.table(words, trace, focus)
        show.downloads(words, experiment)
    with below:
        uploads(words)
        inputs_table(words)
        st.markdown(words.prose("trace"))
    link.write()


page()

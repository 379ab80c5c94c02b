"""Where the gradient goes: the direct path beside all paths, and who wrote beside who matters."""

import streamlit as st

from pages._ui import lesson, link, over_time, show, tour
from pages._ui.controls import GROUPS, controls
from pages._ui.menu import open_page

words = open_page("gradient")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, GROUPS)
    trace = lesson.covered(experiment.trace())
    with right:
        tour.heading(words, "gradient", listens=True)
        if not tour.waits(words):
            over_time.gradient(words, trace, focus)
    with below:
        st.markdown(words.prose("gradient"))
        show.downloads(words, experiment)
    link.write()


page()

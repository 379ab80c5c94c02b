"""Where the gradient goes: the direct path beside all paths, and who wrote beside who matters."""

import streamlit as st

from pages._ui import link, over_time, show
from pages._ui.controls import GROUPS, controls
from pages._ui.menu import open_page

words = open_page("gradient")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, GROUPS)
    trace = experiment.trace()
    with right:
        show.heading(words, "gradient")
        over_time.gradient(words, trace, focus)
    with below:
        st.markdown(words.prose("gradient"))
        show.downloads(words, experiment)
    link.write()


page()

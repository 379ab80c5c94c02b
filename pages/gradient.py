"""Where the gradient goes: the direct path beside all paths, and who wrote beside who matters."""

import streamlit as st

from pages._ui import link
from pages._ui.edit.controls import GROUPS, draw_controls, read_controls
from pages._ui.heading import heading, waits
from pages._ui.lessons import lesson
from pages._ui.look import over_time
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.menu import open_page

words = open_page("gradient")


@st.fragment
def page():
    left, right, below = bench()
    experiment, focus = read_controls()
    trace = lesson.covered(experiment.trace())
    with right:
        heading(words, "gradient", listens=True)
        if not waits(words):
            over_time.gradient(words, trace, focus)
    with left:
        draw_controls(words, GROUPS)
    with below:
        st.markdown(words.prose("gradient"))
        downloads(words, experiment)
    link.write()


page()

"""The numbers: every quantity of the run as a table, files to take home, files to bring."""

import streamlit as st

from pages._ui import link
from pages._ui.edit.controls import GROUPS, draw_controls, read_controls
from pages._ui.edit.inputs_table import inputs_table
from pages._ui.edit.uploads import uploads
from pages._ui.heading import heading
from pages._ui.lessons import lesson
from pages._ui.look import show
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.menu import open_page

words = open_page("trace")


@st.fragment
def page():
    left, right, below = bench()
    experiment, focus = read_controls()
    trace = lesson.covered(experiment.trace())
    with right:
        heading(words, "trace", listens=True)
        show.table(words, trace, focus)
        downloads(words, experiment)
    with left:
        draw_controls(words, GROUPS)
    with below:
        uploads(words)
        inputs_table(words)
        st.markdown(words.prose("trace"))
    link.write()


page()

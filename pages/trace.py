"""The numbers: every quantity of the run as a table, files to take home, files to bring."""

import streamlit as st

from ._ui import link
from ._ui.edit.controls import controls
from ._ui.edit.inputs_table import inputs_table
from ._ui.edit.uploads import uploads
from ._ui.heading import heading
from ._ui.lessons import lesson
from ._ui.look import show
from ._ui.look.bench import bench
from ._ui.look.downloads import downloads
from ._ui.menu import open_page

words = open_page("trace")


@st.fragment
def page():
    left, right, below = bench()
    with left:
        experiment, focus = controls(words, ("f", "i", "c", "o", "x", "start"))
    trace = lesson.covered(experiment.trace())
    with right:
        heading(words, "trace", listens=True)
        show.table(words, trace, focus)
        downloads(words, experiment)
    with below:
        uploads(words)
        inputs_table(words)
        st.markdown(words.prose("trace"))
    link.write()


page()

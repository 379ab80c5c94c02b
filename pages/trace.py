"""The numbers: every quantity of the run as a table, files to take home, files to bring."""

import streamlit as st

from pages._ui import link
from pages._ui.edit.controls import GROUPS, draw_controls, draw_sliders, read_controls
from pages._ui.edit.inputs_table import inputs_table
from pages._ui.edit.uploads import uploads
from pages._ui.heading import heading
from pages._ui.lessons import lesson
from pages._ui.look import over_time, show
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.menu import open_page
from pages._ui.whole_page import under_hand, whole_page

words = open_page("trace")


@whole_page
def page():
    left, right, below = bench()
    with right:
        heading(words, "trace", listens=True)
        experiment, focus = read_controls()
        said = st.container()
        downloads(words, experiment)
        table = st.container()
        over_time.whole_run(words, lesson.covered(experiment.trace()), focus)

    def in_hand(dragged):
        experiment, focus = read_controls()
        trace = lesson.covered(experiment.trace())
        with said:
            show.ledger(words, trace, focus)
        with table:
            show.table(words, trace, focus)
        draw_sliders(words, group)

    with left:
        group = draw_controls(words, GROUPS)
        under_hand(in_hand)
    with below:
        uploads(words)
        inputs_table(words)
        st.markdown(words.prose("trace"))
    link.write()


page()

"""Where the gradient goes: the direct path beside all paths, and who wrote beside who matters."""

import streamlit as st

from pages._ui import link
from pages._ui.edit.controls import GROUPS, draw_controls, draw_sliders, read_controls
from pages._ui.heading import heading, waits
from pages._ui.lessons import lesson
from pages._ui.look import over_time
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.look.show import first_notice
from pages._ui.menu import open_page
from pages._ui.whole_page import under_hand, whole_page

words = open_page("gradient")


@whole_page
def page():
    left, right, below = bench()
    with right:
        heading(words, "gradient", listens=True)
        waiting, pictures = waits(words), st.container(key="pictures")

    def in_hand(dragged):
        experiment, focus = read_controls()
        with pictures:
            if not waiting:
                over_time.gradient(words, lesson.covered(experiment.trace()), focus, dragged)
        draw_sliders(words, group)

    with left:
        group = draw_controls(words, GROUPS)
        under_hand(in_hand)
        first_notice(words)
    with below:
        st.markdown(words.prose("gradient"))
        downloads(words, read_controls()[0])
    link.write()


page()

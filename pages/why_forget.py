"""Why a forget gate: the same weights and inputs through the cell of 1997 and through the gated one."""

import streamlit as st

from lstm_core.view.growth import growth
from pages._ui import link
from pages._ui.browser.picture import picture
from pages._ui.edit.controls import draw_controls, draw_sliders, length, read_controls
from pages._ui.heading import heading, waits
from pages._ui.look import over_time
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.look.show import first_notice
from pages._ui.menu import open_page
from pages._ui.whole_page import under_hand, whole_page

words = open_page("why_forget")


@whole_page
def page():
    left, right, below = bench()
    with right:
        heading(words, "why_forget", listens=True)
        waiting, pictures = waits(words), st.container(key="pictures")

    def in_hand(dragged):
        experiment, focus = read_controls()
        with pictures:
            if not waiting:
                over_time.why_forget(words, experiment, focus, dragged)
        draw_sliders(words, group)

    with left:
        group = draw_controls(words, ("f", "i", "c", "x"), before=length)
        under_hand(in_hand)
        first_notice(words)
    with below:
        st.markdown(words.prose("why_forget"))
        downloads(words, read_controls()[0])
    link.write()


page()
st.subheader(words("growth.heading"), anchor=False)
picture(growth(words), key="growth")

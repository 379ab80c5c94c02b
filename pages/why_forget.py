"""Why a forget gate: the same weights and inputs through the cell of 1997 and through the gated one."""

import streamlit as st

from pages._ui import link, over_time, show, tour
from pages._ui.controls import controls, length
from pages._ui.menu import open_page

words = open_page("why_forget")


@st.fragment
def page():
    left, right, below = show.bench()
    with left:
        experiment, focus = controls(words, ("f", "i", "c", "x"), before=length)
    long = experiment.unpinned().tiled(focus.length)
    without, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
    with right:
        tour.heading(words, "why_forget", listens=True)
        if not tour.waits(words):
            over_time.then_and_now(words, without, gated, focus)
            over_time.half_life(words, experiment, focus)
    with below:
        st.markdown(words.prose("why_forget"))
        show.downloads(words, experiment)
    link.write()


page()

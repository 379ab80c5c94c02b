"""Why a forget gate: the same weights and inputs through the cell of 1997 and through the gated one."""

import streamlit as st

from pages._ui import link
from pages._ui.edit.controls import draw_controls, length, read_controls
from pages._ui.heading import heading, waits
from pages._ui.look import over_time
from pages._ui.look.bench import bench
from pages._ui.look.downloads import downloads
from pages._ui.menu import open_page

words = open_page("why_forget")


@st.fragment
def page():
    left, right, below = bench()
    experiment, focus = read_controls()
    long = experiment.unpinned().tiled(focus.length)
    without, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
    with right:
        heading(words, "why_forget", listens=True)
        if not waits(words):
            over_time.then_and_now(words, without, gated, focus)
            over_time.half_life(words, experiment, focus)
    with left:
        draw_controls(words, ("f", "i", "c", "x"), before=length)
    with below:
        st.markdown(words.prose("why_forget"))
        downloads(words, experiment)
    link.write()


page()

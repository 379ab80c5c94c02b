"""The numbers: every quantity of the run as a table, files to take home, files to bring."""

import streamlit as st

from lstm_core.figure.handles import GROUPS
from pages._ui import figures, link, session
from pages._ui.browser.hand import Hand
from pages._ui.edit.controls import draw_controls, panels
from pages._ui.edit.inputs_table import inputs_table
from pages._ui.edit.uploads import uploads
from pages._ui.heading import heading
from pages._ui.in_english import marked_text
from pages._ui.look import show, walk
from pages._ui.look.downloads import downloads
from pages._ui.look.page_layout import page_layout
from pages._ui.look.why import why
from pages._ui.menu import open_page
from pages._ui.next_step import next_step
from pages._ui.whole_page import whole_page

words = open_page("trace")


@whole_page
def page():
    left, right, below = page_layout()
    figure = figures.figure(panels(GROUPS))
    hand = Hand(figure, "trace")
    with right:
        heading(words, "trace", listens=True)
        hand.picture("ledger")
        with st.container(key="strip"):
            hand.picture("strip")
        downloads(words, figure.experiment)
        show.table(words, figure.trace, figure.focus)
        hand.rests(figures.take, walk.decide, words("line.refused"))
    with left:
        draw_controls(words, GROUPS, hand)
        if session.asked_origin():
            why(words, figure.experiment, figure.trace)
    with below:
        uploads(words)
        inputs_table(words)
        marked_text(words.prose("trace"), "prose")
        next_step(words)
    link.write()


page()

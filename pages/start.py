"""Start: what an LSTM cell does, as a story of chapters, each with something to do by hand."""

import streamlit as st

from lstm_core.lessons.story import line_of
from lstm_core.workbench.brackets import MOST
from pages._ui import figures, link, session, story
from pages._ui.browser.hand import Hand
from pages._ui.heading import heading, waits
from pages._ui.lessons import chapter
from pages._ui.look import walk
from pages._ui.look.page_layout import present_style
from pages._ui.look.why import why
from pages._ui.menu import open_page
from pages._ui.next_step import page_end
from pages._ui.whole_page import whole_page

words = open_page("start")


@whole_page
def page():
    link.go_on()
    present_style()
    experiment, told = session.experiment(), story.story()
    looks = ("length",) if "sides" in told.here.pictures else ()
    with st.container(key="start"):
        with st.container(key="start_heading"):  # so that what follows keeps its place, and the focus
            heading(words, "start", listens="cell" not in told.here.pictures)
        if not waits(words):
            figure = figures.figure(looks, story=told, start=line_of(experiment))
            hand = Hand(figure, "start")
            for picture in figure.pictures:
                with st.container(key=picture):
                    if picture == "cell":
                        walk.diagram(hand)
                    else:
                        hand.picture(picture)
            for panel in looks:
                hand.sliders(panel)
            hand.rests(chapter.take, chapter.decide, words("line.refused"))
            if session.asked_origin():
                why(words, experiment, figure.trace)
            session.set_widget(story.LINE, story.line())
            st.text_input(words("story.line"), key=story.LINE, max_chars=MOST, on_change=story.read_line)
            st.caption(words("story.line_bare" if story.is_bare() else "story.line_help", most=MOST))
    page_end(words)
    link.write()


page()

"""Make a lesson: what a teacher puts together, as a link, a QR code, a frame and paper."""

import streamlit as st

from pages._ui import link
from pages._ui.heading import heading
from pages._ui.in_english import marked_text
from pages._ui.lessons import make_lesson
from pages._ui.menu import open_page
from pages._ui.next_step import next_step
from pages._ui.whole_page import whole_page

words = open_page("make_lesson")


@whole_page
def page():
    st.html(make_lesson.STYLE)
    heading(words, "make_lesson")
    marked_text(words.prose("make_lesson"), "prose")
    left, right = st.columns([7, 5], gap="large")
    with left:
        make_lesson.begins_with(words)
        make_lesson.to_do(words)
        make_lesson.seen(words)
        make_lesson.on_paper(words)
        make_lesson.for_each(words)
    with right.container(key="make_result"):
        make_lesson.result(words)
    next_step(words)
    link.write()


page()

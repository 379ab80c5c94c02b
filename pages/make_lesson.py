"""Make a lesson: what a teacher puts together, as a link, a QR code and a frame."""

import streamlit as st

from pages._ui import link
from pages._ui.heading import heading
from pages._ui.lessons import make_lesson as teaching
from pages._ui.menu import open_page

words = open_page("make_lesson")


@st.fragment
def page():
    st.html(teaching.STYLE)
    heading(words, "make_lesson")
    st.markdown(words.prose("make_lesson"))
    left, right = st.columns([7, 5], gap="large")
    with left:
        teaching.begins_with(words)
        teaching.to_do(words)
        teaching.seen(words)
    with right.container(key="make_result"):
        teaching.result(words)
    link.write()


page()

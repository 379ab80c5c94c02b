"""Make a lesson: what a teacher puts together, as a link, a QR code and a frame."""

import streamlit as st

from pages._ui import link, tour
from pages._ui.menu import open_page

words = open_page("make_lesson")

tour.heading(words, "make_lesson")
st.markdown(words.prose("make_lesson"))
link.write()

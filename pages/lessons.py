"""Lessons: tours, questions and tasks to begin, and what was done of them."""

import streamlit as st

from pages._ui import link, tour
from pages._ui.menu import open_page

words = open_page("lessons")

tour.heading(words, "lessons")
st.markdown(words.prose("lessons"))
link.write()

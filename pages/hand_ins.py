"""Hand-ins: a class's files -> a table, a chart and a CSV of who missed what."""

import streamlit as st

from pages._ui import link, tour
from pages._ui.menu import open_page

words = open_page("hand_ins")

tour.heading(words, "hand_ins")
st.markdown(words.prose("hand_ins"))
link.write()

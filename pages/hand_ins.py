"""Hand-ins: a class's files -> a table, a chart and a CSV of who missed what."""

import streamlit as st

from pages._ui import link
from pages._ui.heading import heading
from pages._ui.lessons import class_table
from pages._ui.menu import open_page

words = open_page("hand_ins")

st.html(class_table.STYLE)
heading(words, "hand_ins")
st.markdown(words.prose("hand_ins"))
handins = class_table.collect(words)
if handins:
    left, right = st.columns(2, gap="large")
    with left:
        class_table.at_a_glance(words, handins)
        class_table.downloads(words, handins)
    with right:
        class_table.missed(words, handins)
    class_table.beliefs(words, handins)
link.write()

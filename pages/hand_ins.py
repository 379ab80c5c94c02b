"""Hand-ins: the files of a class -> a table, a chart, a list and a CSV of who missed what."""

import streamlit as st

from pages._ui import link
from pages._ui.heading import heading, waits
from pages._ui.in_english import marked_text
from pages._ui.lessons import class_marks, class_table
from pages._ui.menu import open_page
from pages._ui.next_step import next_step

words = open_page("hand_ins")

st.html(class_table.STYLE)
heading(words, "hand_ins")
marked_text(words.prose("hand_ins"), "prose")
hand_ins = [] if waits(words) else class_table.collect(words)  # they may hold answers to the question
if hand_ins:
    left, right = st.columns(2, gap="large")
    with left:
        class_table.at_a_glance(words, hand_ins)
        marked = class_marks.course(words, hand_ins, class_table.handed_in())
        class_marks.table(words, marked)
        class_table.downloads(words, hand_ins, marked)
    with right:
        class_table.missed(words, hand_ins)
    class_table.beliefs(words, hand_ins)
next_step(words)
link.write()

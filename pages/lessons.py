"""Lessons: tours, questions and tasks to begin, and what was done of them."""

import streamlit as st

from pages._ui import link
from pages._ui.heading import heading
from pages._ui.lessons import lesson_list
from pages._ui.lessons.hand_in import done, hand_in
from pages._ui.menu import open_page

words = open_page("lessons")
lesson_list.go_on()

heading(words, "lessons")
st.markdown(words.prose("lessons"))
rows = done()
lesson_list.tours(words)
lesson_list.questions(words, rows)
lesson_list.tasks(words, rows)
hand_in(words, rows)
link.write()

"""Lessons: tours, questions and tasks to begin, and what came of them."""

import streamlit as st

from pages._ui import link
from pages._ui.heading import heading
from pages._ui.lessons import hand_in, lesson_list
from pages._ui.menu import open_page

words = open_page("lessons")
lesson_list.go_on()

heading(words, "lessons")
st.markdown(words.prose("lessons"))
lesson_list.tours(words)
lesson_list.questions(words)
lesson_list.tasks(words)
hand_in.section(words)
link.write()

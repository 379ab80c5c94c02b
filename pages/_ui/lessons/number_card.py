"""The card that asks a student for a number: number as typed -> **lesson** with variants of its own."""

import streamlit as st

from lstm_core.lessons.student import LONGEST_NUMBER, number_of
from lstm_core.words import Words

from .. import session
from . import lesson
from .lesson_list import open_next

_FIELD, _REFUSED = "number.field", "number.refused"


def number_card(words: Words) -> None:
    """What asks for the number. It is not drawn where the lesson of the link does not wait for one."""
    if not session.lesson().waits:
        return
    with st.container(border=True, key="number_card"):
        st.subheader(words("number.heading"), anchor=False)
        st.markdown(words("number.says"))
        with st.form("number.form", border=False):
            st.text_input(words("number.number"), key=_FIELD, max_chars=2 * LONGEST_NUMBER)
            st.form_submit_button(words("number.begin"), key="number.begin", on_click=_begin)
        if st.session_state.pop(_REFUSED, False):
            st.warning(words("number.refused", most=LONGEST_NUMBER))


def _begin() -> None:
    session.touch()
    number = number_of(st.session_state[_FIELD])
    if number and session.lesson().waits:
        session.teach(session.lesson().begun_by(number))
        lesson.move(1)
        open_next()
    else:
        st.session_state[_REFUSED] = True

"""An error of the app itself: error -> log -> **one sentence** in the reader's language, with what to do."""

import streamlit as st

from lstm_core.words import Words, closest_language

from .. import session


def show_fault(error: Exception) -> bool:
    """What `app.py` hands to Streamlit for errors that nothing caught, in a run, a fragment or a callback.

    Streamlit has written the error into the server's log before. Returns True: its own box, which speaks
    English and says nothing of what to do, is not shown.
    """
    language = session.language() if session.is_open() else closest_language(st.context.locale)
    st.error(Words(language)("app.fault"))
    return True

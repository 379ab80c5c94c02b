"""A text that stands in for one that the language lacks -> a **mark** around it, to be read out rightly."""

from contextlib import AbstractContextManager, nullcontext

import streamlit as st

from lstm_core.words import language_of


def marked(text: str, place: str) -> AbstractContextManager:
    """What draws a text alone stands in it. The attribute `lang` comes from components/phone_menu/mend.js.

    place : another name for each place on a page.
    """
    code = language_of(text)
    return st.container(key=f"lang-{code}-{place}") if code else nullcontext()


def marked_text(text: str, place: str) -> None:
    """A text in Markdown that stands alone."""
    with marked(text, place):
        st.markdown(text)

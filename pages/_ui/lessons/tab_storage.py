"""The record survives a reload: session -> **storage of the browser's tab** -> a session without a record."""

import streamlit as st

from lstm_core.lessons.fields import Refused
from lstm_core.lessons.record_json import from_json, to_json

from .. import session
from ..browser.component import component
from . import lesson

_KEY = "tab_storage"

_mount = component("tab_storage")


def store_in_tab() -> None:
    """Hand the record to the browser, which stores it for this tab; nothing of that is on screen.

    What the browser gives back is checked like any text from outside, and is taken only if the session
    has no record of its own.
    """
    record = lesson.record()
    done = record.predictions.values(), record.attempts.values(), record.helps, record.trained.values()
    text = "" if record.is_empty else to_json(*done)

    def given():
        session.touch()
        _take_back(st.session_state[_KEY].get("stored"))

    # A list, because a dict would make Streamlit load pandas.
    _mount(key=_KEY, data=[text], on_stored_change=given)


def _take_back(text: object) -> None:
    if isinstance(text, str) and lesson.record().is_empty:
        try:
            lesson.record().add(*from_json(text))
        except Refused:
            return  # this app did not write it

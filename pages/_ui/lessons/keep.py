"""The record over a reload: session -> **the tab's own storage** -> a session that has none yet."""

from __future__ import annotations

import streamlit as st

from lstm_core.lessons.record import from_json, to_json
from lstm_core.workbench.intake import Refused

from .. import session
from ..browser.component import component
from . import lesson

_KEY = "keep"

_mount = component("keep")


def keep() -> None:
    """Hands the record to the browser, which alone keeps it; nothing is to be seen of that.

    What the browser gives back is read as anything else that comes from outside, and only into an
    empty record.
    """
    record = lesson.record()
    text = "" if record.is_empty else to_json(record.predictions(), record.attempts.values())

    def given():
        session.touch()
        _take_back(st.session_state[_KEY].get("kept"))

    # A list, because a dict would make Streamlit load pandas.
    _mount(key=_KEY, data=[text], on_kept_change=given)


def _take_back(text: object) -> None:
    if isinstance(text, str) and lesson.record().is_empty:
        try:
            lesson.record().add(*from_json(text))
        except Refused:
            return  # whatever it is, it was not written here

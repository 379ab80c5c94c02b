"""What makes a page go on by itself: page on screen -> **pulse** in the browser -> the page runs again.

The browser asks for each slice of work, so that nothing runs for a reader who has left.
"""

from collections.abc import Callable

import streamlit as st

from .component import component

_BEATS = "pulse.beats"

_mount = component("pulse")


def pulse(key: str, pause: int | None, on_beat: Callable[[], None]) -> None:
    """Has the page run again, `pause` milliseconds after it is on screen; None for a page that rests.

    on_beat : is called before it runs.
    """
    beats = st.session_state.get(_BEATS, 0) + 1
    if pause is not None:
        st.session_state[_BEATS] = beats  # another one each time, so that the browser sees the answer come
    # It is a list because Streamlit would import pandas, half a second, for a dict.
    _mount(key=key, data=[beats, pause], on_beat_change=on_beat)

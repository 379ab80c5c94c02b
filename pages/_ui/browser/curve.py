"""The next values of C, drawn by hand: question -> **curve** -> one number a step.

The browser moves the points, and reports `{seq, values}` when the reader lets go. Python sends `seq`
back in the curve's data, so that the browser knows what has arrived and sends again what was lost.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from lstm_core.figure.line import finite, whole
from lstm_core.rounding import rounded
from lstm_core.view.lessons import CurveSheet, sheet_data
from lstm_core.words import Words

from .component import component

_mount = component("curve")


def curve(
    words: Words,
    sheet: CurveSheet,
    key: str,
    drawn: Sequence[float] | None = None,
    truth: Sequence[float] = (),
    on_change: Callable[[], None] | None = None,
) -> None:
    """Shows the C that is known, and a point to drag at each step to be drawn; `drawing` returns the points.

    key : differs from question to question, so that no drawing is taken for that of another question.
    drawn : the answer once it is locked, one number a step; its points stay where they are.
    truth : the real C at the steps that have run since the answer was locked, drawn over it.
    on_change : is called after a drawing has arrived, before the page runs again.
    """

    def moved():
        if on_change and drawn is None and drawing(key, sheet):
            on_change()

    sent, locked = _sent(key), drawn is not None
    now = drawn if locked else drawing(key, sheet)
    seq = whole(sent.get("seq")) if isinstance(sent, dict) else 0
    # It is a list because Streamlit would import pandas, half a second, for a dict.
    _mount(key=key, data=sheet_data(sheet, words, seq, now, locked, truth), on_drawn_change=moved)


def drawing(key: str, sheet: CurveSheet) -> tuple[float, ...] | None:
    """Where the points of an open curve stand, or None before the reader moved one. Callbacks may ask too."""
    return checked_drawing(_sent(key), sheet)


def checked_drawing(sent: object, sheet: CurveSheet) -> tuple[float, ...] | None:
    """The drawing that the browser sent: one number a step, rounded to two decimals and kept within bounds.

    None for anything that is no drawing; the browser may send whatever it likes.
    """
    values = sent.get("values") if isinstance(sent, dict) else None
    if not isinstance(values, list) or len(values) != len(sheet.steps) or not all(map(finite, values)):
        return None
    low, high = sheet.bounds
    return tuple(min(max(rounded(value), low), high) for value in values)


def _sent(key: str) -> object:
    state = st.session_state.get(key)
    return state.get("drawn") if state else None

"""The next values of C, drawn by hand: question -> **curve** -> one number a step.

The browser moves the points and reports `{seq, values}` when a hand lets go. `seq` comes back in the
curve's data, so that it knows of what it sent, and sends again what was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lstm_core.rounding import shown
from lstm_core.view.lessons import Sheet, describe_sheet, sheet_picture, truth_picture
from lstm_core.words import Words

from .component import component
from .reports import finite, whole

_mount = component("curve")


def curve(
    words: Words,
    sheet: Sheet,
    key: str,
    drawn: Sequence[float] | None = None,
    truth: Sequence[float] = (),
    on_change: Callable[[], None] | None = None,
) -> None:
    """Shows what is known of C, and at each step to draw a point to drag; see `drawing` for where they stand.

    key : one for each question, so that a point drawn for one is never taken for another.
    drawn : the answer once it is locked, one number a step; its points stay where they are.
    truth : C at the steps that have run since it was locked, to be shown over it.
    on_change : is called after a drawing has arrived, before the page runs again.
    """

    def moved():
        if on_change and drawn is None and drawing(key, sheet):
            on_change()

    sent, locked = _sent(key), drawn is not None
    now = drawn if locked else drawing(key, sheet)
    values = list(sheet.level if now is None else now)
    truth = truth if locked else ()
    # A list, because a dict would make Streamlit load pandas.
    data = [
        whole(sent.get("seq")) if isinstance(sent, dict) else 0,
        sheet_picture(sheet, words, locked),
        truth_picture(sheet, words, values, truth),
        sheet.frame,
        values,
        now is not None,
        locked,
        describe_sheet(sheet, words, drawn, truth),
    ]
    _mount(key=key, data=data, on_drawn_change=moved)


def drawing(key: str, sheet: Sheet) -> tuple[float, ...] | None:
    """Where the points of an open curve stand, for callbacks too; None before the reader drew any."""
    return checked_drawing(_sent(key), sheet)


def checked_drawing(sent: object, sheet: Sheet) -> tuple[float, ...] | None:
    """What the browser sent, as far as it is a drawing: one number a step, to two decimals, within bounds.

    None for what is no drawing.
    """
    values = sent.get("values") if isinstance(sent, dict) else None
    if not isinstance(values, list) or len(values) != len(sheet.steps) or not all(map(finite, values)):
        return None
    low, high = sheet.bounds
    return tuple(min(max(shown(value), low), high) for value in values)


def _sent(key: str) -> object:
    state = st.session_state.get(key)
    return state.get("drawn") if state else None

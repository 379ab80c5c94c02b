"""The next values of C, drawn by hand: question -> **curve** -> one number a step.

The browser moves the points and reports `{seq, values}` when a hand lets go. `seq` comes back in the
curve's data, so that it knows of what it sent, and sends again what was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lstm_core.rounding import shown
from lstm_core.view.curve import Sheet, describe_sheet, sheet_picture, truth_picture

from .components import _component
from .reports import finite, whole
from .text import Words

_mount = _component("curve")


def curve(
    words: Words,
    sheet: Sheet,
    key: str,
    on_draw: Callable[[tuple[float, ...]], None],
    drawn: Sequence[float] | None = None,
    locked: bool = False,
    truth: Sequence[float] = (),
) -> None:
    """Shows what is known of C and a point to drag at each step to draw.

    key : one for each question, so that a point drawn for one is never taken for another.
    on_draw : is called with all points, see `checked_drawing`, before the page runs again; never once locked.
    drawn : where the points stand, `sheet.level` for None, which is before the reader drew any.
    truth : C at the steps that have run since the answer was locked; shows it over the drawing.
    """

    def moved():
        values = checked_drawing(st.session_state[key].get("drawn"), sheet)
        if values and not locked:
            on_draw(values)

    before = st.session_state.get(key)
    sent = before.get("drawn") if before else None
    seq = whole(sent.get("seq")) if isinstance(sent, dict) else 0
    values = list(sheet.level if drawn is None else drawn)
    truth = truth if locked else ()
    sentence = describe_sheet(sheet, words, values if locked else None, truth)
    # A list, because a dict would make Streamlit load pandas.
    data = [
        seq, sheet_picture(sheet, words, locked), truth_picture(sheet, words, values, truth), sheet.frame,
        values, drawn is not None, locked, sentence,
    ]  # fmt: skip
    _mount(key=key, data=data, on_drawn_change=moved)


def checked_drawing(sent: object, sheet: Sheet) -> tuple[float, ...] | None:
    """What the browser sent, as far as it is a drawing: one number a step, to two decimals, within bounds.

    None for what is no drawing.
    """
    values = sent.get("values") if isinstance(sent, dict) else None
    if not isinstance(values, list) or len(values) != len(sheet.steps) or not all(map(finite, values)):
        return None
    low, high = sheet.bounds
    return tuple(min(max(shown(value), low), high) for value in values)

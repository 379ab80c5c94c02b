"""The time machine in the browser: number of the snapshot on screen -> **timeline** -> the one wanted next.

The browser sends a report, `{seq, turn, at, final}`, and the next one only when Python has sent its `seq`
back. So a slow server gets fewer of them, but always the last one.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.figure.line import whole

from .component import component

_mount = component("timeline")


def timeline(
    at: int, last: int, key: str, label: str, texts: tuple[str, str, str], turn: int,
    on_move: Callable[[int, bool], None], locked: bool = False,
) -> None:  # fmt: skip
    """Shows the slider at snapshot `at` of 0 to `last`, and calls `on_move(at, final)` before the page runs.

    label : what stands beside it, such as the update. texts : what the slider is, and the names of its
    button, to play and to pause.
    turn : the number of the course on screen; a move made in an earlier one is ignored.
    locked : whether it can only be seen.
    """

    def moved():
        report = st.session_state[key].get("moved")
        if isinstance(report, dict) and whole(report.get("turn")) == turn and not locked:
            on_move(min(whole(report.get("at")), last), report.get("final") is not False)

    before = st.session_state.get(key)
    sent = before.get("moved") if before else None
    seq = whole(sent.get("seq")) if isinstance(sent, dict) else 0
    # It is a list because Streamlit would import pandas, half a second, for a dict.
    _mount(key=key, data=[seq, turn, at, last, label, *texts, locked], on_moved_change=moved)

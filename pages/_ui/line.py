"""The line of a session: the figure that its page shows, for whoever holds its name.

When a page has run, its figure is put here under a name that nobody can guess. A report that names it is
answered with pictures, and no page runs. A session's line goes with the session: nothing else holds it.
"""

from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

import streamlit as st

from lstm_core.figure import Line
from lstm_core.figure.looking import Gone

from . import session

_LINE, _NAME = "line", "line.name"

_lines: WeakValueDictionary[str, Line] = WeakValueDictionary()


def line() -> Line:
    """The line of this session."""
    if _LINE not in st.session_state:
        st.session_state[_LINE], st.session_state[_NAME] = Line(), uuid4().hex
    _lines[st.session_state[_NAME]] = st.session_state[_LINE]
    return st.session_state[_LINE]


def turn(of: str = "") -> str:
    """What is on screen, under a name that no other session has: the experiment, or what `of` names."""
    line()
    return f"{st.session_state[_NAME]}/{of or session.turn()}"


def answer(report: object) -> dict[str, Any] | None:
    """What a line answers; None for a report of nobody's, or of an earlier experiment."""
    named = report.get("turn") if isinstance(report, dict) else None
    found = _lines.get(named.partition("/")[0]) if isinstance(named, str) else None
    try:
        return found.answer(report) if found else None
    except Gone:  # The page says so when it runs.
        return None

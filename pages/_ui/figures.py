"""The figure of a page with an experiment: session -> **figure** -> session, when the hand rests."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lstm_core.figure import FREE, Figure
from lstm_core.figure.line import Settled
from lstm_core.view.strip import Row
from lstm_core.workbench.focus import ALL
from lstm_core.workbench.opening import phase_of

from . import session
from .lessons import lesson

_LIMITS, _LAST_MOVED = "figure.limits", "figure.last_moved"


def figure(pictures: tuple[str, ...], panels: tuple[str, ...] = (), rows: tuple[Row, ...] = ()) -> Figure:
    """What the session has on screen, as a figure of these pictures and panels of sliders."""
    focus, (chosen, place) = session.focus(), session.asked()
    opens_on = ALL if lesson.task() else phase_of(replace(focus, phase=None), session.page())
    turn, limits = st.session_state.get(_LIMITS, (None, {}))
    locked = {
        name for name, control in {"t": "step", "unit": "unit"}.items() if session.lesson().locks(control)
    }
    return Figure(
        session.experiment(),
        focus,
        pictures,
        session.language(),
        rows,
        opens_on,
        chosen,
        place,
        session.band(),
        lesson.still_to_ask(),
        _free(),
        frozenset(locked),
        plays=not lesson.question(),
        panels=panels,
        alone=st.session_state.get(_LAST_MOVED),
        start=session.original(),
        limits=limits if turn == session.turn() else {},
        arrangement=session.arrangement(),
    )


def take(settled: Settled) -> None:
    """Puts on screen what a hand moved and where it looks."""
    after = settled.figure
    if settled.values:
        st.session_state[_LAST_MOVED] = list(settled.values)[-1]
        session.change(after.experiment)
        st.session_state[_LIMITS] = (session.turn(), dict(after.limits))
    look(after)


def look(after: Figure) -> None:
    """Looks where a figure looks."""
    focus = after.focus
    session.look(t=focus.t, unit=focus.unit, phase=focus.phase, length=focus.length)
    session.ask_origin(after.chosen, after.place)
    session.mark_band(after.band)
    session.arrange(after.arrangement)


def _free() -> frozenset[str]:
    """What a hand may move: nothing in a question, weights alone in a task, and what a lesson allows."""
    if lesson.question() or not session.experiment().by_hand:
        return frozenset()
    taught = session.lesson()
    free = {name for name in FREE if taught.allows({"pins": "weights"}.get(name, name))}
    return frozenset(free & {"weights"} if lesson.task() else free)

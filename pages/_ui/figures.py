"""The figure of a page with an experiment: session -> **figure** -> session, when the hand rests."""

from typing import Any

import streamlit as st

from lstm_core.figure import Figure
from lstm_core.figure.line import Settled
from lstm_core.figure.looking import OF_FOCUS
from lstm_core.figure.pages import figure_of
from lstm_core.figure.what_changed import what_changed
from lstm_core.view.typeset import read_out
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from . import session
from .browser.hand import tell
from .lessons import lesson

_LIMITS, _LAST_MOVED, _HELD = "figure.limits", "figure.last_moved", "figure.held"


def figure(panels: tuple[str, ...] = (), **seen: Any) -> Figure:
    """What the session has on screen, as the figure of its page with these panels of sliders.

    seen : other fields of the figure, such as `pictures`, where these are not those of the page.
    """
    chosen, place = session.asked()
    turn, limits = st.session_state.get(_LIMITS, (None, {}))
    return figure_of(
        session.page(),
        session.experiment(),
        session.focus(),
        session.lesson(),
        session.language(),
        lesson.record().predictions,
        chosen=chosen,
        place=place,
        band=session.band(),
        panels=panels,
        alone=st.session_state.get(_LAST_MOVED),
        limits=limits if turn == session.turn() else {},
        arrangement=session.arrangement(),
        **{"start": session.original(), **seen},
    )


def take(settled: Settled) -> None:
    """Puts on screen what a hand moved and where it looks."""
    after = settled.figure
    if settled.values:
        st.session_state[_LAST_MOVED] = list(settled.values)[-1]
        before = session.experiment()
        session.change(after.experiment)
        _tell(before, after.focus, frozenset(settled.values))
        st.session_state[_LIMITS] = (session.turn(), dict(after.limits))
    look(after)


def _tell(before: Experiment, focus: Focus, moved: frozenset[str]) -> None:
    """Says what a hand changed since it took hold of these numbers, unless a question is open on the run."""
    held, first = st.session_state.get(_HELD, (None, before))
    if held != (moved, session.turn()):
        held, first = (moved, session.turn()), before
    st.session_state[_HELD] = (held, first)
    if not lesson.still_to_ask():
        said = what_changed(first, session.experiment(), focus.t, focus.unit, session.words())
        tell(read_out(said))


def look(after: Figure) -> None:
    """Looks where a figure looks."""
    focus = after.focus
    session.look(**{name: getattr(focus, name) for name in OF_FOCUS})
    session.ask_origin(after.chosen, after.place)
    session.mark_band(after.band)
    session.arrange(after.arrangement)

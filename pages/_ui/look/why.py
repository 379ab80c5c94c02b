"""Where does this number come from? A choice in a picture -> **explanation** in place of the sliders."""

import streamlit as st

from lstm_core.explain import Place
from lstm_core.trace import LSTMTrace
from lstm_core.view.origin import explanation_panel
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment

from .. import session
from ..browser.picture import picture
from ..lessons import lesson
from .choose import choose
from .pins import can_be_pinned, pin
from .show import first_notice


def why(words: Words, experiment: Experiment, trace: LSTMTrace) -> None:
    """Explains where the number that was asked about comes from; a gate can also be pinned there."""
    place = session.asked_origin()
    if lesson.still_to_ask():
        return
    if place is None:
        first_notice(words, words("walk.hint"))
        return
    with st.container(key="origin"):  # On a phone it is a sheet at the bottom of the window.
        _origin(words, experiment, trace, place)


def _origin(words: Words, experiment: Experiment, trace: LSTMTrace, place: Place) -> None:
    st.button(words("ask.close" if session.focus().present else "why.back"), key="why.back", on_click=_back)
    picture(explanation_panel(trace, place, words), key="why", on_choose=choose)
    if can_be_pinned(place, experiment):
        pin(words, experiment, trace, place)


def _back() -> None:
    session.touch()
    session.ask_origin(None)

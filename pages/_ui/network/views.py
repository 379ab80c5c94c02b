"""What is looked at of a network: all units, one unit, the proof, the files. Only the chosen one is drawn."""

from __future__ import annotations

import streamlit as st

from lstm_core.readers import Refused
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.words import Words

from .. import session
from . import loaded
from .one_unit import one_unit
from .proof import proof
from .said import refusal
from .take_home import take_home
from .units import units

VIEWS = ("units", "one", "proof", "home")
_VIEW, _CHOSEN = "network.view", "network.view_chosen"


def views(words: Words, network: LoadedNetwork) -> None:
    """The choice of a view, and the view; a sentence where the layer can't run on the sequence."""
    session.set_widget(_VIEW, st.session_state.get(_CHOSEN, VIEWS[0]))
    st.segmented_control(
        words("network.view"), VIEWS, format_func=lambda view: words(f"network.view_{view}"), key=_VIEW,
        required=True, label_visibility="collapsed", on_change=_pick,
    )  # fmt: skip
    try:
        network.runs()
    except Refused as refused:
        st.error(refusal(words, refused))
        return
    view = st.session_state.get(_CHOSEN, VIEWS[0])
    if view == "units":
        units(words, network, _open)
    else:
        {"one": one_unit, "proof": proof, "home": take_home}[view](words, network)


def _pick() -> None:
    session.touch()
    st.session_state[_CHOSEN] = st.session_state[_VIEW]


def _open(unit: int) -> None:
    network = loaded.network()
    loaded.look(network, unit=unit, t=network.first_look(unit)[1])
    st.session_state[_CHOSEN] = "one"

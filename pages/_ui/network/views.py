"""What is looked at of a network: units, layers, one unit, proof, files. Only the chosen one is drawn."""

import streamlit as st

from lstm_core.readers import Refused
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.words import Words

from .. import session
from . import loaded
from .choice import side_by_side
from .gru_unit import gru_unit
from .one_unit import one_unit
from .proof import proof
from .said import plain
from .take_home import take_home
from .two_files import two_files
from .units import units

VIEWS = ("units", "layers", "one", "two", "proof", "home")
"""All layers side by side are offered where a file has several."""

_VIEW, _CHOSEN = "network.view", "network.view_chosen"


def views(words: Words, network: LoadedNetwork) -> None:
    """The choice of a view, and the view; a sentence where the layer can't run on the sequence."""
    offered = [view for view in VIEWS if view != "layers" or len(network.file.layers) > 1]
    if st.session_state.get(_CHOSEN) not in offered:  # at first, and where another file was brought
        st.session_state[_CHOSEN] = VIEWS[0]
    session.set_widget(_VIEW, st.session_state[_CHOSEN])
    st.segmented_control(
        words("network.view"), offered, format_func=lambda view: words(f"network.view_{view}"), key=_VIEW,
        required=True, label_visibility="collapsed", on_change=_pick,
    )  # fmt: skip
    view = st.session_state[_CHOSEN]
    try:
        network.lives() if view == "layers" else network.runs()
    except Refused as refused:
        st.error(refused.said(words, plain))
        return
    if view == "units":
        units(words, network, _open)
    else:
        one = gru_unit if network.layer.kind == "gru" else one_unit
        drawn = {"layers": side_by_side, "one": one, "two": two_files, "proof": proof, "home": take_home}[
            view
        ]
        drawn(words, network)


def _pick() -> None:
    session.touch()
    st.session_state[_CHOSEN] = st.session_state[_VIEW]


def _open(unit: int) -> None:
    network = loaded.network()
    loaded.look(network, unit=unit, t=network.first_look(unit)[1])
    st.session_state[_CHOSEN] = "one"

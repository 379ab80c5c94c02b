"""What one reader has dropped and looks at: session -> **network, focus**."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from lstm_core.explain import Place
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.workbench.focus import ALL, Focus
from lstm_core.workbench.process_memory import process_memory
from lstm_core.workbench.refused import Refused

from .. import session
from .said import plain

_NETWORK, _FOCUS, _PLACE, _SAID, _TURN = (
    "network.loaded", "network.focus", "network.place", "network.said", "network.turn",
)  # fmt: skip


def network() -> LoadedNetwork | None:
    """The network that this reader brought, or None.

    Where the server needed its memory for others, the run or the callback ends, and the page says so.
    """
    network = st.session_state.get(_NETWORK)
    if network is not None:
        process_memory.seen(network)
        if network.evicted:
            leave()
            say("file", session.words()("network.let_go"))
            st.rerun()
    return network


def bring(network: LoadedNetwork) -> None:
    """Put another network in the place of the one before."""
    st.session_state[_NETWORK] = network
    start()


def leave() -> None:
    """Let the network go."""
    for key in (_NETWORK, _FOCUS, _PLACE, _SAID, "network.moved"):
        st.session_state.pop(key, None)
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """Counts the networks that were let go, so that each has upload boxes of its own, which are empty."""
    return st.session_state.get(_TURN, 0)


def start() -> None:
    """Look at another run, where it is best seen first; no message is left."""
    st.session_state[_FOCUS] = st.session_state[_PLACE] = None
    st.session_state[_SAID] = {}


def focus(network: LoadedNetwork) -> Focus:
    """The step of the run, in the order in which the layer reads, and the unit that are looked at.

    One that is not there is the nearest.
    """
    found = st.session_state.get(_FOCUS)
    if found is None:
        unit, t = network.first_look()
        found = st.session_state[_FOCUS] = Focus(t=t, unit=unit, phase=ALL)
    t = min(max(found.t, 1), len(network.inputs()))
    return replace(found, t=t, unit=min(max(found.unit, 1), network.layer.H))


def look(network: LoadedNetwork, **where) -> None:
    """Move the focus: `look(network, t=5)`."""
    st.session_state[_FOCUS] = replace(focus(network), **where)


def ask(key: str | None, unit: int | None = None) -> None:
    """Ask where a number comes from, at the step in focus; None to ask no more."""
    st.session_state[_PLACE] = None if key is None else (key, unit)


def asked(network: LoadedNetwork) -> Place | None:
    """The number whose origin is asked for."""
    key, unit = st.session_state.get(_PLACE) or (None, None)
    if key is None:
        return None
    here = focus(network)
    most = network.layer.D if key == "x" else network.layer.H
    return Place(key, here.t, min(unit or here.unit, most))


def say(where: str, sentence: str) -> None:
    """Keep a message for a box. What was said of another file or box before is over."""
    st.session_state[_SAID] = {where: sentence}


def said(where: str) -> None:
    """Show the message of a box, if it has one."""
    if sentence := st.session_state.get(_SAID, {}).get(where):
        st.error(sentence)


@contextmanager
def taking(where: str) -> Iterator[None]:
    """What a box was given is taken within; where it is refused, that is the message of the box."""
    say(where, "")
    try:
        yield
    except Refused as refused:
        say(where, refused.said(session.words(), plain))

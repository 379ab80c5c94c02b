"""Several sequences in one array: **which of them runs**, and which axis counts them."""

import streamlit as st

from lstm_core.readers.sequence import Brought
from lstm_core.words import Words

from .. import session
from . import loaded

AXES = ("batch_first", "time_first")


def choose(words: Words, brought: Brought) -> None:
    """The number of the sequence, and what the first two axes of the array are."""
    session.set_widget("network.number", brought.number)
    st.number_input(
        words("network.number_of", B=f"{brought.B:,}"), 1, brought.B, brought.number, key="network.number",
        on_change=_pick, width=180,
    )  # fmt: skip
    first, second = brought.array.shape[:2]
    said = dict(zip(AXES, ((first, second), (second, first)), strict=True))
    session.set_widget("network.axes", AXES[not brought.batch_first])
    st.segmented_control(
        words("network.axes"), AXES, required=True, key="network.axes", on_change=_pick,
        format_func=lambda axes: words("network.axes_say", B=f"{said[axes][0]:,}", T=f"{said[axes][1]:,}"),
    )  # fmt: skip


def _pick() -> None:
    session.touch()
    network = loaded.network()
    if network is None or network.brought is None:
        return
    batch_first = session.chosen("network.axes", AXES) != "time_first"
    same = batch_first == network.brought.batch_first
    with loaded.taking("sequence"):
        network.pick(int(st.session_state.get("network.number") or 1) if same else 1, batch_first)
        loaded.start()

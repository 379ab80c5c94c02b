"""The layers of a file: **map**, choice of one, and a sentence for all that the file leaves unsaid."""

from __future__ import annotations

import streamlit as st

from lstm_core.readers.bench import Bench
from lstm_core.view.network import layer_map
from lstm_core.words import Words

from .. import session
from ..browser.picture import picture
from . import held
from .said import plain, refusal


def layers(words: Words, network: Bench) -> None:
    """The map, whose boxes choose a layer, and a list where there are several."""
    file = network.file
    addresses = [layer.address for layer in file.layers]
    if len(addresses) > 1:
        left, right = st.columns([4, 9], gap="medium", vertical_alignment="center")
        with right:
            picture(layer_map(file.layers, network.chosen, words), key="network.map", on_choose=_chosen)
        with left:
            _list(words, network, addresses)
    for note in network.layer.notes:
        st.warning(words(f"network.note.{note}"))
    for left_out in file.left_out:
        st.warning(f"{words('network.left_out')} {refusal(words, left_out)}")


def _list(words: Words, network: Bench, addresses: list[str]) -> None:
    """The same as a list, and whether all layers run one after the other."""
    session.hold("network.layer", network.chosen)
    st.selectbox(words("network.layer"), addresses, key="network.layer", on_change=_pick)
    if len({layer.name for layer in network.file.layers}) > 1:
        session.hold("network.whole", network.whole)
        st.checkbox(words("network.whole"), key="network.whole", on_change=_whole)


def where(words: Words, network: Bench) -> str:
    """What is on screen, in the words of the file."""
    data = plain(network.x_name) if network.x_name else words("network.noise", seed=network.seed)
    return words(
        "network.where", data=data, layer=plain(network.chosen), file=plain(network.name),
        kind=network.file.kind,
        T=f"{len(network.inputs()):,}", H=f"{network.layer.H:,}",
    )  # fmt: skip


def _chosen(choice: dict) -> None:
    network, number = held.bench(), choice.get("index", 0)
    if choice.get("role") == "layer" and network and 1 <= number <= len(network.file.layers):
        _choose(network.file.layers[number - 1].address)


def _pick() -> None:
    _choose(st.session_state["network.layer"])


def _choose(address: str) -> None:
    session.touch()
    network = held.bench()
    if address != network.chosen:
        network.choose(address)
        held.start()
        held.say("sequence", True, "")


def _whole() -> None:
    session.touch()
    held.bench().run_whole(st.session_state["network.whole"])
    held.start()
    held.say("sequence", True, "")

"""The same network before and after more training: a second file -> **which units moved**."""

import numpy as np
import streamlit as st

from lstm_core.readers.apart import read_apart
from lstm_core.readers.limits import IN_THE_APP, check_bytes
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.run import seen_states
from lstm_core.readers.side_by_side import Lives
from lstm_core.readers.two_files import Moved, moved
from lstm_core.view.network import steps_text
from lstm_core.words import Words

from .. import session
from ..browser.upload_box import given
from . import loaded
from .choice import data_of
from .said import plain

_FOUND = "network.moved"


def two_files(words: Words, network: LoadedNetwork) -> None:
    """The box for the second file, which is not kept, and a table of the units of the chosen layer."""
    key = f"network.second.{loaded.turn()}"
    st.file_uploader(
        words("network.second"),
        key=key,
        on_change=_take,
        args=(key,),
        help=words("network.second_help"),
    )
    loaded.said("second")
    name, of, found = st.session_state.get(_FOUND) or ("", None, None)
    if found is not None and of == _state(network):
        _table(words, network, name, found)


def _state(network: LoadedNetwork) -> tuple:
    """What was compared: another layer or sequence needs the second file again."""
    return id(network), network.chosen, network.brought, network.sequence, network.seed


def _table(words: Words, network: LoadedNetwork, name: str, found: Moved) -> None:
    before, after = (Lives(network.layer, lives).quartiles()[1] for lives in (found.before, found.after))
    st.markdown(
        words(
            "network.moved_says", stayed=found.stayed, H=f"{network.layer.H:,}", before=steps_text(before),
            after=steps_text(after), weights=f"{100 * float(np.median(found.weights)):.0f}", file=plain(name),
        )
    )  # fmt: skip
    st.caption(words("network.moved_how", data=data_of(words, network)))
    order = found.order() - 1
    columns = {"match": found.match, "r": found.r, "before": found.before, "after": found.after,
               "weights": 100 * found.weights}  # fmt: skip
    table = {"unit": order + 1} | {name: values[order] for name, values in columns.items()}
    column = st.column_config.NumberColumn
    st.dataframe(
        table, hide_index=True, height=min(430, 35 * len(order) + 38), key="network.moved_table",
        column_config={
            "unit": column(words("controls.unit"), width="small"),
            "match": column(words("network.moved_match"), width="small"),
            "r": column(words("network.r"), format="%.3f"),
            "before": column(words("network.moved_before"), format="%.1f"),
            "after": column(words("network.moved_after"), format="%.1f"),
            "weights": column(words("network.moved_weights"), format="%.0f%%"),
        },
    )  # fmt: skip


def _take(key: str) -> None:
    session.touch()
    st.session_state[_FOUND] = None
    file, network = next(iter(given(key)), None), loaded.network()
    if file is None or network is None:
        loaded.say("second", "")
        return
    with loaded.taking("second"):
        check_bytes(IN_THE_APP, file.size)
        states = (None, None) if network.sequence is None else seen_states(network.layers, network.sequence)
        other = read_apart(file.getvalue())
        found = moved(network.run(), network.layers, other, network.inputs(), *states)
        st.session_state[_FOUND] = file.name, _state(network), found

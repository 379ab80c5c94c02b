"""Is this h theirs? The framework's numbers -> **the largest difference**, and lines that compute them."""

import io

import numpy as np
import streamlit as st

from lstm_core.readers import Refused, compare
from lstm_core.readers.limits import IN_THE_APP
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.sequence import read_x
from lstm_core.readers.snippets import snippet
from lstm_core.rounding import with_minus
from lstm_core.words import Words

from .. import session
from ..browser.upload_box import given
from . import loaded


def proof(words: Words, network: LoadedNetwork) -> None:
    """The lines to run, the input for them, and the boxes for what they give."""
    left, right = st.columns(2, gap="large")
    with left:
        lines = snippet(network.layer, network.layers, network.name)
        if network.whole and lines:
            st.info(words("network.proof_whole"))
        elif lines:
            st.markdown(words("network.proof_run", kind=network.layer.source))
            st.code(lines, language="python")
        else:
            st.markdown(words("network.proof_none"))
        st.download_button(
            words("network.x_npy"), _x_npy(network), "x.npy", key="network.x_npy", on_click="ignore"
        )
    with right:
        key = f"network.h.{loaded.turn()}"
        shape = f"({len(network.inputs())}, {_width(network)})"
        st.file_uploader(words("network.theirs", shape=shape), key=key, on_change=_take, args=(key,))
        st.text_area(words("network.paste"), key="network.pasted", height=110, max_chars=2_000_000)
        st.button(words("network.compare"), key="network.compare", on_click=_take_text)
        loaded.said("proof")
        _verdict(words, network)


def _verdict(words: Words, network: LoadedNetwork) -> None:
    """The largest difference from what the framework gave, and where it is."""
    if network.theirs is None:
        return
    found = compare(network.output(), network.theirs)
    told = words(
        "network.agrees" if found.agrees else "network.differs", value=f"{found.value:.2g}", t=found.t,
        unit=found.unit, ours=_exact(found.ours), theirs=_exact(found.theirs),
    )  # fmt: skip
    (st.success if found.agrees else st.error)(told)
    if not found.agrees and network.layer.order:
        st.info(words("network.differs_order"))


def _exact(number: float) -> str:
    return with_minus(f"{number:.9g}")


def _width(network: LoadedNetwork) -> int:
    try:
        return network.output().shape[-1]
    except Refused:
        return network.layer.H


def _x_npy(network: LoadedNetwork):
    def made() -> bytes:
        file = io.BytesIO()
        np.save(file, network.inputs(), allow_pickle=False)
        return file.getvalue()

    return made


def _take(key: str) -> None:
    session.touch()
    file = next(iter(given(key)), None)
    if file is None:
        loaded.say("proof", "")
        loaded.network().theirs = None
    else:
        _compare(file.getvalue() if file.size <= IN_THE_APP.bytes else b"")


def _take_text() -> None:
    session.touch()
    _compare((st.session_state.get("network.pasted") or "").encode())


def _compare(content: bytes) -> None:
    network = loaded.network()
    network.theirs = None
    with loaded.taking("proof"):
        network.compare_with(read_x(content, network.output().shape[-1], IN_THE_APP))

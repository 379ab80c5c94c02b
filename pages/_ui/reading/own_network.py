"""A reader's own network that says the next letter: file, its signs -> **what this page reads with**."""

import streamlit as st

from lstm_core.readers.refusals import Refused
from lstm_core.reading import Reader, shipped
from lstm_core.reading.own import MOST_SIGNS, alphabet_of, reader_of, seen_on
from lstm_core.words import Words

from .. import session
from ..network import loaded
from ..network.bring import file_box
from ..network.said import plain

_OWN, _SIGNS, _WHY = "own_reader", "own_reader.signs", "own_reader.refused"


def network() -> Reader:
    """The network that reads: the reader's own, where one was brought here, or the one of the app."""
    own = st.session_state.get(_OWN)
    return own[0] if own and own[1] is loaded.network() else shipped()


def is_own() -> bool:
    """Whether a reader's own network reads."""
    return network() is not shipped()


def box(words: Words) -> None:
    """The file, which “Your network” shares, the letters, and why it can't read, where it can't."""
    here = loaded.network()
    with st.expander(words("reading.own.name"), expanded=is_own()):
        st.caption(words("reading.own.says"))
        if here is None:
            file_box(words)
            return
        st.markdown(f"**{plain(here.name)}**")
        st.text_area(
            words("reading.own.signs"), key=_SIGNS, max_chars=MOST_SIGNS, height=90,
            help=words("reading.own.signs_help"),
        )  # fmt: skip
        with st.container(horizontal=True):
            st.button(words("reading.own.read"), key="reading.own_read", on_click=_read, args=(words,))
            if is_own():
                st.button(words("reading.own.back"), key="reading.own_back", on_click=_back)
        if why := st.session_state.get(_WHY):
            st.error(why)


def _read(words: Words) -> None:
    from . import held

    session.touch()
    here = loaded.network()
    st.session_state.pop(_WHY, None)
    if here is None:
        return
    try:
        own = reader_of(here.file, alphabet_of(str(st.session_state.get(_SIGNS) or "")))
    except Refused as refused:
        st.session_state[_WHY] = refused.said(words, plain)
    else:
        st.session_state[_OWN] = seen_on(own, held.on_screen().text), here
        held.start_again()


def _back() -> None:
    from . import held

    session.touch()
    st.session_state.pop(_OWN, None)
    held.start_again()

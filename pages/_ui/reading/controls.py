"""What the reader chooses: **text, unit, marked letters**."""

import streamlit as st

from lstm_core.reading.reader import LONGEST
from lstm_core.reading.reading_link import MOST_BYTES
from lstm_core.words import Words

from .. import session
from ..browser import upload_box
from ..browser.hand import Hand
from ..lessons import lesson
from . import held, own_network

_TEXT, _EXAMPLE, _MARK = "reading.text", "reading.example", "reading.mark"
_FILE, ENDINGS = "reading.file", ["txt", "py", "json", "md"]
_MOST_MARKED = 60


def controls(words: Words, hand: Hand) -> None:
    """The text, the sliders of the figure, and the list of units with what it is searched by."""
    here = held.on_screen()
    if stop := lesson.stop_here():
        with st.container(key="stop_beside"):
            st.markdown(words(stop.show_key))
    names = {held.example(name): name for name in held.EXAMPLES}
    session.set_widget(_EXAMPLE, names.get(here.text))
    st.segmented_control(
        words("reading.examples"), held.EXAMPLES, key=_EXAMPLE, on_change=_example,
        format_func=lambda name: words(f"reading.example.{name}"),
    )  # fmt: skip
    with st.expander(words("reading.own_text")):
        session.set_widget(_TEXT, here.text)
        st.text_area(
            words("reading.text"), key=_TEXT, max_chars=LONGEST, height=140, on_change=_read,
            help=words("reading.text_help", most=f"{LONGEST:,}"), label_visibility="collapsed",
        )  # fmt: skip
        upload_box.in_words(words)
        st.file_uploader(
            words("reading.file"), type=ENDINGS, key=_FILE, on_change=_bring, help=words("reading.file_help"),
        )  # fmt: skip
    own_network.box(words)
    hand.picture("hold", "reading.held")
    hand.sliders("hold")
    hand.sliders("t")
    session.set_widget(_MARK, here.mark or "")
    st.text_input(
        words("reading.mark"), key=_MARK, max_chars=_MOST_MARKED, on_change=_mark,
        help=words("reading.mark_help"), placeholder=words("reading.mark_example"),
    )  # fmt: skip
    hand.picture("units", "reading.units")


def _example() -> None:
    session.touch()
    name = st.session_state[_EXAMPLE]
    if name in held.EXAMPLES:
        held.read(held.example(name))


def _read() -> None:
    session.touch()
    held.read(str(st.session_state[_TEXT]))


def _bring() -> None:
    session.touch()
    if file := next(iter(upload_box.given(_FILE)), None):
        problems = held.bring(file.read(MOST_BYTES))
        upload_box.forget_files()
        if problems:
            st.toast(session.words()("link.problems", names=", ".join(problems)), duration="long")


def _mark() -> None:
    session.touch()
    held.change(mark=str(st.session_state[_MARK])[:_MOST_MARKED] or None)

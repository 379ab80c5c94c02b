"""What a reading gives: **200 letters more, free and held** beside each other, and the run as files."""

import streamlit as st

from lstm_core.export import to_csv
from lstm_core.npz import to_npz
from lstm_core.quantities import QUANTITIES
from lstm_core.reading.reading_link import to_json
from lstm_core.rounding import text as number
from lstm_core.words import Words

from .. import session
from . import held

COUNT = 200
_SEED, _WRITTEN = "reading.seed", "written"


def section(words: Words) -> None:
    """The button, and what the network last wrote on after the text on screen."""
    st.subheader(words("reading.write.heading"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            words("reading.write.seed"), 1, 9999, 1, key=_SEED, on_change=session.touch, width=140
        )
        st.button(words("reading.write.do", n=COUNT), key="reading.write", on_click=_write)
    turn, texts = st.session_state.get(_WRITTEN, (None, []))
    if turn != held.on_screen().turn:
        st.caption(words("reading.write.says", n=COUNT))
        return
    before = held.on_screen().text.split("\n")[-1].lstrip()
    for column, (held_in, written) in zip(st.columns(2), texts, strict=False):
        with column:
            st.caption(words("reading.write.held" if held_in else "reading.write.free", **held_in))
            # Its last line stands before it, because Streamlit takes blanks at the beginning away.
            st.code(before + written, language=None, wrap_lines=True)
    if len(texts) == 1:
        st.caption(words("reading.write.hold_first"))


def files(words: Words) -> None:
    """The run that is shown, with what is held in it: one unit as CSV, all units as .npz."""
    figure = held.figure()
    unit, held_in = figure.focus.unit, "_pinned" if figure.hold.unit else ""
    with st.container(horizontal=True):
        st.download_button(
            words("reading.take_csv", unit=unit), lambda: to_csv(figure.trace, unit),
            f"lstm_reading_unit_{unit}{held_in}.csv", "text/csv", key="reading.take.csv", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("reading.take_json"), lambda: to_json(held.linked()), "lstm_reading.json",
            "application/json", key="reading.take.json", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            words("reading.take_npz"), lambda: to_npz(figure.trace), f"lstm_reading{held_in}.npz",
            "application/octet-stream", key="reading.take.npz", on_click="ignore",
        )  # fmt: skip


def _write() -> None:
    """Writes freely and, where a unit is held, with it held; both are drawn by the same seed."""
    session.touch()
    figure, seed = held.figure(), int(st.session_state[_SEED])
    hold, units = figure.hold, figure.reader.units
    texts: list[tuple[dict, str]] = [({}, figure.reader.write(figure.free, COUNT, seed))]
    if asked := hold.asked(units):
        held_in = {"unit": hold.unit, "of": QUANTITIES[hold.of].letter, "value": number(hold.at(units))}
        texts.append((held_in, figure.reader.write(figure.reading, COUNT, seed, asked, hold.of)))
    st.session_state[_WRITTEN] = held.on_screen().turn, texts

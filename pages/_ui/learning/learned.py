"""What did it learn? Course -> **table of the units, sentences, a text coloured by a unit**."""

import numpy as np
import streamlit as st

from lstm_core.training.example import example, memory, read
from lstm_core.training.shipped import EXAMPLES
from lstm_core.view.training import coloured_text, disturbed, told, unit_table
from lstm_core.words import Words

from .. import session
from ..browser.picture import picture
from ..browser.pulse import pulse
from .desk import Desk

EVERY = 1000
"""Milliseconds until this is brought up to date again while the network trains."""

GATES = ("C", "f", "i", "o")
LONGEST_LINE = 60
"""Characters of a line that a reader types."""


def section(words: Words, here: Desk) -> None:
    """A row for each unit at the end of the course, what happened on the way, and the symbols in colour."""
    st.subheader(words("learning.heading.learned"), anchor=False)
    _units(words, here)
    if here.course.problem.grammar is not None:
        _in_colour(words, here)


@st.fragment
def _units(words: Words, here: Desk) -> None:
    with np.errstate(all="ignore"):  # of weights that have run away, too
        rows = here.rows_at_end()
    st.markdown(unit_table(rows, words))
    says = words("learning.table.says", update=here.course.updates)
    if here.read:
        score = words("learning.per_cent", n=f"{100 * here.read.effects.score:.0f}")
        says = f"{says} {words('learning.table.lesion_says', score=score)}"
    st.caption(says)
    if here.read:
        needs = disturbed(rows, here.read.effects, here.course.problem, words)
        st.markdown("\n".join(f"- {said}" for said in (*needs, *(told(event, words) for event in here.told))))
        if len(EXAMPLES[here.course.problem.key]) > 1:
            st.caption(words("learning.other_example"))
    elif not here.todo:
        st.caption(words("learning.reading"))
    _follow("units.pulse", here)


@st.fragment
def _in_colour(words: Words, here: Desk) -> None:
    course, grammar = here.course, here.course.problem.grammar
    plain = course.setup.cell == "rnn"
    st.subheader(words("learning.heading.text"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.segmented_control(
            words("learning.colour_by"), GATES[:1] if plain else GATES, default="C", required=True,
            format_func=lambda key: words(f"quantity.{'h' if plain else key}"), key="colour.key",
            on_change=session.touch,
        )  # fmt: skip
        unit = st.number_input(
            words("controls.unit"), 1, course.setup.H, min(here.shown_unit, course.setup.H),
            key=f"colour.unit.{here.turn}", on_change=session.touch,
        )  # fmt: skip
        line = st.text_input(
            words("learning.own_line"), max_chars=LONGEST_LINE, key="colour.line", on_change=session.touch,
            placeholder="".join(read(course.problem, example(course.problem).x)),
            help=words("learning.own_line_help", symbols=" ".join(grammar.symbols)),
        )  # fmt: skip
    _text(words, here, key, int(unit), (line or "")[:LONGEST_LINE])


@st.fragment
def _text(words: Words, here: Desk, key: str, unit: int, line: str) -> None:
    course = here.course
    x = course.problem.grammar.encode(line) if line else example(course.problem).x
    symbols = list(line) if line else read(course.problem, x)
    network = course.network(here.update)
    with np.errstate(all="ignore"):
        trace = network.run(x)
    held = key == "C" or network.plain
    values = memory(network, trace) if held else getattr(trace, key)
    says = words("learning.text_says", unit=unit, text="".join(symbols))
    picture(coloured_text(symbols, values[:, unit - 1], "C" if held else key, says), key="coloured_text")
    _follow("text.pulse", here)


def _follow(key: str, here: Desk) -> None:
    """Has the fragment that calls it run again as long as the network trains."""
    pulse(key, EVERY if here.trains else None, lambda: None)

"""Two things to try by holding a unit: what is held -> **done or not yet**, on lines that were not shown."""

import streamlit as st

from lstm_core.reading.trials import LINES, TRIALS, tried
from lstm_core.rounding import text as number
from lstm_core.words import Words

from . import held
from .own_network import is_own


def section(words: Words) -> None:
    """A card for each trial, with what the unit that is held does to it."""
    if is_own():  # of which nobody knows what its units do
        return
    figure = held.figure()
    st.subheader(words("reading.trial.heading"), anchor=False)
    found = tried(figure.reader, figure.hold) if figure.hold.unit else {}
    for column, (key, factor) in zip(st.columns(len(TRIALS)), TRIALS.items(), strict=True):
        with column.container(border=True, height="stretch", key=f"reading_trial_{key}"):
            done = key in found and found[key].done
            st.markdown(f"**{words(f'reading.trial.{key}.name')}**{' :blue[**✓**]' if done else ''}")
            st.markdown(words(f"reading.trial.{key}.aim", n=LINES, factor=number(factor)))
            with st.popover(words("learning.task.hint")):
                st.markdown(words(f"reading.trial.{key}.hint"))
            if key in found:
                says = {"factor": number(found[key].factor), "places": found[key].places, "n": LINES}
                st.markdown(words(f"reading.trial.{'done' if done else 'not_yet'}", **says))

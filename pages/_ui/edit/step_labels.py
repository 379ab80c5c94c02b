"""The names of the steps as one text, a letter a step: text box -> **labels** -> experiment."""

from dataclasses import replace

import streamlit as st

from lstm_core.labels import LONGEST, fitted, letters
from lstm_core.words import Words
from lstm_core.workbench import label_link
from lstm_core.workbench.experiment import Experiment

from .. import session

_KEY = "steps.text"


def text_box(words: Words) -> None:
    """A box for the text; under it a sentence where the labels are too long for a link."""
    experiment = session.experiment()
    session.set_widget(_KEY, _as_text(experiment))
    st.text_input(
        words("steps.text"), max_chars=LONGEST * experiment.T, key=_KEY, on_change=_take,
        help=words("steps.text_help"),
    )  # fmt: skip
    if is_lost_in_link(experiment):
        st.caption(words("steps.no_link"))


def is_lost_in_link(experiment: Experiment) -> bool:
    """Whether a link holds the experiment, and has no room for its labels."""
    return experiment.by_hand and label_link.to_text(experiment.labels) is None


def _as_text(experiment: Experiment) -> str:
    """The text whose letters are the labels; "" where they are longer, or can't be typed into one line."""
    text = "".join(experiment.labels)
    by_letters = fitted(letters(text), experiment.T) == experiment.labels
    return text if by_letters and text.isprintable() else ""


def _take() -> None:
    session.touch()
    experiment, text = session.experiment(), str(st.session_state[_KEY])
    if text != _as_text(experiment):  # It may be sent again after a lost connection.
        session.change(replace(experiment, labels=fitted(letters(text), experiment.T)))

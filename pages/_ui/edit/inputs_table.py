"""The whole input sequence as a table, with the labels of its steps: controls -> experiment.

Streamlit's data editor keeps what was typed as changes to the table that it was given first, and
would make the same changes to any other table. So whenever the inputs were changed elsewhere, it
gets the new table under a new key.
"""

from dataclasses import replace

import numpy as np
import streamlit as st

from lstm_core.figure.names import input_name
from lstm_core.labels import LONGEST, checked_labels
from lstm_core.quantities import LABEL
from lstm_core.words import Words
from lstm_core.workbench.experiment import LIMIT, Experiment

from .. import session
from ..lessons import lesson
from .step_labels import text_box

Steps = tuple[np.ndarray, tuple[str, ...]]
"""The inputs (T, D), and a label for each of the T steps."""

_BASE, _TURN = "inputs_table.base", "inputs_table.turn"


def inputs_table(words: Words) -> None:
    """A box with the table in it. It begins closed, and nothing is imported or sent until it is opened."""
    taught = session.lesson()
    if lesson.question() or not (taught.shows("table") and taught.shows("inputs")) or taught.locks("inputs"):
        return
    box = st.expander(words("heading.inputs"), key="inputs_table.open", on_change=session.touch)
    if not box.open:
        return
    experiment = session.experiment()
    base = st.session_state.get(_BASE)
    if base is None or not _says(_edited(base, _edits()), experiment):
        st.session_state[_BASE] = base = experiment.x, experiment.labels or ("",) * experiment.T
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    x, labels = base
    names = [f"x_{d + 1}" for d in range(experiment.D)]
    with box:
        text_box(words)
        st.data_editor(
            {"t": np.arange(1, len(x) + 1), LABEL: list(labels), **dict(zip(names, x.T, strict=True))},
            key=_key(),
            hide_index=True,
            disabled=["t"],
            on_change=_apply,
            width="stretch",
            height=min(38 * (len(x) + 1), 460),
            column_config={
                "t": st.column_config.NumberColumn("t", width="small"),
                LABEL: st.column_config.TextColumn(words("axis.label"), width="small", max_chars=LONGEST),
                **{
                    name: st.column_config.NumberColumn(
                        f"{name} · {input_name(words, experiment, d)}", min_value=-LIMIT, max_value=LIMIT,
                        step=0.01, required=True,
                    )
                    for d, name in enumerate(names, start=1)
                },
            },
        )  # fmt: skip


def _key() -> str:
    return f"inputs_table.{st.session_state[_TURN]}"


def _edits() -> dict:
    return st.session_state.get(_key(), {}).get("edited_rows", {}) if _TURN in st.session_state else {}


def _edited(base: Steps, edits: dict) -> Steps:
    x, labels = base[0].copy(), list(base[1])
    for row, cells in edits.items():
        for name, value in cells.items():
            if name == LABEL:
                labels[int(row)] = "" if value is None else str(value)
            else:
                x[int(row), int(name.removeprefix("x_")) - 1] = 0.0 if value is None else value
    return x, checked_labels(labels, len(x))


def _says(steps: Steps, experiment: Experiment) -> bool:
    return np.array_equal(steps[0], experiment.x) and steps[1] == experiment.labels


def _apply() -> None:
    session.touch()
    experiment = session.experiment()
    x, labels = _edited(st.session_state[_BASE], _edits())
    for (t, d), value in np.ndenumerate(x):
        if value != experiment.x[t, d]:
            experiment = experiment.edited(f"x.{t + 1}.{d + 1}", value)
    session.change(replace(experiment, labels=labels))

"""Trace -> **what is on screen**: pictures, sentences and files, in the reader's language."""

from __future__ import annotations

import streamlit as st

from lstm_core.export import to_columns
from lstm_core.quantities import QUANTITIES, quantities_of
from lstm_core.rounding import shown_ledger, text
from lstm_core.trace import LSTMTrace
from lstm_core.view.origin import split_product
from lstm_core.view.palette import COLOURS
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from .. import session
from ..lessons import lesson

MOST_ROWS = 2000
"""A table on screen has at most so many rows; the CSV has them all."""


def equation(experiment: Experiment, *keys: str) -> None:
    """The equations of quantities as they are in the cell on screen, each in its hue."""
    lines = []
    for key in keys:
        quantity = quantities_of(experiment.params)[key]
        formula = _coloured(quantity.formula) if quantity.formula else ""
        lines.append(rf"{_coloured(quantity.symbol)} &= {formula}")
    st.latex(r"\begin{aligned}" + r"\\[2pt]".join(lines) + r"\end{aligned}")


def ledger_sentence(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """What happened to the memory at the step in focus, in numbers that add up as shown."""
    ledger = shown_ledger(trace, focus.t, focus.unit)
    st.markdown(
        words(
            "ledger.sentence",
            t=focus.t,
            unit=focus.unit,
            C_prev=text(ledger.C_prev),
            kept=text(ledger.kept),
            erased=text(ledger.erased),
            written=text(ledger.written, sign=True),
            C=text(ledger.C),
        )
    )


def notice(words: Words, page: str, experiment: Experiment) -> None:
    """Questions beside the picture, and the page's prose."""
    st.subheader(words("heading.notice"), anchor=False)
    if experiment == session.original() and not lesson.task():
        st.markdown(f"**{words(f'preset.{experiment.preset}.notice')}**")
    st.markdown(words.prose(page))


def table(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """The rows of the CSV: all of them, or those of the unit in focus where they are many."""
    many = trace.T * trace.params.H > MOST_ROWS
    found = to_columns(trace, focus.unit if many else None)
    found = {name: column[:MOST_ROWS] for name, column in found.items()}
    if many:
        st.caption(words("table.unit", unit=focus.unit, n=len(found["t"])))
    numbers = [name for name in found if name not in ("t", "unit")]
    st.dataframe(
        found,
        hide_index=True,
        height=430,
        key="table",
        column_config={name: st.column_config.NumberColumn(format="%.4f") for name in numbers},
    )


def split(trace: LSTMTrace, focus: Focus, gate: str) -> None:
    """One matrix on the concatenation is two on the parts, with the numbers of the step in focus."""
    st.latex(split_product(trace, focus.t, focus.unit, gate))


def _coloured(latex: str) -> str:
    """LaTeX with every known symbol in its hue; ink stays the theme's text colour."""
    for key in ("C_tilde", "f", "i", "o"):
        symbol = QUANTITIES[key].symbol
        latex = latex.replace(symbol, rf"\textcolor{{{COLOURS[key]}}}{{{symbol}}}")
    return latex

"""Trace -> **what is on screen**: pictures, sentences and files, in the reader's language."""

from __future__ import annotations

import streamlit as st

from lstm_core.experiment import Experiment
from lstm_core.link import Focus
from lstm_core.quantities import GATE_KEYS, QUANTITIES
from lstm_core.rounding import shown, shown_ledger, text
from lstm_core.trace import LSTMTrace
from lstm_core.view.palette import COLOURS
from lstm_core.view.terms import terms_picture
from lstm_core.view.time_strip import Row, time_strip

from . import link, session
from .components import picture
from .text import Words

MOST_ROWS = 2000
"""A table on screen has at most so many rows; the CSV has them all."""


def bench():
    """Three places: controls left, pictures right, and below both what needs no hand on a slider.

    On a phone the pictures come first and the controls right under them.
    """
    with st.container(key="bench"):
        left, right = st.columns([3, 10], gap="medium")
    return left.container(key="bench_controls"), right.container(key="bench_pictures"), st.container()


def heading(words: Words, page: str, experiment: Experiment) -> None:
    """The page's question, and what the preset on screen does."""
    st.header(words(f"question.{page}"), anchor=False)
    caption = words(f"preset.{experiment.preset}.caption")
    st.markdown(caption if experiment == session.original() else f"{caption} *{words('controls.changed')}*")


def equation(*keys: str) -> None:
    """The equations of quantities, each in its hue."""
    lines = []
    for key in keys:
        quantity = QUANTITIES[key]
        formula = _coloured(quantity.formula) if quantity.formula else ""
        lines.append(rf"{_coloured(quantity.symbol)} &= {formula}")
    st.latex(r"\begin{aligned}" + r"\\[2pt]".join(lines) + r"\end{aligned}")


def terms(words: Words, trace: LSTMTrace, focus: Focus, gate: str) -> None:
    """The sum behind a gate at the step and unit in focus, term by term."""
    st.markdown(
        f"**{words('terms.heading', t=focus.t, unit=focus.unit, gate=words(f'quantity.{GATE_KEYS[gate]}'))}**"
    )
    picture(terms_picture(trace, focus.t, focus.unit, gate, words), key=f"terms.{gate}")


def gate_sentence(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """What the number of the forget gate means: how much is kept, how much erased."""
    if not trace.params.forget_gate:
        st.markdown(words("gate.forget_1997"))
        return
    f = shown(trace.f[focus.t - 1, focus.unit - 1])
    st.markdown(words("gate.forget", f=text(f), percent=round(100 * f), rest=100 - round(100 * f)))


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


def strip(words: Words, trace: LSTMTrace, focus: Focus, rows: list[Row], name: str) -> None:
    """A chart over time; a click on a step moves the focus there."""
    key = f"strip.{name}"
    st.plotly_chart(
        time_strip(trace, focus.unit, focus.t, rows, words),
        key=key,
        config={"displayModeBar": False, "scrollZoom": False},
        on_select=lambda: _pick_step(key),
        selection_mode="points",
    )


def notice(words: Words, page: str, experiment: Experiment) -> None:
    """Questions beside the picture, and the page's prose."""
    st.subheader(words("heading.notice"), anchor=False)
    if experiment == session.original():
        st.markdown(f"**{words(f'preset.{experiment.preset}.notice')}**")
    st.markdown(words.prose(page))


def table(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """The rows of the CSV: all of them, or those of the unit in focus where they are many."""
    from lstm_core.export import to_frame

    frame = to_frame(trace)
    if len(frame) > MOST_ROWS:
        frame = frame[frame["unit"] == focus.unit].head(MOST_ROWS)
        st.caption(words("table.unit", unit=focus.unit, n=len(frame)))
    numbers = [name for name in frame.columns if name not in ("t", "unit")]
    st.dataframe(
        frame,
        hide_index=True,
        height=430,
        key="table",
        column_config={name: st.column_config.NumberColumn(format="%.4f") for name in numbers},
    )


def downloads(words: Words, experiment: Experiment) -> None:
    """The trace as CSV and the parameters as JSON. Files are made when they are asked for."""

    def csv() -> str:
        from lstm_core.export import to_csv  # loads pandas, half a second that no page should wait for

        return to_csv(experiment.trace())

    name = f"lstm_{experiment.preset}"
    with st.container(horizontal=True):
        st.download_button(
            words("download.csv"),
            csv,
            f"{name}.csv",
            "text/csv",
            key="csv",
            help=words("download.csv_help"),
            on_click="ignore",
        )
        st.download_button(
            words("download.csv_excel"),
            lambda: "\ufeff" + csv(),
            f"{name}_excel.csv",
            "text/csv",
            key="csv_excel",
            help=words("download.csv_excel_help"),
            on_click="ignore",
        )
        st.download_button(
            words("download.json"), experiment.params.to_json, f"{name}.json", "application/json", key="json",
            help=words("download.json_help"), on_click="ignore",
        )  # fmt: skip


def _coloured(latex: str) -> str:
    """LaTeX with every known symbol in its hue; ink stays the theme's text colour."""
    for key in ("C_tilde", "f", "i", "o"):
        symbol = QUANTITIES[key].symbol
        latex = latex.replace(symbol, rf"\textcolor{{{COLOURS[key]}}}{{{symbol}}}")
    return latex


def _pick_step(key: str) -> None:
    points = st.session_state[key].get("selection", {}).get("points", [])
    step = points[0].get("x") if points else None
    if isinstance(step, (int, float)):
        link.touch()
        session.look(t=round(step))

"""Trace -> **what is on screen**: pictures, sentences and files, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from lstm_core.experiment import Experiment
from lstm_core.link import Focus
from lstm_core.quantities import QUANTITIES, quantities_of
from lstm_core.rounding import shown_ledger, text
from lstm_core.trace import LSTMTrace
from lstm_core.view.palette import COLOURS
from lstm_core.view.split import split_product

from . import lesson, link, session
from .menu import page_named
from .text import Words

STYLES = Path(__file__).parents[2] / "assets"

MOST_NUMBERS = 2_000_000
"""A CSV has at most so many numbers, about 40 MB, or a click could take the server's memory."""

MOST_ROWS = 2000
"""A table on screen has at most so many rows; the CSV has them all."""


def bench():
    """Three places: controls left, pictures right, and below both what needs no hand on a slider.

    On a phone the pictures come first and the controls right under them, but a question comes
    before the pictures; in presenter mode the pictures are all there is, and beside them a question
    or the origin of a number, if one is on.
    """
    page = lesson.wanted_page()
    if page:
        st.switch_page(page_named(page, session.words()), query_params=link.current())
    # Always there, with or without content, so that leaving presenter mode takes it away.
    style = (STYLES / "present.css").read_text("utf-8") if session.focus().present else ""
    st.html(f"<style>{style}</style>")
    with st.container(key="bench"):
        left, right = st.columns([3, 10], gap="medium")
    below = st.container(key="bench_below")
    beside = lesson.question() or (session.focus().present and session.asked())
    left = left.container(key="bench_question" if beside else "bench_controls")
    return left, right.container(key="bench_pictures"), below


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
    from lstm_core.export import to_frame

    many = trace.T * trace.params.H > MOST_ROWS
    frame = to_frame(trace, focus.unit if many else None).head(MOST_ROWS)
    if many:
        st.caption(words("table.unit", unit=focus.unit, n=len(frame)))
    numbers = [name for name in frame.columns if name not in ("t", "unit")]
    st.dataframe(
        frame,
        hide_index=True,
        height=430,
        key="table",
        column_config={name: st.column_config.NumberColumn(format="%.4f") for name in numbers},
    )


def split(trace: LSTMTrace, focus: Focus, gate: str) -> None:
    """One matrix on the concatenation is two on the parts, with the numbers of the step in focus."""
    st.latex(split_product(trace, focus.t, focus.unit, gate))


def downloads(words: Words, experiment: Experiment, diagram: Callable[[], str] | None = None) -> None:
    """Trace as CSV, parameters as JSON, the diagram as SVG. Files are made when they are asked for.

    The names of the files say whether a gate was pinned, and which unit it is where not all fit.
    """
    if lesson.open_question() or not session.lesson().shows("downloads"):
        return

    unit = None if fits_csv(experiment) else session.focus().unit

    def csv() -> str:
        from lstm_core.export import to_csv  # loads pandas, half a second that no page should wait for

        return to_csv(experiment.trace(), unit)

    files = [
        ("csv", csv, "csv", "text/csv"),
        ("csv_excel", lambda: "\ufeff" + csv(), "excel.csv", "text/csv"),
        ("json", experiment.to_json, "json", "application/json"),
        ("svg", diagram, "svg", "image/svg+xml"),
    ]
    with st.container(horizontal=True):
        for key, content, ending, mime in files:
            if content:
                st.download_button(
                    words(f"download.{key}"),
                    content,
                    f"{file_name(experiment, unit if key.startswith('csv') else None)}.{ending}",
                    mime,
                    key=key,
                    help=words(f"download.{key}_help"),
                    on_click="ignore",
                )
    if unit:
        st.caption(words("download.one_unit", unit=unit))


def fits_csv(experiment: Experiment) -> bool:
    """Whether all units go into one file, or those of a large layer one by one."""
    columns = 18 + experiment.D
    return experiment.T * experiment.H * columns <= MOST_NUMBERS


def file_name(experiment: Experiment, unit: int | None = None) -> str:
    """What a file to take home is called, before its ending: lstm_latch_pinned, lstm_own_unit3."""
    name = experiment.preset if experiment.by_hand else "own"
    return f"lstm_{name}{'_pinned' if experiment.pins else ''}{f'_unit{unit}' if unit else ''}"


def _coloured(latex: str) -> str:
    """LaTeX with every known symbol in its hue; ink stays the theme's text colour."""
    for key in ("C_tilde", "f", "i", "o"):
        symbol = QUANTITIES[key].symbol
        latex = latex.replace(symbol, rf"\textcolor{{{COLOURS[key]}}}{{{symbol}}}")
    return latex

"""Files to take home: experiment -> **CSV, JSON, SVG**, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.export import to_csv
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment

from .. import session
from ..lessons import lesson

MOST_NUMBERS = 2_000_000
"""A CSV has at most so many numbers, about 40 MB, or a click could take the server's memory."""


def downloads(words: Words, experiment: Experiment, diagram: Callable[[], str] | None = None) -> None:
    """Trace as CSV, parameters as JSON, the diagram as SVG. Files are made when they are asked for.

    The names of the files say whether a gate was pinned, and which unit it is where not all fit.
    """
    if lesson.open_question() or not session.lesson().shows("downloads"):
        return

    unit = None if fits_csv(experiment) else session.focus().unit

    def csv() -> str:
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

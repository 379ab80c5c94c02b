"""Files to download: experiment -> **CSV, JSON, SVG**, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.export import to_csv
from lstm_core.quantities import columns
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment

from .. import session
from ..lessons import lesson

MOST_NUMBERS = 2_000_000
"""The most numbers in a CSV, about 40 MB, so that no click can use up the server's memory."""


def downloads(words: Words, experiment: Experiment, diagram: Callable[[], str] | None = None) -> None:
    """Buttons for the trace as CSV, the parameters as JSON and, with `diagram`, the diagram as SVG.

    diagram : makes the SVG; like the other files, it is made when the button is pressed.
    """
    if lesson.still_to_ask() or not session.lesson().shows("downloads"):
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
    """Whether all units fit into one CSV; of a larger layer the CSV holds only the unit in focus."""
    return experiment.T * experiment.H * len(columns(experiment.D)) <= MOST_NUMBERS


def file_name(experiment: Experiment, unit: int | None = None) -> str:
    """The name of a file without its ending, such as lstm_latch_pinned or lstm_own_unit3.

    It says whether a gate was pinned, and which unit it is where the file holds only one.
    """
    name = experiment.preset if experiment.by_hand else "own"
    return f"lstm_{name}{'_pinned' if experiment.pins else ''}{f'_unit{unit}' if unit else ''}"

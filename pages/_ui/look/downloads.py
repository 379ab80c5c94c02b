"""Files to download: experiment -> **CSV, JSON, SVG**, made when they are asked for."""

from collections.abc import Callable

import streamlit as st

from lstm_core.compact import COMPACT_ABOVE
from lstm_core.export import to_csv
from lstm_core.npz import to_npz
from lstm_core.quantities import columns
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment

from .. import session
from ..lessons import lesson


def downloads(words: Words, experiment: Experiment, diagram: Callable[[], str] | None = None) -> None:
    """Buttons for the trace as CSV, the parameters as JSON and, with `diagram`, the diagram as SVG.

    Of a run whose table would be large the CSV holds the unit in focus, and an .npz all units.

    diagram : makes the SVG; like the other files, it is made when the button is pressed.
    """
    if lesson.still_to_ask() or not session.lesson().shows("downloads"):
        return

    unit = None if fits_csv(experiment) else session.focus().unit

    def csv() -> str:
        return to_csv(experiment.trace(), unit)

    files = [
        ("npz", (lambda: to_npz(experiment.trace())) if unit else None, "npz", "application/octet-stream"),
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
        count, most = (f"{number:,}" for number in (_numbers_in_csv(experiment), COMPACT_ABOVE))
        st.caption(words("download.one_unit", unit=unit, count=count, most=most))


def _numbers_in_csv(experiment: Experiment) -> int:
    return experiment.T * experiment.H * len(columns(experiment.D))


def fits_csv(experiment: Experiment) -> bool:
    """Whether all units are in the CSV; of a larger run it holds the unit in focus, and the .npz all."""
    return _numbers_in_csv(experiment) <= COMPACT_ABOVE


def file_name(experiment: Experiment, unit: int | None = None) -> str:
    """The name of a file without its ending, such as lstm_latch_pinned or lstm_own_unit3.

    It says whether a gate was pinned, and which unit it is where the file holds only one.
    """
    name = experiment.preset if experiment.by_hand else "own"
    return f"lstm_{name}{'_pinned' if experiment.pins else ''}{f'_unit{unit}' if unit else ''}"

"""The run as files: run -> **CSV, .npz, Parquet, JSON, workbook**, made when they are asked for."""

from __future__ import annotations

from importlib.util import find_spec

import streamlit as st

from lstm_core.readers.bench import Bench
from lstm_core.readers.command import content
from lstm_core.readers.names import in_file_name
from lstm_core.words import Words
from lstm_core.workbook import fits

MOST_CELLS = 2_000_000
"""Of a table, about 40 MB, so that no click can use up the server's memory."""

MOST_WEIGHTS = 500_000
"""Of the JSON, which takes 20 bytes a weight; the .npz holds the weights too."""

MIMES = {".csv": "text/csv", ".npz": "application/octet-stream", ".parquet": "application/octet-stream",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


def take_home(words: Words, network: Bench) -> None:
    """Buttons for all files; tables of one unit, or of all units where they are not too large."""
    run = network.run()
    a_unit = run.trace.T * (run.trace.params.D + 18)
    one = a_unit * network.layer.H > MOST_CELLS
    which = st.multiselect(
        words("network.which_units"), range(1, network.layer.H + 1), key=f"network.which.{network.chosen}",
        placeholder=words("network.all_units"), max_selections=max(1, MOST_CELLS // a_unit),
        help=words("network.which_units_help"),
    )  # fmt: skip
    if one and not which:
        st.info(words("network.too_many_cells"))
    name = in_file_name(network.chosen.encode("ascii", "replace").decode()) or "layer"
    endings = [".csv", ".npz"]
    endings += [".parquet"] if find_spec("pyarrow") else []
    endings += [".xlsx"] if fits(run.trace) else []
    with st.container(horizontal=True):
        for ending in endings:
            is_table = ending in (".csv", ".parquet")
            if is_table and one and not which:
                continue
            st.download_button(
                words(f"network.take_{ending[1:]}"),
                _made(network, ending, which if is_table else []),
                f"lstm_{name}{ending}", MIMES[ending], key=f"network.take{ending}", on_click="ignore",
            )  # fmt: skip
        if network.layer.params.W.size <= MOST_WEIGHTS:
            st.download_button(
                words("download.json"), network.layer.params.to_json, f"lstm_{name}.json", "application/json",
                key="network.take.json", on_click="ignore",
            )  # fmt: skip
    if network.layer.params.W.size > MOST_WEIGHTS:
        st.caption(words("network.no_json"))
    if not fits(run.trace):
        st.caption(words("network.no_workbook"))


def _made(network: Bench, ending: str, units: list[int]):
    return lambda: content(network.run(), ending, units or None)

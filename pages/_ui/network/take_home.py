"""The run as files: run -> **CSV, .npz, Parquet, JSON, workbook**, made when they are asked for."""

from collections.abc import Sequence

import streamlit as st

from lstm_core.compact import COMPACT_ABOVE, has_parquet, numbers_in_table
from lstm_core.readers.files_of_runs import content
from lstm_core.readers.gru import GRUTrace
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.names import in_file_name
from lstm_core.words import Words
from lstm_core.workbook import fits

MOST_WEIGHTS = 500_000
"""The JSON has at most as many, at 20 bytes each; the .npz holds the weights too."""

MIMES = {".csv": "text/csv", ".npz": "application/octet-stream", ".parquet": "application/octet-stream",
         ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


def take_home(words: Words, network: LoadedNetwork) -> None:
    """Buttons for all files; tables of some units, or of all where they are not too large."""
    run = network.run()
    name = in_file_name(network.chosen.encode("ascii", "replace").decode()) or "layer"
    if isinstance(run.trace, GRUTrace):
        with st.container(horizontal=True):
            for ending in (".csv", ".npz"):
                _button(words(f"network.take_{ending[1:]}"), network, f"gru_{name}", ending)
        st.caption(words("network.gru.no_more"))
        return
    a_unit, of_all = (numbers_in_table(run.trace, units) for units in (1, None))
    which = st.multiselect(
        words("network.which_units"), range(1, network.layer.H + 1), key=f"network.which.{network.chosen}",
        placeholder=words("network.all_units"), max_selections=max(1, COMPACT_ABOVE // a_unit),
        help=words("network.which_units_help"),
    )  # fmt: skip
    is_compact = of_all > COMPACT_ABOVE and not which
    if is_compact:
        st.info(words("network.compact_says", count=f"{of_all:,}", most=f"{COMPACT_ABOVE:,}"))
    tables = [".parquet"] if has_parquet() else []
    endings = [".npz", *tables] if is_compact else [".csv", ".npz", *tables]
    endings += [".xlsx"] if fits(run.trace) else []
    with st.container(horizontal=True):
        for ending in endings:
            is_wide = is_compact and ending == ".parquet"
            label = words("network.take_wide_parquet" if is_wide else f"network.take_{ending[1:]}")
            units = which if ending in (".csv", ".parquet") else []
            _button(label, network, f"lstm_{name}", ending, units, is_wide)
        if network.layer.params.W.size <= MOST_WEIGHTS:
            st.download_button(
                words("download.json"), network.layer.params.to_json, f"lstm_{name}.json", "application/json",
                key="network.take.json", on_click="ignore",
            )  # fmt: skip
    if network.layer.params.W.size > MOST_WEIGHTS:
        st.caption(words("network.no_json"))
    if not fits(run.trace):
        st.caption(words("network.no_workbook"))
    if not tables:
        st.caption(words("network.no_parquet"))


def _button(
    label: str,
    network: LoadedNetwork,
    name: str,
    ending: str,
    units: Sequence[int] = (),
    is_wide: bool = False,
) -> None:
    st.download_button(
        label, lambda: content(network.run(), ending, units or None, is_wide), f"{name}{ending}",
        MIMES[ending], key=f"network.take{ending}", on_click="ignore",
    )  # fmt: skip
